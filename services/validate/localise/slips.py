"""The slips that people make when they fill the form, recognised in a set of changes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from services.validate.localise.hypotheses import carry
from shared.form import Cell, Form, Relation, Table, load_form
from shared.form.model import Edition, TableKey
from shared.form.wording import number
from shared.report import Number, Slip

Figures = Mapping[Cell, Number | None]
Direction = Literal["row", "column"]


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of one cell."""

    cell: Cell
    stated: Number
    expected: Number


def recognise(form: Form, figures: Figures, edits: list[Edit]) -> tuple[Slip | None, str]:
    """The slip that ``edits`` (in the form's order) look like, and what is suspected, in words; nothing where they look
    like none."""
    if carried := _carry_slip(form, figures, edits):
        return carried
    if len(edits) == 2 and (edits[0].stated, edits[1].stated) == (edits[1].expected, edits[0].expected):
        return _exchanged(form, *edits)
    if len(edits) > 2 and (moved := _shifted(form, figures, edits) or _exchanged_rows(form, figures, edits)):
        return moved
    table = form.table(edits[0].cell.table)
    if all(_is_total(form, edit.cell) for edit in edits):
        return _total_slip(form, table, figures, edits)
    if len(edits) == 1 and (found := _digit_slip(edits[0])):
        return found
    if all(edit.stated == 0 for edit in edits):
        return "omitted", "疑漏填"
    if all(edit.expected == 0 for edit in edits):
        return "surplus", "疑多填"
    return None, ""


def _carry_slip(form: Form, figures: Figures, edits: list[Edit]) -> tuple[Slip, str] | None:
    """Slips of the rows that hold what is carried from the last year and into the next one."""
    rows = carry(form.edition)
    changed = {edit.cell.row for edit in edits}
    if not rows or edits[0].cell.table != rows.table or not changed & {rows.opening, rows.closing}:
        return None
    table = form.table(rows.table)
    opening, closing = table.row(rows.opening).title, table.row(rows.closing).title
    if changed == {rows.opening, rows.closing} and _exchanged_rows(form, figures, edits):
        return "carry_swapped", f"疑“{opening}”与“{closing}”两行填反"
    if len(changed) == 1:
        (row,) = changed
        if all(not figures.get(Cell(rows.table, row, column.key)) for column in table.columns):
            return "carry_left_at_zero", "疑漏填"
        return None
    concluded = [edit for edit in edits if edit.cell.row != rows.closing]
    if rows.closing in changed and all(_is_total(form, edit.cell) for edit in concluded):
        _, words = _total_slip(form, table, figures, concluded)
        return "carry_from_balance", f"{words}，“{closing}”由此倒推而来"
    return None


def _exchanged(form: Form, one: Edit, two: Edit) -> tuple[Slip | None, str]:
    table = form.table(one.cell.table)
    if one.stated and two.stated:
        return "swapped", "疑两格互换"
    if one.cell.row == two.cell.row and _adjacent([c.key for c in table.columns], one.cell.column, two.cell.column):
        return "shifted_column", "疑填错一列"
    if one.cell.column == two.cell.column and _adjacent([r.key for r in table.rows], one.cell.row, two.cell.row):
        return "shifted_row", "疑填错一行"
    return "swapped", "疑两格填反"


def _shifted(form: Form, figures: Figures, edits: list[Edit]) -> tuple[Slip, str] | None:
    """Whether all figures of a row stand one column, or all of a column one row, from where they should."""
    changed = {edit.cell: edit.expected for edit in edits}
    for relation, slip, words in ((r, *_SHIFTS[r.each]) for r in form.relations if len(r.stated) == 1):
        at = edits[0].cell.row if relation.each == "row" else edits[0].cell.column
        line = [
            Cell(relation.table, *((at, key) if relation.each == "row" else (key, at))) for key in relation.computed
        ]
        stated = [figures.get(cell) for cell in line]
        expected = [changed.get(cell, figures.get(cell)) for cell in line]
        if changed.keys() <= set(line) and (stated == [0, *expected[:-1]] or stated == [*expected[1:], 0]):
            return slip, words
    return None


def _exchanged_rows(form: Form, figures: Figures, edits: list[Edit]) -> tuple[Slip, str] | None:
    """Whether the figures of two rows stand in one another's."""
    key = edits[0].cell.table
    rows = list(dict.fromkeys(edit.cell.row for edit in edits))
    if len(rows) != 2:
        return None
    other = dict(zip(rows, reversed(rows), strict=True))
    if any(edit.expected != figures.get(Cell(key, other[edit.cell.row], edit.cell.column)) for edit in edits):
        return None
    if any(all(edit.stated == 0 for edit in edits if edit.cell.row == row) for row in rows) and _adjacent(
        [row.key for row in form.table(key).rows], *rows
    ):
        return "shifted_row", "疑整行填错一行"
    return "swapped", "疑两行填反"


_SHIFTS: dict[str, tuple[Slip, str]] = {
    "row": ("shifted_column", "疑整行填错一列"),
    "column": ("shifted_row", "疑整列填错一行"),
}


def _adjacent(keys: list[str], one: str, two: str) -> bool:
    return abs(keys.index(one) - keys.index(two)) == 1


def _is_total(form: Form, cell: Cell) -> bool:
    """Whether some relation states the cell alone as the sum of others."""
    return any(_adds_up(relation, cell) for relation in form.relations)


def _adds_up(relation: Relation, cell: Cell) -> bool:
    """Whether the relation states the cell alone, as the sum of others in its row (or column)."""
    key = cell.column if relation.each == "row" else cell.row
    return relation.table == cell.table and relation.stated == (key,)


def _total_slip(form: Form, table: Table, figures: Figures, edits: list[Edit]) -> tuple[Slip | None, str]:
    counted = [
        (extra.slip, extra.words)
        for extra in _extras(form.edition, table.key)
        if all(edit.stated - edit.expected == _amount(form, extra, edit.cell, figures) for edit in edits)
    ]
    # Where one group only has figures, its subtotal is also the sum of all subtotals; the group says more.
    if len({slip for slip, _ in counted}) == len(counted) > 0 and _is_beyond_chance(edits):
        return counted[0]
    digits = _digit_slip(edits[0]) if len(edits) == 1 else None
    if digits and digits[0] == "transposed_digits":
        return digits
    if (label := _left_out(form, table, figures, edits)) and _is_beyond_chance(edits):
        return "part_left_out", f"疑漏加“{label}”"
    return digits or ("total_not_updated", "疑总计未随各项更新")


def _left_out(form: Form, table: Table, figures: Figures, edits: list[Edit]) -> str | None:
    """The one group of parts, or else the one part, that is just what every total lacks."""
    extras = [extra for extra in _extras(form.edition, table.key) if extra.label]
    groups = [
        extra.label
        for extra in extras
        if all(edit.expected - edit.stated == _amount(form, extra, edit.cell, figures) for edit in edits)
    ]
    if groups:
        return groups[0] if len(groups) == 1 else None
    parts = [[_label(table, edit.cell, cell) for cell in _lacking(form, figures, edit)] for edit in edits]
    common = [label for label in parts[0] if all(label in others for others in parts)]
    return common[0] if len(common) == 1 else None


def _lacking(form: Form, figures: Figures, edit: Edit) -> list[Cell]:
    return [cell for cell in _parts(form, edit.cell) if figures[cell] == edit.expected - edit.stated]


def _label(table: Table, total: Cell, part: Cell) -> str:
    return table.column(part.column).label if part.row == total.row else table.row(part.row).title


def _is_beyond_chance(edits: list[Edit]) -> bool:
    """Whether it says something that the difference equals another figure: a difference of 1 always equals some."""
    return len(edits) > 1 or abs(edits[0].stated - edits[0].expected) > 1


def _parts(form: Form, total: Cell) -> Iterable[Cell]:
    for relation in form.relations:
        if _adds_up(relation, total):
            yield from _along(relation.each, total, relation.computed)


def _along(each: Direction, cell: Cell, keys: Iterable[str]) -> list[Cell]:
    """The cells of ``keys`` in the cell's row, or column."""
    if each == "row":
        return [Cell(cell.table, cell.row, key) for key in keys]
    return [Cell(cell.table, key, cell.column) for key in keys]


@dataclass(frozen=True, slots=True)
class Extra:
    """What may have been added to a total beside its parts: the ``keys`` of its row (columns) or column (rows); of a
    group its ``label``."""

    each: Direction
    keys: tuple[str, ...]
    slip: Slip
    words: str
    label: str = ""


@cache
def _extras(edition: Edition, key: TableKey) -> tuple[Extra, ...]:
    """Each group's subtotal, all of them together, and what is carried out."""
    table = load_form(edition).table(key)
    rows: dict[str, list[str]] = {}
    columns: dict[str, list[str]] = {}
    for row in table.rows:
        if len(row.groups) > 1:
            rows.setdefault(row.groups[1], []).append(row.key)
    for column in table.columns:
        if column.group:
            columns.setdefault(column.group, []).append(column.key)
    groups: list[tuple[Direction, str, list[str]]] = [
        *(("column", label, keys) for label, keys in rows.items()),
        *(("row", label, keys) for label, keys in columns.items()),
    ]
    found = [
        Extra(each, tuple(keys), "subtotal_counted_twice", f"疑重复计入“{label}”小计", label)
        for each, label, keys in groups
    ]
    if rows:
        nested = tuple(key for keys in rows.values() for key in keys)
        found.append(Extra("column", nested, "groups_summed_as_leaves", "疑把各组小计与其明细一并相加"))
        found.append(Extra("column", ("carried_out",), "carried_out_counted", "疑误将“结转下年度继续办理”计入"))
    return tuple(found)


def _amount(form: Form, extra: Extra, total: Cell, figures: Figures) -> Number | None:
    """How much ``extra`` would have added to ``total``; None where that adds up other things, or it is nothing."""
    if not any(relation.each == extra.each and _adds_up(relation, total) for relation in form.relations):
        return None
    return sum(figures.get(cell) or 0 for cell in _along(extra.each, total, extra.keys)) or None


def _digit_slip(edit: Edit) -> tuple[Slip | None, str] | None:
    stated, expected = number(edit.stated), number(edit.expected)
    if len(stated) == len(expected):
        differing = [index for index in range(len(stated)) if stated[index] != expected[index]]
        if len(differing) == 2 and sorted(stated) == sorted(expected) and differing[1] == differing[0] + 1:
            return "transposed_digits", "疑数字前后颠倒"
        if len(differing) == 1 and len(stated) > 1:
            return "mistyped_digit", "疑一位数字有误"
    if stated != "0" and _without_a_digit(expected, stated):
        return "missing_digit", "疑漏写一位数字"
    if expected != "0" and _without_a_digit(stated, expected):
        return "extra_digit", "疑多写一位数字"
    return None


def _without_a_digit(longer: str, shorter: str) -> bool:
    return any(longer[:index] + longer[index + 1 :] == shorter for index in range(len(longer)))
