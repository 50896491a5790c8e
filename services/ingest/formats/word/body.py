"""The body of a Word document: paragraphs and tables in their order, merged cells resolved."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from services.ingest.formats.colours import WHITE
from services.ingest.formats.runs import Run, Said, said
from services.ingest.formats.word.look import fill
from services.ingest.formats.word.names import Element, W, is_on, local, number, value
from services.ingest.formats.word.styles import Place, Styles
from services.ingest.formats.word.text import Setting, Texts, boxes
from services.ingest.limits import MOST_COLUMNS
from shared.blocks import Block
from shared.doubt import DoubtCode
from shared.errors import Rejected

_GONE = frozenset({"del", "moveFrom"})
_OPAQUE = frozenset({"tc", "p", "tbl"})
_LONG_CELL = 400  # characters; a cell with more holds a page's content, not a table's
_CLIPPED_ROW = 60  # twentieths of a point: a row that is no higher shows none of its text
_CUT_ROW = 160  # one that is no higher cuts its text; that of the form is at least nine points high
_PAGE = Setting((), WHITE, in_cell=False)

Embedded = Callable[[Element], list[Block]]
"""The blocks of the document that an ``altChunk`` embeds."""


class _Cell(NamedTuple):
    element: Element
    column: int
    span: int
    continues: bool  # a cell that is merged downwards from above
    doubt: DoubtCode | None


class Body:
    """A walk through the body in document order."""

    def __init__(self, styles: Styles, embedded: Embedded) -> None:
        self._styles = styles
        self._texts = Texts(styles)
        self._embedded = embedded
        self._blocks: list[Block] = []
        self._paragraphs = 0
        self._tables = 0
        self._chunks = 0

    def through(self, body: Element) -> list[Block]:
        """The blocks of ``body``."""
        self._visit(body)
        return self._blocks

    def _visit(self, parent: Element) -> None:
        for child in parent:
            name = local(child)
            if name == "p":
                self._say(child)
            elif name == "tbl":
                self._table(child)
            elif name == "altChunk":
                self._embed(child)
            elif name not in _GONE:
                self._visit(child)

    def _say(self, paragraph: Element) -> None:
        text, doubt = said(self._texts.runs(paragraph, _PAGE))
        for line in text.split("\n"):
            if line.strip():
                self._paragraphs += 1
                self._blocks.append(Block(line, f"P{self._paragraphs}", doubt=doubt))
        for box in boxes(paragraph):
            self._visit(box)

    def _embed(self, chunk: Element) -> None:
        self._chunks += 1
        for block in self._embedded(chunk):
            table = block.table + self._tables if block.table else 0
            self._blocks.append(block._replace(source=f"chunk{self._chunks} {block.source}", table=table))
        self._tables = max([self._tables, *(block.table for block in self._blocks)])

    def _table(self, table: Element) -> None:
        if self._is_data(table):
            self._tables += 1
            self._blocks.extend(self._grid(table, self._tables))
        else:
            for row in _rows(table):
                for cell in _within(row, "tc"):
                    self._visit(cell)

    def _is_data(self, table: Element) -> bool:
        """Whether a table tabulates rather than lays out: two columns or more, short cells, no data table inside."""
        rows = [list(_within(row, "tc")) for row in _rows(table)]
        if max(map(len, rows), default=0) < 2:
            return False
        inner = (row for cells in rows for cell in cells for row in cell.iter(f"{W}tr"))
        if any(len(row.findall(f"{W}tc")) > 1 for row in inner):
            return False
        return all(_length(cell) <= _LONG_CELL for cells in rows for cell in cells)

    def _grid(self, table: Element, number_: int) -> list[Block]:
        """The cells of a data table. One that is merged downwards is told again in each row below it, stated once."""
        blocks: list[Block] = []
        merged: dict[int, int] = {}  # column -> place in blocks of the cell that is merged downwards from there
        style = self._styles.named("table", table.find(f"{W}tblPr/{W}tblStyle"))
        look = table.find(f"{W}tblPr/{W}tblLook")
        rows = list(_rows(table))
        for row, element in enumerate(rows):
            cells = list(_cells(element))
            columns = cells[-1].column + cells[-1].span if cells else 0
            for cell in cells:
                above = merged.get(cell.column) if cell.continues else None
                if above is not None:
                    blocks[above] = blocks[above]._replace(rowspan=row + 1 - blocks[above].row)
                    continue
                if cell.element.find(f"{W}tcPr/{W}vMerge") is None:
                    merged.pop(cell.column, None)
                else:
                    merged[cell.column] = len(blocks)
                place = Place(row, cell.column, len(rows), columns)
                text, doubt = self._content(cell.element, self._setting(cell.element, style, look, place))
                source = f"T{number_}R{row + 1}C{cell.column + 1}"
                doubt = cell.doubt or doubt
                blocks.append(Block(text, source, number_, row, cell.column, 1, cell.span, True, doubt))
        return blocks

    def _setting(self, cell: Element, style: str, look: Element | None, place: Place) -> Setting:
        """What the table's style says of a cell, and what its own shading puts behind its text."""
        parts = self._styles.of_cell(style, look, place)
        ground = WHITE
        for part in parts:
            ground = fill(part.shading, ground)
        return Setting(tuple(part.run for part in parts), fill(cell.find(f"{W}tcPr/{W}shd"), ground), in_cell=True)

    def _content(self, cell: Element, setting: Setting) -> Said:
        """All that a reader sees in a cell, its paragraphs and lines joined by a space."""
        runs: list[Run] = []
        for paragraph in _paragraphs(cell):
            runs += [*self._texts.runs(paragraph, setting), Run("\n")]
        text, doubt = said(runs)
        return Said(" ".join(text.split()), doubt)


def _paragraphs(parent: Element) -> Iterator[Element]:
    """The paragraphs in a cell, each with those of its text boxes behind it."""
    for child in parent:
        name = local(child)
        if name == "p":
            yield child
            for box in boxes(child):
                yield from _paragraphs(box)
        elif name not in _GONE and not (name == "tr" and _is_gone(child)):
            yield from _paragraphs(child)


def _rows(table: Element) -> Iterator[Element]:
    return (row for row in _within(table, "tr") if not _is_gone(row))


def _is_gone(row: Element) -> bool:
    """Whether nobody sees a row: it was deleted, is hidden, or is as good as without height."""
    own = row.find(f"{W}trPr")
    if own is None:
        return False
    return own.find(f"{W}del") is not None or is_on(own.find(f"{W}hidden")) or _height(row) <= _CLIPPED_ROW


def _height(row: Element) -> int:
    """The height that a row is held to, in twentieths of a point; much where its text may stretch it."""
    height = row.find(f"{W}trPr/{W}trHeight")
    return number(height, _CUT_ROW + 1) if value(height, "hRule") == "exact" else _CUT_ROW + 1


def _cells(row: Element) -> Iterator[_Cell]:
    column = number(row.find(f"{W}trPr/{W}gridBefore"), 0)
    doubt = DoubtCode.HIDDEN_TEXT if _height(row) <= _CUT_ROW else None
    for cell in _within(row, "tc"):
        own = cell.find(f"{W}tcPr")
        span = max(1, number(own.find(f"{W}gridSpan"), 1)) if own is not None else 1
        if column + span > MOST_COLUMNS:
            raise Rejected("hostile", f"A table has more than {MOST_COLUMNS} columns.")
        if own is not None and own.find(f"{W}cellDel") is not None:
            doubt = DoubtCode.ANNOTATED_TEXT  # once it is gone, those behind it move up
        merge = own.find(f"{W}vMerge") if own is not None else None
        changed = own is not None and own.find(f"{W}cellMerge") is not None
        continues = merge is not None and value(merge) in ("", "continue")
        yield _Cell(cell, column, span, continues, DoubtCode.ANNOTATED_TEXT if changed else doubt)
        column += span


def _within(parent: Element, name: str) -> Iterator[Element]:
    """The children called ``name``, also those inside content controls and revisions."""
    for child in parent:
        found = local(child)
        if found == name:
            yield child
        elif found not in _GONE and found not in _OPAQUE:
            yield from _within(child, name)


def _length(cell: Element) -> int:
    """How much text a cell holds, seen or not."""
    return sum(len(text.text or "") for text in cell.iter(f"{W}t"))
