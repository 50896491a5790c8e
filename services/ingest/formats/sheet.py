"""Spreadsheets (.xlsx, .xls, .xlsb, .ods): every visible sheet is a table, cells where the sheet has them.

Read with python-calamine: the values as last computed, not the formulas. Sources: ``Sheet1!B4``.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from services.ingest.limits import MOST_CELLS, MOST_COLUMNS
from shared.blocks import Block
from shared.errors import Rejected

Value = int | float | str | bool | time | date | datetime | timedelta
_DIGITS = 15  # significant digits that a spreadsheet keeps and shows: 1.2000000000000002 is 1.2


def blocks(data: bytes) -> Iterator[Block]:
    """The cells of a workbook. Raises Rejected ``unreadable`` where it is damaged or needs a password."""
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(data))
        for number, sheet in enumerate(workbook.sheets_metadata, 1):
            if sheet.visible == SheetVisibleEnum.Visible:
                yield from _cells(workbook.get_sheet_by_name(sheet.name), number)
    except CalamineError as error:
        raise Rejected("unreadable", f"The workbook cannot be read: {error}.") from error


def _cells(sheet: CalamineSheet, table: int) -> Iterator[Block]:
    if sheet.start is None:
        return
    if sheet.width > MOST_COLUMNS or sheet.height * sheet.width > MOST_CELLS:
        raise Rejected("hostile", f"A sheet has more than {MOST_COLUMNS} columns or {MOST_CELLS} cells.")
    top, left = sheet.start
    merged = dict(sheet.merged_cell_ranges or ())
    covered = {
        (row, column)
        for (first_row, first_column), (last_row, last_column) in merged.items()
        for row in range(first_row, min(last_row, top + sheet.height) + 1)
        for column in range(first_column, min(last_column, left + sheet.width) + 1)
        if (row, column) != (first_row, first_column)
    }
    for row, values in enumerate(sheet.iter_rows(), top):
        for column, value in enumerate(values, left):
            place = (row, column)
            if place in covered:
                continue
            last_row, last_column = merged.get(place, place)
            spans = last_row - row + 1, last_column - column + 1
            yield Block(_as_shown(value), f"{sheet.name}!{_letters(column)}{row + 1}", table, row, column, *spans, True)


def _as_shown(value: Value) -> str:
    """A value as the sheet states it: 5.0 is ``5``."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return format(value, f".{_DIGITS}g") if abs(value) < 10**_DIGITS else repr(value)
    return " ".join(str(value).split())


def _letters(column: int) -> str:
    """The name of a column, counted from 0: ``A``, ``Z``, ``AA``."""
    name = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(ord("A") + letter) + name
    return name
