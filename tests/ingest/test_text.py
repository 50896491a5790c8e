"""Plain text: what each habit of extractors becomes in blocks."""

import pytest

from services.ingest.read import read_document


def rows(page: str) -> list[list[str]]:
    """The cells of a page, row by row; a paragraph is a row of one."""
    found: dict[object, list[str]] = {}
    for place, block in enumerate(read_document(page.encode(), "page.txt").blocks):
        found.setdefault((block.table, block.row) if block.table else place, []).append(block.text)
    return list(found.values())


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("规章 | 0 | 12 | 0 |\n", [["规章", "0", "12", "0"]]),
        ("规章 | 0 | 12 | 0\n", [["规章", "0", "12", "0"]]),
        ("本年处理决定数量 | ||\n", [["本年处理决定数量", "", ""]]),
        ("行政许可 |\n282 |\n||\n", [["行政许可"], ["282"], ["", ""]]),
        ("|\n申请人情况 |\n", [[""], ["申请人情况"]]),
        (
            "| 规章 | 0 | 12 | 0\n| 行政规范性文件 | | 1 | 2\n",
            [["规章", "0", "12", "0"], ["行政规范性文件", "", "1", "2"]],
        ),
        ("规章\n|\n0\n|\n12\n|\n0\n|\n", [["规章"], ["0"], ["12"], ["0"]]),
        ("规章\t0\t12\t0\n行政许可\t\t5\n", [["规章", "0", "12", "0"], ["行政许可", "", "5"]]),
        (
            "\t规 章\n\t　　0\n\t\n\t12\n\n\t商业\n企业\n\t科研\n机构\n",
            [["规章", "0", "", "12"], ["商业企业", "科研机构"]],
        ),
        ("规章 0 12 0\n", [["规章", "0", "12", "0"]]),
        ("行政许可 1331\n", [["行政许可", "1331"]]),
        ("信息内容    本年制发件数    本年废止件数\n", [["信息内容", "本年制发件数", "本年废止件数"]]),
        ("规    章    0    12\n", [["规章", "0", "12"]]),
        ("+------+---+\n| 规章 | 0 |\n+------+---+\n", [["规章", "0"]]),
        ("规章 | 0 |\n— 4 —\n行政许可 | 5 |\n", [["规章", "0"], ["行政许可", "5"]]),
    ],
)
def test_cells_stay_apart_and_blanks_are_kept(page: str, expected: list[list[str]]) -> None:
    assert rows(page) == expected


@pytest.mark.parametrize(
    "prose",
    [
        "2024 年，我镇主动公开政府信息 82 条，其中 28 条",
        "2024 年全年共公开信息，其中文件 2196",
        "一、总体情况",
        "\t一、总体情况",
    ],
)
def test_prose_is_a_paragraph(prose: str) -> None:
    (block,) = read_document(prose.encode(), "page.txt").blocks
    assert block.table == 0
    assert block.text == prose.replace(" ", "").strip()


def test_a_heading_after_a_table_is_no_cell() -> None:
    blocks = read_document("规章\t0\n行政许可\t5\n三、收到情况\n".encode(), "page.txt").blocks
    assert [(block.text, block.table) for block in blocks][-1] == ("三、收到情况", 0)


def test_sources_name_the_line_and_the_cell() -> None:
    blocks = read_document("标题\n\n规章 | 0 |\n".encode(), "page.txt").blocks
    assert [block.source for block in blocks] == ["L1", "L3C1", "L3C2"]


@pytest.mark.parametrize("end", ["\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029", "\n\f", "\v\r\n"])
def test_a_line_ends_however_unicode_ends_it(end: str) -> None:
    page = end.join(["标题", "规章 | 0 | 12 | 0 |", "行政许可 | 5 |", ""])
    blocks = read_document(page.encode(), "page.txt").blocks
    assert [block.source for block in blocks] == ["L1", "L2C1", "L2C2", "L2C3", "L2C4", "L3C1", "L3C2"]
