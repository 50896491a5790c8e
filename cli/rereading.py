"""Reads a stored document again with the present code, and says what is different now."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

from services.ingest.bucket import Bucket, Fetched
from services.ingest.read import read_document
from services.parse.recognise import recognise
from services.validate.judge import judge
from shared.database.queries import Stored
from shared.errors import Rejected
from shared.events import Passage, Validated
from shared.report import Finding, Number, Report
from shared.stage.liveness import CONSUMER
from shared.version import VERSION

_NAMED = ("title", "authority", "level", "year", "period", "edition", "script", "format", "encoding")


class Difference(NamedTuple):
    """``what`` (a cell's id, a field of the report, a section, a finding) was ``before`` and is ``after`` now; None
    where it is not there."""

    what: str
    before: Any
    after: Any


class Reread(NamedTuple):
    """A document read again: the event to store it with, and what is different; or ``why`` it cannot be read."""

    event: Validated | None
    differences: list[Difference]
    why: str = ""


def reread(bucket: Bucket, stored: Stored, limit: int) -> Reread:
    """Reads the document of ``stored`` again, from whichever of its objects still has its bytes (at most ``limit``)."""
    fetched = _fetch(bucket, stored, limit)
    if fetched is None:
        return Reread(None, [], "no object of the bucket has these bytes any more")
    started = datetime.now(UTC)
    try:
        report = recognise(read_document(fetched.data, fetched.origin.key))
    except Rejected as rejected:
        return Reread(None, [], f"it would be rejected now ({rejected.code}: {rejected.detail}); left as it is")
    judgement = judge(report)
    passage = Passage(
        stage="parse",
        outcome="replayed",
        started=started,
        took=round((datetime.now(UTC) - started).total_seconds(), 6),
        consumer=CONSUMER,
        version=VERSION,
        detail="gouji reprocess",
    )
    event = Validated(
        origin=fetched.origin,
        document_id=stored.summary.document_id,
        report=report,
        findings=judgement.findings,
        verdict=judgement.verdict,
        passages=(passage,),
    )
    return Reread(event, list(differences(stored.report, stored.findings, report, judgement.findings)))


def differences(
    before: Report, findings_before: Iterable[Finding], after: Report, findings_after: Iterable[Finding]
) -> Iterator[Difference]:
    """What is different between two readings of one document. Findings of continuity are left out: they follow from
    the neighbouring years, and store judges them anew."""
    for name in _NAMED:
        yield from _compared({name: getattr(before, name)}, {name: getattr(after, name)})
    yield from _compared(_sections(before), _sections(after))
    yield from _compared(_cells(before), _cells(after))
    yield from _compared(_findings(findings_before), _findings(findings_after))


def _compared(before: dict[str, Any], after: dict[str, Any]) -> Iterator[Difference]:
    for what in {**before, **after}:
        if before.get(what) != after.get(what):
            yield Difference(what, before.get(what), after.get(what))


def _sections(report: Report) -> dict[str, str]:
    return {f"section {each.number}": f"{each.heading}\n{each.text}" for each in report.sections}


def _cells(report: Report) -> dict[str, Number | None]:
    cells = {f"disclosure.{key}": figure for key, figure in (report.disclosure or {}).items()}
    for name, table in (("applications", report.applications), ("disputes", report.disputes)):
        for row, figures in (table or {}).items():
            cells |= {f"{name}.{row}.{column}": figure for column, figure in figures.items()}
    return cells


def _findings(findings: Iterable[Finding]) -> dict[str, str]:
    return {f"finding {each.rule} {each.at}": each.message for each in findings if not _is_continuity(each)}


def _is_continuity(finding: Finding) -> bool:
    return finding.rule.startswith("continuity.")


def _fetch(bucket: Bucket, stored: Stored, limit: int) -> Fetched | None:
    for key in stored.keys:
        fetched = bucket.fetch(key, limit)
        if fetched and hashlib.sha256(fetched.data).hexdigest() == stored.summary.document_id:
            return fetched
    return None
