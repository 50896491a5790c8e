"""Gives the figures of each row to their columns, and only where that can be proved.

A row is proved by count: as many figures as columns, on the line of its label, or else between its label and the next
row's. Blanks count where the page keeps them. A row without proof is left null.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from itertools import pairwise

from services.parse.cells import value_in
from services.parse.columns import Columns, columns_of
from services.parse.entries import Entry, Gathered
from services.parse.lexicon import Lexicon
from services.parse.reading import Reading, Stated, holds
from services.parse.tokens import Token
from shared.blocks import Block
from shared.form import Relation
from shared.report import Number

Shape = tuple[int, ...]


def read_rows(
    gathered: Gathered,
    lexicon: Lexicon,
    blocks: Sequence[Block],
    closers: Collection[str],
    totals: Sequence[Relation],
) -> Reading:
    """The cells of the rows in ``gathered``.

    ``closers`` are the followers that rightly end the table, ``totals`` the relations that tie a row's figures.
    """
    return _RowReader(gathered, lexicon, blocks, closers, totals).read()


class _RowReader:
    def __init__(
        self,
        gathered: Gathered,
        lexicon: Lexicon,
        blocks: Sequence[Block],
        closers: Collection[str],
        totals: Sequence[Relation],
    ) -> None:
        self.entries = in_order(gathered.entries, lexicon)
        self.upside_down = _upside_down(gathered)
        self.lexicon = lexicon
        self.table = lexicon.table
        self.blocks = blocks
        self.closers = closers
        self.totals = totals
        self.usual = _usual_count(self.entries)
        self.starts = self._learn_starts()
        self.damaged = False

    def read(self) -> Reading:
        rows: dict[str, list[tuple[dict[str, Stated], bool]]] = {}
        for entry in self.entries:
            if not entry.figures and not entry.pairs:
                continue
            row = self._row(entry)
            if row is None:
                self.damaged = self.damaged or any(figure.states for figure in entry.figures)
            else:
                rows.setdefault(entry.key, []).append(row)
        reading = Reading()
        for key, statements in rows.items():
            first, beside = statements[0]
            if any(_texts(other) != _texts(first) for other, _ in statements[1:]):
                reading.remarks.append(f"“{self._label(key)}”一行出现多次且数字不一致，未采用。")
            elif beside or not self.damaged or self._total_holds(first):
                reading.cells.update({(key, column): stated for column, stated in first.items()})
        return reading

    def _label(self, key: str) -> str:
        return self.table.rows[self.lexicon.rank[key]].label

    def _row(self, entry: Entry) -> tuple[dict[str, Stated], bool] | None:
        """The cells of a row by column, and whether they stand beside its label; None where nothing is proved."""
        if entry.pairs:
            return self._paired(entry)
        beside = entry.beside
        states = any(figure.states for figure in beside)
        if not states and (self.upside_down or not self._followed(entry)):
            return None
        columns = columns_of(entry, self.table, self.usual)
        if columns is None:
            return None
        for figures, near in ((beside, True), (entry.figures, False)):
            if near and not states:
                continue
            if not near and (self.upside_down or not self._followed(entry)):
                continue
            cells = self._placed(entry, figures, columns) or self._aligned(entry, figures, columns, near)
            if cells is not None:
                doubtful = columns.doubtful
                return {
                    key: Stated(cell, entry.header.heading(key)) for key, cell in cells.items() if key not in doubtful
                }, near
        return None

    def _paired(self, entry: Entry) -> tuple[dict[str, Stated], bool] | None:
        """Figures that stand behind the labels of their columns: all of the row's, each once."""
        row = self.table.rows[self.lexicon.rank[entry.key]]
        keys = [key for key, _ in entry.pairs]
        if entry.figures or sorted(keys) != sorted(self.table.columns_of(row)):
            return None
        beside = all(token.line in entry.lines for _, token in entry.pairs)
        if not beside and not self._followed(entry):
            return None
        return {key: Stated(token, "") for key, token in entry.pairs}, beside

    def _followed(self, entry: Entry) -> bool:
        """Whether the next row's label, or the right end of the table, follows: so that no label was lost between."""
        rank = self.lexicon.rank[entry.key] + 1
        if rank < len(self.table.rows):
            return entry.follower == self.table.rows[rank].key
        return entry.follower in self.closers

    def _placed(self, entry: Entry, figures: list[Token], columns: Columns) -> dict[str, Token] | None:
        """By the format's own geometry: each figure under the label of its column, and a cell under each label."""
        if not self.blocks[entry.label.at].certain:
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

    def _aligned(self, entry: Entry, figures: list[Token], columns: Columns, near: bool) -> dict[str, Token] | None:
        """By count: as many figures as columns, or blanks that lie as in rows that have all their figures."""
        count = len(columns.keys)
        stated = [figure for figure in figures if figure.states]
        if len(stated) > count:
            stated = columns.collapse(stated)
        if len(stated) == count:
            return dict(zip(columns.keys, stated, strict=True))
        if len(stated) > count or not stated:
            return None
        start = self._start(self._shape(entry, figures, near), len(figures), count)
        if start is None or any(figure.states for figure in (*figures[:start], *figures[start + count :])):
            return None
        return dict(zip(columns.keys, figures[start : start + count], strict=True))

    def _shape(self, entry: Entry, figures: list[Token], near: bool) -> Shape:
        """What decides where structural blanks lie: the label's place on a line, or the nesting of two rows."""
        if near:
            return (1, entry.label.place, len(figures))
        return (0, *self._nesting(entry.key), *self._nesting(entry.follower), len(figures))

    def _nesting(self, key: str) -> tuple[int, int]:
        """How many groups a row stands in, and how many of them it opens."""
        rank = self.lexicon.rank.get(key)
        if rank is None:
            return (0, 0)
        groups = self.table.rows[rank].groups
        above = self.table.rows[rank - 1].groups if rank else ()
        opened = sum(groups[: depth + 1] != above[: depth + 1] for depth in range(len(groups)))
        return (len(groups), opened)

    def _learn_starts(self) -> dict[Shape, set[int]]:
        """From the rows that have all their figures: after how many blanks the first stands, by shape."""
        starts: dict[Shape, set[int]] = {}
        for entry in self.entries:
            beside = entry.beside
            near = any(figure.states for figure in beside)
            figures = beside if near else entry.figures
            stated = [at for at, figure in enumerate(figures) if figure.states]
            row = self.table.rows[self.lexicon.rank[entry.key]]
            count = self.usual if self.table.layout == "matrix" else len(self.table.columns_of(row))
            if stated and len(stated) == count and stated[-1] - stated[0] == len(stated) - 1:
                starts.setdefault(self._shape(entry, figures, near), set()).add(stated[0])
        return starts

    def _start(self, shape: Shape, length: int, count: int) -> int | None:
        if known := self.starts.get(shape):
            return next(iter(known)) if len(known) == 1 else None
        kept = {start for known_shape, starts in self.starts.items() for start in starts if known_shape[0] == shape[0]}
        return 0 if length == count and kept <= {0} and self._no_room(shape[0], count) else None

    def _no_room(self, near: int, count: int) -> bool:
        """Whether no row of the table has more cells than columns, so that no blank is a merged cell's."""
        lengths = [len(entry.beside if near else entry.figures) for entry in self.entries]
        return all(length <= count for length in lengths)

    def _total_holds(self, cells: dict[str, Stated]) -> bool:
        line: dict[str, Number | None] = {}
        for column in self.table.columns:
            if column.key in cells:
                line[column.key] = value_in(cells[column.key].token.figure, column)[0]
        return all(holds(relation, line) is not False for relation in self.totals)


def in_order(entries: list[Entry], lexicon: Lexicon) -> list[Entry]:
    """``entries`` without those that stand out of the form's order: there, labels may have changed places."""
    kept = list(entries)
    while any(lexicon.rank[a.key] > lexicon.rank[b.key] for a, b in pairwise(kept)):
        inversions = Counter[int]()
        for i, earlier in enumerate(kept):
            for j in range(i + 1, len(kept)):
                if lexicon.rank[kept[j].key] < lexicon.rank[earlier.key]:
                    inversions[i] += 1
                    inversions[j] += 1
        worst = max(inversions.values())
        kept = [entry for i, entry in enumerate(kept) if inversions[i] < worst]
    return kept


def _upside_down(gathered: Gathered) -> bool:
    """Whether figures may stand before their labels: some precede the first label, none follow the last."""
    entries = gathered.entries
    return bool(gathered.orphans and entries and not any(figure.states for figure in entries[-1].figures))


def _usual_count(entries: list[Entry]) -> int:
    """How many figures most rows have, 0 where there is no telling."""
    counts = Counter(
        sum(figure.states for figure in (entry.beside or entry.figures)) for entry in entries if entry.figures
    )
    counts.pop(0, None)
    if not counts:
        return 0
    (count, rows), *_ = counts.most_common(1)
    return count if 2 * rows > counts.total() else 0


def _texts(cells: dict[str, Stated]) -> dict[str, str]:
    return {column: stated.token.figure.text for column, stated in cells.items()}
