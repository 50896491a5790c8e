"""Finds the smallest sets of cell changes that satisfy every judged equation: exact, and bounded.

Why the search is small. In a smallest set no cell can be spared, so its cells and equations form no cycle of the kind a
rectangle makes (its four corners depend on one another); hence some broken equation has exactly one changed cell, and
that cell's change is just what the equation lacks. Take it away, and the same holds of the rest. So every smallest set
is reached by mending, again and again, one broken equation with one of its cells. And where as many rows (or columns)
are broken as changes are left, each of them gets exactly one change: then only one equation need be tried.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from services.validate.localise.system import Changes, Residuals, System
from shared.form import Cell
from shared.report import Number

# A set of more changes than this explains nothing that a reviewer would believe.
MAX_CHANGES = 8
# How many partial sets are looked at before giving up; about 60 ms.
MAX_STEPS = 6000
# More smallest sets than this tell a reviewer nothing; five equal errors in five rows and columns have 120.
MAX_SETS = 120


@dataclass(frozen=True, slots=True)
class Search:
    """The smallest sets of changes; ``exhaustive`` says that there are no others of that size, and none smaller."""

    changes: tuple[Changes, ...]
    exhaustive: bool


def smallest_changes(system: System, figures: Mapping[Cell, Number | None], residuals: Residuals) -> Search:
    """All smallest sets of changes that bring ``residuals`` (of the broken equations) to zero, figures staying whole
    and not negative. Beyond the bounds it is not exhaustive, and tells none."""
    search = _Search(system, figures)
    for size in range(search.least(residuals), MAX_CHANGES + 1):
        search.seen.clear()
        search.mend(residuals, {}, size)
        if search.steps > MAX_STEPS or len(search.found) > MAX_SETS:
            break
        if search.found:
            return Search(tuple(search.found), exhaustive=True)
    return Search((), exhaustive=False)


@dataclass(slots=True)
class _Search:
    system: System
    figures: Mapping[Cell, Number | None]
    found: dict[Changes, None] = field(default_factory=dict)
    seen: set[Changes] = field(default_factory=set)
    steps: int = 0

    def least(self, residuals: Residuals) -> int:
        """How many changes are needed at least: as many as rows, or columns, are broken."""
        rows, columns = self._broken_lines(residuals)
        return max(len(rows), len(columns))

    def mend(self, residuals: Residuals, changes: dict[Cell, Number], left: int) -> None:
        """Adds to ``found`` every way to mend ``residuals`` with exactly ``left`` changes more than ``changes``."""
        for index in self._branches(residuals, left):
            for cell, sign in self.system.members[index]:
                self.steps += 1
                if self.steps > MAX_STEPS or len(self.found) > MAX_SETS:
                    return
                expected = self._expected(cell, sign, residuals[index])
                if cell in changes or expected is None:
                    continue
                rest = self.system.after(residuals, cell, -sign * residuals[index])
                extended = {**changes, cell: expected}
                if not rest:
                    if left == 1:
                        self.found[frozenset(extended.items())] = None
                elif self.least(rest) < left and self._is_new(extended):
                    self.mend(rest, extended, left - 1)

    def _branches(self, residuals: Residuals, left: int) -> list[int]:
        """The broken equations to try: all of them, or a single one where each broken line must get one change."""
        rows, columns = self._broken_lines(residuals)
        tight = rows if len(rows) == left else columns if len(columns) == left else None
        if tight is None:
            return list(residuals)
        return [min((index for line in tight.values() for index in line), key=lambda i: len(self.system.members[i]))]

    def _broken_lines(self, residuals: Residuals) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
        rows: dict[str, list[int]] = {}
        columns: dict[str, list[int]] = {}
        for index in residuals:
            each, line = self.system.lines[index]
            (rows if each == "row" else columns).setdefault(line, []).append(index)
        return rows, columns

    def _expected(self, cell: Cell, sign: int, residual: Number) -> Number | None:
        """What ``cell`` would have to be to mend the equation alone; None where a count cannot be that."""
        stated = self.figures[cell]
        if stated is None:
            return None
        expected = stated - sign * residual
        return expected if expected >= 0 and expected % 1 == 0 else None

    def _is_new(self, changes: dict[Cell, Number]) -> bool:
        """Whether these changes were not come by before, in another order."""
        key = frozenset(changes.items())
        if key in self.seen:
            return False
        self.seen.add(key)
        return True
