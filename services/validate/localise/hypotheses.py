"""Slips that are known to happen, tried on a broken system whether or not smaller changes would mend it too.

The smallest change is often not what happened. An application that came late is entered where it belongs, in two right
cells, and no total is brought up to date: to take it out again changes two cells, to bring the totals up to date four.
Each hypothesis here is a few edits that follow from the form's structure; what of it mends all that it touches is an
explanation beside the smallest ones, and where they differ nobody can say which cell is wrong.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import combinations
from typing import NamedTuple

from services.validate.localise.search import Search
from services.validate.localise.system import Changes, Residuals, System
from shared.form import Cell, Form, load_form
from shared.form.model import Edition, TableKey
from shared.report import Number

Figures = Mapping[Cell, Number | None]


class Carry(NamedTuple):
    """The rows of a table that hold what is carried from the last year and into the next one."""

    table: TableKey
    opening: str
    closing: str


@cache
def carry(edition: Edition) -> Carry | None:
    """The rows that ``edition`` carries over; None where it has none."""
    for rule in load_form(edition).continuities:
        if rule.each == "column" and len(rule.opening) == len(rule.closing) == 1:
            return Carry(rule.table, rule.opening[0], rule.closing[0])
    return None


def guessed(form: Form, system: System, figures: Figures, residuals: Residuals, search: Search) -> list[Changes]:
    """The sets of changes that known slips would explain some of ``residuals`` by: each connected, mending all that it
    touches, figures staying whole and not negative. Every slip is tried on the form as it stands, and again after each
    change of the first smallest set that was found, lest a mistake of another kind hides it."""
    changes = sorted(search.changes[0]) if search.changes else []
    mistakes = [frozenset([change]) for change in changes] if len(changes) > 1 else []
    found: dict[Changes, None] = {}
    for before in (frozenset[tuple[Cell, Number]](), *mistakes):
        mended, rest = {**figures, **dict(before)}, residuals
        for cell, expected in before:
            rest = system.after(rest, cell, expected - (figures[cell] or 0))
        for attempt in _ATTEMPTS:
            found |= dict.fromkeys(
                _valid(system, figures, residuals, {**dict(before), **attempt(form, system, mended, rest)})
            )
    return list(found)


def _valid(
    system: System, figures: Figures, residuals: Residuals, expected: Mapping[Cell, Number]
) -> Iterator[Changes]:
    changes = frozenset((cell, figure) for cell, figure in expected.items() if figure != figures[cell])
    for part in system.components(changes):
        if all(figure >= 0 and figure % 1 == 0 for _, figure in part) and system.mends(figures, residuals, part):
            yield part


def _totals_not_updated(form: Form, system: System, figures: Figures, residuals: Residuals) -> dict[Cell, Number]:
    """All parts are right, and every sum that they do not make up is out of date: first down, then across."""
    rest, expected = residuals, dict[Cell, Number]()
    for each in ("column", "row"):
        for index in [index for index in rest if system.lines[index][0] == each]:
            if cell := system.sum_of(index):
                amount = rest[index]
                expected[cell] = expected.get(cell, figures[cell] or 0) - amount
                rest = system.after(rest, cell, -amount)
    return expected


def _carry_swapped(form: Form, system: System, figures: Figures, residuals: Residuals) -> dict[Cell, Number]:
    """What was carried in stands where what is carried out should, and the other way round."""
    expected: dict[Cell, Number] = {}
    for opening, closing in _carried(form, system):
        expected |= {opening: figures[closing] or 0, closing: figures[opening] or 0}
    return expected


def _carry_from_balance(form: Form, system: System, figures: Figures, residuals: Residuals) -> dict[Cell, Number]:
    """The sum of what was concluded is wrong, and what is carried out was worked out from it. Whoever changes a single
    cell breaks the total of its row; then this is not tried."""
    if any(system.lines[index][0] == "row" for index in residuals):
        return {}
    carried = {closing.column: closing for _, closing in _carried(form, system)}
    expected: dict[Cell, Number] = {}
    for index, amount in residuals.items():
        cell = system.sum_of(index)
        if cell and cell.column in carried:
            closing = carried[cell.column]
            expected |= {cell: (figures[cell] or 0) - amount, closing: (figures[closing] or 0) + amount}
    return expected


def _rows_exchanged(form: Form, system: System, figures: Figures, residuals: Residuals) -> dict[Cell, Number]:
    """The figures of two rows stand in one another's, their totals where they should (one of the rows may be empty)."""
    expected: dict[Cell, Number] = {}
    broken = [index for index in residuals if system.lines[index][0] == "row" and system.sum_of(index)]
    for one, two in combinations(broken, 2):
        (total, parts), (other_total, other_parts) = (_total_and_parts(system, index, figures) for index in (one, two))
        if total == sum(other_parts.values()) and other_total == sum(parts.values()):
            expected |= dict(zip(parts, other_parts.values(), strict=True))
            expected |= dict(zip(other_parts, parts.values(), strict=True))
    return expected


def _total_and_parts(system: System, index: int, figures: Figures) -> tuple[Number, dict[Cell, Number]]:
    (total, _), *parts = system.members[index]
    return figures[total] or 0, {cell: figures[cell] or 0 for cell, _ in parts}


def _carried(form: Form, system: System) -> Iterator[tuple[Cell, Cell]]:
    """The cells of what is carried in and out, column by column, as far as they are judged."""
    if rows := carry(form.edition):
        for column in form.table(rows.table).columns:
            opening, closing = (Cell(rows.table, row, column.key) for row in (rows.opening, rows.closing))
            if opening in system.incidence and closing in system.incidence:
                yield opening, closing


_ATTEMPTS: tuple[Callable[[Form, System, Figures, Residuals], dict[Cell, Number]], ...] = (
    _totals_not_updated,
    _rows_exchanged,
    _carry_swapped,
    _carry_from_balance,
)
