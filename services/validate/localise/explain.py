"""Explains broken relations: searches each connected part of the system, ranks what it finds, names the suspect."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.validate.localise.search import Changes, Search, smallest_changes
from services.validate.localise.slips import explanation
from services.validate.localise.system import System, whole_system
from services.validate.relations import Evaluation
from shared.form import Cell, Equation, Form, equations
from shared.report import Change, Explanation, Finding, Number, Slip

# Ties beyond this are not listed; of two figures exchanged in a row there are no more than the table has rows.
MAX_LISTED = 30

# How likely a slip's pattern comes about by chance, from 0, hardly ever.
LIKELIHOOD: dict[Slip | None, int] = {
    "swapped": 0,
    "shifted_column": 0,
    "shifted_row": 0,
    "transposed_digits": 0,
    "subtotal_counted_twice": 0,
    "groups_summed_as_leaves": 0,
    "carried_out_counted": 0,
    "missing_digit": 1,
    "extra_digit": 1,
    "part_left_out": 1,
    "total_not_updated": 2,
    "mistyped_digit": 2,
    None: 3,
    "omitted": 3,
    "surplus": 3,
}


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the system that shares no cell with the rest: its equations by (relation, at), and its solutions."""

    system: System
    indices: dict[tuple[str, str], int]
    search: Search


def explain(
    form: Form,
    evaluation: Evaluation,
    figures: Mapping[Cell, Number | None],
    findings: Sequence[Finding],
    claimed: Mapping[str, Number],
) -> list[Finding]:
    """``findings`` (one for each breach, in order) with suspects and explanations.

    ``claimed`` are figures of cells (by id) that the prose states: among ties, what agrees with them comes first."""
    parts: dict[str, _Part] = {}
    explained = []
    for breach, finding in zip(evaluation.breaches, findings, strict=True):
        name = _part_name(form, breach.equation)
        if name not in parts:
            parts[name] = _solve(form, name, evaluation, figures)
        part = parts[name]
        index = part.indices[breach.equation.relation.id, breach.equation.at]
        ranked = _ranked(form, part, index, figures, claimed)
        explained.append(_tell(finding, ranked, _suspect(part, index, figures)))
    return explained


def _part_name(form: Form, equation: Equation) -> str:
    """Equations of a table are connected, unless all of its relations run along its rows."""
    table = equation.relation.table
    by_row = all(relation.each == "row" for relation in form.relations if relation.table == table)
    return f"{table}.{equation.at}" if by_row else table


def _solve(form: Form, name: str, evaluation: Evaluation, figures: Mapping[Cell, Number | None]) -> _Part:
    judged = (*evaluation.holding, *(breach.equation for breach in evaluation.breaches))
    if evaluation.unknown:
        part = tuple(equation for equation in judged if _part_name(form, equation) == name)
        system = System.of(part)
    else:
        part = equations(form.edition)
        system = whole_system(form.edition)
    indices = {(equation.relation.id, equation.at): index for index, equation in enumerate(part)}
    residuals = {
        indices[breach.equation.relation.id, breach.equation.at]: breach.residual
        for breach in evaluation.breaches
        if _part_name(form, breach.equation) == name
    }
    return _Part(system, indices, smallest_changes(system, figures, residuals))


Ranked = list[tuple[tuple[Number, ...], Explanation]]
"""Explanations, each with how unlikely it is, the likeliest first."""


def _ranked(
    form: Form,
    part: _Part,
    index: int,
    figures: Mapping[Cell, Number | None],
    claimed: Mapping[str, Number],
) -> Ranked:
    """What the solutions say about one equation: each solution without what does not touch it."""
    about = {cell for cell, _ in part.system.members[index]}
    if part.search.exhaustive:
        connected = dict.fromkeys(_connected(part.system, changes, index) for changes in part.search.changes)
    else:
        connected = dict.fromkeys(_touching(changes, about) for changes in part.search.changes)
    found = (explanation(form, figures, changes, about) for changes in connected)
    return sorted(((_unlikeliness(each, claimed), each) for each in found), key=lambda pair: pair[0])


def _unlikeliness(found: Explanation, claimed: Mapping[str, Number]) -> tuple[Number, ...]:
    """What to rank by: contradicting the prose, then the slip, then figures made of nothing, then the amount."""
    prose = sum((claimed[each.cell] != each.expected) * 2 - 1 for each in found.changes if each.cell in claimed)
    zeros = sum(change.stated == 0 for change in found.changes)
    return prose, LIKELIHOOD[found.slip], zeros, sum(abs(change.stated - change.expected) for change in found.changes)


def _connected(system: System, changes: Changes, index: int) -> Changes:
    """Those of ``changes`` that touch the equation, or an equation that one of them touches, and so on."""
    reached, left = {index}, dict(changes)
    while touching := [cell for cell in left if any(at in reached for at, _ in system.incidence[cell])]:
        for cell in touching:
            reached.update(at for at, _ in system.incidence[cell])
            del left[cell]
    return frozenset((cell, expected) for cell, expected in changes if cell not in left)


def _touching(changes: Changes, cells: set[Cell]) -> Changes:
    return frozenset((cell, expected) for cell, expected in changes if cell in cells)


def _suspect(part: _Part, index: int, figures: Mapping[Cell, Number | None]) -> Change | None:
    """The change that every solution makes in the equation; None where solutions differ, may be missing, or rest on a
    single relation (a null has silenced the others)."""
    if not part.search.exhaustive:
        return None
    certain = frozenset.intersection(*part.search.changes)
    for cell, expected in sorted(certain):
        incidence = part.system.incidence[cell]
        if len(incidence) > 1 and any(at == index for at, _ in incidence):
            return Change(cell=cell.id, stated=figures[cell] or 0, expected=expected)
    return None


def _tell(finding: Finding, ranked: Ranked, suspect: Change | None) -> Finding:
    if not ranked:
        return finding
    return finding.model_copy(
        update={
            "message": f"{finding.message.removesuffix('。')}；{_likeliest(ranked)}。",
            "suspect": suspect,
            "explanations": tuple(found for _, found in ranked[:MAX_LISTED]),
        }
    )


def _likeliest(ranked: Ranked) -> str:
    (first, found), *others = ranked
    if not others:
        return found.message
    # Which figure is rounder or smaller is no reason to prefer it aloud; what the prose says, or an unlikely slip, is.
    preferred = first[:2] < others[0][0][:2]
    return f"可能的原因有{len(ranked)}种，{'较可能的是' if preferred else '例如'}{found.message}"
