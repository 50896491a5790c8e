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
from shared.events import Event, Passage, Validated
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
            passage = Passage(
                stage="store",
                outcome="forwarded",
                started=started,
                took=round(time.monotonic() - clock, 6),
                consumer=consumer,
                version=VERSION,
            )
            writes.add_passages(connection, event.document_id, (*event.passages, passage))
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        return error
    return None


def save(connection: Connection, event: Validated, now: datetime) -> None:
    """Stores one event in the caller's transaction: the object it came from, the report, where that is new or was read
    differently now, and which revision is current."""
    report, origin = event.report, event.origin
    writes.put_object(connection, origin, event.document_id)
    read = fingerprint(report, event.findings)
    known = writes.known(connection, event.document_id)
    if known and known.fingerprint == read:
        if origin.last_modified > known.last_modified:
            writes.touch_report(connection, known.id, origin.last_modified)
            _settle(connection, {(known.authority, known.authority_key, known.year)})
        return
    columns = {"stored_at": now, "version": VERSION, "fingerprint": read}
    if known:
        last_modified = max(origin.last_modified, known.last_modified)
        writes.replace_report(connection, known.id, report, event.findings, last_modified=last_modified, **columns)
    else:
        columns |= {"document_id": event.document_id, "last_modified": origin.last_modified}
        writes.add_report(connection, report, event.findings, **columns)
    before: set[Whose] = {(known.authority, known.authority_key, known.year)} if known else set()
    _settle(connection, {(report.authority, authority_key(report), report.year)} | before)


Whose = tuple[str | None, str | None, int | None]
"""An authority as its report names it, its key (see shared.authority), and a year."""


def _settle(connection: Connection, groups: set[Whose]) -> None:
    for authority, key, year in groups:
        if authority is not None and year is not None:
            writes.settle_revisions(connection, authority, year)
        if key is not None and year is not None:
            rejudge(connection, key, year)
