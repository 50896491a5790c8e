"""How a report comes into the tables. Every function works in the caller's transaction."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from shared.database.rows import Row, finding_row, part_rows, report_columns
from shared.database.tables import FINDING, OBJECT, PARTS, PASSAGE, REPORT
from shared.events import Noticed, Passage
from shared.report import Finding, Report, verdict_of


class Known(NamedTuple):
    """What is stored of a document already."""

    id: int
    authority: str | None
    authority_key: str | None
    year: int | None
    fingerprint: str
    last_modified: datetime


def known(connection: Connection, document_id: str) -> Known | None:
    """What is stored of ``document_id``, None where nothing is."""
    columns = [REPORT.c[name] for name in Known._fields]
    row = connection.execute(select(*columns).where(REPORT.c.document_id == document_id)).one_or_none()
    return None if row is None else Known(*row)


def add_report(connection: Connection, report: Report, **columns: Any) -> int:
    """Stores ``report``, without findings, and returns its id. ``columns`` are those that the report does not know:
    document_id, last_modified, stored_at, version, fingerprint."""
    values = _columns(report) | {"verdict": "clean", "errors": 0, "warnings": 0} | columns
    key: int = connection.execute(insert(REPORT).values(values)).inserted_primary_key[0]  # type: ignore[index]
    _add_parts(connection, key, report)
    return key


def replace_report(connection: Connection, key: int, report: Report, **columns: Any) -> None:
    """Puts ``report`` in the place of what was stored under ``key``."""
    values = _columns(report) | columns
    connection.execute(update(REPORT).where(REPORT.c.id == key).values(values))
    for part in PARTS:
        connection.execute(delete(part).where(part.c.report_id == key))
    _add_parts(connection, key, report)


def _columns(report: Report) -> Row:
    # A report that does not say whose it is, or of which year, has no revisions; of others settle_revisions decides.
    return report_columns(report) | {"current": report.authority is None or report.year is None}


def _add_parts(connection: Connection, key: int, report: Report) -> None:
    for part, rows in part_rows(report).items():
        if unknown := {name for row in rows for name in row} - set(part.c.keys()):
            raise ValueError(f"table {part.name} has no columns {sorted(unknown)}")  # else they would be left out
        if rows:
            connection.execute(insert(part), [row | {"report_id": key} for row in rows])


def touch_report(connection: Connection, key: int, last_modified: datetime) -> None:
    """Notes that an object with the bytes of report ``key`` changed at ``last_modified``, if that is news."""
    newer = (REPORT.c.id == key) & (REPORT.c.last_modified < last_modified)
    connection.execute(update(REPORT).where(newer).values(last_modified=last_modified))


def settle_revisions(connection: Connection, authority: str, year: int) -> None:
    """Makes the newest revision of one authority and year current, and no other."""
    same = (REPORT.c.authority == authority) & (REPORT.c.year == year)
    newest = select(REPORT.c.id).where(same).order_by(REPORT.c.last_modified.desc(), REPORT.c.id.desc()).limit(1)
    key = connection.execute(newest).scalar_one_or_none()
    connection.execute(update(REPORT).where(same & REPORT.c.current & (REPORT.c.id != key)).values(current=False))
    connection.execute(update(REPORT).where((REPORT.c.id == key) & ~REPORT.c.current).values(current=True))


def replace_findings(connection: Connection, key: int, findings: Sequence[Finding]) -> None:
    """Puts ``findings`` in the place of those of report ``key``, and its verdict and counts with them."""
    connection.execute(delete(FINDING).where(FINDING.c.report_id == key))
    if findings:
        connection.execute(insert(FINDING), [finding_row(finding) | {"report_id": key} for finding in findings])
    errors = sum(finding.severity == "error" for finding in findings)
    counts = {"verdict": verdict_of(findings), "errors": errors, "warnings": len(findings) - errors}
    connection.execute(update(REPORT).where(REPORT.c.id == key).values(counts))


def put_object(connection: Connection, origin: Noticed, document_id: str) -> None:
    """Records that the object's bytes are ``document_id``, unless a later state of it is recorded already."""
    values = origin.model_dump(include={"key", "etag", "size", "last_modified"}) | {"document_id": document_id}
    statement = _upserting(connection)(OBJECT).values(values)
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=[OBJECT.c.key],
            set_={name: statement.excluded[name] for name in values if name != "key"},
            where=OBJECT.c.last_modified <= statement.excluded.last_modified,
        )
    )


def add_passages(connection: Connection, document_id: str, passages: Iterable[Passage]) -> None:
    """Records what happened to a document; what is recorded already is left as it is."""
    rows = [passage.model_dump() | {"document_id": document_id} for passage in passages]
    if rows:
        connection.execute(_upserting(connection)(PASSAGE).on_conflict_do_nothing(), rows)


def _upserting(connection: Connection) -> Any:
    return {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[connection.dialect.name]
