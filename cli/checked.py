"""Files named on the command line, read, recognised and judged as plain functions: no broker, no database."""

import hashlib
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import gouji
from cli.terminal import complain, visible
from services.store.continuity import continuity
from services.validate.judge import judge
from shared.authority import Authority
from shared.errors import Rejected
from shared.limits import MAX_OBJECT_BYTES
from shared.report import Finding, Judgement, Report

STANDARD_INPUT = Path("-")
_HASHED_BYTES = 1024**3
"""Larger files are not even hashed: a hostile one must be refused within seconds."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of a file, or of one of the reports it holds: the ``report`` with the judgement on it, or why it was
    ``rejected``. ``part`` is None where the file as a whole was."""

    source: str
    sha256: str | None
    report: Report | None = None
    judgement: Judgement | None = None
    rejected: Rejected | None = None
    part: int | None = None
    parts: int = 1


def check_file(file: Path, last_year: Sequence[Report] = ()) -> Iterator[Checked]:
    """Reads and judges one file, report by report, each also on what it carries over from its authority's among
    ``last_year``.

    A fault of gouji's own is said on standard error and is a rejection too (``unreadable``), so that it costs the
    other files nothing."""
    try:
        data, sha256 = _read(file)
    except Rejected as rejected:
        yield Checked(str(file), rejected.document_id, rejected=rejected)
        return
    for outcome in gouji.read(data, file.name):
        yield _checked(file, sha256, outcome, last_year)


def _checked(file: Path, sha256: str, outcome: gouji.Outcome, last_year: Sequence[Report]) -> Checked:
    if rejection := outcome.rejection:
        if rejection is not outcome.failure:
            complain(visible(f"{file}: {type(outcome.failure).__name__}: {outcome.failure}"))
        part = outcome.part if outcome.parts > 1 else None
        return Checked(str(file), sha256, rejected=rejection, part=part, parts=outcome.parts)
    report, judgement = outcome.report, outcome.judgement
    if report and (carried := _carried_over(file, report, last_year)):
        judgement = judge(report, carried)
    return Checked(str(file), sha256, report, judgement, part=outcome.part, parts=outcome.parts)


def _read(file: Path) -> tuple[bytes, str]:
    """The bytes of ``file`` and their SHA-256; raises Rejected (``too_large``, ``unreadable``)."""
    if file == STANDARD_INPUT:
        return _within_limit(sys.stdin.buffer.read(MAX_OBJECT_BYTES + 1), None)
    try:
        if file.exists() and not file.is_file():  # a pipe would be waited for, a device read without end
            raise Rejected("unreadable", "This is no file.")
        with file.open("rb") as opened:
            size = os.fstat(opened.fileno()).st_size
            digest = hashlib.file_digest(opened, "sha256").hexdigest() if size <= _HASHED_BYTES else None
            opened.seek(0)
            return _within_limit(opened.read(MAX_OBJECT_BYTES + 1), digest)
    except OSError as error:
        raise Rejected("unreadable", f"The file cannot be opened: {error.strerror}.") from error


def _within_limit(data: bytes, digest: str | None) -> tuple[bytes, str]:
    if len(data) > MAX_OBJECT_BYTES:
        rejected = Rejected("too_large", f"The file is larger than {MAX_OBJECT_BYTES} bytes.")
        rejected.document_id = digest
        raise rejected
    return data, digest or hashlib.sha256(data).hexdigest()


def _carried_over(file: Path, report: Report, last_year: Sequence[Report]) -> tuple[Finding, ...]:
    before = next((other for other in last_year if _is_before(other, report)), None)
    if before:
        return continuity(report, before)
    if last_year:
        named = "、".join(str(other.title) for other in last_year)
        why = "which is not the same authority's of the year before"
        complain(visible(f"{file}: not compared with {named}, {why}"))
    return ()


def _is_before(other: Report, report: Report) -> bool:
    """Whether ``other`` is the same authority's report of the year before."""
    one, before = (Authority.parse(each.authority or "") for each in (report, other))
    return report.year is not None and other.year == report.year - 1 and not one.contradicts(before)
