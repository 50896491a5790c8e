"""How a report comes into the tables. Every function works in the caller's transaction.

The statements are built once: to build one costs more than to execute it, and a report takes a dozen.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, Connection, bindparam, case, delete, exists, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from shared.authority import Authority
from shared.database.rows import Row, diagnosis_row, finding_row, part_rows, report_columns
from shared.database.tables import DIAGNOSIS, FINDING, OBJECT, PARTS, PASSAGE, REPORT
from shared.events import ObjectDiscovered, ProcessingStep
from shared.report import Diagnosis, Finding, Report, verdict_of


class Known(NamedTuple):
    """What is stored of a part of a document already."""

    id: int
    part: int
    parts: int
    authority: str | None
    authority_key: str | None
    year: int | None
    fingerprint: str
    version: str
    last_modified: datetime


class Put(NamedTuple):
    """What recording an object changed: whether a document ``gained`` it, and which one it was before."""

    gained: bool
    overwritten: str | None = None


def _put_object(upsert: Any) -> Any:
    newer = {name: upsert.excluded[name] for name in OBJECT.c.keys() if name != "key"}  # noqa: SIM118 - columns, not names
    # When it was read decides, since a file may be replaced by one with an older date (cp -p, tar, rsync).
    last_read = select(func.max(PASSAGE.c.started)).where(
        PASSAGE.c.document_id == OBJECT.c.document_id, PASSAGE.c.stage == "ingest"
    )
    by_date = OBJECT.c.last_modified <= upsert.excluded.last_modified
    later = func.coalesce(last_read.scalar_subquery() <= _READ_AT, by_date)
    replaced = upsert.on_conflict_do_update(index_elements=[OBJECT.c.key], set_=newer, where=later)
    return replaced.returning(OBJECT.c.key)


_KEY: BindParameter[Any] = bindparam("of_key")
_READ_AT: BindParameter[datetime | None] = bindparam("read_at", type_=PASSAGE.c.started.type)
_YEAR: BindParameter[int] = bindparam("of_year")

_KNOWN = select(*(REPORT.c[name] for name in Known._fields)).where(REPORT.c.document_id == _KEY).order_by(REPORT.c.part)
_INSERT = {table: insert(table) for table in (REPORT, FINDING, DIAGNOSIS, *PARTS)}
_CLEAR = {table: delete(table).where(table.c.report_id == _KEY) for table in (FINDING, DIAGNOSIS, *PARTS)}
_REMOVE_PARTS = delete(REPORT).where(REPORT.c.document_id == _KEY, REPORT.c.part > bindparam("last_part"))
_UPDATE = update(REPORT).where(REPORT.c.id == _KEY)
_IN_BUCKET = exists().where(OBJECT.c.document_id == REPORT.c.document_id).label("in_bucket")
_STANDING = select(REPORT.c.id, REPORT.c.authority, REPORT.c.current, _IN_BUCKET)
_ALONE = _STANDING.where(REPORT.c.id == _KEY)
# Ingest sees to it that no change time lies in the future; versions before it did not, and a time in the future would
# shadow later corrections for years.
_CHANGED = case((REPORT.c.last_modified > REPORT.c.stored_at, REPORT.c.stored_at), else_=REPORT.c.last_modified)
_REVISIONS = _STANDING.where(REPORT.c.authority_key == _KEY, REPORT.c.year == _YEAR).order_by(
    _IN_BUCKET.desc(), _CHANGED.desc(), REPORT.c.part, REPORT.c.id.desc()
)
_HOLDER = select(OBJECT.c.document_id).where(OBJECT.c.key == _KEY)
_DIALECTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
_PUT_OBJECT = {name: _put_object(upsert(OBJECT)) for name, upsert in _DIALECTS.items()}
_ADD_PASSAGE = {name: upsert(PASSAGE).on_conflict_do_nothing() for name, upsert in _DIALECTS.items()}


def known(connection: Connection, document_id: str) -> list[Known]:
    """What is stored of ``document_id``, part by part."""
    return [Known(*row) for row in connection.execute(_KNOWN, {"of_key": document_id})]


def lock_authorities(connection: Connection, authority_keys: Iterable[str]) -> None:
    """Until the transaction ends, lets nobody else write reports of these authorities: two stores that write
    neighbouring years at the same moment would each judge continuity without the other's. SQLite has one writer."""
    if connection.dialect.name == "postgresql":
        # In one order everywhere, so that two stores wait for each other but never in a circle.
        for key in sorted(authority_keys):
            connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(key, 0))))


def add_report(connection: Connection, report: Report, findings: Sequence[Finding], **columns: Any) -> int:
    """Stores ``report`` with its ``findings``, and returns its id. ``columns`` are those that the report does not
    know: document_id, last_modified, stored_at, version, fingerprint."""
    values = _columns(report) | _counts(findings) | columns
    key: int = connection.execute(_INSERT[REPORT], values).inserted_primary_key[0]  # type: ignore[index]
    _add_parts(connection, key, report)
    _add_findings(connection, key, findings)
    return key


def replace_report(
    connection: Connection, key: int, report: Report, findings: Sequence[Finding], **columns: Any
) -> None:
    """Puts ``report`` and its ``findings`` in the place of what was stored under ``key``."""
    _update(connection, key, _columns(report) | columns)
    for part in PARTS:
        connection.execute(_CLEAR[part], {"of_key": key})
    _add_parts(connection, key, report)
    replace_findings(connection, key, findings)


def remove_parts_after(connection: Connection, document_id: str, part: int) -> None:
    """Removes what was stored of the parts after ``part``, which the document, read again, has not."""
    connection.execute(_REMOVE_PARTS, {"of_key": document_id, "last_part": part})


def replace_findings(connection: Connection, key: int, findings: Sequence[Finding]) -> None:
    """Puts ``findings`` in the place of those of report ``key``, and its verdict and counts with them."""
    connection.execute(_CLEAR[FINDING], {"of_key": key})
    _add_findings(connection, key, findings)
    _update(connection, key, _counts(findings))


def replace_diagnoses(connection: Connection, key: int, diagnoses: Sequence[Diagnosis]) -> None:
    """Puts ``diagnoses`` in the place of those of report ``key``."""
    connection.execute(_CLEAR[DIAGNOSIS], {"of_key": key})
    add_diagnoses(connection, key, diagnoses)


def add_diagnoses(connection: Connection, key: int, diagnoses: Sequence[Diagnosis]) -> None:
    """Stores ``diagnoses`` of report ``key``, which has none yet."""
    if diagnoses:
        rows = [diagnosis_row(each, position) | {"report_id": key} for position, each in enumerate(diagnoses)]
        connection.execute(_INSERT[DIAGNOSIS], rows)


def touch_report(connection: Connection, key: int, last_modified: datetime, version: str) -> None:
    """Notes that an object with the bytes of report ``key`` changed at ``last_modified``, and that ``version`` read it
    as it is stored."""
    _update(connection, key, {"last_modified": last_modified, "version": version})


def mark_current_revision(connection: Connection, authority_key: str, year: int) -> None:
    """Makes the newest revision of one authority and year current, and no other. Reports of one key whose names
    contradict each other are of several authorities, of which each has its own."""
    lock_authorities(connection, [authority_key])
    chosen: list[Authority] = []
    for standing in connection.execute(_REVISIONS, {"of_key": authority_key, "of_year": year}).all():
        name = Authority.parse(standing.authority or "")
        newest = all(name.contradicts(other) for other in chosen)
        chosen += [name] if newest else []
        _set_current(connection, standing, newest)


def mark_current_if_present(connection: Connection, key: int) -> None:
    """Makes report ``key``, of which nothing tells whose revision it might be, current if it is in the bucket."""
    for standing in connection.execute(_ALONE, {"of_key": key}).all():
        _set_current(connection, standing, standing.in_bucket)


def _set_current(connection: Connection, standing: Any, current: bool) -> None:
    if standing.current != current:
        _update(connection, standing.id, {"current": current})


def put_object(connection: Connection, origin: ObjectDiscovered, document_id: str, read_at: datetime | None) -> Put:
    """Records that the object's bytes are ``document_id``, unless a later state of it is recorded already; ``read_at``
    is when they were read, where that is known."""
    held = connection.execute(_HOLDER, {"of_key": origin.key}).scalar_one_or_none()
    values = origin.model_dump(include={"key", "etag", "size", "last_modified"}) | {"document_id": document_id}
    recorded = connection.execute(_PUT_OBJECT[connection.dialect.name], values | {"read_at": read_at}).first()
    return Put(False) if recorded is None or held == document_id else Put(True, held)


def add_steps(connection: Connection, document_id: str, passages: Iterable[ProcessingStep]) -> None:
    """Records what happened to a document; what is recorded already is left as it is."""
    rows = [step.model_dump() | {"document_id": document_id, "part": step.part or 0} for step in passages]
    if rows:
        connection.execute(_ADD_PASSAGE[connection.dialect.name], rows)


def _columns(report: Report) -> Row:
    return report_columns(report) | {"current": False}  # mark_current_revision or mark_current_if_present decides


def _counts(findings: Sequence[Finding]) -> Row:
    errors = sum(finding.severity == "error" for finding in findings)
    return {"verdict": verdict_of(findings), "errors": errors, "warnings": len(findings) - errors}


def _update(connection: Connection, key: int, values: Row) -> None:
    connection.execute(_UPDATE, {"of_key": key} | values)


def _add_parts(connection: Connection, key: int, report: Report) -> None:
    for part, rows in part_rows(report).items():
        if unknown := {name for row in rows for name in row} - set(part.c.keys()):
            raise ValueError(f"table {part.name} has no columns {sorted(unknown)}")  # else they would be left out
        if rows:
            connection.execute(_INSERT[part], [row | {"report_id": key} for row in rows])


def _add_findings(connection: Connection, key: int, findings: Sequence[Finding]) -> None:
    if findings:
        connection.execute(_INSERT[FINDING], [finding_row(finding) | {"report_id": key} for finding in findings])
