"""Continuity where the neighbouring years are: judged in the transaction that changes one of them."""

from collections.abc import Mapping

from sqlalchemy import Connection

from services.store.continuity import continuity
from shared.authority import Authority
from shared.database import queries, writes
from shared.database.queries import Summary
from shared.report import Finding, Number, Report

_ANOTHER_ORDER = 10
"""Of two reports of one name and year whose figures add up to so many times as much, one is a summary of many bodies
and the other that of one: a body's figures, corrected, stay within the order."""

_SUMMARY_SIZE = 100
"""What the figures of a summary of many bodies add up to at least; between less, ten times as much is nothing."""


def rejudge(connection: Connection, authority_key: str, year: int) -> None:
    """Judges again what the current report of ``year`` carries over from the year before, and what the year after
    carries over from it. Whichever of them came first, or replaced another, the findings end the same."""
    near = queries.neighbours(connection, authority_key, year)
    pairs = [
        (each, _year_before(near, each))
        for later in (year, year + 1)
        for each in near
        if each.year == later and each.current
    ]
    years = {each.year for report, before in pairs if before for each in (report, before)}
    reports = queries.figures(connection, {each.id for each in near if each.year in years})
    for report, before in pairs:
        matched = before and _is_one_body(near, reports, report) and _is_one_body(near, reports, before)
        carried = continuity(reports[report.id], reports[before.id]) if before and matched else ()
        _rejudge(connection, report, carried)


def _year_before(near: list[Summary], summary: Summary) -> Summary | None:
    """The newest report of the year before whose name does not put it elsewhere."""
    name = Authority.parse(summary.authority or "")
    for other in near:
        before = other.current and other.year == (summary.year or 0) - 1
        if before and not name.contradicts(Authority.parse(other.authority or "")):
            return other
    return None


def _is_one_body(near: list[Summary], reports: Mapping[int, Report], summary: Summary) -> bool:
    """Whether all reports of its name and year can be the same body's: a city's summary and the report of its own
    office may bear one name, and then the newer is no revision of the other."""
    name = Authority.parse(summary.authority or "")
    sizes = [
        _size(reports[other.id])
        for other in near
        if other.year == summary.year and not name.contradicts(Authority.parse(other.authority or ""))
    ]
    told = [size for size in sizes if size]  # a draft without figures says nothing
    return not told or max(told) < max(_ANOTHER_ORDER * min(told), _SUMMARY_SIZE)


def _size(report: Report) -> Number:
    return sum(abs(figure) for _, figure in report.stated() if figure)


def _rejudge(connection: Connection, summary: Summary, carried: tuple[Finding, ...]) -> None:
    if not carried and not summary.warnings:
        return  # nothing found, and no finding of continuity, which is a warning, to take back
    stored = queries.findings_of(connection, summary.id)
    findings = tuple(finding for finding in stored if not finding.rule.startswith("continuity.")) + carried
    if findings != stored:
        writes.replace_findings(connection, summary.id, findings)
