"""Spreadsheets: cells where the sheet has them, values as it states them."""

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.worksheet.worksheet import Worksheet

from tests.ingest.files import blocks, cells, paragraphs, workbook


def test_merged_cells_are_stated_once_and_blank_ones_kept() -> None:
    def write(sheet: Worksheet) -> None:
        sheet["A1"], sheet["C1"], sheet["C2"] = "办理结果", "自然人", 4
        sheet["A3"], sheet["C3"] = "其他", 12
        sheet.merge_cells("A1:B2")

    assert cells(workbook(write)) == [
        ("办理结果", 0, 0, 2, 2),
        ("自然人", 0, 2, 1, 1),
        ("4", 1, 2, 1, 1),
        ("其他", 2, 0, 1, 1),
        ("", 2, 1, 1, 1),
        ("12", 2, 2, 1, 1),
    ]


@pytest.mark.parametrize(
    ("value", "text"), [(5.0, "5"), (1.2, "1.2"), (0.1 + 0.2, "0.3"), ("１２", "12"), (1331, "1331"), (-3, "-3")]
)
def test_numbers_are_as_the_sheet_states_them(value: float | str, text: str) -> None:
    def write(sheet: Worksheet) -> None:
        sheet["A1"], sheet["B1"] = "规章", value

    assert cells(workbook(write))[1][0] == text


def test_prose_typed_into_a_sheet_is_paragraphs_and_a_heading_in_a_table_is_a_cell() -> None:
    def write(sheet: Worksheet) -> None:
        for row in (["一、总体情况"], ["全年公开信息。"], ["规章", 1], ["第五项"], ["许可", 2], ["五、问题"]):
            sheet.append(row)

    assert paragraphs(workbook(write)) == ["一、总体情况", "全年公开信息。", "五、问题"]
    assert [cell[0] for cell in cells(workbook(write))] == ["规章", "1", "第五项", "", "许可", "2"]


def test_sources_name_sheet_and_cell() -> None:
    def write(sheet: Worksheet) -> None:
        sheet.title = "年报"
        sheet["AA4"], sheet["AB4"] = "规章", 1

    assert [block.source for block in blocks(workbook(write))] == ["年报!AA4", "年报!AB4"]


def test_struck_and_raised_characters_are_no_part_of_a_figure() -> None:
    struck = TextBlock(InlineFont(strike=True), "77")
    raised = TextBlock(InlineFont(vertAlign="superscript"), "1")

    def write(sheet: Worksheet) -> None:
        sheet.append(["规章", CellRichText(struck, "780"), CellRichText("12", raised), CellRichText("3", raised), "31"])

    texts = [cell[0] for cell in cells(workbook(write))]
    assert texts == ["规章", "780", "12[1]", "3[1]", "31"]
