"""Tells a report from what only speaks of reports."""

import re
from collections.abc import Sequence

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
)
_BEGINNING = 15  # blocks


def admit(
    blocks: Sequence[Block], *, title: bool, sections: int, labels: int, figures: int, formal: int, older: int
) -> None:
    """Raises Rejected(``not_a_report``) where the page is none.

    ``title``: whether it has a report's title; ``sections``: how many of the six headings; ``labels``: how many labels
    of the form; ``figures``: how many cells were read; ``formal``: how many headings ``一、`` ``二、`` of any
    wording; ``older``: how many of these are such as reports older than the form have.
    """
    if figures >= 3 or (sections >= 4 and figures):
        return
    foreign = _foreign(blocks)
    if foreign:
        raise Rejected("not_a_report", f"这是{foreign}，不是政府信息公开工作年度报告。")
    if sections >= 3 or (title and (formal >= 2 or sections >= 2)) or (labels >= 10 and sections) or older >= 3:
        return
    raise Rejected("not_a_report", "没有找到政府信息公开工作年度报告的标题、六个部分或统计表格。")


def _foreign(blocks: Sequence[Block]) -> str:
    """What the page is instead, judging by its first lines, empty where nothing speaks against a report."""
    for block in blocks[:_BEGINNING]:
        if len(block.text) <= 60 and "公告" not in block.text and _FOREIGN.fullmatch(block.text.strip()):
            return f"“{block.text.strip()[:40]}”"
    text = "\n".join(block.text for block in blocks if len(block.text) > 4)
    return next((kind for pattern, kind in _PATTERNS if pattern.search(text)), "")
