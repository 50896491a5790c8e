"""Tables of a rich text file: their rows place cells by the right edge of each."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from services.ingest.formats.runs import Said
from services.ingest.limits import MOST_CELLS, MOST_COLUMNS
from shared.errors import Rejected

_SAME_EDGE = 40  # twentieths of a point within which two edges are one; a column of a digit has some 200


@dataclass
class Definition:
    """What a row says of one of its cells: its right edge, whether it continues the one to the left or above."""

    edge: int
    across: bool = False
    down: bool = False
    begins_down: bool = False
    ground: int = 0


@dataclass
class Cell:
    """What stands in a cell: paragraphs, and tables in it."""

    items: "list[Said | Table]" = field(default_factory=list)

    @property
    def texts(self) -> "Iterator[Said]":
        """Its paragraphs, those of tables in it among them."""
        for item in self.items:
            if isinstance(item, Table):
                yield from (text for row in item.rows for cell in row.cells for text in cell.texts)
            else:
                yield item


@dataclass
class TableRow:
    """The cells of a row and their definitions, and its left edge; ``seen``: it is high enough to be."""

    cells: list[Cell]
    definitions: list[Definition]
    left: int = 0
    seen: bool = True


@dataclass
class Table:
    """Rows in their order."""

    rows: list[TableRow] = field(default_factory=list)


@dataclass
class Placed:
    """A cell on the grid of its table."""

    cell: Cell
    row: int
    column: int
    rowspan: int
    colspan: int


def placed(table: Table) -> list[Placed]:
    """The cells of a table on its grid, merged ones once. Raises Rejected ``hostile`` where they are absurdly many."""
    edges = _edges(table)
    if len(edges) > MOST_COLUMNS or len(edges) * len(table.rows) > MOST_CELLS:
        raise Rejected("hostile", f"A table has more than {MOST_COLUMNS} columns or {MOST_CELLS} cells.")
    found: list[Placed] = []
    open_down: dict[int, Placed] = {}  # column -> the cell that is merged downwards from there
    for number, row in enumerate(table.rows):
        left = _index(edges, row.left)
        for cell, definition in _defined(row):
            right = max(left + 1, _index(edges, definition.edge))
            above = open_down.get(left) if definition.down else None
            if definition.across and found and found[-1].row == number:
                found[-1].colspan += right - left
                found[-1].cell.items += cell.items
            elif above is not None:
                above.rowspan = number + 1 - above.row
                above.cell.items += cell.items
            else:
                found.append(Placed(cell, number, left, 1, right - left))
                open_down.pop(left, None)
                if definition.begins_down:
                    open_down[left] = found[-1]
            left = right
    return found


def _edges(table: Table) -> list[int]:
    """The edges of the columns from the left; those that nearly meet are one."""
    stated = sorted({row.left for row in table.rows} | {each.edge for row in table.rows for _, each in _defined(row)})
    edges: list[int] = []
    for edge in stated:
        if not edges or edge - edges[-1] > _SAME_EDGE:
            edges.append(edge)
    return edges


def _index(edges: list[int], edge: int) -> int:
    return max(0, bisect_left(edges, edge - _SAME_EDGE))


def _defined(row: TableRow) -> Iterator[tuple[Cell, Definition]]:
    """The cells with their definitions; cells beyond these follow at equal widths."""
    last = row.definitions[-1].edge if row.definitions else row.left
    for at, cell in enumerate(row.cells):
        if at < len(row.definitions):
            yield cell, row.definitions[at]
        else:
            last += 1000
            yield cell, Definition(last)
