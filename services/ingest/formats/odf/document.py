"""Text documents (.odt): paragraphs and tables in their order, merged cells resolved.

Sources: ``P7`` is the seventh paragraph with text, ``T2R3C4`` the cell at row 3, column 4 of the second data table.
"""

from collections.abc import Iterator

from services.ingest.formats.grid import Grid
from services.ingest.formats.odf.names import OFFICE, TABLE, TEXT, Element, local, opened, repeated
from services.ingest.formats.odf.styles import Look, Styles
from services.ingest.formats.odf.text import Texts, boxes
from services.ingest.formats.runs import Run, Said, said
from services.ingest.limits import MOST_COLUMNS
from shared.blocks import Block
from shared.doubt import DoubtCode

_LONG_CELL = 400  # characters; a cell with more holds a page's content, not a table's
_MOST_ROWS = 1_000  # that one row is repeated as
_APART = frozenset(
    {"tracked-changes", "forms", "sequence-decls", "annotation", "table-of-content", "alphabetical-index"}
)
_OPAQUE = frozenset({"table-cell", "covered-table-cell", "p", "h"})


def blocks(data: bytes) -> Iterator[Block]:
    """The blocks of a document. Raises Rejected ``unreadable`` where it is damaged or needs a password."""
    package = opened(data)
    content = package.xml("content.xml")
    text = content.find(f"{OFFICE}body/{OFFICE}text")
    styles = Styles(content, package.optional("styles.xml"))
    return iter(_Walk(styles).through(text) if text is not None else ())


class _Walk:
    """A walk through the body in document order."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._texts = Texts(styles)
        self._page = Look(styles.of("paragraph", None))
        self._blocks: list[Block] = []
        self._paragraphs = 0
        self._tables = 0

    def through(self, body: Element) -> list[Block]:
        self._visit(body)
        return self._blocks

    def _visit(self, parent: Element) -> None:
        for child in parent:
            name = local(child)
            if name in ("p", "h"):
                self._say(child)
            elif name == "table":
                self._table(child)
            elif name not in _APART and not _is_hidden(child):
                self._visit(child)

    def _say(self, paragraph: Element) -> None:
        text, doubt = said(self._texts.runs(paragraph, self._page))
        for line in text.split("\n"):
            if line.strip():
                self._paragraphs += 1
                self._blocks.append(Block(line, f"P{self._paragraphs}", doubt=doubt))
        for box in boxes(paragraph):
            self._visit(box)

    def _table(self, table: Element) -> None:
        if not _is_data(table):
            for row in _within(table, "table-row"):
                for cell in _within(row, "table-cell"):
                    self._visit(cell)
            return
        self._tables += 1
        grid = Grid(self._tables, f"T{self._tables}")
        for row in _within(table, "table-row"):
            for _ in range(repeated(row, "number-rows-repeated", _MOST_ROWS)):
                grid.next_row()
                for cell in _within(row, "table-cell"):
                    text, doubt = self._content(cell)
                    spans = (repeated(cell, f"number-{each}-spanned", MOST_COLUMNS + 1) for each in ("rows", "columns"))
                    rowspan, colspan = spans
                    for _ in range(repeated(cell, "number-columns-repeated", MOST_COLUMNS + 1)):
                        grid.add(text, rowspan, colspan, doubt)
        self._blocks.extend(grid.blocks())

    def _content(self, cell: Element) -> Said:
        """All that a reader sees in a cell, its paragraphs and lines joined by a space."""
        look = self._page.under(self._styles.of("table-cell", cell.get(f"{TABLE}style-name")))
        runs: list[Run] = []
        for paragraph in _paragraphs(cell):
            runs += [*self._texts.runs(paragraph, look), Run("\n")]
        numbered = any(run.text.strip() for run in runs) and next(cell.iter(f"{TEXT}list"), None) is not None
        text, doubt = said(runs)
        return Said(" ".join(text.split()), doubt or (DoubtCode.AUTOMATIC_NUMBER if numbered else None))


def _paragraphs(parent: Element) -> Iterator[Element]:
    """The paragraphs in a cell, each with those of its text boxes behind it."""
    for child in parent:
        if local(child) in ("p", "h"):
            yield child
            for box in boxes(child):
                yield from _paragraphs(box)
        elif local(child) not in _APART and not _is_hidden(child):
            yield from _paragraphs(child)


def _is_hidden(element: Element) -> bool:
    """Whether a section or group of rows is not displayed."""
    return element.get(f"{TEXT}display") in ("none", "condition") or element.get(f"{TABLE}display") == "false"


def _within(parent: Element, name: str) -> Iterator[Element]:
    """The rows of a table or cells of a row, also those in groups; those that are hidden are not there."""
    for child in parent:
        found = local(child)
        if found == name:
            if child.get(f"{TABLE}visibility", "visible") == "visible":
                yield child
        elif found not in _OPAQUE and not _is_hidden(child):
            yield from _within(child, name)


def _is_data(table: Element) -> bool:
    """Whether a table tabulates rather than lays out: two columns or more, short cells, no data table inside."""
    rows = [list(_within(row, "table-cell")) for row in _within(table, "table-row")]
    if max(map(len, rows), default=0) < 2:
        return False
    cells = [cell for row in rows for cell in row]
    inner = (row for cell in cells for row in cell.iter(f"{TABLE}table-row"))
    if any(len(row.findall(f"{TABLE}table-cell")) > 1 for row in inner):
        return False
    return all(sum(map(len, cell.itertext())) <= _LONG_CELL for cell in cells)
