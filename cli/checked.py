"""Files named on the command line, read, recognised and judged as plain functions: no broker, no database."""

import hashlib
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from cli.terminal import complain, visible
from services.ingest.read import read_document
from services.parse.recognise import recognise
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
    """What became of a file: its report with the judgement on it, or why it was ``rejected``."""

    source: str
    sha256: str | None
    report: Report | None = None
    judgement: Judgement | None = None
    rejected: Rejected | None = None


def check_file(file: Path, last_year: Report | None = None) -> Checked:
    """Reads and judges one file, also on what it carries over from ``last_year`` where that is given.

    A fault of gouji's own is said on standard error and is a rejection too (``unreadable``), so that it costs the
    other files nothing."""
    sha256 = None
    try:
        data, sha256 = _read(file)
        report = recognise(read_document(data, file.name))
        return Checked(str(file), sha256, report, judge(report, _carried_over(file, report, last_year)))
    except Rejected as rejected:
        return Checked(str(file), sha256 or rejected.document_id, rejected=rejected)
    except Exception as error:
        complain(visible(f"{file}: {type(error).__name__}: {error}"))
        fault = f"A fault of gouji, not of the file ({type(error).__name__}); please report it."
        return Checked(str(file), sha256, rejected=Rejected("unreadable", fault))


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


def _carried_over(file: Path, report: Report, last_year: Report | None) -> tuple[Finding, ...]:
    if last_year is None:
        return ()
    one, other = (Authority.parse(each.authority or "") for each in (report, last_year))
    if report.year is None or last_year.year != report.year - 1 or one.contradicts(other):
        why = "which is not the same authority's of the year before"
        complain(visible(f"{file}: not compared with {last_year.title}, {why}"))
        return ()
    return continuity(report, last_year)
