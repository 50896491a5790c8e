"""Gives the cells of a row to its columns by count, blanks included where the page keeps them."""

from collections.abc import Sequence
from functools import cached_property

from services.parse.table.blanks import Blanks, Margins, Place
from services.parse.table.columns import Columns
from services.parse.table.entries import Entry, inner_cells
from services.parse.table.lexicon import Lexicon
from services.parse.table.tokens import Token
from services.parse.table.worded import WORDED

_TIDY = 0.9  # of the rows
_FEWEST = 3  # full rows that show how the others lie
_FEW_ROWS = 8


class Alignment:
    """How the cells of a table's rows lie, as its rows show together."""

    def __init__(self, entries: Sequence[Entry], columns: Sequence[Columns | None], lexicon: Lexicon) -> None:
        self._rows = [(entry, own) for entry, own in zip(entries, columns, strict=True) if own and entry.stated]
        self._table, self._rank = lexicon.table, lexicon.rank
        self._gaps = any(entry.stated < own.cells or _is_worded(entry) for entry, own in self._rows)

    def align(self, entry: Entry, columns: Columns, *, near: bool) -> dict[str, Token] | None:
        """The cells of a row by column: as many figures as columns, or blanks that lie as in rows that have all their
        figures; None where neither is so. ``near`` looks only at the line of the label."""
        figures = entry.beside if near else entry.figures
        count = columns.cells
        if len(figures) == (entry.stated_cells if near else entry.stated) == count and (near or not self._gaps):
            return columns.give(figures)
        if near == entry.near and not self._gaps and self._is_full(entry, count):
            return columns.give(entry.inner)
        stated = [figure for figure in figures if figure.states]
        if len(stated) > count or not stated or _is_split(figures):
            return None
        if len(stated) == count and self._has_too_many(figures, count, near=near):
            return None
        if len(stated) == count and (not self._gaps or (near and len(figures) == count)):
            return columns.give(stated)
        if len(inner := inner_cells(figures)) == count > len(stated) and self._spans(near):
            return columns.give(inner)
        own = _margins_of(figures) if len(stated) == count else None
        margins = self._margins(entry, figures, count, own, near=near)
        cells = _between(figures, margins, count) if margins else None
        if cells is not None and (own or self._keep_their_place(cells, near=near)):
            return columns.give(cells)
        return columns.give(stated) if len(stated) == count and near and margins is None else None

    def _is_full(self, entry: Entry, count: int) -> bool:
        """Whether a row has as many figures as columns, each in a cell of its own, and no blank between."""
        full = len(entry.inner) == entry.stated_cells == count and len({figure.at for figure in entry.inner}) == count
        return full and (entry.near or self._table.layout != "groups")

    def unbroken(self, entry: Entry, columns: Columns) -> dict[str, Token] | None:
        """The figures beside the label of a row that has all of them with no blank between, wherever they begin; None
        where the table has others."""
        inner = inner_cells(entry.beside)
        whole = self._contiguous and len(inner) == entry.stated_cells == columns.cells and not _is_split(entry.beside)
        return columns.give(inner) if whole else None

    def _margins(
        self, entry: Entry, figures: Sequence[Token], count: int, own: Margins | None = None, *, near: bool
    ) -> Margins | None:
        known = self._blanks.margins(self._place(entry, near), count, own)
        if known is None and not self._blanks.known(near) and len(figures) == count:
            lengths = [len(other.beside if near else other.figures) for other, _ in self._rows]
            return Margins(0, 0) if max(lengths) == count else None
        return known if known is None or not near or self._shown(entry, known, count, own) else None

    def _shown(self, entry: Entry, margins: Margins, count: int, own: Margins | None) -> bool:
        """Whether the page shows the margins of a row beside its label: by other full rows whose labels stand in its
        column, by a header that stands above its figures, or as all rows begin alike. A rule that is drawn from rows in
        other columns, and that those keep each in its own way, is a guess."""
        place = self._place(entry, near=True)
        if self._blanks.peers_show(place, count, own):
            return True
        first = entry.header.first_place([column.key for column in self._table.columns])
        return self._blanks.all_begin(margins.before) if first is None else first == place.column + 1 + margins.before

    def _place(self, entry: Entry, near: bool) -> Place:
        if near:
            return Place(True, *self._nesting(entry.key), entry.label.place)
        return Place(False, *self._nesting(entry.key), 0, *self._nesting(entry.follower))

    def _nesting(self, key: str) -> tuple[int, int]:
        """How many groups a row stands in, and how many of them it opens."""
        rank = self._rank.get(key)
        if rank is None:
            return (0, 0)
        groups = self._table.rows[rank].groups
        above = self._table.rows[rank - 1].groups if rank else ()
        opened = sum(groups[: depth + 1] != above[: depth + 1] for depth in range(len(groups)))
        return (len(groups), opened)

    @cached_property
    def _blanks(self) -> Blanks:
        samples, lengths = [], []
        for entry, columns in self._rows:
            place, count = self._place(entry, entry.near), columns.cells
            margins = _margins_of(entry.cells)
            if margins is None:
                continue
            lengths.append((place, count, len(entry.cells), margins))
            if entry.stated_cells == count == len(entry.cells) - sum(margins):
                samples.append((place, count, margins))
        return Blanks(samples, lengths)

    @cached_property
    def _contiguous(self) -> bool:
        """Whether rows have their figures beside their labels, with no blank between where they are full, and none has
        more than columns: where another has a blank between two figures, it is a cell of the form."""
        near = [(entry, own.cells) for entry, own in self._rows if entry.near]
        full = [entry.inner for entry, count in near if entry.stated_cells == count]
        few = all(entry.stated_cells <= count for entry, count in near)
        shown = len(full) >= _FEWEST and max(map(len, full)) > 1  # one figure has nothing between
        return few and shown and all(figure.states for figures in full for figure in figures)

    def _spans(self, near: bool) -> bool:
        """Whether what lies between the first and last figure of a row, blanks included, is its cells: full rows have
        nothing else there, or nearly all rows reach over as many cells as there are columns."""
        return (near and self._contiguous) or (self._all_span_near if near else self._all_span_far)

    @cached_property
    def _all_span_near(self) -> bool:
        return self._all_span(near=True)

    @cached_property
    def _all_span_far(self) -> bool:
        return self._all_span(near=False)

    def _all_span(self, *, near: bool) -> bool:
        rows = [(entry.cells, own.cells) for entry, own in self._rows if entry.near == near and own.cells > 1]
        spanning = sum(len(inner_cells(cells)) == count for cells, count in rows)
        return len(rows) >= _FEW_ROWS and spanning >= _TIDY * len(rows)

    def _has_too_many(self, figures: list[Token], count: int, *, near: bool) -> bool:
        """Whether a row with as many figures as columns has a blank besides that is a cell of the form, as other rows
        show that have none: then one figure is too many. Behind the figures, blanks fill the lines of a matrix."""
        cells = len(figures) if self._table.layout == "groups" and not near else len(inner_cells(figures))
        return cells > count and any(
            entry.near == near and own.cells == count == entry.stated_cells == len(entry.inner)
            for entry, own in self._rows
            if self._table.layout != "groups" or near or len(entry.cells) == count > 1
        )

    def _keep_their_place(self, cells: Sequence[Token], *, near: bool) -> bool:
        """Whether the blanks among ``cells`` are blank cells of the form. Some extractors sweep blanks to the end of a
        row: a row that ends in one is believed only if another has one at its beginning, or if more rows have one
        between their figures than at their end."""
        kept = self._kept_near if near else self._kept_far
        return kept is not None and (cells[-1].states or kept)

    @cached_property
    def _kept_near(self) -> bool | None:
        return self._kept(near=True)

    @cached_property
    def _kept_far(self) -> bool | None:
        return self._kept(near=False)

    def _kept(self, *, near: bool) -> bool | None:
        """Whether rows that end in a figure and have blanks before it show that none were swept to the end; None where
        too many rows have not the cells that their margins lead to expect."""
        rows = [(entry, columns) for entry, columns in self._rows if entry.near == near]
        expected = [
            cells
            for entry, columns in rows
            if (margins := self._margins(entry, entry.cells, columns.cells, near=near))
            and (cells := _between(entry.cells, margins, columns.cells))
        ]
        if len(expected) < _TIDY * len(rows):
            return None
        kept = sum(cells[-1].states and not all(cell.states for cell in cells) for cells in expected)
        ending = sum(not cells[-1].states for cells in expected)
        return kept > ending or any(cells[-1].states and not cells[0].states for cells in expected)


def _is_worded(entry: Entry) -> bool:
    """Whether words on a line of their own fill a cell: that they do is concluded from the number of figures alone."""
    return not entry.near and any(figure.key == WORDED for figure in entry.figures)


def _is_split(figures: Sequence[Token]) -> bool:
    """Whether a cell holds two figures while others are blank: one figure may have come apart."""
    stated = [figure.at for figure in figures if figure.states]
    if len(set(stated)) == len(stated):
        return False
    return not {figure.at for figure in figures if not figure.states}.issubset(stated)


def _margins_of(figures: Sequence[Token]) -> Margins | None:
    """The blanks before the first figure and behind the last."""
    stated = [at for at, figure in enumerate(figures) if figure.states]
    return Margins(stated[0], len(figures) - stated[-1] - 1) if stated else None


def _between(figures: list[Token], margins: Margins, count: int) -> list[Token] | None:
    """The cells between the margins; None where there are more or fewer than ``count``, or a margin is not blank, or
    a row that begins further right than others has no room for it."""
    if min(margins) < 0 or len(figures) != margins.before + count + margins.behind:
        return None
    inner = figures[margins.before : margins.before + count]
    outer = figures[: margins.before] + figures[margins.before + count :]
    return None if any(figure.states for figure in outer) else inner
