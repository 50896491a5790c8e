"""Explains broken relations: groups those that have one cause, ranks what may explain each group, names the suspects.

1. The relations fall into parts that share no cell; of each broken part all smallest sets of changes are searched.
2. Known slips are tried too, whether or not they are the smallest.
3. Broken relations that some explanation mends together are one group: one slip, as far as anybody can tell.
4. The explanations of a group are ranked; what all of them change alike is the suspect.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.validate.localise import wording
from services.validate.localise.groups import Group, grouped
from services.validate.localise.hypotheses import guessed
from services.validate.localise.search import smallest_changes
from services.validate.localise.system import System, whole_system
from services.validate.localise.wording import Reading, reading
from services.validate.relations import Breach, Evaluation
from shared.form import Cell, Equation, Form, Relation, equations
from shared.report import Alternative, Change, Diagnosis, Explanation, Finding, Number, Slip

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
    "carry_swapped": 0,
    "carry_left_at_zero": 1,
    "missing_digit": 1,
    "extra_digit": 1,
    "part_left_out": 1,
    "carry_from_balance": 2,
    "total_not_updated": 2,
    "mistyped_digit": 2,
    None: 3,
    "omitted": 3,
    "surplus": 3,
}


@dataclass(frozen=True, slots=True)
class Explained:
    """The findings with suspects and explanations, in their order, and the diagnoses, by their first finding."""

    findings: list[Finding]
    diagnoses: list[Diagnosis]


def explain(
    form: Form,
    evaluation: Evaluation,
    figures: Mapping[Cell, Number | None],
    findings: Sequence[Finding],
    claimed: Mapping[str, Number],
) -> Explained:
    """``findings`` (one for each breach, in order) explained, and the slips behind them; ``resolves`` of a diagnosis
    are places in ``findings``.

    ``claimed`` are figures of cells (by id) that the prose states: among ties, what agrees with them comes first."""
    explained = Explained(list(findings), [])
    by_part: dict[str, dict[int, Breach]] = {}
    for position, breach in enumerate(evaluation.breaches):
        by_part.setdefault(_part_name(form, breach.equation), {})[position] = breach
    for name, breaches in by_part.items():
        system, indices = _part(form, name, evaluation)
        positions = {
            indices[breach.equation.relation.id, breach.equation.at]: position for position, breach in breaches.items()
        }
        residuals = {index: breaches[position].residual for index, position in positions.items()}
        search = smallest_changes(system, figures, residuals)
        guesses = guessed(form, system, figures, residuals, search)
        for group in grouped(system, figures, residuals, search, guesses):
            ranked = _ranked(form, group, figures, claimed)
            resolved = sorted(positions[index] for index in group.broken)
            relations = [evaluation.breaches[position].equation.relation for position in resolved]
            explained.diagnoses.append(_diagnosis(ranked, resolved, relations))
            for index in group.broken:
                suspect = _suspect(system, group, index, figures)
                explained.findings[positions[index]] = _told(findings[positions[index]], ranked, suspect)
    explained.diagnoses.sort(key=lambda diagnosis: diagnosis.resolves)
    return explained


def _part_name(form: Form, equation: Equation) -> str:
    """Equations of a table are connected, unless all of its relations run along its rows."""
    table = equation.relation.table
    by_row = all(relation.each == "row" for relation in form.relations if relation.table == table)
    return f"{table}.{equation.at}" if by_row else table


def _part(form: Form, name: str, evaluation: Evaluation) -> tuple[System, dict[tuple[str, str], int]]:
    """The judged equations of a part as a system, and the place of each in it by (relation, at)."""
    part, system = equations(form.edition), None
    if evaluation.unknown:
        judged = (*evaluation.holding, *(breach.equation for breach in evaluation.breaches))
        part = tuple(equation for equation in judged if _part_name(form, equation) == name)
        system = System.of(part)
    indices = {(equation.relation.id, equation.at): index for index, equation in enumerate(part)}
    return system or whole_system(form.edition), indices


Ranked = list[tuple[tuple[Number, ...], Reading]]
"""Readings, each with how unlikely it is, the likeliest first."""


def _ranked(form: Form, group: Group, figures: Mapping[Cell, Number | None], claimed: Mapping[str, Number]) -> Ranked:
    found = (reading(form, figures, changes) for changes in group.solutions)
    return sorted(
        ((_unlikeliness(each.explanation, claimed), each) for each in found),
        key=lambda pair: (*pair[0], pair[1].explanation.message),
    )


def _unlikeliness(found: Explanation, claimed: Mapping[str, Number]) -> tuple[Number, ...]:
    """What to rank by: contradicting the prose, then the slip, then figures made of nothing, then the amount."""
    prose = sum((claimed[each.cell] != each.expected) * 2 - 1 for each in found.changes if each.cell in claimed)
    zeros = sum(change.stated == 0 for change in found.changes)
    return prose, LIKELIHOOD[found.slip], zeros, sum(abs(change.stated - change.expected) for change in found.changes)


def _preferred(ranked: Ranked) -> Reading | None:
    """The likeliest reading, where it is likelier than the next. Which figure is rounder or smaller is no reason to
    prefer it aloud; what the prose says, or an unlikely slip, is."""
    (first, found), *others = ranked
    return found if not others or first[:2] < others[0][0][:2] else None


def _suspect(system: System, group: Group, index: int, figures: Mapping[Cell, Number | None]) -> Change | None:
    """The change that every explanation makes in the equation; None where they differ, or rest on a single relation (a
    null has silenced the others)."""
    for cell, expected in sorted(group.certain):
        incidence = system.incidence[cell]
        if len(incidence) > 1 and any(at == index for at, _ in incidence):
            return Change(cell=cell.id, stated=figures[cell] or 0, expected=expected)
    return None


def _told(finding: Finding, ranked: Ranked, suspect: Change | None) -> Finding:
    message = finding.message
    if found := _preferred(ranked):
        likely = "" if len(ranked) == 1 else "较可能的是"
        message = f"{message.removesuffix('。')}；{likely}{found.suspicion}。"
    return finding.model_copy(
        update={
            "message": message,
            "suspect": suspect,
            "explanations": tuple(each.explanation for _, each in ranked[:MAX_LISTED]),
        }
    )


def _diagnosis(ranked: Ranked, resolved: Sequence[int], relations: Sequence[Relation]) -> Diagnosis:
    found = _preferred(ranked)
    others = [each for _, each in ranked if each is not found]
    if found is None:
        message = wording.undecided(others, relations)
    else:
        message = wording.likelier(found, others, relations) if others else wording.certain(found, relations)
    return Diagnosis(
        message=message,
        slip=found and found.explanation.slip,
        changes=found.explanation.changes if found else (),
        resolves=tuple(resolved),
        alternatives=tuple(
            Alternative(message=each.explanation.message, changes=each.explanation.changes)
            for each in others[:MAX_LISTED]
        ),
    )
