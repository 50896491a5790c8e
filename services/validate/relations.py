"""The linear relations of the form, judged: which hold, which are broken, which cannot be judged for a null."""

from collections.abc import Mapping
from dataclasses import dataclass

from shared.form import Cell, Equation, Form
from shared.form.wording import number, place
from shared.report import Finding, Number


@dataclass(frozen=True, slots=True)
class Breach:
    """A broken equation: ``expected`` is its computed side, ``actual`` the stated one."""

    equation: Equation
    expected: Number
    actual: Number

    @property
    def residual(self) -> Number:
        return self.actual - self.expected


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All equations of an edition, by outcome, in the form's order."""

    holding: tuple[Equation, ...]
    breaches: tuple[Breach, ...]
    unknown: tuple[Equation, ...]


def evaluate(equations: tuple[Equation, ...], figures: Mapping[Cell, Number | None]) -> Evaluation:
    """Judges every equation on ``figures``, in one pass."""
    holding, breaches, unknown = [], [], []
    for equation in equations:
        sides = equation.sides(figures)
        if sides is None:
            unknown.append(equation)
        elif abs(sides[1] - sides[0]) < 1e-6:  # figures may be decimals; sums of them carry float noise
            holding.append(equation)
        else:
            breaches.append(Breach(equation, *sides))
    return Evaluation(tuple(holding), tuple(breaches), tuple(unknown))


def finding(form: Form, breach: Breach) -> Finding:
    """A breach in words."""
    relation = breach.equation.relation
    return Finding(
        rule=relation.id,
        at=breach.equation.at,
        severity=relation.severity,
        expected=breach.expected,
        actual=breach.actual,
        cells=tuple(cell.id for cell in breach.equation.cells),
        message=relation.message.format(
            place=place(form, relation.table, relation.each, breach.equation.at),
            expected=number(breach.expected),
            actual=number(breach.actual),
            difference=number(abs(breach.residual)),
        ),
    )
