"""What a single figure must be by the type of its column: not negative, whole, plausible in its unit."""

from collections.abc import Iterator, Mapping

from shared.form import Cell, Check, Column, Form
from shared.form.wording import number
from shared.report import Finding, Number

# A whole figure from 0 up to this passes every check; only the others, a few a report, are looked at more closely.
ORDINARY = 1000


def odd_figures(form: Form, figures: Mapping[Cell, Number | None], level: str | None) -> Iterator[Finding]:
    """The findings of every check of ``form``; without the ``level`` of government nothing is judged by its size."""
    odd = {cell: f for cell, f in figures.items() if f is not None and not (type(f) is int and 0 <= f < ORDINARY)}
    for check in form.checks:
        if check.of == "remaining":
            yield from _overdrawn(form, check, figures)
            continue
        limit = check.limits.get(level or "")
        for cell, figure in odd.items():
            if _breaks(check, form.table(cell.table).column(cell.column), figure, limit):
                yield _finding(check, cell.id, (cell,), form.label(cell), figure, limit)


def _breaks(check: Check, column: Column, figure: Number, limit: float | None) -> bool:
    if check.of == "non_negative":
        return not column.signed and figure < 0
    if check.of == "whole":
        return not column.unit and figure % 1 != 0
    return bool(column.unit) and limit is not None and figure > limit


def _overdrawn(form: Form, check: Check, figures: Mapping[Cell, Number | None]) -> Iterator[Finding]:
    for table in form.tables:
        for row in table.rows:
            cells = tuple(Cell(table.key, row.key, column) for column in check.columns)
            stated = [figure for cell in cells if (figure := figures.get(cell)) is not None]
            if len(stated) == len(cells) and sum(stated) < 0:
                place = f"{table.name}“{row.title}”一行"
                yield _finding(check, row.key, cells, place, sum(stated), None)


def _finding(
    check: Check, at: str, cells: tuple[Cell, ...], place: str, actual: Number, limit: float | None
) -> Finding:
    return Finding(
        rule=check.id,
        at=at,
        severity=check.severity,
        actual=actual,
        cells=tuple(cell.id for cell in cells),
        message=check.message.format(place=place, actual=number(actual), limit=number(limit or 0)),
    )
