"""Bytes to text: the decoding that fits strictly and reads as Chinese, whatever a label or ``meta charset`` says."""

import codecs
import re
from typing import NamedTuple

from shared.errors import Rejected

# A byte order mark decides where the rest is in its encoding; some tools put one before files in any.
# UTF-32 before UTF-16, whose little-endian mark begins its own.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_SELF_EVIDENT = ("utf-8-sig", "utf-32")  # hardly any bytes that are none pass for them; nearly all pass for UTF-16
_PADDING = re.compile(rb"\0+")

# GB18030 contains GBK and GB2312, so one name reads all three, however the page labels them.
_WIDE = ("utf-16-le", "utf-16-be")
_NARROW = ("gb18030", "big5", "cp950", "big5hkscs")

# The characters that make up almost half of official Chinese prose, in both scripts. Text decoded wrongly is Han too,
# but a scatter of rare characters: it has hardly any of these.
_FREQUENT = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
    "十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全"
    "表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象"
    "员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据"
    "处府信息申请报告务况收规章范项类总计收到办理结果维持纠正尚未审其他"
    "這為個國時來們對會發動過說產種後學經進著電裡現實當點從業應開還義間樣與關線內數麼質氣變條沒結問無係軍題黨員總設長資邊級圖統組見計別"
    "論運農區強決幹戰則據處請報務況規類到辦維糾審資訊申報"
)
_READS_AS_CHINESE = 0.2  # share of frequent characters; prose has 0.4 to 0.6, mojibake under 0.1
_SAMPLE = 100_000  # characters; pages may begin with long scripts
_DAMAGE_ALLOWED = 0.01  # share of characters that broken bytes may cost a file otherwise in UTF-8 or GB18030


class Decoded(NamedTuple):
    """Text, and the encoding it was in as Python names it."""

    text: str
    encoding: str


def decode(data: bytes) -> Decoded:
    """The text of ``data`` (UTF-8, GB18030 and its subsets, Big5, UTF-16, UTF-32).

    Raises Rejected ``unreadable`` where no decoding is without fault or none reads as text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _marked(data, mark, encoding) or _unreadable()
    return _unmarked(data) or _unreadable()


def plausibility(text: str) -> float:
    """How much ``text`` looks like Chinese prose: the share (0 to 1) of very frequent characters among its letters
    beyond ASCII (not its signs: pages are full of drawn rules)."""
    letters = [character for character in text[:_SAMPLE] if character > "\x7f" and character.isalpha()]
    return sum(map(_FREQUENT.__contains__, letters)) / len(letters) if letters else 0.0


def _marked(data: bytes, mark: bytes, encoding: str) -> Decoded | None:
    text = _strictly(data, encoding)
    marked = Decoded(text, encoding) if text is not None else None
    if text and (encoding in _SELF_EVIDENT or plausibility(text) > _READS_AS_CHINESE):
        return marked
    return _unmarked(data[len(mark) :]) or marked


def _unmarked(data: bytes) -> Decoded | None:
    if 0 in data:
        return _best(data[: len(data) // 2 * 2], _WIDE) or _unmarked(_without_padding(data))
    text = _strictly(data, "utf-8")
    if text is not None and data:
        return Decoded(text, "utf-8")
    return _best(data, _NARROW) or _damaged(data)


def _without_padding(data: bytes) -> bytes:
    """``data`` without the NUL bytes that fill files or fields up: none at its end, a space for those elsewhere."""
    return _PADDING.sub(b" ", data.rstrip(b"\0"))


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _best(data: bytes, encodings: tuple[str, ...]) -> Decoded | None:
    """The most plausible of the decodings that fit without fault."""
    best, score = None, _READS_AS_CHINESE
    for encoding in encodings:
        text = _strictly(data, encoding)
        if text is not None and (likely := plausibility(text)) > score:
            best, score = Decoded(text, encoding), likely
    return best


def _damaged(data: bytes) -> Decoded | None:
    """A text with a few broken bytes, which stay visible as U+FFFD so that no figure next to one is trusted."""
    for encoding in ("utf-8", "gb18030"):
        text = data.decode(encoding, "replace")
        if text.count("\ufffd") <= _DAMAGE_ALLOWED * len(text) and plausibility(text) > _READS_AS_CHINESE:
            return Decoded(text, encoding)
    return None


def _unreadable() -> Decoded:
    raise Rejected("unreadable", "No encoding known for Chinese text (UTF-8, GB18030, Big5, UTF-16) fits this file.")
