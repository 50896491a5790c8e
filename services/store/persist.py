"""Brings judged reports into the database, idempotently: the same event twice, or the same bytes under two names, is
one report."""

import time
from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import InterfaceError, OperationalError

from services.store.neighbours import rejudge
from shared.authority import authority_key
from shared.database import writes
from shared.database.connect import writing
from shared.database.rows import fingerprint
from shared.database.writes import Known
from shared.events import Event, ProcessingStep, Validated
from shared.stage import Batch
from shared.version import VERSION


def persist(
    engine: Engine, events: Batch[Validated] | Sequence[Validated], consumer: str
) -> list[Event | Exception | None]:
    """Stores a batch in one transaction with a savepoint an event, so that one that fails leaves the others alone.
    ``consumer`` is who does it.

    Returns for each event None, or what failed. Raises :class:`shared.errors.Unavailable`, with nothing stored, where
    the database cannot be reached.
    """
    expected = events.all if isinstance(events, Batch) else events
    with writing(engine) as connection:
        writes.lock_authorities(connection, {key for event in expected if (key := authority_key(event.report))})
        return [_alone(connection, event, consumer) for event in events]


def _alone(connection: Connection, event: Validated, consumer: str) -> Exception | None:
    started, clock = datetime.now(UTC), time.monotonic()
    try:
        with connection.begin_nested():
            save(connection, event, started)
            step = ProcessingStep(
                stage="store",
                outcome="forwarded",
                started=started,
                took=round(time.monotonic() - clock, 6),
                consumer=consumer,
                version=VERSION,
                part=event.part,
            )
            writes.add_steps(connection, event.document_id, (*event.passages, step))
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        return error
    return None


def save(connection: Connection, event: Validated, now: datetime) -> None:
    """Stores one event in the caller's transaction: the object it came from, the report, where that is new or was read
    differently now, and which revision is current."""
    put = writes.put_object(connection, event.origin, event.document_id, event.read_at)
    before = writes.known(connection, event.document_id)
    if not _write(connection, event, before, now) and not put.gained:
        return
    after = writes.known(connection, event.document_id)
    overwritten = writes.known(connection, put.overwritten) if put.overwritten else []
    replaced = [each for each in overwritten if any(_is_revision(each, by) for by in after)]
    _mark_current(connection, [*before, *after, *replaced])


def _is_revision(overwritten: Known, by: Known) -> bool:
    """Whether a report has been overwritten by a revision, not by a stranger that was given the same file's name."""
    return (overwritten.authority, overwritten.year) == (by.authority, by.year) or overwritten.authority_key is not None


def _write(connection: Connection, event: Validated, stored: Sequence[Known], now: datetime) -> bool:
    """Stores the report of ``event``, of whose document ``stored`` is there; returns whether that changed anything."""
    report, last_modified = event.report, event.origin.last_modified
    read = fingerprint(report, (*event.findings, *event.diagnoses))
    columns = {"stored_at": now, "version": VERSION, "fingerprint": read, "parts": event.parts}
    known = next((each for each in stored if each.part == event.part), None)
    if known is None:
        columns |= {"document_id": event.document_id, "last_modified": last_modified}
        key = writes.add_report(connection, report, event.findings, **columns)
        writes.add_diagnoses(connection, key, event.diagnoses)
        return True
    last_modified = max(last_modified, known.last_modified)
    if (known.fingerprint, known.parts) != (read, event.parts):
        writes.replace_report(connection, known.id, report, event.findings, last_modified=last_modified, **columns)
        writes.replace_diagnoses(connection, known.id, event.diagnoses)
        writes.remove_parts_after(connection, event.document_id, event.parts)
        return True
    if (last_modified, VERSION) != (known.last_modified, known.version):
        writes.touch_report(connection, known.id, last_modified, VERSION)
    return last_modified != known.last_modified


def _mark_current(connection: Connection, stored: Sequence[Known]) -> None:
    """Which revisions are current where ``stored`` belong, or belonged, and what they carry over."""
    groups = {(each.authority_key, each.year) for each in stored if each.authority_key and each.year}
    for key, year in groups:
        writes.mark_current_revision(connection, key, year)
    for each in stored:
        if not (each.authority_key and each.year):
            writes.mark_current_if_present(connection, each.id)
    for key, year in groups:
        rejudge(connection, key, year)
