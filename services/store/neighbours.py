"""Continuity where the neighbouring years are: judged in the transaction that changes one of them."""

from sqlalchemy import Connection

from services.store.continuity import continuity
from shared.authority import Authority
from shared.database import queries, writes
from shared.database.queries import Summary
from shared.report import Finding


def rejudge(connection: Connection, authority_key: str, year: int) -> None:
    """Judges again what the current report of ``year`` carries over from the year before, and what the year after
    carries over from it. Whichever of them came first, or replaced another, the findings end the same."""
    near = queries.neighbours(connection, authority_key, year)
    pairs = [(each, _year_before(near, each)) for later in (year, year + 1) for each in near if each.year == later]
    figures = queries.figures(connection, {each.id for report, before in pairs if before for each in (report, before)})
    for report, before in pairs:
        carried = continuity(figures[report.id], figures[before.id]) if before else ()
        _rejudge(connection, report, carried)


def _year_before(near: list[Summary], summary: Summary) -> Summary | None:
    """The newest report of the year before whose name does not put it elsewhere."""
    name = Authority.parse(summary.authority or "")
    for other in near:
        if other.year == (summary.year or 0) - 1 and not name.contradicts(Authority.parse(other.authority or "")):
            return other
    return None


def _rejudge(connection: Connection, summary: Summary, carried: tuple[Finding, ...]) -> None:
    if not carried and not summary.warnings:
        return  # nothing found, and no finding of continuity, which is a warning, to take back
    stored = queries.findings_of(connection, summary.id)
    findings = tuple(finding for finding in stored if not finding.rule.startswith("continuity.")) + carried
    if findings != stored:
        writes.replace_findings(connection, summary.id, findings)
