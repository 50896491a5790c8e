"""A page as a workbook."""

import io
from random import Random

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.worksheet.worksheet import Worksheet

from tests.corpus.grid import Grid, PrintedCell
from tests.corpus.page import Line, Page


def one_sheet(page: Page, rng: Random) -> bytes:
    """Everything on one sheet, figures as numbers, merged cells merged."""
    return _saved([list(page.parts)], as_numbers=True)


def strings(page: Page, rng: Random) -> bytes:
    """The same with figures typed as text."""
    return _saved([list(page.parts)], as_numbers=False)


def sheets(page: Page, rng: Random) -> bytes:
    """A sheet for every section."""
    pages: list[list[Line | Grid]] = [[]]
    for part in page.parts:
        if isinstance(part, Line) and part.kind == "heading":
            pages.append([])
        pages[-1].append(part)
    return _saved(pages, as_numbers=True)


def _saved(pages: list[list[Line | Grid]], *, as_numbers: bool) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for number, parts in enumerate(pages, 1):
        sheet = book.create_sheet(f"Sheet{number}")
        at = 1
        for part in parts:
            at += _fill(sheet, at, part, as_numbers=as_numbers)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _fill(sheet: Worksheet, top: int, part: Line | Grid, *, as_numbers: bool) -> int:
    """Writes ``part`` from row ``top`` on; returns how many rows it took."""
    if isinstance(part, Line):
        sheet.cell(top, 1, part.text)
        return 1
    for row, slots in enumerate(part.resolved(), top):
        for column, slot in enumerate(slots, 1):
            if slot.place != "corner":
                continue
            cell = slot.cell
            value = _concealing(cell) if cell.decoy else _value(cell) if as_numbers else cell.text or None
            sheet.cell(row, column).value = value
            if cell.rowspan * cell.colspan > 1:
                last = (row + cell.rowspan - 1, column + cell.colspan - 1)
                sheet.merge_cells(start_row=row, start_column=column, end_row=last[0], end_column=last[1])
    return len(part.rows)


def _concealing(cell: PrintedCell) -> CellRichText:
    """A text of which some is struck out, or raised behind the rest."""
    if cell.unseen == "raised":
        return CellRichText(cell.text, TextBlock(InlineFont(vertAlign="superscript"), cell.decoy))
    return CellRichText(TextBlock(InlineFont(strike=True), cell.decoy), cell.text)


def _value(cell: PrintedCell) -> int | float | str | None:
    """A figure as the number a spreadsheet keeps; None for a blank."""
    if not cell.cell:
        return cell.text
    try:
        return float(cell.text) if "." in cell.text else int(cell.text)
    except ValueError:
        return cell.text or None
