"""Reads a stored document again with the present code, and says what is different now."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

import gouji
from services.ingest.bucket import Bucket, Fetched
from services.ingest.limits import Limits
from shared.database.queries import Stored, Summary
from shared.errors import Rejected
from shared.events import ProcessingStep, Validated
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


class Reprocessed(NamedTuple):
    """One report of a document read again: the event to store it with, and what is different; or ``why`` it cannot be
    read. ``summary`` is what was stored of it, None where it was not found before."""

    document_id: str
    part: int
    summary: Summary | None
    event: Validated | None
    differences: list[Difference]
    why: str = ""


def reprocess_document(bucket: Bucket, stored: Sequence[Stored], limits: Limits) -> list[Reprocessed]:
    """Reads one document again, of which ``stored`` are the reports, from whichever of its objects still has its bytes;
    every report it holds now, in their order."""
    before = {each.summary.part: each for each in stored}
    document_id = stored[0].summary.document_id
    started = datetime.now(UTC)
    fetched = _fetch(bucket, stored[0], limits.file_bytes)
    if fetched is None:
        return _left(document_id, before, "no object of the bucket has these bytes any more")
    outcomes = gouji.read(fetched.data, fetched.origin.key, limits)
    if outcomes[0].parts == 1 and outcomes[0].rejection:
        return _left(document_id, before, _why(outcomes[0].rejection))
    took = (datetime.now(UTC) - started).total_seconds() / len(outcomes)
    gone = {part: each for part, each in before.items() if part > len(outcomes)}
    return [
        *(_reprocess(document_id, fetched, before.get(outcome.part), outcome, started, took) for outcome in outcomes),
        *(
            Reprocessed(document_id, part, each.summary, None, [Difference("report", each.report.title, None)])
            for part, each in gone.items()
        ),
    ]


def _left(document_id: str, before: Mapping[int, Stored], why: str) -> list[Reprocessed]:
    return [Reprocessed(document_id, part, each.summary, None, [], why) for part, each in before.items()]


def _why(rejection: Rejected) -> str:
    return f"it would be rejected now ({rejection.code}: {rejection.detail}); left as it is"


def _reprocess(
    document_id: str, fetched: Fetched, before: Stored | None, outcome: gouji.Outcome, started: datetime, took: float
) -> Reprocessed:
    summary = before and before.summary
    if outcome.report is None or outcome.judgement is None:
        why = _why(outcome.rejection) if outcome.rejection else ""
        return Reprocessed(document_id, outcome.part, summary, None, [], why)
    report, findings = outcome.report, outcome.judgement.findings
    step = ProcessingStep(
        stage="parse",
        outcome="replayed",
        started=started,
        took=round(took, 6),
        consumer=CONSUMER,
        version=VERSION,
        detail="gouji reprocess",
        part=outcome.part,
    )
    event = Validated(
        origin=fetched.origin,
        document_id=document_id,
        part=outcome.part,
        parts=outcome.parts,
        report=report,
        findings=findings,
        diagnoses=outcome.judgement.diagnoses,
        verdict=outcome.judgement.verdict,
        passages=(step,),
    )
    if before is None:
        return Reprocessed(document_id, outcome.part, None, event, [Difference("report", None, report.title)])
    found = [*differences(before.report, before.findings, report, findings)]
    if before.summary.parts != outcome.parts:
        found.append(Difference("parts", before.summary.parts, outcome.parts))
    return Reprocessed(document_id, outcome.part, summary, event, found)


def differences(
    before: Report, findings_before: Iterable[Finding], after: Report, findings_after: Iterable[Finding]
) -> Iterator[Difference]:
    """What is different between two readings of one document. Findings of continuity are left out: they follow from
    the neighbouring years, and store judges them again."""
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
    return {cell.id: figure for cell, figure in report.stated()}


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
