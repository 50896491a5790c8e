"""The geometry of a table whose format states it: cells on a grid, spans resolved."""

from collections.abc import Iterator

from services.ingest.limits import MOST_CELLS, MOST_COLUMNS
from shared.blocks import Block
from shared.doubt import DoubtCode
from shared.errors import Rejected


class Grid:
    """Places cells in reading order: each takes the first free column of its row, as HTML and Word lay tables out.

    ``source`` begins every cell's source: ``T2`` gives ``T2R3C4``.
    """

    def __init__(self, table: int, source: str) -> None:
        self._table = table
        self._source = source
        self._cells: list[Block] = []
        self._row = -1
        self._column = 0
        self._area = 0
        self._free_from: dict[int, int] = {}  # column -> first row that no span from above covers

    def next_row(self) -> None:
        self._row += 1
        self._column = 0

    def end_spans(self) -> None:
        """Ends all spans with the row just filled: they do not reach from one row group into the next."""
        self._free_from.clear()

    def skip(self, columns: int) -> None:
        """Leaves ``columns`` empty, where a row begins further right."""
        self._column += columns

    def add(self, text: str, rowspan: int = 1, colspan: int = 1, doubt: DoubtCode | None = None) -> None:
        """The next cell of the row, and the ``doubt`` about it. Raises Rejected ``hostile`` where the table grows
        beyond any report's need."""
        while self._free_from.get(self._column, 0) > self._row:
            self._column += 1
        self._area += colspan
        if self._column + colspan > MOST_COLUMNS or self._area > MOST_CELLS:
            raise Rejected("hostile", f"A table has more than {MOST_COLUMNS} columns or {MOST_CELLS} cells.")
        source = f"{self._source}R{self._row + 1}C{self._column + 1}"
        self._cells.append(Block(text, source, self._table, self._row, self._column, rowspan, colspan, True, doubt))
        for column in range(self._column, self._column + colspan):
            self._free_from[column] = self._row + rowspan
        self._column += colspan

    def blocks(self) -> Iterator[Block]:
        """The cells, row by row; a span that reaches beyond the table is cut at its end."""
        for cell in self._cells:
            rows = min(cell.rowspan, self._row + 1 - cell.row)
            yield cell if rows == cell.rowspan else cell._replace(rowspan=rows)
