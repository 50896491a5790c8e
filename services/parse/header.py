"""Which column is which: the header of a table, or of a group of its rows, as the page prints it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from services.parse.tokens import Token
from shared.form import Table


@dataclass
class Header:
    """A run of column labels, not interrupted by figures.

    ``order`` is the columns from left to right as printed, each once; ``text`` what the page calls each of them.
    """

    labels: list[Token] = field(default_factory=list)
    grouped_at: int = -1
    """How many labels stood before the label of a group of columns (法人或其他组织), -1 where there is none."""

    def order(self, table: Table) -> list[str]:
        """The columns from left to right, each once; empty where that cannot be told.

        A line that has them all tells it. Else those of a group stand where the group's label stands.
        """
        keys = [label.key for label in self.labels]
        for _, line in groupby(self.labels, key=lambda label: label.line):
            beside = [label.key for label in line]
            if set(beside) == set(keys):
                return list(dict.fromkeys(beside))
        if self.grouped_at < 0:
            return list(dict.fromkeys(keys))
        inner = {column.key for column in table.columns if column.group}
        before = dict.fromkeys(key for key in keys[: self.grouped_at] if key not in inner)
        after = dict.fromkeys(key for key in keys[self.grouped_at :] if key not in inner)
        members = dict.fromkeys(key for key in keys if key in inner)
        if len(after) > 1 and not before:
            return []
        return list(dict.fromkeys([*before, *members, *after]))

    def times(self, column: str) -> int:
        """How often the label of ``column`` is repeated side by side, where a page repeats merged cells."""
        places = [label for label in self.labels if label.key == column]
        return max((sum(other.line == label.line for other in places) for label in places), default=0)

    def heading(self, column: str) -> str:
        """The text of the column's label as printed."""
        return next((label.text for label in self.labels if label.key == column), "")

    @property
    def one_line(self) -> bool:
        """Whether labels stand beside one another on a line, so that their order is that of the columns."""
        return len({label.line for label in self.labels}) <= max(2, len(self.labels) // 3)


def ordered(printed: Sequence[str], form: Sequence[str]) -> bool:
    """Whether ``printed`` keeps the form's order, labels missing or not."""
    places = [form.index(key) for key in printed]
    return places == sorted(places)
