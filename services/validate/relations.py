"""The linear relations of the form, judged: which hold, which are broken, which cannot be judged for a null."""

from collections.abc import Mapping
from dataclasses import dataclass

from shared.form import Cell, Equation, Form
from shared.form.sums import agree, total
from shared.form.wording import number, place
from shared.report import Finding, Number


@dataclass(frozen=True, slots=True)
class Breach:
    """A broken equation: ``expected`` is its computed side, ``actual`` the stated one; ``added`` is what the computed
    side owes to rows that the form has not."""

    equation: Equation
    expected: Number
    actual: Number
    added: Number = 0

    @property
    def residual(self) -> Number:
        return self.actual - self.expected


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All equations of an edition, by outcome, in the form's order."""

    holding: tuple[Equation, ...]
    breaches: tuple[Breach, ...]
    unknown: tuple[Equation, ...]


def evaluate(
    equations: tuple[Equation, ...],
    figures: Mapping[Cell, Number | None],
    added: Mapping[Cell, Number | None] | None = None,
) -> Evaluation:
    """Judges every equation on ``figures``, in one pass.

    ``added`` are figures of rows that the page has and the form has not. No rule says whether a sum counts them in: an
    equation is broken if it holds neither with them nor without."""
    holding, breaches, unknown = [], [], []
    for equation in equations:
        sides = equation.sides(figures)
        more = total(added.get(cell, 0) for cell in equation.added) if added else 0
        if sides is None or more is None:
            unknown.append(equation)
        elif agree(*sides) or (more and agree(sides[0] + more, sides[1])):
            holding.append(equation)
        else:
            breaches.append(Breach(equation, sides[0] + more, sides[1], more))
    return Evaluation(tuple(holding), tuple(breaches), tuple(unknown))


def finding(form: Form, breach: Breach) -> Finding:
    """A breach in words."""
    relation = breach.equation.relation
    message = relation.message.format(
        place=place(form, relation.table, relation.each, breach.equation.at),
        expected=number(breach.expected),
        actual=number(breach.actual),
        difference=number(abs(breach.residual)),
    )
    if breach.added:
        message = f"{message.removesuffix('。')}（已计入格式未列的行{number(breach.added)}）。"
    return Finding(
        rule=relation.id,
        at=breach.equation.at,
        severity=relation.severity,
        expected=breach.expected,
        actual=breach.actual,
        cells=tuple(cell.id for cell in breach.equation.cells),
        message=message,
    )
