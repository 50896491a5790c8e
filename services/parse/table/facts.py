"""What the rules of the proof ask of a table: its rows with the cells that they would be read with, and what the rows
show together."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations, groupby, pairwise

from services.parse.table.cells import value_in
from services.parse.table.header import Columns
from services.parse.table.placing import Placed, Placing
from services.parse.table.reading import holds
from services.parse.table.rows import Gathered, PageRow
from services.parse.table.vocabulary import Vocabulary
from shared.blocks import Block
from shared.doubt import DoubtCode
from shared.form import Relation, Row
from shared.report import Number

_MOSTLY = 0.8  # of the rows must agree with their own totals; authors make mistakes in fewer


@dataclass
class Candidate:
    """A row with the cells that it would be read with, before the proof."""

    row: PageRow
    columns: Columns
    placed: Placed

    @property
    def texts(self) -> dict[str, str]:
        """What its cells say."""
        return {column: cell.figure.text for column, cell in self.placed.cells.items()}

    @property
    def states_zeros_only(self) -> bool:
        """Whether it does not matter which column is which."""
        return all(cell.figure.amount == 0 for cell in self.placed.cells.values())


@dataclass
class TableOnPage:
    """A table, for the rules: all its rows that have cells (``gathered`` has those without too), what they are read
    against (``closing_keys`` rightly end it, ``totals`` tie the figures of a row), and who still stands."""

    gathered: Gathered
    vocabulary: Vocabulary
    blocks: Sequence[Block]
    closing_keys: Collection[str]
    totals: Sequence[Relation]
    placing: Placing
    standing: list[Candidate] = field(default_factory=list)
    refused: list[tuple[PageRow, DoubtCode]] = field(default_factory=list)

    def rank(self, row: PageRow) -> int:
        """The place of a row among the form's."""
        return self.vocabulary.rank[row.key]

    def form_row(self, row: PageRow) -> Row:
        """The row as the form has it."""
        return self.vocabulary.table.rows[self.rank(row)]

    def is_placed(self, row: PageRow) -> bool:
        """Whether the format vouches for where the label of ``row`` stands."""
        return self.blocks[row.label.at].certain

    def widths_alike(self, row: PageRow) -> list[int]:
        """How many figures the rows have that are like ``row``: under its header, of the same columns, and with their
        figures beside or below their labels as it has."""
        return self._widths[self._kind(row)]

    def _kind(self, row: PageRow) -> tuple[int, bool, tuple[str, ...]]:
        return id(row.header), row.beside, self.form_row(row).columns

    @cached_property
    def _widths(self) -> dict[tuple[int, bool, tuple[str, ...]], list[int]]:
        widths = defaultdict[tuple[int, bool, tuple[str, ...]], list[int]](list)
        for row in self.gathered.rows:
            if row.stated:
                widths[self._kind(row)].append(row.stated_cells)
        return widths

    def total(self, candidate: Candidate) -> bool | None:
        """Whether a row agrees with its own total; None where it has none, or lacks a figure."""
        line: dict[str, Number | None] = {
            key: value_in(cell.figure, self.vocabulary.table.column(key))[0]
            for key, cell in candidate.placed.cells.items()
        }
        results = [holds(relation, line) for relation in self.totals]
        return False if False in results else True if True in results else None

    def is_followed(self, row: PageRow) -> bool:
        """Whether the form's next row, or the right end of the table, follows, so that no label was lost between; or no
        label of the table is lost."""
        if self.vocabulary.table.layout == "bands":
            count = len(self.vocabulary.table.columns)
            cells = [{row.stated + len(row.pairs), len(row.cells)} for row in self.gathered.rows]
            return self.has_all_labels and all(count in own for own in cells)
        if self.has_all_labels:
            return True
        below = self.rank(row) + 1
        if below < len(self.vocabulary.table.rows):
            return row.next_key == self.vocabulary.table.rows[below].key
        return row.next_key in self.closing_keys

    @cached_property
    def has_all_labels(self) -> bool:
        """Whether every row of the form stands on the page, once."""
        return Counter(row.key for row in self.gathered.rows) == Counter(row.key for row in self.vocabulary.table.rows)

    @cached_property
    def is_on_one_line(self) -> bool:
        """Whether all rows, two or more, come from one line of the file."""
        sources = [self.blocks[row.label.at].source.partition("C")[0] for row in self.gathered.rows]
        return len(sources) > 1 and len(set(sources)) == 1

    @cached_property
    def is_damaged(self) -> bool:
        """Whether a row with figures was refused."""
        return any(row.stated or row.pairs for row, _ in self.refused)

    @cached_property
    def is_upside_down(self) -> bool:
        """Whether figures may stand before their labels: some precede the first label, none follow the last."""
        rows = self.gathered.rows
        return bool(self.gathered.orphans and rows and not rows[-1].stated)

    @cached_property
    def shifted(self) -> set[int]:
        """The rows (by id) between one with too few figures and one with too many, none of them beside its label: what
        the one lacks may have wandered through all of them to the other."""
        shifted: set[int] = set()
        between: list[int] = []
        leaning = 0
        for row in self.gathered.rows:
            count = len(self.vocabulary.table.columns_of(self.form_row(row)))
            beside = row.beside or any(figure.line in row.lines for _, figure in row.pairs)
            lean = 0 if beside else row.stated + len(row.pairs) - count
            if lean == 0:
                between.append(id(row))
                continue
            if lean * leaning < 0:
                shifted.update(between)
            between, leaning = [], lean
        return shifted

    @cached_property
    def in_order(self) -> set[int]:
        """The rows (by id) that stand in the form's order."""
        kept = [(self.rank(row), id(row)) for row in self.gathered.rows if row.figures or row.pairs]
        while any(above > below for (above, _), (below, _) in pairwise(kept)):
            inversions = Counter[int]()
            for (i, (above, _)), (j, (below, _)) in combinations(enumerate(kept), 2):
                if below < above:
                    inversions[i] += 1
                    inversions[j] += 1
            worst = max(inversions.values())
            kept = [row for i, row in enumerate(kept) if inversions[i] < worst]
        return {row for _, row in kept}

    @cached_property
    def moved(self) -> set[int]:
        """The rows (by id) whose groups stand together, whole and in the form's order, wherever on the page."""
        rows = self.gathered.rows
        members = Counter(row.groups for row in self.vocabulary.table.rows)
        runs = [list(run) for _, run in groupby(rows, key=lambda row: self.form_row(row).groups)]
        whole = [run for run in runs if len(run) == members[self.form_row(run[0]).groups]]
        return {
            id(row) for run in whole if all(self.rank(b) == self.rank(a) + 1 for a, b in pairwise(run)) for row in run
        }

    @cached_property
    def shared_lines(self) -> set[tuple[int, int]]:
        """The lines on which several labels stand: where lines ran together, so may the figures between them."""
        filled = [row for row in self.gathered.rows if row.figures or row.pairs]
        return {line for line, labels in Counter(row.label.line for row in filled).items() if labels > 1}

    @cached_property
    def mostly_beside(self) -> bool:
        """Whether most rows have their figures beside their labels."""
        rows = [row for row in self.gathered.rows if row.figures or row.pairs]
        return 2 * sum(row.beside for row in rows) > len(rows)

    @cached_property
    def totals_mostly_hold(self) -> bool:
        """Whether the rows that state more than zeros agree with their own totals, as far as they have all figures:
        proof of a header that is not whole."""
        first = {candidate.row.key: candidate for candidate in reversed(self.standing)}.values()
        if all(candidate.columns.needs == "nothing" for candidate in first):
            return True
        results = [
            result
            for candidate in first
            if any(cell.figure.amount for cell in candidate.placed.cells.values())
            and (result := self.total(candidate)) is not None
        ]
        return results.count(True) >= max(1, _MOSTLY * len(results))
