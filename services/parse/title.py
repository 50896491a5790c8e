"""Finds the title of a report and what it names: the authority and the year."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from shared.blocks import Block

_LONGEST_LINE = 80  # characters
_ABOVE = 3  # lines of a title that may stand before the one that speaks of the disclosure
_BELOW = 3

_YEAR = r"(?:20[0-9]{2}|二[〇○ＯO零0][〇○ＯO零0一二三四五六七八九]{2})"
_DAYS = r"(?:1月1日起?(?:[-—至到]|截至)+(?:20[0-9]{2}年)?12月31日)?"
_SPAN = rf"(?:[-—至]20[0-9]{{2}})?\s*年?度?{_DAYS}"
_SUBJECT = r"(?:政[府务])?(?:信息|资讯)公开|政务公开"
_END = r"(?:[（(](?:全文|公开版|发布稿|终稿)[)）])?"

_TITLE = re.compile(
    rf"(?:关于)?(?P<before>[^，。；：:、|>《》\[\]【】]*?)(?:关于)?(?:(?P<year>{_YEAR}){_SPAN}(?P<after>[^，。；：:|>《》]*?))?"
    rf"(?:{_SUBJECT})(?:工作)?(?:情况)?的?(?:(?P<inner>{_YEAR})年?)?(?:年度|年|度)?(?:工作)?(?:情况)?的?(?P<kind>报告|报)"
    rf"(?:[（(](?P<late>{_YEAR})年?度?[)）])?{_END}"
)
_NUMERALS = str.maketrans("〇○ＯO零一二三四五六七八九", "00000123456789")
_NAME = (
    r"[\u4e00-\u9fff（）()·“”]{2,40}"
    r"(?:政府|办公室|委员会|办事处|[省市县区旗州镇乡局厅委办院所站队中心处署校司团]|公司|医院|大学|学院)"
)
_LINE_ABOVE = re.compile(rf"{_NAME}(?:关于)?(?:{_YEAR}年?度?)?|{_YEAR}年?度?")
_LABELLED = re.compile(r"^(?:标\s*题|名\s*称|文件名称|信息名称)[:：]\s*")
_OF_THE_SITE = re.compile(r"\s*[-_–—|]\s*[^年报]{2,30}$")
_NO_TITLE = re.compile(
    r"首页|当前位置|您的位置|上一篇|下一篇|附件|通知|公告|关于(?:发布|印发|做好|公布|报送)|索引号|解读"
)


class Title(NamedTuple):
    """A title, joined, and the block it begins with; ``authority`` and ``year`` as it names them."""

    text: str
    authority: str | None
    year: int | None
    at: int


def find_title(blocks: Sequence[Block], start: int, end: int) -> Title | None:
    """The title among ``blocks[start:end]``; None if there is none.

    The one that names an authority, if any does; of several, the nearest to what follows, or the first of a page that
    has nothing else.
    """
    titles = [title for at in range(start, end) if (title := _title_round(blocks, start, at, end))]
    named = [title for title in titles if title.authority] or titles
    if not named:
        return None
    return named[-1] if end < len(blocks) else named[0]


def _title_round(blocks: Sequence[Block], start: int, at: int, end: int) -> Title | None:
    """The title whose line ``at`` speaks of the disclosure; other lines of it may stand before and after."""
    text = blocks[at].text
    if "公开" not in text or len(text) > _LONGEST_LINE or _NO_TITLE.search(text):
        return None
    line = _bare(text)
    above = list(_lines_above(blocks, start, at))
    best: Title | None = None
    for below in range(min(_BELOW, end - at)):
        line += _bare(blocks[at + below].text) if below else ""
        if len(line) > _LONGEST_LINE:
            break
        for place, opening in [(at, ""), *above]:
            title = _title(opening + line, place)
            if title and _fullness(title) > _fullness(best):
                best = title
    return best


def _lines_above(blocks: Sequence[Block], start: int, at: int) -> Iterator[tuple[int, str]]:
    """The lines before ``at`` that may open a title, joined: where they begin, and their text."""
    opening = ""
    lines = 0
    for place in range(at - 1, start - 1, -1):
        line = _bare(blocks[place].text)
        if not line:
            continue
        lines += 1
        if lines > _ABOVE or not _LINE_ABOVE.fullmatch(line) or _NO_TITLE.search(line):
            return
        opening = line + opening
        yield place, opening


def _bare(text: str) -> str:
    text = re.sub(r"\s", "", _OF_THE_SITE.sub("", _LABELLED.sub("", text)))
    return text[1:-1] if text.startswith("《") and text.endswith("》") else text


def _title(text: str, at: int) -> Title | None:
    match = _TITLE.fullmatch(text)
    if not match:
        return None
    year = match["year"] or match["inner"] or match["late"]
    authority = _authority((match["before"] or "") + (match["after"] or ""))
    if not year and (not authority or match["kind"] == "报"):
        return None
    return Title(text, authority, int(year.translate(_NUMERALS)) if year else None, at)


def _fullness(title: Title | None) -> int:
    """How much a title names; a longer one of equal worth counts no more."""
    return 0 if title is None else 1 + (title.authority is not None) + 2 * (title.year is not None)


def _authority(named: str) -> str | None:
    named = re.sub(r"^关于|关于$|的$|年度$|年$", "", named).strip()
    if named[:1] in "（(" and named[-1:] in "）)":
        named = named[1:-1]
    return named if len(named) > 1 else None
