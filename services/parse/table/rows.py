"""Gives the figures of each row to their columns, and only where that can be proved.

A row is proved by count: as many figures as columns, on the line of its label, or else between its label and the next
row's. Blanks count where the page keeps them. A row without proof is left null.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from services.parse.table.alignment import Alignment
from services.parse.table.cells import value_in
from services.parse.table.columns import Columns, columns_of
from services.parse.table.damage import adrift, crowded_lines, in_order, is_upside_down, usual_count
from services.parse.table.entries import Entry, Gathered
from services.parse.table.lexicon import Lexicon
from services.parse.table.reading import Cells, Reading, holds
from shared.blocks import Block
from shared.doubt import DoubtCode
from shared.form import Relation
from shared.report import Number

_STRAYS = 3  # figures, of a page number such as 第 3 页 共 9 页
_MOSTLY = 0.8  # of the rows


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
        self.ground = ground
        self.table = ground.lexicon.table
        self.rank = ground.lexicon.rank
        self.filled = [entry for entry in gathered.entries if entry.figures or entry.pairs]
        self.entries = in_order(self.filled, self.rank)
        self.columns = self._columns_of_all()
        self.alignment = Alignment(self.entries, self.columns, ground.lexicon)
        self.upside_down = is_upside_down(gathered)
        self.adrift = adrift(gathered.entries, self.table, self.rank)
        self.crowded = crowded_lines(self.filled)
        self.usual = usual_count(self.entries) if self.table.layout == "matrix" else 0
        self.in_pairs = any(entry.pairs for entry in self.filled)
        self.mostly_near = 2 * sum(entry.near for entry in self.entries) > len(self.entries)
        self._reach: dict[int, int] = {}
        self._out_of_order: dict[tuple[int, int], bool] = {}
        self.damaged = len(self.filled) != len(self.entries)

    def read(self) -> Reading:
        rows: dict[str, list[Row]] = {}
        reading = Reading(rows={entry.key for entry in self.filled})
        reading.doubts |= dict.fromkeys(reading.rows - {entry.key for entry in self.entries}, DoubtCode.ROW_ORDER)
        for entry, columns in zip(self.entries, self.columns, strict=True):
            row = self._row(entry, columns)
            if row is not None:
                rows.setdefault(entry.key, []).append(row)
                continue
            reading.doubts[entry.key] = self._doubt_of(entry, columns)
            if entry.stated:
                self.damaged = True
        self._prove(rows, reading)
        return reading

    def _doubt_of(self, entry: Entry, columns: Columns | None) -> DoubtCode:
        """Why a row was not read, as far as its own cells tell."""
        if not entry.stated and not entry.pairs:
            return DoubtCode.BLANK
        if entry.mixed:
            return DoubtCode.LABELS_TOGETHER
        if columns is None:
            return DoubtCode.HEADER_UNCLEAR
        if len({figure.at for figure in entry.cells if figure.states}) < entry.stated_cells:
            return DoubtCode.SEVERAL_FIGURES
        if entry.stated_cells == columns.cells:
            return DoubtCode.UNPROVED if entry.near or self._followed(entry) else DoubtCode.ROW_LOST_BELOW
        blank = entry.stated_cells < columns.cells <= len(entry.cells)
        return DoubtCode.BLANK_UNPLACED if blank else DoubtCode.COLUMN_COUNT

    def _prove(self, rows: Mapping[str, list[Row]], reading: Reading) -> None:
        """Puts the rows into ``reading`` of which nothing else on the page casts doubt."""
        totals_hold = self._totals_mostly_hold([statements[0] for statements in rows.values()])
        for key, statements in rows.items():
            row = statements[0]
            if any(_texts(other) != _texts(row) for other in statements[1:]):
                label = self.table.rows[self.rank[key]].label
                reading.remarks.append(f"“{label}”一行出现多次且数字不一致，未采用。")
                reading.doubts[key] = DoubtCode.COPIES_DIFFER
            elif not row.sure and not totals_hold and not _all_noughts(row):
                reading.doubts[key] = DoubtCode.HEADER_UNCLEAR
            elif row.near or not self.damaged or self._total(row.cells) is not False:
                reading.cells[key] = row.cells
                if self.table.layout == "groups":
                    reading.headings[key] = row.entry.headings()
            else:
                reading.doubts[key] = DoubtCode.TOTAL_CONTRADICTED

    def _columns_of_all(self) -> list[Columns | None]:
        """The columns of every entry; rows under one header that have the same columns share them."""
        counts = Counter(entry.stated_cells for entry in self.entries)
        most, usual = max(counts, default=0), counts.most_common(1)[0][0] if counts else 0
        known: dict[tuple[int, tuple[str, ...]], Columns | None] = {}
        columns: list[Columns | None] = []
        for entry in self.entries:
            row = self.table.rows[self.rank[entry.key]]
            if (place := (id(entry.header), row.columns)) not in known:
                known[place] = columns_of(entry.header, row, self.table, most, usual)
            columns.append(known[place])
        return [self._unless_wider(entry, own) for entry, own in zip(self.entries, columns, strict=True)]

    def _unless_wider(self, entry: Entry, columns: Columns | None) -> Columns | None:
        """``columns``, but none of a row that begins with a blank where a like one under the same header has more
        figures than columns: the blank may be its figure, and another column, which the header does not name, the
        other."""
        if columns is None or self.table.layout != "groups" or not entry.cells or entry.cells[0].states:
            return columns
        row = self.table.row(entry.key)
        peers = [other for other in self.entries if other.header is entry.header]
        widths = (other.stated_cells for other in peers if self.table.row(other.key).columns == row.columns)
        return None if max(widths) > columns.cells else columns

    def _row(self, entry: Entry, columns: Columns | None) -> Row | None:
        if entry.pairs:
            return self._paired(entry)
        if columns is None or entry.mixed:
            return None
        near = entry.near
        cells = self._cells(entry, columns, near=True) if near else None
        torn = entry.torn if self.table.layout == "matrix" else 0  # it may go on with figures above it
        if torn > _STRAYS and len(entry.lines) > 1:
            return None  # a narrow column broke label and figures: their last digits add up as the figures do
        doubted = bool(torn) or entry.label.line in self.crowded or _runs_into(entry) or self._displaced(entry, columns)
        if cells is None and near and (cells := self.alignment.unbroken(entry, columns)):
            doubted = True
        if cells is None and self._followed(entry):
            cells = self._cells(entry, columns, near=False)
            doubted = doubted or near or (not entry.enclosed and self._may_be_anothers(entry, columns))
            if cells is None and self._closes(entry) and entry.stated == len(entry.figures) == columns.cells:
                cells, doubted = columns.give(entry.figures), True  # its blanks may lie otherwise than other rows'
            near = False
        if cells is None or (doubted and not self._total(cells)):
            return None
        if near and self._may_be_cut(entry) and self._total(cells) is False:
            return None
        if columns.doubtful:
            cells = {key: cell for key, cell in cells.items() if key not in columns.doubtful}
        return Row(entry, cells, near, columns.sure)

    def _cells(self, entry: Entry, columns: Columns, *, near: bool) -> Cells | None:
        if self.table.layout == "groups" and not entry.header.labels and (self.in_pairs or not near):
            return None  # nothing says what the figure is of
        if self.ground.blocks[entry.label.at].certain:
            if placed := self._placed(entry, columns, near=near):
                return placed
            held = [figure.at for figure in entry.cells if figure.states and figure.at != entry.label.at]
            if len(set(held)) < len(held):
                return None  # a cell of the grid holds several figures, which are not those of several columns
        return self.alignment.align(entry, columns, near=near)

    def _placed(self, entry: Entry, columns: Columns, *, near: bool) -> Cells | None:
        """By the format's own geometry: each figure under the label of its column, a cell under each label, and the row
        as wide as others."""
        figures = entry.beside if near else entry.figures
        places = {label.place: label.key for label in entry.header.labels if label.key in columns.keys}
        if [places[place] for place in sorted(places)] != columns.keys:
            return None  # labels lost, or spans that are wrong
        under = {figure.place: figure for figure in figures}
        if len(under) != len(figures) or not places.keys() <= under.keys() or max(under) != self._last_place(entry):
            return None
        if any(figure.states and figure.place not in places for figure in figures) or self._displaced(entry, columns):
            return None
        return {key: under[place] for place, key in places.items()}

    def _may_be_cut(self, entry: Entry) -> bool:
        """Whether lines were lost behind a row, as the label that follows shows: its last figures may be those of the
        row of which only they are left."""
        if self.table.layout != "matrix" or self._followed(entry):
            return False
        placed = self.ground.blocks[entry.label.at].certain
        copied = self.rank.get(entry.follower, len(self.rank)) <= self.rank[entry.key]
        return not placed and not copied

    def _may_be_anothers(self, entry: Entry, columns: Columns) -> bool:
        """Whether figures below a label may be another row's, going by how this page prints the others."""
        return entry.loose or self.mostly_near or self.usual not in (0, columns.cells)

    def _displaced(self, entry: Entry, columns: Columns) -> bool:
        """Whether the format's own geometry puts the columns in another order than the header tells: a merged cell of
        the header that spans too few columns pulls in what stands behind it."""
        if not self.ground.blocks[entry.label.at].certain:
            return False
        place = (id(entry.header), len(columns.keys))
        if place not in self._out_of_order:
            places = {label.key: label.place for label in entry.header.labels if label.key in columns.keys}
            in_order = sorted(places, key=places.__getitem__)
            self._out_of_order[place] = len(places) == len(columns.keys) and in_order != columns.keys
        return self._out_of_order[place]

    def _last_place(self, entry: Entry) -> int:
        """The last column that the rows under the header of ``entry`` reach."""
        header = id(entry.header)
        if header not in self._reach:
            rows = [other.figures for other in self.entries if other.header is entry.header]
            self._reach[header] = max(figure.place for figures in rows for figure in figures)
        return self._reach[header]

    def _paired(self, entry: Entry) -> Row | None:
        """Figures that stand behind the labels of their columns, each once."""
        row = self.table.rows[self.rank[entry.key]]
        keys = [label.key for label, _ in entry.pairs]
        if entry.stated or len(set(keys)) < len(keys) or not set(keys).issubset(self.table.columns_of(row)):
            return None
        near = all(token.line in entry.lines for _, token in entry.pairs)
        if not near and (any(label.line in entry.lines for label, _ in entry.pairs) or not self._followed(entry)):
            return None
        return Row(entry, {label.key: token for label, token in entry.pairs}, near, True)

    def _followed(self, entry: Entry) -> bool:
        """Whether the next row's label, or the right end of the table, follows, so that no label was lost between;
        bands one below another have no such order."""
        if self.upside_down or self.table.layout == "bands" or id(entry) in self.adrift:
            return False
        rank = self.rank[entry.key] + 1
        if rank < len(self.table.rows):
            return entry.follower == self.table.rows[rank].key
        return entry.follower in self.ground.closers

    def _closes(self, entry: Entry) -> bool:
        """Whether a row is the form's last, which no label follows that might leave blanks behind its figures."""
        return self.rank[entry.key] + 1 == len(self.table.rows)

    def _total(self, cells: Cells) -> bool | None:
        """Whether the row's own relations hold; None where it has none, or lacks a figure."""
        line: dict[str, Number | None] = {}
        for column in self.table.columns:
            if column.key in cells:
                line[column.key] = value_in(cells[column.key].figure, column)[0]
        results = [holds(relation, line) for relation in self.ground.totals]
        return False if False in results else True if True in results else None

    def _totals_mostly_hold(self, rows: Sequence[Row]) -> bool:
        """Whether the rows that state more than noughts agree with their own totals, as far as they have all figures:
        proof of a header that is not whole."""
        if all(row.sure for row in rows):
            return True
        stating = [row for row in rows if any(cell.figure.amount for cell in row.cells.values())]
        results = [result for row in stating if (result := self._total(row.cells)) is not None]
        return results.count(True) >= max(1, _MOSTLY * len(results))


def _runs_into(entry: Entry) -> bool:
    """Whether a figure stands in the cell of the label, and others beside it: it may be part of the label; or others
    below those beside the label: they may be the row's."""
    inner = entry.inner if entry.near else []
    return entry.stated > entry.stated_cells or bool(inner and inner[0].at == entry.label.at != inner[-1].at)


def _all_noughts(row: Row) -> bool:
    """Whether a row states noughts only, so that it does not matter which column is which."""
    return all(cell.figure.amount == 0 for cell in row.cells.values())


def _texts(row: Row) -> dict[str, str]:
    return {column: cell.figure.text for column, cell in row.cells.items()}
