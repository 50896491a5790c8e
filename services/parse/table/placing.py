"""Gives the cells of a row to its columns: by the format's own geometry, by count, or by the layout of the page."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from services.parse.table.grid import cells_by_place, stands_outside
from services.parse.table.header import Columns, first_place
from services.parse.table.layouts import Margins, Site
from services.parse.table.rows import PageRow
from services.parse.table.search import Search, Shape
from services.parse.table.text_cells import TEXT
from services.parse.table.tokens import Token
from services.parse.table.vocabulary import Vocabulary
from shared.blocks import Block
from shared.doubt import DoubtCode

_MOSTLY = 0.9  # of the rows of a kind must have the cells that the layout leads to expect
_FEWEST = 3  # full rows that show how the others lie
_FEW_ROWS = 8  # a third of the form's: where so many have one length, it is that of a row

Cells = Mapping[str, Token]


class Placed(NamedTuple):
    """The cells of a row by column. ``weak`` where nothing but the row's own total can confirm them, ``by_layout``
    where their blanks were told by the layout of other rows, ``by_place`` where the format's own geometry says where
    they stand."""

    cells: Cells
    weak: bool = False
    by_layout: bool = False
    by_place: bool = False


class Placing:
    """How the cells of a table's rows lie, as its rows show together."""

    def __init__(
        self,
        rows: Sequence[PageRow],
        columns: Sequence[Columns],
        vocabulary: Vocabulary,
        blocks: Sequence[Block],
    ) -> None:
        self._table, self._rank, self._blocks = vocabulary.table, vocabulary.rank, blocks
        self._all = list(zip(rows, columns, strict=True))
        for row, own in self._all:
            _lay_on_following_lines(row, own.cells)
        self._rows = [(row, own) for row, own in self._all if row.stated]
        self._gaps = any(row.stated < own.cells or _holds_text(row) for row, own in self._rows)
        self._in_pairs = any(row.pairs for row in rows)
        self._reach: dict[int, int] = {}

    def place(self, row: PageRow, columns: Columns) -> Placed | DoubtCode:
        """The cells of ``row``, or why they cannot be told.

        Where the header names all columns and then all again, or a row stands twice on a line, tables of several bodies
        stand side by side, and nothing says whose is whose.
        """
        if self._table.layout != "bands" and (row.twice or row.header.is_repeated()):
            return DoubtCode.SEVERAL_TABLES
        if row.pairs:
            return self._paired(row)
        if not row.stated:
            return DoubtCode.BLANK
        open_to_doubt = self._in_pairs or not row.beside or not row.cells[0].states
        if self._table.layout == "groups" and not row.header.known and open_to_doubt:
            return DoubtCode.HEADER_UNCLEAR  # nothing says what the figure is of
        if self._blocks[row.label.at].certain:
            if cells := cells_by_place(row, columns, self._blocks, self._last_place(row)):
                return Placed(cells, by_place=True)
            held = [cell.at for cell in row.cells if cell.states and cell.at != row.label.at]
            if len(set(held)) < len(held):
                return self._weakly(row, columns) or DoubtCode.SEVERAL_FIGURES
            found = self._by_count(row, columns)
            outside = isinstance(found, Placed) and stands_outside(row, columns)
            return found._replace(weak=True) if isinstance(found, Placed) and outside else found
        return self._by_count(row, columns)

    def _paired(self, row: PageRow) -> Placed | DoubtCode:
        """Figures that stand behind the labels of their columns, each once."""
        keys = [label.key for label, _ in row.pairs]
        own = self._table.columns_of(self._table.rows[self._rank[row.key]])
        if row.stated or len(set(keys)) < len(keys) or not set(keys).issubset(own):
            return DoubtCode.COLUMN_COUNT
        row.beside = all(figure.line in row.lines for _, figure in row.pairs)
        return Placed({label.key: figure for label, figure in row.pairs})

    def _last_place(self, row: PageRow) -> int:
        """The last column that the rows under the header of ``row`` reach."""
        header = id(row.header)
        if header not in self._reach:
            rows = [other.figures for other, _ in self._all if other.header is row.header]
            self._reach[header] = max(figure.place for figures in rows for figure in figures)
        return self._reach[header]

    def _by_count(self, row: PageRow, columns: Columns) -> Placed | DoubtCode:
        """As many figures as columns, or blanks that lie as in rows that have all their figures."""
        count, stated = columns.cells, row.stated_cells
        if _is_split(row.cells):
            return DoubtCode.SEVERAL_FIGURES
        if stated > count or (stated == count and self._has_one_too_many(row, count)):
            return DoubtCode.COLUMN_COUNT
        found: Placed | None = None
        if stated == count:
            found = self._full(row, columns)
        elif len(row.inner) == count and self._span(row):
            found = _given(columns, row.inner)
        elif self._uniform(row.beside):
            found = _given(columns, row.cells)
        if found is None and (margins := self._margins(row, count)) is not None:
            found = _given(columns, between(row.cells, margins, count), by_layout=stated < count)
        if found is None:
            found = self._weakly(row, columns)
        if found is None:
            return DoubtCode.BLANK_UNPLACED if stated < count <= len(row.cells) else DoubtCode.COLUMN_COUNT
        return found

    def _full(self, row: PageRow, columns: Columns) -> Placed | None:
        """All figures of a row, where no layout must say which blanks are cells."""
        count = columns.cells
        figures = [cell for cell in row.cells if cell.states]
        if not self._gaps or (row.beside and len(row.cells) == count):
            return _given(columns, figures)
        return None if self._margins(row, count) is not None or not row.beside else _given(columns, figures)

    def _weakly(self, row: PageRow, columns: Columns) -> Placed | None:
        """The figures of a row that has all of them with no blank between, wherever they begin."""
        count = columns.cells
        side_by_side = len(row.inner) == row.stated_cells == count
        last = self._rank[row.key] + 1 == len(self._table.rows)  # no label follows that might leave blanks behind it
        if (
            side_by_side
            and not _is_split(row.cells)
            and ((row.beside and self._contiguous) or (last and len(row.figures) == count))
        ):
            return _given(columns, row.inner, weak=True)
        return None

    def _margins(self, row: PageRow, count: int) -> Margins | None:
        shape = self._shape(row, count)
        known = self._search.margins(shape)
        if known is None and not self._search.known(beside=row.beside) and len(row.cells) == count:
            lengths = [len(other.cells) for other, _ in self._rows if other.beside == row.beside]
            return Margins(0, 0) if max(lengths) == count else None
        return known if known is None or not row.beside or self._is_shown(row, known, shape) else None

    def _is_shown(self, row: PageRow, margins: Margins, shape: Shape) -> bool:
        """Whether the page shows the margins of a row beside its label: by other full rows whose labels stand in its
        column, by a header that stands above its figures, or as all rows begin alike. What is drawn from rows in other
        columns, and those keep each in its own way, is a guess."""
        if self._search.peers(shape):
            return True
        first = first_place(row.header.known, [column.key for column in self._table.columns])
        if first is None:
            return self._search.all_begin(margins.before)
        return first == row.label.place + 1 + margins.before

    def _shape(self, row: PageRow, count: int) -> Shape:
        depth, opened = self._nesting(row.key)
        if row.beside:
            site = Site(count, True, row.label.place, depth, opened, 0)
        else:
            below, opened_below = self._nesting(row.next_key)
            site = Site(count, False, 0, depth, opened, below - opened_below)
        states = [cell.states for cell in row.cells]
        blank = Margins(states.index(True), states[::-1].index(True))
        return Shape(site, len(states), blank, full=len(row.inner) == row.stated_cells == count)

    def _nesting(self, key: str) -> tuple[int, int]:
        """How many groups a row stands in, and how many of them it opens."""
        rank = self._rank.get(key)
        if rank is None:
            return (0, 0)
        groups = self._table.rows[rank].groups
        above = self._table.rows[rank - 1].groups if rank else ()
        return len(groups), sum(groups[: depth + 1] != above[: depth + 1] for depth in range(len(groups)))

    @cached_property
    def _search(self) -> Search:
        return Search([self._shape(row, own.cells) for row, own in self._rows if row.stated_cells])

    @cached_property
    def _contiguous(self) -> bool:
        """Whether rows have their figures beside their labels, with no blank between where they are full, and none has
        more than columns: where another has a blank between two figures, it is a cell of the form."""
        beside = [(row, own.cells) for row, own in self._rows if row.beside]
        full = [row.inner for row, count in beside if row.stated_cells == count]
        few = all(row.stated_cells <= count for row, count in beside)
        shown = len(full) >= _FEWEST and max(map(len, full)) > 1  # one figure has nothing between
        return few and shown and all(cell.states for cells in full for cell in cells)

    def _span(self, row: PageRow) -> bool:
        """Whether what lies between the first and last figure of a row, blanks included, is its cells: full rows have
        nothing else there, or nearly all rows reach over as many cells as there are columns."""
        return (row.beside and self._contiguous) or self._spanning[row.beside]

    @cached_property
    def _spanning(self) -> dict[bool, bool]:
        return {beside: self._spans(beside) for beside in (True, False)}

    def _spans(self, beside: bool) -> bool:
        rows = [len(row.inner) == own.cells for row, own in self._rows if row.beside == beside and own.cells > 1]
        return len(rows) >= _FEW_ROWS and sum(rows) >= _MOSTLY * len(rows)

    def _uniform(self, beside: bool) -> bool:
        """Whether the rows of a kind, blank ones too, have just as many cells as there are columns."""
        rows = [len(row.cells) == own.cells for row, own in self._all if row.beside == beside and own.cells > 1]
        return len(rows) >= min(_FEW_ROWS, len(self._table.rows)) and all(rows)

    def _has_one_too_many(self, row: PageRow, count: int) -> bool:
        """Whether a row with as many figures as columns has a blank besides that is a cell of the form, as other rows
        show that have none: then one figure is too many. Behind the figures, blanks fill the lines of a matrix."""
        by_cells = self._table.layout == "groups" and not row.beside
        if (len(row.cells) if by_cells else len(row.inner)) <= count:
            return False
        return any(
            other.beside == row.beside and own.cells == count == other.stated_cells == len(other.inner)
            for other, own in self._rows
            if not by_cells or len(other.cells) == count > 1
        )

    def keeps_blanks(self, beside: bool) -> bool | None:
        """Whether rows that end in a figure and have blanks before it show that none were swept to the end, as some
        extractors do; None where too many rows have not the cells that their layout leads to expect."""
        return self._kept[beside]

    @cached_property
    def _kept(self) -> dict[bool, bool | None]:
        return {beside: self._keeps(beside) for beside in (True, False)}

    def _keeps(self, beside: bool) -> bool | None:
        rows = [(row, own.cells) for row, own in self._rows if row.beside == beside and row.stated_cells]
        expected = [cells for row, count in rows if (cells := self._expected(row, count))]
        if len(expected) < _MOSTLY * len(rows):
            return None
        kept = sum(cells[-1].states and not all(cell.states for cell in cells) for cells in expected)
        ending = sum(not cells[-1].states for cells in expected)
        return kept > ending or any(cells[-1].states and not cells[0].states for cells in expected)

    def _expected(self, row: PageRow, count: int) -> Sequence[Token] | None:
        """The cells of a row, its own if it is full, else those that the layout leads to expect."""
        if len(row.inner) == row.stated_cells == count:
            return row.inner
        margins = self._margins(row, count)
        return between(row.cells, margins, count) if margins else None


def between(cells: Sequence[Token], margins: Margins, count: int) -> Sequence[Token] | None:
    """The cells between the margins; None where there are more or fewer than ``count``, or a margin is not blank, or a
    row that begins further right than others has no room for it."""
    if min(margins) < 0 or len(cells) != margins.before + count + margins.behind:
        return None
    outer = [*cells[: margins.before], *cells[margins.before + count :]]
    return None if any(cell.states for cell in outer) else cells[margins.before : margins.before + count]


def _given(
    columns: Columns, cells: Sequence[Token] | None, *, weak: bool = False, by_layout: bool = False
) -> Placed | None:
    given = columns.give(cells) if cells is not None else None
    return Placed(given, weak=weak, by_layout=by_layout) if given is not None else None


def _lay_on_following_lines(row: PageRow, count: int) -> None:
    """Takes all cells of a row for its own whose first stands on the line of its label, and the others below it."""
    if row.beside and len(row.cells) < count <= len(row.figures) and len({cell.line for cell in row.figures}) > 2:
        row.beside = False
        row.lay(row.figures)


def _holds_text(row: PageRow) -> bool:
    """Whether words on a line of their own fill a cell: that they do is concluded from the number of figures alone."""
    return not row.beside and any(cell.key == TEXT for cell in row.figures)


def _is_split(cells: Sequence[Token]) -> bool:
    """Whether a cell holds two figures while others are blank: one figure may have come apart."""
    stated = [cell.at for cell in cells if cell.states]
    if len(set(stated)) == len(stated):
        return False
    return not {cell.at for cell in cells if not cell.states}.issubset(stated)
