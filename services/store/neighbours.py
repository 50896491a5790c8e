"""Continuity where the neighbouring years are: judged in the transaction that changes one of them."""

from sqlalchemy import Connection

from services.store.continuity import continuity
from shared.authority import Authority
from shared.database import queries, writes
from shared.database.queries import Summary


def rejudge(connection: Connection, authority_key: str, year: int) -> None:
    """Judges anew what the current report of ``year`` carries over from the year before, and what the year after
    carries over from it. Whichever of them came first, or replaced another, the findings end the same."""
    near = queries.neighbours(connection, authority_key, year)
    for later in (year, year + 1):
        for summary in near:
            if summary.year == later:
                _rejudge(connection, summary, _year_before(near, summary))


def _year_before(near: list[Summary], summary: Summary) -> Summary | None:
    """The newest report of the year before whose name does not put it elsewhere."""
    name = Authority.parse(summary.authority or "")
    for other in near:
        if other.year == (summary.year or 0) - 1 and not name.contradicts(Authority.parse(other.authority or "")):
            return other
    return None


def _rejudge(connection: Connection, summary: Summary, before: Summary | None) -> None:
    if before is None and not summary.warnings:
        return  # nothing to judge, and no finding of continuity, which is a warning, to take back
    stored = queries.findings_of(connection, summary.id)
    findings = tuple(finding for finding in stored if not finding.rule.startswith("continuity."))
    if before:
        report, previous = (queries.load(connection, each.id).report for each in (summary, before))
        findings += continuity(report, previous)
    if findings != stored:
        writes.replace_findings(connection, summary.id, findings)
