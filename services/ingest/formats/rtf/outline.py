"""The paragraphs and tables of a rich text file as blocks."""

from collections.abc import Iterator, Sequence

from services.ingest.formats.rtf.tables import Cell, Table, placed
from services.ingest.formats.runs import Said
from shared.blocks import Block

_LONG_CELL = 400  # characters; a cell with more holds a page's content, not a table's


def blocks_of(items: "Sequence[Said | Table]") -> Iterator[Block]:
    """The blocks of ``items``: a table that lays out others, or a page, is walked through."""
    outline = _Outline()
    outline.walk(items)
    return iter(outline.blocks)


class _Outline:
    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._paragraphs = 0
        self._tables = 0

    def walk(self, items: "Sequence[Said | Table]") -> None:
        for item in items:
            if isinstance(item, Said):
                self._say(item)
            elif _is_data(item):
                self._tabulate(item)
            else:
                for row in item.rows:
                    for cell in row.cells:
                        self.walk(cell.items)

    def _say(self, said: Said) -> None:
        for line in said.text.split("\n"):
            if line.strip():
                self._paragraphs += 1
                self.blocks.append(Block(line, f"P{self._paragraphs}", doubt=said.doubt))

    def _tabulate(self, table: Table) -> None:
        self._tables += 1
        for each in placed(table):
            text = " ".join(" ".join(said.text for said in each.cell.texts).split())
            doubt = next((said.doubt for said in each.cell.texts if said.doubt), None)
            source = f"T{self._tables}R{each.row + 1}C{each.column + 1}"
            self.blocks.append(
                Block(text, source, self._tables, each.row, each.column, each.rowspan, each.colspan, True, doubt)
            )


def _is_data(table: Table) -> bool:
    """Whether a table tabulates rather than lays out: two columns or more, short cells, no data table inside."""
    cells = [cell for row in table.rows for cell in row.cells]
    if max((len(row.cells) for row in table.rows), default=0) < 2:
        return False
    return not any(map(_holds_data, cells)) and all(map(_is_short, cells))


def _holds_data(cell: Cell) -> bool:
    return any(isinstance(item, Table) and any(len(row.cells) > 1 for row in item.rows) for item in cell.items)


def _is_short(cell: Cell) -> bool:
    return sum(len(said.text) for said in cell.texts) <= _LONG_CELL
