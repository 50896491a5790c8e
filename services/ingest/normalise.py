"""One way of writing: simplified characters, half-width digits, no pinyin, no stray spaces.

Works on whole texts in a few passes, never on single cells: a text of 10 KB takes well under a millisecond.
"""

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from services.ingest.characters import PRIVATE_USE, fold
from services.ingest.pinyin import remove_pinyin
from shared.blocks import Script

if TYPE_CHECKING:
    from opencc import OpenCC

_HAN = "\u2e80-\u2fdf\u3005\u3007\u3400-\u9fff\uf900-\ufaff"
_WIDE_MARKS = "\u2018-\u201d\u2026\u3001-\u301f\uff01-\uff0f\uff1a-\uff20\uff3b\uff3d\uff5b\uff5d"

# Spaces of every width, invisible characters, full-width digits and letters, radicals and strokes that stand for
# characters, private-use and compatibility forms, and the bars and signs that tables and figures are made of.
_ODD = re.compile(
    f"[{PRIVATE_USE}\x00-\x08\v\f\x0e-\x1f\x7f-\xa0\xad\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2e80-\u2fdf\u3000"
    "\u31c0-\u31e3\u3220-\u3229\uf900-\ufaff\ufe00-\ufe0f\ufeff\uff0b\uff0d-\uff19\uff21-\uff3a\uff41-\uff5a\uff05\uff5c\uff1d│┃║❘∣−"
    "\U0002f800-\U0002fa1f\U000e0100-\U000e01ef]"
)
_PLAIN = {"\t": "\t", "│": "|", "┃": "|", "║": "|", "❘": "|", "∣": "|", "−": "-", "\0": " "}
_PLAIN |= dict.fromkeys(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))), "")  # choices of a glyph
_OTHER_END = re.compile("[\r\v\f\x85\u2028\u2029]")
_DOUBLE_END = re.compile("[\v\f\x85\u2028\u2029]*\r?\n[\v\f\x85\u2028\u2029]*")

# Characters that turn the direction of those behind them, or take back those before them: digits there show another
# figure than they spell.
_TURNED = re.compile("\u202e[^\u202c\u2069\n]*|(?<=[0-9０-９])[\b\x7f]+")
_DIGIT = re.compile(r"\d|[\b\x7f]")
_UNTOLD = "\ufffd"

_SPACES = re.compile(" {2,}")
_GAP = re.compile(
    f" (?:(?<=[{_HAN}{_WIDE_MARKS}] )(?=[{_HAN}{_WIDE_MARKS}0-9()])"
    f"|(?<=[0-9()%.,:;<>\\[\\]] )(?=[{_HAN}{_WIDE_MARKS}])|(?<=[0-9] )(?=%))"
)


# A traditional page uses Taiwan's words where it says 資訊 for 信息 at least once for every four times it does not;
# a mainland page may well have a link to its 資訊中心. Some words that tw2sp would replace are good in both places.
_TAIWAN_SHARE = 4
_MAINLAND_TOO = re.compile("查詢|執行|建立|互動|指標|效能|核心|程序|文件|檔案(?=[局館室員]|管理|工作)")
_JOINT = "\u200b"  # of no width, and by then in no text


class Written(NamedTuple):
    """A text in simplified characters, and the script that the page was written in."""

    text: str
    script: Script


def normalise(text: str) -> Written:
    """``text`` in one way of writing. Lines stay lines; tabs, bars and spaces stay (see :func:`close_gaps`)."""
    if "\u202e" in text or "\b" in text or "\x7f" in text:
        text = _TURNED.sub(lambda match: _DIGIT.sub(_UNTOLD, match[0]), text)
    text = _ODD.sub(_plain, text)
    return simplify(remove_pinyin(text))


def end_lines(text: str) -> str:
    """``text`` with a line feed for every line end that Unicode knows; of several side by side that end one line
    (CR LF, a form feed at the head of a page's first line) one is kept."""
    if _OTHER_END.search(text) is None:
        return text
    return _OTHER_END.sub("\n", _DOUBLE_END.sub("\n", text))


def close_gaps(text: str) -> str:
    """``text`` without the spaces that extraction left inside Chinese, or between it and digits or marks.

    Those between two figures, and around Latin words, stay.
    """
    return _GAP.sub("", _SPACES.sub(" ", text))


def simplify(text: str) -> Written:
    """``text`` in simplified characters.

    A page counts as traditional where Big5 can write more of it than GB2312 can. A simplified page may hold a few
    traditional characters (a masthead, a quotation): only those that simplified writing does not know are replaced,
    so that 乾县 and 瞭望 stay what they are.
    """
    simplified = text.encode("gb2312", "ignore").decode("gb2312")
    if len(text.encode("big5", "ignore").decode("big5")) <= len(simplified):
        strays = "".join(sorted({*text} - {*simplified})) if len(simplified) < len(text) else ""
        return Written(_replace_strays(text, strays), "simplified")
    if _TAIWAN_SHARE * text.count("資訊") > text.count("信息"):
        kept = _MAINLAND_TOO.sub(_protect, text)
        return Written(_opencc("tw2sp").convert(kept).replace(_JOINT, ""), "traditional")
    return Written(_opencc("t2s").convert(text.replace("規範性檔案", "規範性文件")), "traditional")


def _plain(match: re.Match[str]) -> str:
    character = match[0]
    if character in _PLAIN:
        return _PLAIN[character]
    plain = fold(character)
    if plain.isspace():
        return " "
    return plain if plain.isprintable() else ""


def _protect(match: re.Match[str]) -> str:
    """A word that no dictionary will know."""
    return _JOINT.join(match[0])


def _replace_strays(text: str, strays: str) -> str:
    converted = _opencc("t2s").convert(strays) if strays else ""
    for stray, plain in zip(strays, converted, strict=True):
        if stray != plain:
            text = text.replace(stray, plain)
    return text


@cache
def _opencc(config: str) -> "OpenCC":
    """A converter, loaded (5 ms) when the first page needs it."""
    from opencc import OpenCC

    return OpenCC(config)
