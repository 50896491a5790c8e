"""Finds the title of a report and what it names: the authority and the year."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from services.parse.names import LINE, PLACE
from shared.authority import Authority
from shared.blocks import Block

_LONGEST_LINE = 80  # characters
_ABOVE = 4  # lines of a title that may stand before the one that speaks of the disclosure
_BELOW = 3  # lines that may follow it; chosen

_YEAR = r"(?:20[0-9]{2}|二[〇○ＯOo零0][〇○ＯOo零0一二三四五六七八九]{2})"
_DAYS = r"(?:1月1日起?(?:[-—至到]|截至)+(?:20[0-9]{2}年)?12月31日)?"
_SPAN = rf"(?:[-—至]20[0-9]{{2}})?(?:学?年)?度?{_DAYS}"
_SUBJECT = r"(?:(?:政务|(?<!人民)政府)?(?:信息|资讯)|政务|院务|校务|警务|厂务)公开"
_CLOSED = rf"[（(\[【〔](?:(?P<late>{_YEAR})年?度?|(?P<whose>{LINE})|[^（）()\[\]【】]{{1,6}})[)）\]】〕]"
_TITLE = re.compile(
    rf"(?:关于)?(?:[（(\[【〔](?P<first>{_YEAR})年?度?[)）\]】〕])?"
    rf"(?P<before>[^，。；|>《》\[\]【】]*?)(?:关于)?"
    rf"(?:[（(\[【〔]?(?P<year>{_YEAR}){_SPAN}[)）\]】〕]?年?度?(?P<after>[^，。；：:|>《》]*?))?"
    rf"{_SUBJECT}(?:主要)?(?:工作)?(?:情况)?的?(?:(?P<inner>{_YEAR})年?)?(?:年度|年|度)?(?:工作)?(?:情况|总结)?的?(?P<kind>报告|报)"
    rf"(?:全文)?(?:{_CLOSED}){{0,2}}(?P<bare>{_YEAR})?年?度?(?:[—―─]{{2}}(?P<by>{LINE}))?"
)
_NUMERALS = str.maketrans("〇○ＯOo零一二三四五六七八九", "000000123456789")
# A title that breaks inside a word leaves the beginning of what it speaks of on the line above.
_BROKEN = r"政?府?务?信?息?公?开?工?作?年?度?"
_LINE_ABOVE = re.compile(rf"(?:{LINE})?(?:关于)?(?:{_YEAR}(?:年度?)?)?{_BROKEN}")
_LABELLED = re.compile(r"^(?:(?:公报)?标\s*题|名\s*称|称|文件名称|信息名称|文件标题)\s*[:：]\s*|^公报标题")
_PICTURED = re.compile(r"^[（(\[【][^（）()\[\]【】]{0,4}(?:图解|图文|一图读懂|置顶|附图)[)）\]】]|^一图读懂[:：]?")
_FILE_NAME = re.compile(r"\.(?:docx?|pdf|html?|wps|xlsx?|txt|ofd)$", re.IGNORECASE)
# What pages print behind a title on the same line: the site's name, the date, tools for the reader.
_BEHIND = re.compile(
    r"^(.*?(?:报告|年报)(?:全文)?(?:[（(\[【〔][^（）()\[\]【】〔〕]*[)）\]】〕])*)\s*"
    r"(?:[-_–|](?![0-9])|—(?!—)|(?:发布|发文|更新|成文|生成|公开)?(?:日期|时间)|(?:信息)?来源|作者|字[体号]|浏览|阅读|点击|访问|打印"
    r"|[\[【]\s*(?:字体|打印|大)|20[0-9]{2}(?:[-/.]|年[0-9]+月)).*$"
)
_QUOTED = {"《": "》", "“": "”", "*": "*", "【": "】"}
_NO_TITLE = re.compile(
    r"首页|当前位置|您的位置|所在位置|上一篇|下一篇|附件\s*\d*[:：、.]|通知|公告|关于(?:发布|印发|做好|公布|报送|转发)|索引号|解读"
    r"|新闻中心|办事大厅|服务大厅|专栏"
)
_NO_AUTHORITY = re.compile(
    r"公开|报告|年报|发布$|公布$|编制|印发|根据|按照|现将|召开|做好|[！？!?]|^[我本]|[X×x]{2}|某某|^附件|^第|[一二三四五六七八九十]、"
)


class Title(NamedTuple):
    """A title, joined, and the blocks it begins and ends with; ``authority`` and ``year`` as it names them."""

    text: str
    authority: str | None
    year: int | None
    at: int
    last: int


def find_title(blocks: Sequence[Block], start: int, end: int) -> Title | None:
    """The title among ``blocks[start:end]``; None if there is none.

    The one that names an authority, if any does; of several, the nearest to what follows, or the first of a page that
    has nothing else.
    """
    titles = find_titles(blocks, start, end)
    named = [title for title in titles if title.authority] or titles
    if not named:
        return None
    return named[-1] if end < len(blocks) else named[0]


def find_titles(blocks: Sequence[Block], start: int, end: int) -> list[Title]:
    """All titles among ``blocks[start:end]``, in the order of the page."""
    return [title for at in range(start, end) if (title := _title_round(blocks, start, at, end))]


def read_title(text: str, at: int = 0, last: int = 0) -> Title | None:
    """The title that ``text`` is as a whole."""
    match = _TITLE.fullmatch(text)
    if not match:
        return None
    year = next((found for name in ("first", "year", "inner", "late", "bare") if (found := match[name])), None)
    named = _authority((match["before"] or "") + (match["after"] or ""))
    if named is None:
        return None
    authority = named or match["whose"] or match["by"]
    if not year and (not authority or match["kind"] == "报"):
        return None
    return Title(text, authority, int(year.translate(_NUMERALS)) if year else None, at, last)


def is_title(text: str) -> bool:
    """Whether a line is the title of a report for some year: at the end of a page, a link to another one."""
    if "公开" not in text or len(text) > _LONGEST_LINE:
        return False
    title = read_title(_bare(text))
    return title is not None and title.year is not None


def _title_round(blocks: Sequence[Block], start: int, at: int, end: int) -> Title | None:
    """The title whose line ``at`` speaks of the disclosure; other lines of it may stand before and after."""
    text = blocks[at].text
    if not ("公开" in text or "报告" in text) or len(text) > 2 * _LONGEST_LINE or _NO_TITLE.search(text):
        return None
    line = _bare(text)
    above = list(_lines_above(blocks, start, at))
    best: Title | None = None
    for below in range(min(_BELOW, end - at)):
        line += _bare(blocks[at + below].text) if below else ""
        if len(line) > _LONGEST_LINE:
            break
        for place, opening in [(at, ""), *above]:
            title = read_title(opening + line, place, at + below)
            if title and _fullness(title) > _fullness(best):
                best = title
    return _with_place(best, blocks, start) if best else None


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


def _with_place(title: Title, blocks: Sequence[Block], start: int) -> Title:
    """The title with the place on the line above, where its own first line is only an office's name or a township's:
    青山县, 财政局, 2023年政府信息公开工作年度报告."""
    if title.at <= start or not title.authority or _bare(blocks[title.at].text) != title.authority:
        return title
    place = _bare(blocks[title.at - 1].text)
    if not re.fullmatch(PLACE, place) or not _needs_place(title.authority) or title.authority.startswith(place):
        return title
    whole = read_title(place + title.text, title.at - 1, title.last)
    return whole or title


def _needs_place(authority: str) -> bool:
    return Authority.parse(authority).key is None


def _bare(text: str) -> str:
    text = _BEHIND.sub(r"\1", _PICTURED.sub("", _LABELLED.sub("", text.strip())))
    text = re.sub(r"\s", "", _FILE_NAME.sub("", text))
    depth = 0  # counted, then cut once: each cut copies the whole text
    while len(text) - 2 * depth > 2 and _QUOTED.get(text[depth]) == text[-1 - depth]:
        depth += 1
    text = text[depth : len(text) - depth]
    half = len(text) // 2
    return text[:half] if half > _LONGEST_LINE // 8 and text[:half] == text[half:] else text


def _fullness(title: Title | None) -> int:
    """How much a title names; a longer one of equal worth counts no more."""
    return 0 if title is None else 1 + (title.authority is not None) + 2 * (title.year is not None)


def _authority(named: str) -> str | None:
    """The authority in what a title names, empty where it names none; None where it names what no title does."""
    named = re.sub(r"^关于|关于$|的$|年度$|年$|[:：、·-]$", "", named).strip()
    if named[:1] in "（(" and named[-1:] in "）)":
        named = named[1:-1]
    if len(named) < 2:
        return ""
    if re.match("[我本]", named):
        return ""
    if _NO_AUTHORITY.search(named) or (re.search("[:：]", named) and not re.fullmatch(LINE, named)):
        return None
    return named
