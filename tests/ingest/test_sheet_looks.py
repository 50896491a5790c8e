"""Workbooks: what a reader sees in a cell, by its format and the sheet's."""

from collections.abc import Callable
from io import BytesIO

import pytest
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import DataBar, FormatObject, Rule
from openpyxl.styles import Alignment, Color, Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image as Picture

from shared.doubt import DoubtCode
from tests.ingest.files import blocks, cells, workbook

WHITE, DARK, YELLOW = "FFFFFFFF", "FF1F3864", "FFFFFF00"


def seen(write: Callable[[Worksheet], None]) -> tuple[str, DoubtCode | None]:
    """Text and doubt of a cell that holds 23 and is formatted by ``write``."""

    def whole(sheet: Worksheet) -> None:
        sheet["A1"], sheet["B1"], sheet["C1"], sheet["A2"], sheet["B2"] = "规章", 23, "件", "许可", 5
        write(sheet)

    block = blocks(workbook(whole))[1]
    return block.text, block.doubt


def formatted(**properties: object) -> tuple[str, DoubtCode | None]:
    """The same, formatted by properties of the cell."""

    def write(sheet: Worksheet) -> None:
        for name, setting in properties.items():
            setattr(sheet["B1"], name, setting)

    return seen(write)


def filled(colour: str) -> PatternFill:
    return PatternFill("solid", fgColor=colour)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("0.00", "23.00"),
        ('0"件"', "23件"),
        ("0!.0", "2.3（实际值23）"),
        ("0%", "2300%（实际值23）"),
        (";;;", ""),
        ("[White]0", ""),
        ("[Red]0", "23"),
    ],
)
def test_a_number_is_as_its_format_shows_it(code: str, text: str) -> None:
    assert formatted(number_format=code) == (text, None)


def test_a_format_that_is_not_understood_leaves_a_doubt() -> None:
    assert formatted(number_format="[DBNum1]0") == ("23", DoubtCode.NUMBER_FORMAT)


def test_a_rounded_number_keeps_the_exact_one_as_a_note() -> None:
    assert formatted(value=22.6, number_format="0") == ("23（实际值22.6）", None)


@pytest.mark.parametrize(
    "properties",
    [
        {"font": Font(strike=True)},
        {"font": Font(color=WHITE)},
        {"font": Font(color=Color(theme=0))},
        {"font": Font(color=Color(indexed=9))},
        {"font": Font(color=DARK), "fill": filled(DARK)},
        {"font": Font(size=1)},
    ],
)
def test_a_number_struck_out_or_of_the_colour_of_its_ground_is_not_read(properties: dict[str, object]) -> None:
    assert formatted(**properties) == ("", None)


def test_white_on_dark_is_seen() -> None:
    assert formatted(font=Font(color=WHITE), fill=filled(DARK)) == ("23", None)
    assert formatted(fill=filled(YELLOW)) == ("23", None)


def test_a_number_that_fills_its_cell_again_and_again_is_in_doubt() -> None:
    assert formatted(alignment=Alignment(horizontal="fill"))[1] is DoubtCode.NUMBER_FORMAT


def test_a_number_wider_than_its_column_is_in_doubt() -> None:
    def write(sheet: Worksheet) -> None:
        sheet.column_dimensions["B"].width = 1

    assert seen(write)[1] is DoubtCode.NUMBER_FORMAT


def test_zeros_that_the_sheet_does_not_show_are_blank() -> None:
    def write(sheet: Worksheet) -> None:
        sheet.sheet_view.showZeros = False
        sheet["B1"] = 0

    assert seen(write) == ("", None)


def test_a_formula_without_its_result_is_in_doubt() -> None:
    assert formatted(value="=SUM(B2:B3)") == ("", DoubtCode.FORMULA)


WHITENED, STRUCK, BOLD = (
    DifferentialStyle(font=font) for font in (Font(color=WHITE), Font(strike=True), Font(bold=True))
)
BAR = DataBar(cfvo=[FormatObject("min"), FormatObject("max")], color="FF638EC6", showValue=False)


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        (Rule("cellIs", operator="greaterThan", formula=["20"], dxf=WHITENED), DoubtCode.HIDDEN_TEXT),
        (Rule("cellIs", operator="equal", formula=["0"], dxf=WHITENED), None),
        (Rule("expression", formula=["$A$1=1"], dxf=STRUCK), DoubtCode.HIDDEN_TEXT),
        (Rule("expression", formula=["$A$1=1"], dxf=BOLD), None),
        (Rule("dataBar", dataBar=BAR), DoubtCode.HIDDEN_TEXT),
    ],
)
def test_rules_that_may_hide_a_number_leave_a_doubt(rule: Rule, code: DoubtCode | None) -> None:
    assert seen(lambda sheet: sheet.conditional_formatting.add("B1:B2", rule)) == ("23", code)


def test_a_number_under_a_picture_is_in_doubt() -> None:
    picture = BytesIO()
    Picture.new("RGB", (20, 20)).save(picture, "PNG")

    assert seen(lambda sheet: sheet.add_image(Image(picture), "B1"))[1] is DoubtCode.COVERED_TEXT


def test_hidden_rows_columns_and_sheets_are_not_there() -> None:
    def write(sheet: Worksheet) -> None:
        for row in (["规章", 7, 77], ["旧数", 8, 88], ["许可", 9, 99]):
            sheet.append(row)
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["B"].hidden = True
        hidden = sheet.parent.create_sheet("旧表") if sheet.parent else None
        assert hidden is not None
        hidden["A1"], hidden["B1"], hidden.sheet_state = "处罚", 5, "veryHidden"

    assert [cell[:3] for cell in cells(workbook(write))] == [
        ("规章", 0, 0),
        ("77", 0, 1),
        ("许可", 1, 0),
        ("99", 1, 1),
    ]


def test_a_merged_cell_is_seen_where_its_first_column_is_hidden() -> None:
    def write(sheet: Worksheet) -> None:
        sheet["A1"], sheet["A2"], sheet["C2"], sheet["D1"] = "办理结果", "旧", 5, 6
        sheet.merge_cells("A1:C1")
        sheet.column_dimensions["A"].hidden = True

    assert cells(workbook(write))[:2] == [("办理结果", 0, 0, 1, 2), ("6", 0, 2, 1, 1)]
