"""Spreadsheets (.ods): the text that each cell is stated to show, with its exact value as a note."""

from collections.abc import Iterator

from services.ingest.formats.odf.names import OFFICE, STYLE, TABLE, TEXT, Element, local, opened, repeated
from services.ingest.formats.odf.styles import Look, Styles
from services.ingest.formats.odf.text import Texts
from services.ingest.formats.runs import Run, Said, said
from services.ingest.formats.sheet.layout import Sheet, laid_out
from services.ingest.formats.sheet.looks import with_exact
from services.ingest.formats.sheet.number_format import exact
from services.ingest.limits import MOST_CELLS, MOST_COLUMNS
from shared.blocks import Block
from shared.doubt import DoubtCode
from shared.errors import Rejected

_MOST_ROWS = 1_048_576  # what LibreOffice and Excel have at most
_NUMBERS = ("float", "currency", "percentage")


def blocks(data: bytes) -> Iterator[Block]:
    """The cells of a spreadsheet. Raises Rejected ``unreadable`` where it is damaged or needs a password."""
    package = opened(data)
    content = package.xml("content.xml")
    styles = Styles(content, package.optional("styles.xml"))
    tables = content.iterfind(f"{OFFICE}body/{OFFICE}spreadsheet/{TABLE}table")
    shown = (table for table in tables if styles.of("table", table.get(f"{TABLE}style-name")).get("display") != "false")
    return laid_out(_Reader(styles, table).sheet() for table in shown)


class _Reader:
    """Reads one sheet."""

    def __init__(self, styles: Styles, table: Element) -> None:
        self._styles = styles
        self._texts = Texts(styles)
        self._table = table
        self._sheet = Sheet(table.get(f"{TABLE}name", ""))
        self._looks: dict[int, str | None] = {}  # the style that a column gives its cells

    def sheet(self) -> Sheet:
        self._columns()
        at = 0
        for row, hidden in _within(self._table, "table-row"):
            count = repeated(row, "number-rows-repeated", _MOST_ROWS)
            cells = self._cells(row)
            for number in range(at, at + count if cells else at):
                self._place(number, cells, hidden)
            at += count
        return self._sheet

    def _columns(self) -> None:
        at = 0
        for column, hidden in _within(self._table, "table-column"):
            count = repeated(column, "number-columns-repeated", 2 * MOST_COLUMNS)
            for number in range(at, at + count):
                self._looks[number] = column.get(f"{TABLE}default-cell-style-name")
                if hidden:
                    self._sheet.hidden_columns.add(number)
            at += count

    def _place(self, row: int, cells: "list[tuple[int, Said, int, int]]", hidden: bool) -> None:
        if hidden:
            self._sheet.hidden_rows.add(row)
        for column, text, down, across in cells:
            self._sheet.cells[row, column] = text
            if down > 1 or across > 1:
                self._sheet.merged[row, column] = (row + down - 1, column + across - 1)
        if len(self._sheet.cells) > MOST_CELLS:
            raise Rejected("hostile", f"A sheet has more than {MOST_CELLS} cells.")

    def _cells(self, row: Element) -> "list[tuple[int, Said, int, int]]":
        """The cells of a row that say something or are merged: column, what they say, rows and columns they reach."""
        found: list[tuple[int, Said, int, int]] = []
        at = 0
        for cell in row:
            count = repeated(cell, "number-columns-repeated", 1 << 14)
            text = self._said(cell, at) if local(cell) == "table-cell" else Said("")
            down, across = (repeated(cell, f"number-{each}-spanned", 1 << 20) for each in ("rows", "columns"))
            if text.text or text.doubt or down * across > 1:
                if count > MOST_COLUMNS:
                    raise Rejected("hostile", f"A sheet has more than {MOST_COLUMNS} columns.")
                found += [(column, text, down, across) for column in range(at, at + count)]
            at += count
        return found

    def _said(self, cell: Element, column: int) -> Said:
        name = cell.get(f"{TABLE}style-name") or self._looks.get(column)
        look = Look(self._styles.of("table-cell", None)).under(self._styles.of("table-cell", name))
        runs: list[Run] = []
        for paragraph in cell.iterfind(f"{TEXT}p"):
            runs += [*self._texts.runs(paragraph, look), Run("\n")]
        text, doubt = said(runs)
        text = " ".join(text.split())
        if text and not doubt and self._is_conditional(name):
            doubt = DoubtCode.HIDDEN_TEXT
        value = cell.get(f"{OFFICE}value", "")
        if text and cell.get(f"{OFFICE}value-type") in _NUMBERS:
            try:
                text = with_exact(text, exact(float(value)))
            except (ValueError, ArithmeticError):
                doubt = doubt or DoubtCode.NUMBER_FORMAT
        return Said(text, doubt)

    def _is_conditional(self, name: str | None) -> bool:
        """Whether the style of a cell gives way to another that may hide it, where a condition holds."""
        maps = (each for style in self._styles.chain("table-cell", name) for each in style.iterfind(f"{STYLE}map"))
        others = (self._styles.of("table-cell", each.get(f"{STYLE}apply-style-name")) for each in maps)
        return any(not Look({}).under(other).run("0").seen for other in others)


def _within(parent: Element, name: str, hidden: bool = False) -> Iterator[tuple[Element, bool]]:
    """The rows or columns of a sheet, also those in groups, and whether they are hidden."""
    for child in parent:
        if local(child) == name:
            yield child, hidden or child.get(f"{TABLE}visibility", "visible") != "visible"
        elif local(child) not in ("table-row", "table-column", "table-cell"):
            yield from _within(child, name, hidden or child.get(f"{TABLE}display") == "false")
