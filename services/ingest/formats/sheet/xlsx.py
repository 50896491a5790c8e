"""Workbooks (.xlsx) as their reader sees them: values as their formats show them, formulas as last computed."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from services.ingest.formats.package import Element, Package
from services.ingest.formats.runs import Run, Said
from services.ingest.formats.sheet import xlsb
from services.ingest.formats.sheet.conditions import doubted_by_rules
from services.ingest.formats.sheet.drawings import covered_by_drawings
from services.ingest.formats.sheet.layout import Place, Sheet, laid_out
from services.ingest.formats.sheet.looks import Format, number_said, run, text_said
from services.ingest.formats.sheet.references import Area, areas, place_of
from services.ingest.formats.sheet.styles import Styles
from services.ingest.limits import MOST_CELLS
from shared.blocks import Block
from shared.doubt import DoubtCode
from shared.errors import Rejected

_WORKBOOK = "xl/workbook.xml"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ON = ("1", "true")
_NARROWEST = 0.1  # characters; what a column that is drawn shut still measures


def blocks(data: bytes) -> Iterator[Block]:
    """The cells of a workbook. Raises Rejected ``unreadable`` where it is damaged."""
    package = Package(data, "workbook")
    return laid_out(_sheets(package)) if package.has(_WORKBOOK) else xlsb.blocks(data)


class _Workbook(NamedTuple):
    package: Package
    styles: Styles
    texts: list[Element]
    from_1904: bool


class _View(NamedTuple):
    """How a sheet is viewed: widths of its columns in characters; whether it shows zeros, and formulas as such."""

    widths: Mapping[int, float]
    shows_zeros: bool
    shows_formulas: bool


def _sheets(package: Package) -> Iterator[Sheet]:
    root = package.xml(_WORKBOOK)
    relations = package.relationships(_WORKBOOK)
    parts = {each.get("Type", "").rpartition("/")[2]: package.target(_WORKBOOK, each) for each in relations.values()}
    styles, theme, texts = (package.optional(parts.get(name, "")) for name in ("styles", "theme", "sharedStrings"))
    properties = root.find("{*}workbookPr")
    workbook = _Workbook(
        package,
        Styles(styles, theme),
        texts.findall("{*}si") if texts is not None else [],
        properties is not None and properties.get("date1904") in _ON,
    )
    for sheet in root.iterfind("{*}sheets/{*}sheet"):
        relation = relations.get(sheet.get(_RELATIONSHIP, ""))
        part = package.target(_WORKBOOK, relation) if relation is not None else ""
        if part and sheet.get("state", "visible") == "visible":
            yield _sheet(workbook, sheet.get("name", ""), part)


def _sheet(workbook: _Workbook, name: str, part: str) -> Sheet:
    root = workbook.package.xml(part)
    sheet = Sheet(name)
    widths: dict[int, float] = {}
    for column in root.iterfind("{*}cols/{*}col"):
        _take_column(sheet, widths, column)
    for merged in root.iterfind("{*}mergeCells/{*}mergeCell"):
        sheet.merged |= dict(areas(merged.get("ref", "")))
    view = root.find("{*}sheetViews/{*}sheetView")
    looks = _View(
        widths,
        view is None or view.get("showZeros", "1") in _ON,
        view is not None and view.get("showFormulas") in _ON,
    )
    formats: dict[Place, Format] = {}
    values: dict[Place, float] = {}
    at = -1
    for row in root.iterfind("{*}sheetData/{*}row"):
        at = _whole(row.get("r"), at + 2) - 1
        if _is_hidden_row(row):
            sheet.hidden_rows.add(at)
        across = -1
        for cell in row.iterfind("{*}c"):
            place = _place(cell.get("r", ""), (at, across + 1))
            across = place[1]
            formats[place] = look = workbook.styles.format(_whole(cell.get("s"), 0))
            width = None if place in sheet.merged else looks.widths.get(across)
            sheet.cells[place] = _said(workbook, cell, look, looks, width)
            if cell.get("t", "n") == "n":
                values[place] = _float(cell.findtext("{*}v")) or 0
        if len(sheet.cells) > MOST_CELLS:
            raise Rejected("hostile", f"A sheet has more than {MOST_CELLS} cells.")
    _doubt(sheet, doubted_by_rules(root, workbook.styles, values))
    _doubt(sheet, covered_by_drawings(workbook.package, part))
    return sheet


def _doubt(sheet: Sheet, doubts: Mapping[Area, DoubtCode]) -> None:
    """Marks the cells in areas."""
    for place, said in sheet.cells.items():
        if said.text and not said.doubt:
            code = next((code for area, code in doubts.items() if area.holds(place)), None)
            if code:
                sheet.cells[place] = said._replace(doubt=code)


def _take_column(sheet: Sheet, widths: dict[int, float], column: Element) -> None:
    first, last = _whole(column.get("min"), 1) - 1, _whole(column.get("max"), 1)
    width = _float(column.get("width"))
    for at in range(first, min(last, first + 2 * 1024 * 8)):
        if column.get("hidden") in _ON or (width is not None and width < _NARROWEST):
            sheet.hidden_columns.add(at)
        if width is not None:
            widths[at] = width


def _is_hidden_row(row: Element) -> bool:
    height = _float(row.get("ht"))
    return row.get("hidden") in _ON or (height is not None and height < 1)


def _said(workbook: _Workbook, cell: Element, look: Format, view: _View, width: float | None) -> Said:
    """What a cell shows."""
    kind, value = cell.get("t", "n"), cell.findtext("{*}v")
    formula = cell.find("{*}f")
    if formula is not None and view.shows_formulas:
        return Said(f"={formula.text or ''}")
    if formula is not None and kind != "str" and not value:
        return Said("", DoubtCode.FORMULA)
    if kind == "inlineStr":
        inline = cell.find("{*}is")
        return Said("") if inline is None else text_said(_runs(workbook, inline, look), look)
    if not value:
        return Said("")
    if kind == "s":
        at = _whole(value, -1)
        return text_said(_runs(workbook, workbook.texts[at], look), look) if 0 <= at < len(workbook.texts) else Said("")
    if kind in ("str", "e", "d"):
        return text_said([run(value, look.font, look.ground)], look)
    if kind == "b":
        return text_said([run("TRUE" if value in _ON else "FALSE", look.font, look.ground)], look)
    number = _float(value)
    if number is None:
        return Said(value, DoubtCode.NUMBER_FORMAT)
    if number == 0 and not view.shows_zeros:
        return Said("")
    return number_said(number, look, width=width, from_1904=workbook.from_1904)


def _runs(workbook: _Workbook, item: Element, look: Format) -> list[Run]:
    """The stretches of a text, each in its own font or the cell's."""
    runs: list[Run] = []
    for stretch in item.findall("{*}r") or [item]:
        own = stretch.find("{*}rPr")
        font = look.font if own is None else workbook.styles.font(own)
        runs += [run(text.text or "", font, look.ground) for text in stretch.iterfind("{*}t")]
    return runs


def _place(reference: str, otherwise: Place) -> Place:
    return place_of(reference) or otherwise


def _whole(stated: str | None, otherwise: int) -> int:
    return int(stated) if stated is not None and stated.isdecimal() and len(stated) < 9 else otherwise


def _float(stated: str | None) -> float | None:
    try:
        number = float(stated) if stated is not None else None
    except ValueError:
        return None
    return number if number is not None and abs(number) < float("inf") else None
