"""Which column is which: the header of a table, or of a group of its rows, as the page prints it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from services.parse.table.tokens import Token
from shared.form import Table


@dataclass
class Header:
    """A run of column labels, not interrupted by figures.

    ``order`` is the columns from left to right as printed, each once; ``text`` what the page calls each of them.
    """

    labels: list[Token] = field(default_factory=list)
    grouped_at: int = -1
    """How many labels stood before the label of a group of columns (法人或其他组织), -1 where there is none."""
    group_line: tuple[int, int] | None = None
    """The line of that label."""
    strangers: int = 0
    """How many other words stand among the labels: columns that the form does not know."""

    def order(self, table: Table) -> list[str]:
        """The columns from left to right, each once; empty where that cannot be told.

        A line that has them all tells it. Else those of a group stand where the group's label stands.
        """
        keys = [label.key for label in self.labels]
        if self._stands_on_one_line():
            return list(dict.fromkeys(keys))
        lines = []
        for place, labels in groupby(self.labels, key=lambda label: label.line):
            lines.append([label.key for label in labels])
            if set(lines[-1]) == set(keys) and place != self.group_line:
                return list(dict.fromkeys(lines[-1]))
        form = [column.key for column in table.columns]
        if self.first_place(form) is not None:
            return form
        inner = {column.key for column in table.columns if column.group} if self.grouped_at >= 0 else set(keys)
        if 1 < len(lines) < len(keys) and _scattered(lines, inner):
            return []
        before = dict.fromkeys(key for key in keys[: max(0, self.grouped_at)] if key not in inner)
        after = dict.fromkeys(key for key in keys[max(0, self.grouped_at) :] if key not in inner)
        members = dict.fromkeys(key for key in keys if key in inner)
        if len(after) > 1 and not before:
            return []
        printed = list(dict.fromkeys([*before, *members, *after]))
        decreed = self.grouped_at < 0 or ordered(printed, form)
        return printed if decreed or self._two_lines(inner) else []

    def _stands_on_one_line(self) -> bool:
        """Whether all labels do, and none of them under the label of a group."""
        lines = {label.line for label in self.labels}
        return len(lines) == 1 and self.group_line not in lines

    def first_place(self, form: Sequence[str]) -> int | None:
        """The place of the first label where all, over however many lines, stand side by side in the ``form``'s order:
        blanks keep their places then, as tabs do in what was copied from a spreadsheet."""
        places = {label.place: label.key for label in self.labels}
        if len(places) != len(form) or [places[place] for place in sorted(places)] != form:
            return None
        return min(places) if max(places) - min(places) + 1 == len(form) else None

    def _two_lines(self, inner: set[str]) -> bool:
        """Whether the group's label stands among all labels outside the group, and those in it on one line. Over more
        lines a label's place says how far it spans down, not which column it is."""
        outside = {label.line for label in self.labels if label.key not in inner}
        inside = {label.line for label in self.labels if label.key in inner}
        return outside == {self.group_line} and len(inside) == 1

    def names_above(self, word: Token) -> bool:
        """Whether the column that ``word`` may name has its label already, on a line above."""
        last = next((label for label in reversed(self.labels) if label.key == word.column), None)
        return last is not None and last.line != word.line

    def times(self, column: str) -> int:
        """How often the label of ``column`` is repeated side by side, where a page repeats merged cells."""
        places = [label for label in self.labels if label.key == column]
        return max((sum(other.line == label.line for other in places) for label in places), default=0)

    @property
    def one_line(self) -> bool:
        """Whether labels stand beside one another on a line, so that their order is that of the columns."""
        return len({label.line for label in self.labels}) <= max(2, len(self.labels) // 3)


def _scattered(lines: Sequence[Sequence[str]], inner: set[str]) -> bool:
    """Whether the labels of ``inner`` columns stand on several lines, or on one with others: they were broken over
    lines at different heights, and their sequence is not their order."""
    holding = [line for line in lines if not inner.isdisjoint(line)]
    return len(holding) > 1 or any(not inner.issuperset(line) for line in holding)


def ordered(printed: Sequence[str], form: Sequence[str]) -> bool:
    """Whether ``printed`` keeps the form's order, labels missing or not."""
    places = [form.index(key) for key in printed]
    return places == sorted(places)
