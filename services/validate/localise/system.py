"""The relations of an edition as a linear system: which equations a cell stands in, and with which sign."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from shared.form import Cell, Equation, equations
from shared.form.model import Edition


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


@cache
def whole_system(edition: Edition) -> System:
    """The system of every equation of ``edition``, for reports without nulls."""
    return System.of(equations(edition))
