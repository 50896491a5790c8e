"""A page as a workbook."""

import io
from decimal import Decimal, InvalidOperation
from random import Random

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Color, Font
from openpyxl.worksheet.worksheet import Worksheet

from tests.corpus.grid import Grid, PrintedCell
from tests.corpus.page import Line, Page


def one_sheet(page: Page, rng: Random) -> bytes:
    """Everything on one sheet, figures as numbers, merged cells merged."""
    return _saved([list(page.parts)], as_numbers=True, rng=rng)


def strings(page: Page, rng: Random) -> bytes:
    """The same with figures typed as text."""
    return _saved([list(page.parts)], as_numbers=False, rng=rng)


def sheets(page: Page, rng: Random) -> bytes:
    """A sheet for every section."""
    pages: list[list[Line | Grid]] = [[]]
    for part in page.parts:
        if isinstance(part, Line) and part.kind == "heading":
            pages.append([])
        pages[-1].append(part)
    return _saved(pages, as_numbers=True, rng=rng)


def _saved(pages: list[list[Line | Grid]], *, as_numbers: bool, rng: Random) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for number, parts in enumerate(pages, 1):
        sheet = book.create_sheet(f"Sheet{number}")
        at = 1
        for part in parts:
            at += _fill(sheet, at, part, as_numbers=as_numbers, rng=rng)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _fill(sheet: Worksheet, top: int, part: Line | Grid, *, as_numbers: bool, rng: Random) -> int:
    """Writes ``part`` from row ``top`` on; returns how many rows it took."""
    if isinstance(part, Line):
        sheet.cell(top, 1, part.text)
        return 1
    for row, slots in enumerate(part.resolved(), top):
        for column, slot in enumerate(slots, 1):
            if slot.place != "corner":
                continue
            cell = slot.cell
            if cell.decoy:
                _conceal(sheet.cell(row, column), cell, rng)
            else:
                sheet.cell(row, column).value = _value(cell) if as_numbers else cell.text or None
            if cell.rowspan * cell.colspan > 1:
                last = (row + cell.rowspan - 1, column + cell.colspan - 1)
                sheet.merge_cells(start_row=row, start_column=column, end_row=last[0], end_column=last[1])
    return len(part.rows)


def _conceal(at: Cell | MergedCell, printed: PrintedCell, rng: Random) -> None:
    """Writes a cell that holds something nobody sees."""
    if printed.unseen == "shown_otherwise":
        _scale(at, printed, rng)
    elif printed.text:
        decoy = TextBlock(rng.choice(_RUNS[printed.unseen]), printed.decoy)
        at.value = (
            CellRichText(printed.text, decoy) if printed.unseen == "raised" else CellRichText(decoy, printed.text)
        )
    else:
        at.value = int(printed.decoy)
        font, at.number_format = rng.choice(_CELLS[printed.unseen])
        at.font = font


def _scale(at: Cell | MergedCell, printed: PrintedCell, rng: Random) -> None:
    """Writes a number that is shown as another: in thousands, rounded, or with a point among its digits."""
    try:
        figure = Decimal(printed.text)
    except InvalidOperation:
        at.value = printed.text
        return
    exponent = figure.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) else 0
    whole, point = "0" + "." * bool(places) + "0" * places, "0" + "!." * bool(places) + "0" * places
    at.value, at.number_format = rng.choice([
        (float(figure * 1000), f"{whole},"),
        (float(figure + Decimal("0.3").scaleb(-places)), whole),
        (float(figure.scaleb(places)), point),
    ])  # fmt: skip


_WHITE = "FFFFFFFF"
_RUNS = {
    "hidden": [InlineFont(color=Color(_WHITE)), InlineFont(sz=1)],
    "struck": [InlineFont(strike=True)],
    "raised": [InlineFont(vertAlign="superscript"), InlineFont(vertAlign="subscript")],
}
_CELLS = {
    "hidden": [(Font(), ";;;"), (Font(color=_WHITE), "0"), (Font(), "[White]0"), (Font(size=1), "0")],
    "struck": [(Font(strike=True), "0")],
}


def _value(cell: PrintedCell) -> int | float | str | None:
    """A figure as the number a spreadsheet keeps; None for a blank."""
    if not cell.cell:
        return cell.text
    try:
        return float(cell.text) if "." in cell.text else int(cell.text)
    except ValueError:
        return cell.text or None
