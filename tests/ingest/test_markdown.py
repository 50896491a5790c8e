"""Markdown, and text with HTML tables in it: what stays lines, and what becomes cells."""

import pytest

from services.ingest.read import read_document
from shared.blocks import Block

TABLE = (
    "<table><tr><td colspan=2>信息内容</td><td>本年制发<br>件数</td></tr>"
    "<tr><td>规章</td><td></td><td>12</td></tr></table>"
)


def blocks(page: str) -> tuple[str, tuple[Block, ...]]:
    """The format and the blocks of a page."""
    document = read_document(page.encode(), "page.md")
    return document.format, document.blocks


@pytest.mark.parametrize("table", [TABLE, f"<html><body>{TABLE}</body></html>", TABLE.replace("<tr>", "\n<tr>\n")])
@pytest.mark.parametrize(("heading", "form"), [("# ", "markdown"), ("", "text")])
def test_html_tables_among_lines_are_grids_and_the_lines_stay_lines(table: str, heading: str, form: str) -> None:
    page = f"{heading}某局年度报告\n\n{heading}二、主动公开\n正文。\n\n{table}\n\n{heading}三、申请\n末行。\n"

    kind, found = blocks(page)

    assert kind == form
    assert [block.text for block in found if not block.table] == [
        "某局年度报告",
        "二、主动公开",
        "正文。",
        "三、申请",
        "末行。",
    ]
    assert [block.text for block in found if block.certain] == ["信息内容", "本年制发件数", "规章", "", "12"]


def test_a_page_of_html_is_one_whatever_its_paragraphs_look_like() -> None:
    kind, found = blocks(f"<html><head><title>x</title></head><body># 一\n# 二\n{TABLE}</body></html>")

    assert kind == "html"
    assert found[0].text.split() == ["#一", "#二"] or "一" in found[0].text


def test_cells_may_be_bold_broken_or_wrapped_in_tags() -> None:
    page = "| 信息<br>内容 | **本年制发件数** |\n| --- | --- |\n| <b>规章</b> | ** 12** |\n"
    page += "| __行政许可__ | <span style='x'>0</span> |\n"

    kind, found = blocks(page)

    assert kind == "markdown"
    assert [block.text for block in found] == ["信息内容", "本年制发件数", "规章", "12", "行政许可", "0"]


def test_a_table_that_is_not_closed_ends_with_its_last_row() -> None:
    page = f"# 报告\n\n# 二、主动公开\n{TABLE.removesuffix('</table>')}\n# 三、申请\n{TABLE}\n# 四、复议\n"

    _, found = blocks(page)

    assert [block.text for block in found if not block.table] == ["报告", "二、主动公开", "三、申请", "四、复议"]
    assert sum(block.text == "12" for block in found) == 2


def test_spaces_written_as_html_does_are_spaces() -> None:
    assert [block.text for block in blocks("&nbsp;规章&nbsp; | &nbsp;0&nbsp;\n")[1]] == ["规章", "0"]


def test_a_whole_table_on_one_line_is_divided_and_prose_is_not() -> None:
    row = "规章 1 2 3 行政规范性文件 4 5 6 行政许可 本年处理决定数量 7 行政处罚 8 行政强制 9 行政事业性收费 10"

    assert [block.text for block in blocks(row + "\n")[1]] == row.split()
    prose = "全年 12 次会议 34 人 参加 5 场 培训 6 期 简报 7 件 建议 8 件 提案 9 条 留言 10 篇 信息 11 个 专栏。"
    assert len(blocks(prose + "\n")[1]) == 1
