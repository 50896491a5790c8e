"""Tells a report from what only speaks of reports."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from services.parse.title import Title
from shared.blocks import Block
from shared.errors import Rejected

_FOREIGN = re.compile(
    r"[^，。]{0,60}(?:通知|办法|条例|规定|细则|意见|方案|的函|格式|指南|问答|解读|须知|制度|通告)"
    r"(?:[（(].{0,12}[)）])?"
)
_PATTERNS = (
    (
        re.compile(r"(?:现(?:就|将).{0,60}通知如下|请(?:认真)?(?:遵照|贯彻)执行|特此通知|请各.{0,20}(?:报送|上报))"),
        "通知",
    ),
    (re.compile(r"第[一二三四五六七八九十]+条\s*(?:为了?|本|根据)"), "规章制度"),
    (re.compile(r"这一项(?:主要)?报告|年度报告(?:内容|应当)[^。]{0,20}(?:格式|严格按照)"), "年度报告格式"),
)
_BEGINNING = 15  # blocks
_FIGURES = 3  # that many are no chance
LABELS = 10  # of the form's tables; chosen: prose that quotes the form names fewer
SECTIONS, _TITLED_SECTIONS = 3, 2  # of six, without and with a title; chosen: one or two may stand on any page
_BEFORE_2019 = 3  # headings that only such reports are known to have; chosen likewise
_MOST_SECTIONS = 5  # of six


class Signs(NamedTuple):
    """What of a report a page shows: its title; the year it speaks of; how many of the six headings, labels of the form
    and cells that were read; how many headings ``一、`` ``二、`` of any wording, and how many of these are known from
    reports older than the form."""

    title: Title | None
    year: int | None
    sections: int
    labels: int
    figures: int
    formal: int
    before_2019: int


def admit(blocks: Sequence[Block], signs: Signs) -> None:
    """Raises Rejected(``not_a_report``) where the page is none."""
    if signs.figures >= _FIGURES:
        return
    if not _is_plain(signs) and (foreign := _foreign(blocks)):
        raise Rejected("not_a_report", f"这是{foreign}，不是政府信息公开工作年度报告。")
    titled = signs.title and max(signs.formal, signs.sections) >= _TITLED_SECTIONS
    tables = signs.labels >= LABELS and signs.sections
    if not (titled or tables or signs.sections >= SECTIONS or signs.before_2019 >= _BEFORE_2019):
        raise Rejected("not_a_report", "没有找到政府信息公开工作年度报告的标题、六个部分或统计表格。")
    if not signs.figures and not signs.title and signs.year is None:
        raise Rejected("not_a_report", "没有标题、年份和数据；如是空白格式，尚未填写。")


def _is_plain(signs: Signs) -> bool:
    """Whether a page is a report whatever the site says around it: a title that names whose and which year's, and
    nearly all headings; but not a form whose cells are blank."""
    named = signs.title is not None and signs.title.authority is not None and signs.title.year is not None
    return named and signs.sections >= _MOST_SECTIONS and (signs.labels < LABELS or signs.figures > 0)


def _foreign(blocks: Sequence[Block]) -> str:
    """What the page is instead, judging by its first lines, empty where nothing speaks against a report."""
    for block in blocks[:_BEGINNING]:
        if len(block.text) <= 60 and "公告" not in block.text and _FOREIGN.fullmatch(block.text.strip()):
            return f"“{block.text.strip()[:40]}”"
    text = "\n".join(block.text for block in blocks if len(block.text) > 4)
    return next((kind for pattern, kind in _PATTERNS if pattern.search(text)), "")
