"""Binary workbooks (.xlsb): the values of their cells as last computed, all numbers in doubt.

Read with python-calamine, which does not tell how cells are formatted.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from services.ingest.formats.runs import Said
from services.ingest.formats.sheet.layout import Sheet, laid_out
from services.ingest.limits import MOST_CELLS, MOST_COLUMNS
from shared.blocks import Block
from shared.doubt import DoubtCode
from shared.errors import Rejected

Value = int | float | str | bool | time | date | datetime | timedelta


def blocks(data: bytes) -> Iterator[Block]:
    """The cells of a workbook. Raises Rejected ``unreadable`` where it is damaged or needs a password."""
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(data))
        yield from laid_out(
            _sheet(workbook.get_sheet_by_name(sheet.name))
            for sheet in workbook.sheets_metadata
            if sheet.visible == SheetVisibleEnum.Visible
        )
    except CalamineError as error:
        raise Rejected("unreadable", f"The workbook cannot be read: {error}.") from error


def _sheet(sheet: CalamineSheet) -> Sheet:
    """A sheet's cells; raises Rejected ``hostile`` where they are absurdly many."""
    read = Sheet(sheet.name, merged=dict(sheet.merged_cell_ranges or ()))
    if sheet.start is None:
        return read
    if sheet.width > MOST_COLUMNS or sheet.height * sheet.width > MOST_CELLS:
        raise Rejected("hostile", f"A sheet has more than {MOST_COLUMNS} columns or {MOST_CELLS} cells.")
    top, left = sheet.start
    for row, values in enumerate(sheet.to_python(), top):
        for column, value in enumerate(values, left):
            read.cells[row, column] = _said(value)
    return read


def _said(value: Value) -> Said:
    if isinstance(value, str):
        return Said(" ".join(value.split()))
    whole = isinstance(value, float) and value.is_integer()
    return Said(str(int(value)) if whole and isinstance(value, float) else str(value), DoubtCode.NUMBER_FORMAT)
