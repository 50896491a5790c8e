"""Finds the title of a report and what it names: the authority and the year."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from shared.blocks import Block

_LONGEST_TITLE = 80  # characters
_MOST_LINES = 4
_SUBJECT = r"政[府务](?:信息|资讯)公开"
_REPORT = r"(?:工作)?(?:情况)?的?(?:年度|年)?(?:工作)?(?:情况)?的?(?:报告|年报)(?:的公告)?"
_YEAR = r"(?P<year>20[0-9]{2}|二[〇○ＯO零0][〇○ＯO零0一二三四五六七八九]{2})"
_SPAN = r"(?:[-—至]20[0-9]{2})?\s*年?度?"
_END = r"(?:[（(](?:全文|公开版|发布稿|征求意见稿|摘要|终稿)[)）])?"

_TITLE = re.compile(
    rf"(?:关于)?(?P<before>[^，。；：:、|>《》\[\]【】]*?)(?:关于)?(?:{_YEAR}{_SPAN}(?P<after>[^，。；：:|>《》]*?))?"
    rf"{_SUBJECT}{_REPORT}(?P<tail>[（(]?(?:{_YEAR.replace('year', 'late')}年?度?)?[)）]?){_END}"
)
_NUMERALS = str.maketrans("〇○ＯO零一二三四五六七八九", "00000123456789")
_AUTHORITY_LINE = re.compile(
    r"[\u4e00-\u9fff（）()·]{2,40}(?:政府|办公室|委员会|办事处|[省市县区旗州镇乡局厅委办院所站队中心处行署校司])"
)
_NO_TITLE = re.compile(
    r"首页|当前位置|您的位置|上一篇|下一篇|附件|通知|关于(?:发布|印发|做好|公布)|索引号|^\s*(?:标\s*题|名称)"
)


class Title(NamedTuple):
    """A title, joined, and the block it begins with; ``authority`` and ``year`` as it names them."""

    text: str
    authority: str | None
    year: int | None
    at: int


def find_title(blocks: Sequence[Block], start: int, end: int) -> Title | None:
    """The title among ``blocks[start:end]``: the last that names an authority, else the last; None if there is none."""
    titles = list(_candidates(blocks, start, end))
    named = [title for title in titles if title.authority]
    return (named or titles)[-1] if titles else None


def _candidates(blocks: Sequence[Block], start: int, end: int) -> Iterator[Title]:
    for at in range(start, end):
        text = blocks[at].text
        if ("公开" not in text and "政务" not in text) or len(text) > _LONGEST_TITLE:
            continue
        if title := _title_round(blocks, start, at, end):
            yield title


def _title_round(blocks: Sequence[Block], start: int, at: int, end: int) -> Title | None:
    """The title whose line ``at`` speaks of the disclosure; its other lines may stand before and after."""
    if _NO_TITLE.search(blocks[at].text):
        return None
    for lines in range(1, _MOST_LINES):
        text = "".join(_lines(blocks, at, min(at + lines, end)))
        if match := _TITLE.fullmatch(text):
            return _with_authority(blocks, start, at, text, match)
    return None


def _with_authority(blocks: Sequence[Block], start: int, at: int, text: str, match: re.Match[str]) -> Title:
    """The title on the lines from ``at``; where they name no authority, the line above may."""
    authority, first = _authority(match), at
    if not authority:
        place = next((place for place in range(at - 1, start - 1, -1) if blocks[place].text.strip()), at)
        above = re.sub(r"\s", "", blocks[place].text)
        whole = _TITLE.fullmatch(above + text)
        if _AUTHORITY_LINE.fullmatch(above) and whole and not _NO_TITLE.search(above):
            text, match, authority, first = above + text, whole, _authority(whole), place
    year = match["year"] or match["late"]
    return Title(text, authority, int(year.translate(_NUMERALS)) if year else None, first)


def _lines(blocks: Sequence[Block], start: int, end: int) -> Iterator[str]:
    for at in range(start, end):
        yield re.sub(r"\s", "", blocks[at].text)


def _authority(match: re.Match[str]) -> str | None:
    named = (match["before"] or "") + (match["after"] or "")
    named = re.sub(r"^关于|关于$|的$|年度$|年$", "", named).strip("（）() ")
    return named if len(named) > 1 else None
