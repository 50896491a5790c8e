"""Workbooks of Excel 97 to 2003 (.xls) as their reader sees them; opened with xlrd, which keeps their formatting."""

from collections.abc import Iterator
from io import StringIO
from itertools import pairwise
from typing import Any

import xlrd

from services.ingest.formats.colours import WHITE
from services.ingest.formats.runs import Run, Said
from services.ingest.formats.sheet.layout import Place, Sheet, laid_out
from services.ingest.formats.sheet.looks import Font, Format, number_said, run, text_said
from services.ingest.formats.sheet.records import areas_of_rules
from services.ingest.formats.sheet.references import Area
from services.ingest.limits import MOST_CELLS, MOST_COLUMNS
from shared.blocks import Block
from shared.doubt import DoubtCode
from shared.errors import Rejected

_TWIPS = 20  # to a point
_WIDTH = 256  # to a character
_SOLID = 1  # fill pattern
_FILL = 4  # horizontal alignment
_VISIBLE = 0  # state of a sheet


def blocks(data: bytes) -> Iterator[Block]:
    """The cells of a workbook. Raises Rejected ``unreadable`` where it is damaged or needs a password."""
    log = StringIO()  # what xlrd has to tell beside its errors
    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=log)
    except xlrd.XLRDError as error:
        raise Rejected("unreadable", f"The workbook cannot be read: {error}.") from error
    rules = areas_of_rules(data)
    seen = [(at, sheet) for at, sheet in enumerate(book.sheets()) if sheet.visibility == _VISIBLE]
    return laid_out(_sheet(book, sheet, rules.get(at, [])) for at, sheet in seen)


def _sheet(book: Any, sheet: Any, rules: list[Area]) -> Sheet:
    if sheet.ncols > MOST_COLUMNS or sheet.nrows * sheet.ncols > MOST_CELLS:
        raise Rejected("hostile", f"A sheet has more than {MOST_COLUMNS} columns or {MOST_CELLS} cells.")
    read = Sheet(sheet.name)
    read.merged = {(top, left): (bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells}
    read.hidden_rows = {row for row, info in sheet.rowinfo_map.items() if info.hidden or info.height < _TWIPS}
    read.hidden_columns = {column for column, info in sheet.colinfo_map.items() if info.hidden or not info.width}
    for row in range(sheet.nrows):
        for column in range(sheet.row_len(row)):
            place = (row, column)
            info = sheet.colinfo_map.get(column)
            width = info.width / _WIDTH if info and place not in read.merged else None
            said = _said(book, sheet, place, width)
            if said.text and any(area.holds(place) for area in rules):
                said = said._replace(doubt=said.doubt or DoubtCode.HIDDEN_TEXT)
            read.cells[place] = said
    return read


def _said(book: Any, sheet: Any, place: Place, width: float | None) -> Said:
    cell = sheet.cell(*place)
    look = _format(book, cell.xf_index)
    match cell.ctype:
        case xlrd.XL_CELL_NUMBER | xlrd.XL_CELL_DATE if sheet.show_formulas:
            return Said("", DoubtCode.FORMULA)  # a formula may be shown in its place
        case xlrd.XL_CELL_NUMBER | xlrd.XL_CELL_DATE if cell.value == 0 and not sheet.show_zero_values:
            return Said("")
        case xlrd.XL_CELL_NUMBER | xlrd.XL_CELL_DATE:
            return number_said(cell.value, look, width=width, from_1904=book.datemode == 1)
        case xlrd.XL_CELL_TEXT:
            return text_said(_runs(book, cell.value, sheet.rich_text_runlist_map.get(place) or [], look), look)
        case xlrd.XL_CELL_BOOLEAN:
            return text_said([run("TRUE" if cell.value else "FALSE", look.font, look.ground)], look)
        case xlrd.XL_CELL_ERROR:
            return Said(xlrd.error_text_from_code.get(cell.value, "#N/A"))
        case _:
            return Said("")


def _runs(book: Any, text: str, fonts: list[tuple[int, int]], look: Format) -> list[Run]:
    """The stretches of a text: ``fonts`` says from where on it is in which font."""
    starts = [0, *(start for start, _ in fonts), len(text)]
    used = [look.font, *(_font(book, font) for _, font in fonts)]
    return [
        run(text[start:end], font, look.ground)
        for (start, end), font in zip(pairwise(starts), used, strict=True)
        if end > start
    ]


def _format(book: Any, index: int) -> Format:
    xf = book.xf_list[index]
    background = xf.background
    colour = (
        background.pattern_colour_index if background.fill_pattern == _SOLID else background.background_colour_index
    )
    ground = _colour(book, colour) if background.fill_pattern else None
    code = book.format_map[xf.format_key].format_str if xf.format_key in book.format_map else "[?]"
    repeats, shrinks = xf.alignment.hor_align == _FILL, bool(xf.alignment.shrink_to_fit)
    return Format(_font(book, xf.font_index), ground or WHITE, code, repeats, shrinks)


def _font(book: Any, index: int) -> Font:
    font = book.font_list[index]
    colour = _colour(book, font.colour_index)
    return Font(bool(font.struck_out), font.escapement != 0, colour, font.height / _TWIPS, font.name)


def _colour(book: Any, index: int) -> str | None:
    """``RRGGBB``; None for what is automatic."""
    channels = book.colour_map.get(index)
    return "".join(f"{channel:02X}" for channel in channels) if channels else None
