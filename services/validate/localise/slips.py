"""The slips that people make when they fill the form, recognised in a set of changes and named in Chinese."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from services.validate.localise.search import Changes
from shared.form import Cell, Form, Relation, Table, load_form
from shared.form.model import Edition, TableKey
from shared.form.wording import number
from shared.report import Change, Explanation, Number, Slip

Figures = Mapping[Cell, Number | None]
Direction = Literal["row", "column"]


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of one cell."""

    cell: Cell
    stated: Number
    expected: Number


# An explanation of more changes than this is told by its first ones.
MAX_TOLD = 4


def explanation(form: Form, figures: Figures, changes: Changes, about: Collection[Cell]) -> Explanation:
    """``changes`` in words, first those of the cells it is ``about``, with the slip they look like, if any."""
    order = _reading_order(form.edition)
    edits = [Edit(cell, figures[cell] or 0, expected) for cell, expected in changes]
    edits.sort(key=lambda edit: (edit.cell not in about, order[edit.cell]))
    slip, remark = _recognise(form, figures, edits)
    return Explanation(
        slip=slip,
        changes=tuple(Change(cell=edit.cell.id, stated=edit.stated, expected=edit.expected) for edit in edits),
        message="，".join(filter(None, [_words(form, edits), remark])),
    )


@cache
def _reading_order(edition: Edition) -> dict[Cell, int]:
    return {cell: index for index, cell in enumerate(load_form(edition).cells())}


def _words(form: Form, edits: list[Edit]) -> str:
    """A phrase for each edit; a row is named once for neighbours in it."""
    phrases, named = [], ""
    for edit in edits[:MAX_TOLD]:
        table = form.table(edit.cell.table)
        row = f"“{table.row(edit.cell.row).title}”一行"
        column = f"“{table.column(edit.cell.column).label}”一列"
        phrases.append(
            f"{'' if row == named else row}{column}似应为{number(edit.expected)}（现为{number(edit.stated)}）"
        )
        named = row
    return "、".join(phrases) + (f"等{len(edits)}处" if len(edits) > MAX_TOLD else "")


def _recognise(form: Form, figures: Figures, edits: list[Edit]) -> tuple[Slip | None, str]:
    if len(edits) == 2 and (edits[0].stated, edits[1].stated) == (edits[1].expected, edits[0].expected):
        return _exchanged(form, *edits)
    if len(edits) > 2 and (shifted := _shifted(form, figures, edits)):
        return shifted
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
    if len(edits) == 1:
        return _single_total_slip(form, table, figures, edits[0])
    return "total_not_updated", "疑总计未随各项更新"


def _is_beyond_chance(edits: list[Edit]) -> bool:
    """Whether it says something that the difference equals another figure: a difference of 1 always equals some."""
    return len(edits) > 1 or abs(edits[0].stated - edits[0].expected) > 1


def _single_total_slip(form: Form, table: Table, figures: Figures, edit: Edit) -> tuple[Slip | None, str]:
    found = _digit_slip(edit)
    if found and found[0] == "transposed_digits":
        return found
    parts = [cell for cell in _parts(form, edit.cell) if figures[cell] == edit.expected - edit.stated]
    if len(parts) == 1 and _is_beyond_chance([edit]):
        left_out = parts[0]
        by_row = left_out.row == edit.cell.row
        label = table.column(left_out.column).label if by_row else table.row(left_out.row).title
        return "part_left_out", f"疑漏加“{label}”"
    return found or ("total_not_updated", "疑总计未随各项更新")


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
    """What may have been added to a total beside its parts: the ``keys`` of its row (columns) or column (rows)."""

    each: Direction
    keys: tuple[str, ...]
    slip: Slip
    words: str


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
    found = [Extra(each, tuple(k), "subtotal_counted_twice", f"疑重复计入“{label}”小计") for each, label, k in groups]
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
