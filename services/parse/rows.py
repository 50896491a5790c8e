"""Gives the figures of each row to their columns, and only where that can be proved.

A row is proved by count: as many figures as columns, on the line of its label, or else between its label and the next
row's. Blanks count where the page keeps them. A row without proof is left null.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from services.parse.blanks import Blanks, Margins, Place
from services.parse.cells import value_in
from services.parse.columns import Columns, columns_of
from services.parse.entries import Entry, Gathered
from services.parse.lexicon import Lexicon
from services.parse.reading import Reading, Stated, holds
from services.parse.tokens import Token
from shared.blocks import Block
from shared.form import Relation
from shared.report import Number

_TIDY = 0.9  # of the rows
_MOSTLY = 0.8

Cells = dict[str, Token]
"""The cells of a row by column."""


class Ground(NamedTuple):
    """What the rows of a table are read against: ``closers`` are the followers that rightly end the table, ``totals``
    the relations that tie the figures of a row."""

    lexicon: Lexicon
    blocks: Sequence[Block]
    closers: Collection[str]
    totals: Sequence[Relation]


class Row(NamedTuple):
    """A row that was proved: ``near`` where its figures stand beside its label, ``sure`` where its header was whole."""

    entry: Entry
    cells: Cells
    near: bool
    sure: bool


def read_rows(gathered: Gathered, ground: Ground) -> Reading:
    """The cells of the rows in ``gathered``."""
    return _RowReader(gathered, ground).read()


class _RowReader:
    def __init__(self, gathered: Gathered, ground: Ground) -> None:
        self.gathered = gathered
        self.ground = ground
        self.table = ground.lexicon.table
        self.rank = ground.lexicon.rank
        entries = [entry for entry in gathered.entries if entry.figures or entry.pairs]
        self.entries = in_order(entries, self.rank)
        self.upside_down = _upside_down(gathered)
        most = _most_figures(self.entries)
        self.columns = self._columns_of_all(most)
        self.blanks = Blanks(self._full_rows(), self._lengths())
        self.tidy = {near: self._keeps_blanks(near) for near in (True, False)}
        self.usual = _usual_far(self.entries) if self.table.layout == "matrix" else 0
        self.adrift = self._adrift()
        self.crowded = {line for line, labels in Counter(entry.label.line for entry in entries).items() if labels > 1}
        self.gaps = any(
            columns and sum(figure.states for figure in entry.figures) < columns.cells
            for entry, columns in zip(self.entries, self.columns, strict=True)
        )
        self.damaged = len(entries) != len(self.entries)

    def read(self) -> Reading:
        rows: dict[str, list[Row]] = {}
        for entry, columns in zip(self.entries, self.columns, strict=True):
            row = self._row(entry, columns)
            if row is not None:
                rows.setdefault(entry.key, []).append(row)
            elif any(figure.states for figure in entry.figures):
                self.damaged = True
        return self._proved(rows)

    def _proved(self, rows: Mapping[str, list[Row]]) -> Reading:
        reading = Reading(rows={entry.key for entry in self.gathered.entries if entry.figures or entry.pairs})
        totals_hold = self._totals_mostly_hold([statements[0] for statements in rows.values()])
        for key, statements in rows.items():
            row = statements[0]
            if any(_texts(other) != _texts(row) for other in statements[1:]):
                reading.remarks.append(f"“{self._label(key)}”一行出现多次且数字不一致，未采用。")
            elif not row.sure and not totals_hold:
                continue
            elif row.near or not self.damaged or self._total(row.cells) is not False:
                headings = row.entry.headings() if self.table.layout == "groups" else {}
                for column, cell in row.cells.items():
                    reading.cells[key, column] = Stated(cell, headings.get(column, ""))
        return reading

    def _columns_of_all(self, most: int) -> list[Columns | None]:
        """The columns of every entry; rows under one header that have the same columns share them."""
        known: dict[tuple[int, tuple[str, ...]], Columns | None] = {}
        for entry in self.entries:
            row = self.table.rows[self.rank[entry.key]]
            if (place := (id(entry.header), row.columns)) not in known:
                known[place] = columns_of(entry.header, row, self.table, most)
        return [known[id(entry.header), self.table.rows[self.rank[entry.key]].columns] for entry in self.entries]

    def _label(self, key: str) -> str:
        return self.table.rows[self.rank[key]].label

    def _row(self, entry: Entry, columns: Columns | None) -> Row | None:
        if entry.pairs:
            return self._paired(entry)
        if columns is None or entry.mixed:
            return None
        beside = entry.beside
        near = any(figure.states for figure in beside)
        cells = self._cells(entry, beside, columns, near=True) if near else None
        doubted = entry.label.line in self.crowded
        if cells is None:
            cells = self._cells(entry, entry.figures, columns, near=False) if self._followed(entry) else None
            doubted = near or entry.loose or self.usual not in (0, columns.cells)
            cells = None if id(entry) in self.adrift else cells
            near = False
        if cells is None or (doubted and not self._total(cells)):
            return None
        kept = {key: cell for key, cell in cells.items() if key not in columns.doubtful}
        return Row(entry, kept, near, columns.sure)

    def _cells(self, entry: Entry, figures: list[Token], columns: Columns, *, near: bool) -> Cells | None:
        return self._placed(entry, figures, columns) or self._aligned(entry, figures, columns, near)

    def _paired(self, entry: Entry) -> Row | None:
        """Figures that stand behind the labels of their columns: all of the row's, each once."""
        row = self.table.rows[self.rank[entry.key]]
        keys = [label.key for label, _ in entry.pairs]
        if any(figure.states for figure in entry.figures) or sorted(keys) != sorted(self.table.columns_of(row)):
            return None
        near = all(token.line in entry.lines for _, token in entry.pairs)
        if not near and any(label.line in entry.lines for label, _ in entry.pairs):
            return None
        if not near and not self._followed(entry):
            return None
        return Row(entry, {label.key: token for label, token in entry.pairs}, near, True)

    def _followed(self, entry: Entry) -> bool:
        """Whether the next row's label, or the right end of the table, follows: so that no label was lost between."""
        if self.upside_down:
            return False
        rank = self.rank[entry.key] + 1
        if rank < len(self.table.rows):
            return entry.follower == self.table.rows[rank].key
        return entry.follower in self.ground.closers

    def _placed(self, entry: Entry, figures: list[Token], columns: Columns) -> Cells | None:
        """By the format's own geometry: each figure under the label of its column, and a cell under each label."""
        if not self.ground.blocks[entry.label.at].certain:
            return None
        places = {label.place: label.key for label in entry.header.labels if label.key in columns.keys}
        if len(set(places.values())) != len(columns.keys) or len(places) != len(columns.keys):
            return None
        under = {figure.place: figure for figure in figures}
        if len(under) != len(figures) or not places.keys() <= under.keys():
            return None
        if any(figure.states and figure.place not in places for figure in figures):
            return None
        return {key: under[place] for place, key in places.items()}

    def _aligned(self, entry: Entry, figures: list[Token], columns: Columns, near: bool) -> Cells | None:
        """By count: as many figures as columns, or blanks that lie as in rows that have all their figures."""
        stated = [figure for figure in figures if figure.states]
        if columns.times and len(figures) == len(stated) == len(columns.keys):
            columns = columns._replace(times=())
        count = columns.cells
        if len(stated) > count or not stated:
            return None
        own = _margins_of(figures) if len(stated) == count else None
        margins = self._margins(entry, figures, near, count, own)
        cells = _between(figures, margins, count) if margins else None
        if cells is not None and (own or self.tidy[near]):
            return columns.give(cells)
        if len(stated) < count:
            return None
        row = columns.give(stated)
        regular = not self.gaps or (near and (margins is None or len(figures) == count))
        return row if regular else None

    def _margins(
        self, entry: Entry, figures: list[Token], near: bool, count: int, own: Margins | None = None
    ) -> Margins | None:
        known = self.blanks.margins(self._place(entry, near), count, own)
        if known is None and not self.blanks.known(near) and len(figures) == count:
            lengths = [len(other.beside if near else other.figures) for other in self.entries]
            return Margins(0, 0) if max(lengths) == count else None
        return known

    def _place(self, entry: Entry, near: bool) -> Place:
        if near:
            return Place(True, *self._nesting(entry.key), entry.label.place)
        return Place(False, *self._nesting(entry.key), 0, *self._nesting(entry.follower))

    def _nesting(self, key: str) -> tuple[int, int]:
        """How many groups a row stands in, and how many of them it opens."""
        rank = self.rank.get(key)
        if rank is None:
            return (0, 0)
        groups = self.table.rows[rank].groups
        above = self.table.rows[rank - 1].groups if rank else ()
        opened = sum(groups[: depth + 1] != above[: depth + 1] for depth in range(len(groups)))
        return (len(groups), opened)

    def _full_rows(self) -> list[tuple[Place, int, Margins]]:
        """The rows that have all their figures side by side."""
        samples = []
        for entry, columns in zip(self.entries, self.columns, strict=True):
            figures, near = _cells_of(entry)
            count = columns.cells if columns else 0
            margins = _margins_of(figures)
            inner = figures[margins.before : len(figures) - margins.behind] if margins else []
            if margins and len(inner) == count and all(figure.states for figure in inner):
                samples.append((self._place(entry, near), count, margins))
        return samples

    def _lengths(self) -> list[tuple[Place, int, int]]:
        """How many cells each row has."""
        lengths = []
        for entry, columns in zip(self.entries, self.columns, strict=True):
            figures, near = _cells_of(entry)
            if columns and any(figure.states for figure in figures):
                lengths.append((self._place(entry, near), columns.cells, len(figures)))
        return lengths

    def _keeps_blanks(self, near: bool) -> bool:
        """Whether nearly all rows have the cells that their margins lead to expect: then a blank is a blank cell of the
        form's, and nothing was lost."""
        as_expected = []
        for entry, columns in zip(self.entries, self.columns, strict=True):
            figures, own = _cells_of(entry)
            if columns is None or own != near or not any(figure.states for figure in figures):
                continue
            margins = self._margins(entry, figures, near, columns.cells)
            as_expected.append(margins is not None and len(figures) == sum(margins) + columns.cells)
        return sum(as_expected) >= _TIDY * len(as_expected) and self._blanks_hold_their_place(near)

    def _blanks_hold_their_place(self, near: bool) -> bool:
        """Whether some row has a blank between two figures; some extractors sweep all blanks to the end of a row."""
        rows = [figures for figures, own in map(_cells_of, self.entries) if own == near]
        return any(
            a.states and not b.states and any(c.states for c in row[at:])
            for row in rows
            for at, (a, b) in enumerate(pairwise(row))
        )

    def _adrift(self) -> set[int]:
        """The rows (by id) that stand between one with too few figures and one with too many, none of them beside
        its label: what the one lacks may have wandered through all of them to the other."""
        adrift: set[int] = set()
        between: list[int] = []
        leaning = 0
        for entry in self.gathered.entries:
            columns = self.table.columns_of(self.table.rows[self.rank[entry.key]])
            stated = sum(figure.states for figure in entry.figures)
            lean = 0 if entry.pairs or any(figure.states for figure in entry.beside) else stated - len(columns)
            if lean == 0:
                between.append(id(entry))
                continue
            if lean * leaning < 0:
                adrift.update(between)
            between, leaning = [], lean
        return adrift

    def _total(self, cells: Cells) -> bool | None:
        """Whether the row's own relations hold; None where it has none, or lacks a figure."""
        line: dict[str, Number | None] = {}
        for column in self.table.columns:
            if column.key in cells:
                line[column.key] = value_in(cells[column.key].figure, column)[0]
        results = [holds(relation, line) for relation in self.ground.totals]
        return False if False in results else True if True in results else None

    def _totals_mostly_hold(self, rows: Sequence[Row]) -> bool:
        """Whether the rows that state more than noughts agree with their own totals: proof of a header that is not
        whole. Where all are noughts there is nothing to mistake."""
        results = [self._total(row.cells) for row in rows if any(cell.figure.amount for cell in row.cells.values())]
        return not results or results.count(True) >= _MOSTLY * len(results)


def in_order(entries: Sequence[Entry], rank: Mapping[str, int]) -> list[Entry]:
    """``entries`` without those that stand out of the form's order: there, labels may have changed places."""
    kept = list(entries)
    while any(rank[a.key] > rank[b.key] for a, b in pairwise(kept)):
        inversions = Counter[int]()
        for i, earlier in enumerate(kept):
            for j in range(i + 1, len(kept)):
                if rank[kept[j].key] < rank[earlier.key]:
                    inversions[i] += 1
                    inversions[j] += 1
        worst = max(inversions.values())
        kept = [entry for i, entry in enumerate(kept) if inversions[i] < worst]
    return kept


def _cells_of(entry: Entry) -> tuple[list[Token], bool]:
    """The cells of a row, and whether they stand beside its label."""
    beside = entry.beside
    near = any(figure.states for figure in beside)
    return (beside if near else entry.figures), near


def _margins_of(figures: list[Token]) -> Margins | None:
    """The blanks before the first figure and behind the last."""
    stated = [at for at, figure in enumerate(figures) if figure.states]
    return Margins(stated[0], len(figures) - stated[-1] - 1) if stated else None


def _between(figures: list[Token], margins: Margins, count: int) -> list[Token] | None:
    """The cells between the margins; None where there are more or fewer than ``count``, or a margin is not blank."""
    if len(figures) != margins.before + count + margins.behind:
        return None
    inner = figures[margins.before : margins.before + count]
    outer = figures[: margins.before] + figures[margins.before + count :]
    return None if any(figure.states for figure in outer) else inner


def _upside_down(gathered: Gathered) -> bool:
    """Whether figures may stand before their labels: some precede the first label, none follow the last."""
    entries = gathered.entries
    return bool(gathered.orphans and entries and not any(figure.states for figure in entries[-1].figures))


def _most_figures(entries: Sequence[Entry]) -> int:
    """The most figures that any row has."""
    counts = [sum(figure.states for figure in (entry.beside or entry.figures)) for entry in entries]
    return max(counts, default=0)


def _usual_far(entries: Sequence[Entry]) -> int:
    """How many figures mostly stand between a label and the next, where none stand beside them; 0 where it varies."""
    counts = Counter(
        sum(figure.states for figure in entry.figures)
        for entry in entries
        if not any(figure.states for figure in entry.beside)
    )
    counts.pop(0, None)
    count, times = next(iter(counts.most_common(1)), (0, 0))
    return count if 2 * times > counts.total() else 0


def _texts(row: Row) -> dict[str, str]:
    return {column: cell.figure.text for column, cell in row.cells.items()}
