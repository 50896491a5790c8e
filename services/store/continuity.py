"""What one authority's report carries over from its last one: 结转, 现行有效, 尚未审结.

Pure; ``neighbours`` calls it in store's transaction, where the other years are.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from services.store.copied import copied
from services.store.reasons import reason
from shared.finding import finding_of
from shared.form import Cell, Continuity, Form, load_form
from shared.form.sums import agree, total
from shared.form.wording import number, place
from shared.report import Finding, Number, Report

Figures = Mapping[Cell, Number | None]


@dataclass(frozen=True, slots=True)
class _Gap:
    """Where a rule is not kept: ``expected`` is what last year's report leads to, ``actual`` what this one states."""

    at: str
    expected: Number
    actual: Number
    cells: tuple[Cell, ...]


def continuity(report: Report, previous: Report) -> tuple[Finding, ...]:
    """What does not carry over from ``previous`` to ``report``, the same authority's of the next year, and what was
    copied from it; findings are of ``report``. Nothing is said of figures that either page does not state, that only
    one of the editions has, or whose difference the prose accounts for."""
    if report.edition == "unknown" or previous.edition == "unknown":
        return ()
    form = load_form(report.edition)
    figures = report.figures(form)
    last = previous.figures(load_form(previous.edition))
    carried = (
        finding
        for rule in form.continuities
        for gaps in _rows(form, rule, figures, last)
        if (finding := _explained(rule, gaps, report, _finding(form, rule, gaps, previous.year)))
    )
    return (*carried, *copied(report, previous))


def _rows(form: Form, rule: Continuity, figures: Figures, last: Figures) -> Iterator[list[_Gap]]:
    """The gaps of each row that is carried over: its columns belong together."""
    gaps = [gap for at in _lines(form, rule) if (gap := _gap(rule, at, figures, last))]
    if rule.each == "row":
        yield from ([gap] for gap in gaps)
    elif gaps:
        yield gaps


def _lines(form: Form, rule: Continuity) -> Iterator[str]:
    """The rows or columns that have all that the rule speaks of."""
    table = form.table(rule.table)
    keys = {*rule.opening, *rule.added, *rule.removed}
    if rule.each == "column":
        yield from (column.key for column in table.columns)
    else:
        yield from (row.key for row in table.rows if keys <= set(table.columns_of(row)))


def _gap(rule: Continuity, at: str, figures: Figures, last: Figures) -> _Gap | None:
    def cells(keys: tuple[str, ...]) -> tuple[Cell, ...]:
        return tuple(Cell(rule.table, *((at, key) if rule.each == "row" else (key, at))) for key in keys)

    actual, closing = (total(map(of.get, cells(keys))) for keys, of in ((rule.opening, figures), (rule.closing, last)))
    added, removed = (total(map(figures.get, cells(keys))) for keys in (rule.added, rule.removed))
    if actual is None or closing is None or added is None or removed is None:
        return None
    expected = closing + added - removed
    if agree(actual, expected) or (rule.at_least and actual > expected):
        return None
    return _Gap(at, expected, actual, cells(rule.opening + rule.added + rule.removed))


def _finding(form: Form, rule: Continuity, gaps: list[_Gap], last_year: int | None) -> Finding:
    """One finding of all ``gaps``: of the last column, which is the total, where it is among them."""
    *others, chief = gaps
    message = rule.message.format(
        place=place(form, rule.table, rule.each, chief.at),
        expected=number(chief.expected),
        actual=number(chief.actual),
        difference=number(abs(chief.actual - chief.expected)),
        last_year=last_year,
    )
    if others:
        column, columns = form.table(rule.table).column, form.table(rule.table).columns
        told = (f"{column(gap.at).label}填报为{number(gap.actual)}，应为{number(gap.expected)}" for gap in others)
        link = "其中" if chief.at == columns[-1].key else "另有"
        message = f"{message.removesuffix('。')}；{link}{'；'.join(told)}。"
    return Finding(
        rule=rule.id,
        at=chief.at,
        severity=rule.severity,
        expected=chief.expected,
        actual=chief.actual,
        cells=tuple(cell.id for gap in (chief, *others) for cell in gap.cells),
        message=message,
    )


def _explained(rule: Continuity, gaps: list[_Gap], report: Report, finding: Finding) -> Finding | None:
    """The finding; a note instead where the prose gives a reason for the difference, nothing where it accounts for
    all of it."""
    given = reason(rule, report, abs(gaps[-1].actual - gaps[-1].expected))
    if given is None:
        return finding
    if given.exact:
        return None
    said = finding.message.removesuffix("。")
    note = finding_of("continuity.explained", finding.at, cells=finding.cells, quote=given.quote, said=said)
    return note.model_copy(update={"expected": finding.expected, "actual": finding.actual})
