"""Workbooks of Excel 97: what a reader sees in a cell."""

import io
from collections.abc import Callable

import pytest
import xlwt

from shared.doubt import DoubtCode
from tests.ingest.files import blocks, cells


def workbook(write: Callable[[xlwt.Worksheet], None]) -> bytes:
    """A workbook of one sheet."""
    book, buffer = xlwt.Workbook(), io.BytesIO()
    write(book.add_sheet("年报"))
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("style", "code", "text", "doubt"),
    [
        ("", "General", "23", None),
        ("font: struck_out on", "General", "", None),
        ("font: colour white", "General", "", None),
        ("font: colour white; pattern: pattern solid, fore_colour black", "General", "23", None),
        ("font: height 20", "General", "", None),
        ("", "0!.0", "2.3（实际值23）", None),
        ("", ";;;", "", None),
        ("", '0"件"', "23件", None),
        ("", "[DBNum1]0", "23", DoubtCode.NUMBER_FORMAT),
    ],
)
def test_a_number_is_as_it_is_shown(style: str, code: str, text: str, doubt: DoubtCode | None) -> None:
    def write(sheet: xlwt.Worksheet) -> None:
        sheet.write(0, 0, "规章")
        sheet.write(0, 1, 23, xlwt.easyxf(style, num_format_str=code))
        sheet.write(0, 2, "件")

    block = blocks(workbook(write))[1]
    assert (block.text, block.doubt) == (text, doubt)


def test_rich_text_merged_cells_and_hidden_rows() -> None:
    def write(sheet: xlwt.Worksheet) -> None:
        struck = xlwt.easyfont("struck_out on")
        sheet.write_merge(0, 0, 0, 1, "办理结果")
        sheet.write_rich_text(0, 2, [("77", struck), "5"])
        sheet.write(1, 2, 77)
        sheet.row(1).hidden = True
        sheet.write(2, 0, "规章")
        sheet.write(2, 2, 0.1 + 0.2)

    assert cells(workbook(write)) == [
        ("办理结果", 0, 0, 1, 2),
        ("5", 0, 2, 1, 1),
        ("规章", 1, 0, 1, 1),
        ("", 1, 1, 1, 1),
        ("0.3", 1, 2, 1, 1),
    ]
