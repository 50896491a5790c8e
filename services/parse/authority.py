"""Finds whose report a page is: the authority that its title names, else the one that the page says it is of.

Pages that lost their title, or whose title names nobody, mostly still say it, in one of these ways, the surest first:
the title quoted or announced in the opening (现公布青山县财政局2023年政府信息公开工作年度报告), who wrote it
(由青山县财政局编制), a name on a line of its own under the title or above the text, whom the prose speaks of most, whom
to ask (请与青山县财政局联系), who signed, and who published.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from services.parse.names import INSIDE, LINE, is_name
from services.parse.title import Title, read_title
from shared.blocks import Block

_OPENING = 12  # paragraphs in which a report says whose it is
_MOST_PROSE = 80  # blocks
_PARAGRAPH = 10  # characters; what is shorter is no prose
_SIGNED = 8  # blocks at the end of a page

_ALIAS = re.compile(r"[（(]以下(?:简|统)?称[^（）()]*[)）]")
_QUOTED = re.compile(r"《([^《》]{6,60})》")
_ANNOUNCED = re.compile(
    r"(?:现(?:将|就)|(?:公布|发布|公开|编制|形成|汇总)(?:了|完成)?)[:：]?(?P<title>[^，。；,;《》]{6,60}?(?:报告|年报))"
)
_OPENED = re.compile(r"^(?P<title>[^，。；,;《》]{6,60}?(?:报告|年报))(?=是|[根依]据|由|按照|主要|[（(]以下)")
_WRITTEN = re.compile(
    rf"(?:由|[，。；,;]|^)(?!由)(?P<name>{INSIDE})"
    r"(?:(?:政府)?信息公开[^，。；]{0,12}办(?:公室)?)?(?:负责|组织|结合[^，。；]{0,40}|根据[^，。；]{4,200})?(?:特|现)?(?:[根依]据|按照|编制|编写|制作|撰写|(?:特|现)?向社会(?:公布|公开))"
)
_SUBJECT = re.compile(
    rf"(?:^|[，。；,;“”）)]|年(?:度|以来|来)?[，,]?|由|在(?=[^，,。、]{{2,20}}党[委工组]))(?!由|在)(?P<name>{INSIDE})"
    r"(?=(?:党委|党工委|党组|领导|编制|始终|坚持|认真|未收|未|严格|深入|积极|高度|全面|共|按照|根据|以|把|将|政府信息|政务公开|贯彻|持续|充分"
    r"|聚焦|依托|依法|紧紧|紧扣|通过|主动|组织|进一步|不断|切实|扎实|重点|准确|牢固|继续|没有|全年|收到|受理|[，,、]))"
)
_ASKED = re.compile(rf"(?:请与|请联系|联系|与|致电)[:：]?(?P<name>{LINE})(?:联系|[，,（(。]|$)")
_SIGNATURE = re.compile(r"20[0-9]{2}年[0-9]{1,2}月(?:[0-9]{1,2}日)?")
_PUBLISHED = re.compile(
    rf"(?:发布机构|发文机关|发文机构|发布单位|发文单位|编制单位|信息来源|来源)[:：]?\s*(?P<name>{LINE})?"
    r"(?=\s|$|[发生成公文时])"
)
_OFFICE = re.compile(
    r"(?<![府委省市县区旗])(?:政府)?(?:信息公开|政务公开)?(?:工作)?(?:领导小组)?(?:党政)?(?:综合)?(?:办公室|办)(?:[一-鿿]{0,6}[科股室])?$"
    r"|政府信息(?:与政务)?公开(?:工作)?(?:领导小组)?办公室$|(?<=政府)信息公开(?:工作)?(?:领导小组)?办公室$|(?<=[院局])办公室$"
)


def find_authority(title: Title | None, blocks: Sequence[Block], tabular: Collection[int]) -> str | None:
    """As the title names it, else as the page says most surely; in its fuller form where the page has one."""
    if title and title.authority:
        return title.authority
    prose = [_ALIAS.sub("", block.text) for at, block in enumerate(blocks[:_MOST_PROSE]) if at not in tabular]
    prose = [text for text in prose if len(text) > _PARAGRAPH]
    opening = prose[:_OPENING]
    written = list(_named(_WRITTEN, opening))
    ways: tuple[Callable[[], str | None], ...] = (
        lambda: _first(_titled(opening)),
        lambda: _first(written),
        lambda: _alone(title, blocks),
        lambda: _most_named(prose),
        lambda: _first(_whom_to_ask(opening)),
        lambda: _signature(blocks),
        lambda: _publisher(blocks),
    )
    found = next((name for way in ways if (name := way())), None)
    return _fuller(found, [*written, *_whom_to_ask(opening)]) if found else None


def _first(names: Iterable[str]) -> str | None:
    return next(iter(names), None)


def _titled(opening: Sequence[str]) -> Iterator[str]:
    """The authorities of the titles that the opening quotes or announces."""
    for text in opening:
        for sentence in re.split("[。；]", text):
            told = [match[1] for match in _QUOTED.finditer(sentence)]
            told += [match["title"] for pattern in (_ANNOUNCED, _OPENED) for match in pattern.finditer(sentence)]
            for wording in told:
                title = read_title(re.sub(r"\s", "", wording).removeprefix("现将").removeprefix("本机关"))
                if title and title.authority and is_name(title.authority):
                    yield title.authority


def _named(pattern: re.Pattern[str], texts: Sequence[str]) -> Iterator[str]:
    for text in texts:
        for match in pattern.finditer(text):
            if is_name(match["name"]):
                yield match["name"]


def _alone(title: Title | None, blocks: Sequence[Block]) -> str | None:
    """The name on the line under the title, or of a page without one, on the line above the first paragraph."""
    if title:
        places = [title.last + 1]
    else:
        first = next((at for at, block in enumerate(blocks) if len(block.text) > 4 * _PARAGRAPH), 0)
        places = [first - 1]
    for at in places:
        if 0 <= at < len(blocks) and re.fullmatch(LINE, text := "".join(blocks[at].text.split())) and is_name(text):
            return text
    return None


def _most_named(prose: Sequence[str]) -> str | None:
    names = Counter(_named(_SUBJECT, prose))
    most = max(names.values(), default=0)
    return max((name for name, times in names.items() if times == most), key=len, default=None)


def _whom_to_ask(opening: Sequence[str]) -> Iterator[str]:
    for text in opening:
        for match in _ASKED.finditer(text):
            if is_name(name := _OFFICE.sub("", match["name"])):
                yield name


def _signature(blocks: Sequence[Block]) -> str | None:
    """The name on the line before a date at the end of the page."""
    end = len(blocks)
    for at in range(max(1, end - _SIGNED), end):
        name = "".join(blocks[at - 1].text.split())
        if _SIGNATURE.fullmatch(blocks[at].text.strip()) and re.fullmatch(LINE, name) and is_name(name):
            return name
    return None


def _publisher(blocks: Sequence[Block]) -> str | None:
    """The publisher that the page's own table of particulars states."""
    for at, block in enumerate(blocks[:_MOST_PROSE]):
        if len(block.text) > 4 * _PARAGRAPH or not (match := _PUBLISHED.match(block.text)):
            continue
        name = match["name"] or (blocks[at + 1].text.strip() if at + 1 < len(blocks) else "")
        if re.fullmatch(LINE, name) and is_name(name):
            return name
    return None


def _fuller(name: str, others: Sequence[str]) -> str:
    """``name``, or a longer form of it that the page uses too."""
    return max((other for other in others if name in other), key=len, default=name)
