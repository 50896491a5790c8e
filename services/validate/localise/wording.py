"""Explanations and diagnoses in Chinese: what is suspected, each figure with what it should be, and what then holds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from services.validate.localise.slips import Edit, Figures, recognise
from services.validate.localise.system import Changes
from shared.form import Cell, Form, Relation, load_form
from shared.form.model import Edition
from shared.form.wording import number, place
from shared.report import Change, Explanation

MAX_TOLD = 8
"""Of an explanation of more changes the first are told: a row of the form has seven cells."""

MAX_READINGS = 3
"""Of more readings the first are told; all are listed."""


@dataclass(frozen=True, slots=True)
class Reading:
    """An explanation; ``suspicion`` is its beginning: where, and what is suspected; or all of it, if it is short."""

    explanation: Explanation
    suspicion: str


def reading(form: Form, figures: Figures, changes: Changes) -> Reading:
    """``changes`` in words, with the slip they look like, if any."""
    order = _reading_order(form.edition)
    edits = [Edit(cell, figures[cell] or 0, expected) for cell, expected in changes]
    edits.sort(key=lambda edit: order[edit.cell])
    slip, words = recognise(form, figures, edits)
    suspicion = f"{_place(form, edits)}{words or '疑有误'}"
    message = f"{suspicion}：{_corrections(form, edits)}"
    return Reading(
        Explanation(
            slip=slip,
            changes=tuple(Change(cell=edit.cell.id, stated=edit.stated, expected=edit.expected) for edit in edits),
            message=message,
        ),
        message if len(edits) == 1 else suspicion,
    )


@cache
def _reading_order(edition: Edition) -> dict[Cell, int]:
    return {cell: index for index, cell in enumerate(load_form(edition).cells())}


def _place(form: Form, edits: list[Edit]) -> str:
    """The cell, row or column where all of ``edits`` are, or else the table."""
    table = edits[0].cell.table
    rows, columns = {edit.cell.row for edit in edits}, {edit.cell.column for edit in edits}
    if len(edits) == 1:
        return form.label(edits[0].cell)
    if len(rows) == 1:
        return place(form, table, "row", *rows)
    return place(form, table, "column", *columns) if len(columns) == 1 else form.table(table).name


def _corrections(form: Form, edits: list[Edit]) -> str:
    """Each figure with what it should be; a row is named where there are several, and once for neighbours in it."""
    table = form.table(edits[0].cell.table)
    one_row = len({edit.cell.row for edit in edits}) == 1
    one_column = len({edit.cell.column for edit in edits}) == 1
    phrases, named = [], ""
    for edit in edits[:MAX_TOLD]:
        row = f"“{table.row(edit.cell.row).title}”"
        column = "" if one_column else table.column(edit.cell.column).label
        change = f"{number(edit.stated)}应为{number(edit.expected)}"
        phrases.append(f"{'' if one_row or row == named else row}{column}{change}")
        named = row
    return "、".join(phrases) + (f"等{len(edits)}处" if len(edits) > MAX_TOLD else "")


def certain(found: Reading, relations: Sequence[Relation]) -> str:
    """A paragraph on the only reading there is."""
    return f"{found.explanation.message}。{_afterwards(relations)}"


def likelier(found: Reading, others: Sequence[Reading], relations: Sequence[Relation]) -> str:
    """A paragraph on a reading that is likelier than others."""
    also = f"也可能是{_listed(others)}。均能使勾稽关系成立，请核对原始登记。"
    return f"{found.explanation.message}。{_afterwards(relations)}{also}"


def undecided(readings: Sequence[Reading], relations: Sequence[Relation]) -> str:
    """A paragraph on readings of which none is likelier than another."""
    broken = f"{_names(relations)}{len(relations)}处不成立"
    return f"{broken}，有{len(readings)}种改法均能使其成立，请核对原始登记：{_listed(readings)}。"


def _listed(readings: Sequence[Reading]) -> str:
    told = "；".join(found.explanation.message for found in readings[:MAX_READINGS])
    return f"{told}；等{len(readings)}种" if len(readings) > MAX_READINGS else told


def _afterwards(relations: Sequence[Relation]) -> str:
    holds = "成立" if len(relations) == 1 else f"{len(relations)}处均成立"
    return f"改正后，{_names(relations)}{holds}。"


def _names(relations: Iterable[Relation]) -> str:
    *names, last = dict.fromkeys(relation.name for relation in relations)
    return f"{'、'.join(names)}与{last}" if names else last
