"""What one authority's report carries over from its last one: 结转, 现行有效, 尚未审结.

Pure; ``neighbours`` calls it in store's transaction, where the other years are.
"""

from collections.abc import Iterator, Mapping

from shared.form import Cell, Continuity, Form, load_form
from shared.form.sums import agree, total
from shared.form.wording import number, place
from shared.report import Finding, Number, Report

Figures = Mapping[Cell, Number | None]


def continuity(report: Report, previous: Report) -> tuple[Finding, ...]:
    """What does not carry over from ``previous`` to ``report``, the same authority's of the next year; findings are of
    ``report``. Nothing is said of figures that either page does not state, or that only one of the editions has."""
    if report.edition == "unknown" or previous.edition == "unknown":
        return ()
    form = load_form(report.edition)
    figures = report.figures(form)
    last = previous.figures(load_form(previous.edition))
    return tuple(
        finding
        for rule in form.continuities
        for at in _lines(form, rule)
        if (finding := _judge(form, rule, at, figures, last, previous.year))
    )


def _lines(form: Form, rule: Continuity) -> Iterator[str]:
    """The rows or columns that have all that the rule speaks of."""
    table = form.table(rule.table)
    keys = {*rule.opening, *rule.added, *rule.removed}
    if rule.each == "column":
        yield from (column.key for column in table.columns)
    else:
        yield from (row.key for row in table.rows if keys <= set(table.columns_of(row)))


def _judge(
    form: Form, rule: Continuity, at: str, figures: Figures, last: Figures, last_year: int | None
) -> Finding | None:
    def cells(keys: tuple[str, ...]) -> tuple[Cell, ...]:
        return tuple(Cell(rule.table, *((at, key) if rule.each == "row" else (key, at))) for key in keys)

    actual, closing = (total(map(of.get, cells(keys))) for keys, of in ((rule.opening, figures), (rule.closing, last)))
    added, removed = (total(map(figures.get, cells(keys))) for keys in (rule.added, rule.removed))
    if actual is None or closing is None or added is None or removed is None:
        return None
    expected = closing + added - removed
    if agree(actual, expected) or (rule.at_least and actual > expected):
        return None
    return Finding(
        rule=rule.id,
        at=at,
        severity=rule.severity,
        expected=expected,
        actual=actual,
        cells=tuple(cell.id for cell in cells(rule.opening + rule.added + rule.removed)),
        message=rule.message.format(
            place=place(form, rule.table, rule.each, at),
            expected=number(expected),
            actual=number(actual),
            difference=number(abs(actual - expected)),
            last_year=last_year,
        ),
    )
