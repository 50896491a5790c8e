"""The page and the tables within one another, while they are read."""

from services.ingest.formats.rtf.tables import Cell, Definition, Table, TableRow
from services.ingest.formats.runs import Said

_MOST_NESTED = 10  # tables within one another
_CLIPPED_ROW = 60  # twentieths of a point: a row that is no higher shows none of its text


class _Level:
    """A table: what stands in the open cell, the cells of the open row, and the rows; level 0 is the page."""

    def __init__(self) -> None:
        self.items: list[Said | Table] = []
        self.cells: list[Cell] = []
        self.rows: list[TableRow] = []
        self.definitions: list[Definition] = []
        self.next = Definition(0)
        self.left = 0
        self.seen = True


class Levels:
    """Takes paragraphs, cells, rows and their definitions as they come."""

    def __init__(self) -> None:
        self.current = 0
        self._levels = [_Level()]

    @property
    def nested(self) -> int:
        """The level of the innermost table, at least 2."""
        return max(2, self.current)

    @property
    def ground(self) -> int:
        """The number of the colour behind the open cell, 0 where none is stated."""
        level = self._levels[min(self.current, len(self._levels) - 1)]
        at = len(level.cells)
        return level.definitions[at].ground if at < len(level.definitions) else 0

    def enter(self, level: int) -> None:
        """Paragraphs from here on stand in tables so deep."""
        self.current = max(0, min(level, _MOST_NESTED))

    def put(self, paragraph: Said) -> None:
        """A paragraph; one on the page ends the tables before it."""
        if self.current == 0:
            self._end_tables(0)
        level = self._reached(self.current)
        if paragraph.text.strip() or paragraph.doubt:
            level.items.append(paragraph)

    def end_cell(self, level: int) -> None:
        """The open cell of a table is complete."""
        self._end_tables(level)
        opened = self._reached(level)
        opened.cells.append(Cell(opened.items))
        opened.items = []

    def end_row(self, level: int) -> None:
        """The open row of a table is complete."""
        self._end_tables(level)
        opened = self._reached(level)
        if opened.cells and opened.seen:
            opened.rows.append(TableRow(opened.cells, opened.definitions, opened.left))
        opened.cells = []

    def finish(self) -> list[Said | Table]:
        """All paragraphs and tables of the page."""
        self._end_tables(0)
        return self._levels[0].items

    def define_row(self) -> None:
        """Definitions of a row follow."""
        level = self._defined
        level.definitions, level.next, level.left, level.seen = [], Definition(0), 0, True

    def define(self, **what: int | bool) -> None:
        """Something of the next cell."""
        for name, setting in what.items():
            setattr(self._defined.next, name, setting)

    def define_edge(self, edge: int) -> None:
        """The right edge of the next cell, which completes its definition."""
        level = self._defined
        level.next.edge = edge
        level.definitions.append(level.next)
        level.next = Definition(0)

    def define_height(self, height: int) -> None:
        """The height of the row; a negative one is not stretched by its text."""
        self._defined.seen = not -_CLIPPED_ROW <= height < 0

    def define_left(self, left: int) -> None:
        """The left edge of the row."""
        self._defined.left = left

    @property
    def _defined(self) -> _Level:
        return self._reached(self.nested if self.current > 1 else 1)

    def _reached(self, level: int) -> _Level:
        while len(self._levels) <= level:
            self._levels.append(_Level())
        return self._levels[level]

    def _end_tables(self, level: int) -> None:
        """Ends the tables deeper than ``level``; each becomes a part of what is around it."""
        while len(self._levels) > level + 1:
            ended = self._levels.pop()
            cells = [*ended.cells, Cell(ended.items)] if ended.items else ended.cells
            rows = [*ended.rows, TableRow(cells, ended.definitions, ended.left)] if cells else ended.rows
            if rows:
                self._levels[-1].items.append(Table(rows))
