"""The relations of an edition as a linear system: which equations a cell stands in, and with which sign."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from shared.form import Cell, Equation, equations
from shared.form.model import Edition
from shared.report import Number

Changes = frozenset[tuple[Cell, Number]]
"""Cells and the figures they should have."""

Residuals = dict[int, Number]
"""What the stated side of each broken equation has too much, by the equation's index."""


@dataclass(frozen=True, slots=True)
class System:
    """``members`` are the cells of an equation, ``incidence`` the equations of a cell, each with the coefficient (+1
    or -1) of the cell in the equation's residual (stated minus computed); equations go by their index.

    A cell stands in at most one row and one column, so ``lines`` (the row or column of an equation) tell how many cells
    at least have to change: one cell mends one row and one column at most.
    """

    members: tuple[tuple[tuple[Cell, int], ...], ...]
    incidence: dict[Cell, tuple[tuple[int, int], ...]]
    lines: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, equations: Sequence[Equation]) -> "System":
        members = tuple(
            tuple((cell, 1) for cell in equation.stated) + tuple((cell, -1) for cell in equation.computed)
            for equation in equations
        )
        incidence: dict[Cell, tuple[tuple[int, int], ...]] = {}
        for index, cells in enumerate(members):
            for cell, sign in cells:
                incidence[cell] = (*incidence.get(cell, ()), (index, sign))
        lines = tuple((equation.relation.each, f"{equation.relation.table}.{equation.at}") for equation in equations)
        return cls(members, incidence, lines)

    def after(self, residuals: Residuals, cell: Cell, amount: Number) -> Residuals:
        """The residuals after ``amount`` has been added to ``cell``."""
        rest = dict(residuals)
        for index, sign in self.incidence[cell]:
            value = rest.get(index, 0) + sign * amount
            if value:
                rest[index] = value
            else:
                rest.pop(index, None)
        return rest

    def sum_of(self, index: int) -> Cell | None:
        """The cell that the equation states alone, as the sum of others; None where it states several."""
        (first, _), (_, sign), *_ = self.members[index]
        return first if sign < 0 else None

    def touched(self, changes: Changes) -> set[int]:
        """The equations that the changed cells stand in."""
        return {index for cell, _ in changes for index, _ in self.incidence[cell]}

    def mends(self, figures: Mapping[Cell, Number | None], residuals: Residuals, changes: Changes) -> bool:
        """Whether after ``changes`` all equations that they touch hold."""
        rest = residuals
        for cell, expected in changes:
            rest = self.after(rest, cell, expected - (figures[cell] or 0))
        return not rest.keys() & self.touched(changes)

    def components(self, changes: Changes) -> list[Changes]:
        """``changes`` in parts that have no equation in common."""
        parts: list[tuple[Changes, set[int]]] = []
        for change in sorted(changes):
            part, touched = frozenset([change]), self.touched(frozenset([change]))
            apart = []
            for other, reached in parts:
                if reached & touched:
                    part, touched = part | other, touched | reached
                else:
                    apart.append((other, reached))
            parts = [*apart, (part, touched)]
        return [part for part, _ in parts]


@cache
def whole_system(edition: Edition) -> System:
    """The system of every equation of ``edition``, for reports without nulls."""
    return System.of(equations(edition))
