"""Spreadsheets (.xlsx, .xls, .xlsb, .ods): every visible sheet is a table, cells where the sheet has them.

Read with python-calamine: the values as last computed, not the formulas. Sources: ``Sheet1!B4``.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from io import BytesIO
from itertools import groupby

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from services.ingest.formats.rich_text import corrected_texts
from services.ingest.limits import MOST_CELLS, MOST_COLUMNS
from shared.blocks import Block
from shared.errors import Rejected

Place = tuple[int, int]  # row and column, from 0
Value = int | float | str | bool | time | date | datetime | timedelta
_DIGITS = 15  # significant digits that a spreadsheet keeps and shows: 1.2000000000000002 is 1.2


def blocks(data: bytes) -> Iterator[Block]:
    """The cells of a workbook. Raises Rejected ``unreadable`` where it is damaged or needs a password."""
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(data))
        corrected = corrected_texts(data)
        for number, sheet in enumerate(workbook.sheets_metadata, 1):
            if sheet.visible == SheetVisibleEnum.Visible:
                yield from _blocks(workbook.get_sheet_by_name(sheet.name), number, corrected)
    except CalamineError as error:
        raise Rejected("unreadable", f"The workbook cannot be read: {error}.") from error


def _blocks(sheet: CalamineSheet, table: int, corrected: Mapping[str, str]) -> Iterator[Block]:
    """The cells of a sheet; rows that hold prose become paragraphs."""
    rows = [row for row in _rows(sheet, table, corrected) if any(cell.text for cell in row)]
    for alone, run in groupby(rows, key=_stands_alone):
        members = list(run)
        prose = alone and (len(members) > 1 or members[0] is rows[0] or members[0] is rows[-1])
        for row in members:
            if prose:
                yield from (Block(cell.text, cell.source) for cell in row if cell.text)
            else:
                yield from row


def _stands_alone(row: list[Block]) -> bool:
    """Whether a row has one filled cell, not merged: several such rows together are text typed into a sheet, but one
    between the rows of a table is a heading in it."""
    filled = [cell for cell in row if cell.text]
    return len(filled) == 1 and filled[0].rowspan == filled[0].colspan == 1


def _rows(sheet: CalamineSheet, table: int, corrected: Mapping[str, str]) -> Iterator[list[Block]]:
    """The rows of a sheet, merged cells stated once; raises Rejected ``hostile`` where they are absurdly many."""
    if sheet.start is None:
        return
    if sheet.width > MOST_COLUMNS or sheet.height * sheet.width > MOST_CELLS:
        raise Rejected("hostile", f"A sheet has more than {MOST_COLUMNS} columns or {MOST_CELLS} cells.")
    top, left = sheet.start
    merged = dict(sheet.merged_cell_ranges or ())
    covered = _covered(merged, top + sheet.height, left + sheet.width)
    for row, values in enumerate(sheet.to_python(), top):
        cells = []
        for column, value in enumerate(values, left):
            place = (row, column)
            if place not in covered:
                last_row, last_column = merged.get(place, place)
                source = f"{sheet.name}!{_letters(column)}{row + 1}"
                spans = last_row - row + 1, last_column - column + 1
                shown = _as_shown(corrected.get(value, value) if isinstance(value, str) else value)
                cells.append(Block(shown, source, table, row, column, *spans, True))
        yield cells


def _covered(merged: dict[Place, Place], rows: int, columns: int) -> set[Place]:
    """The places that a merged cell covers beside its own, within a sheet of so many rows and columns."""
    return {
        (row, column)
        for (top, left), (bottom, right) in merged.items()
        for row in range(top, min(bottom + 1, rows))
        for column in range(left, min(right + 1, columns))
        if (row, column) != (top, left)
    }


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
