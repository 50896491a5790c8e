"""The tables: wide, typed rows, about 32 a report. Those that hold figures are derived from the form's data."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from pydantic import create_model
from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    Numeric,
    Table,
    UniqueConstraint,
)
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import Field, SQLModel

from shared.form import EDITIONS, load_form
from shared.form.model import TableKey
from shared.report import Number

Key = BigInteger().with_variant(Integer, "sqlite")  # only an INTEGER key counts by itself in SQLite


class FigureType(TypeDecorator[Number]):
    """A figure exactly as the page states it: 3 stays 3, 1.20 万元 stays 1.2, and nothing is rounded."""

    impl = Numeric
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Numeric(asdecimal=False) if dialect.name == "sqlite" else Numeric())

    def process_bind_param(self, value: Number | None, dialect: Dialect) -> Any:
        return value if value is None or dialect.name == "sqlite" else Decimal(str(value))

    def process_result_value(self, value: Any, dialect: Dialect) -> Number | None:
        if value is None:
            return None
        return int(value) if value == int(value) else float(value)


class Moment(TypeDecorator[datetime]):
    """A point in time, in UTC, also where the database forgets the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and value.replace(tzinfo=UTC)


def _of_report() -> Any:
    """The foreign key of a row that goes with its report, as the first part of its primary key."""
    return Field(sa_column=Column(Key, ForeignKey("report.id", ondelete="CASCADE"), primary_key=True))


class StoredReport(SQLModel, table=True):
    """A document, or a part of one, recognised as a report. Of all reports of one authority and year (its revisions),
    one is ``current``: of those whose bytes the bucket has, the one whose object changed last. Where the name does not
    say which of several authorities it means (``authority_key`` is null), only what overwrote its file is its
    revision."""

    __tablename__ = "report"
    __table_args__ = (
        UniqueConstraint("document_id", "part", name="report_part"),
        Index("report_year", "year"),
        Index("report_neighbours", "authority_key", "year"),
    )

    id: int | None = Field(default=None, sa_column=Column(Key, primary_key=True))
    document_id: str = Field(description="The SHA-256 of the document's bytes.")
    part: int = Field(description="Which of the document's reports, from 1.")
    parts: int = Field(description="How many the document holds, those that could not be read included.")
    title: str | None
    authority: str | None
    authority_key: str | None = Field(description="The same however the name is written; null where that is in doubt.")
    level: str | None
    year: int | None
    period_start: date | None
    period_end: date | None
    edition: str
    script: str
    format: str
    encoding: str
    verdict: str
    errors: int
    warnings: int
    current: bool
    last_modified: datetime = Field(sa_type=Moment, description="When an object with these bytes last changed.")
    stored_at: datetime = Field(sa_type=Moment)
    version: str = Field(description="The version of gouji that read it.")
    fingerprint: str = Field(description="What was read, hashed: equal where reading it again changed nothing.")


class StoredSection(SQLModel, table=True):
    """A section of a report, in the order of the page."""

    __tablename__ = "section"

    report_id: int = _of_report()
    position: int = Field(primary_key=True)
    number: int
    heading: str
    text: str


class StoredReading(SQLModel, table=True):
    """How a report was read: where each cell stands in the source, notes beside figures, remarks, rows that the form
    has not, and why cells are null (see Report). ``doubts`` is a list of reasons, each with its cells."""

    __tablename__ = "reading"

    report_id: int = _of_report()
    sources: dict[str, str] = Field(sa_type=JSON)
    notes: dict[str, str] = Field(sa_type=JSON)
    remarks: list[str] = Field(sa_type=JSON)
    doubts: list[dict[str, Any]] = Field(sa_type=JSON)
    additions: dict[str, Any] = Field(sa_type=JSON)


class StoredFinding(SQLModel, table=True):
    """What a rule found in a report, in the order the rules gave it. ``content`` is the whole finding."""

    __tablename__ = "finding"

    id: int | None = Field(default=None, sa_column=Column(Key, primary_key=True))
    report_id: int = Field(sa_column=Column(Key, ForeignKey("report.id", ondelete="CASCADE"), index=True))
    rule: str = Field(index=True)
    at: str
    severity: str
    expected: Number | None = Field(sa_type=FigureType)
    actual: Number | None = Field(sa_type=FigureType)
    message: str
    content: dict[str, Any] = Field(sa_type=JSON)


class StoredDiagnosis(SQLModel, table=True):
    """A slip that explains findings of a report, in the order of the first of them. ``content`` is the whole diagnosis,
    whose ``resolves`` are places among the report's findings, from 0."""

    __tablename__ = "diagnosis"

    report_id: int = _of_report()
    position: int = Field(primary_key=True)
    slip: str | None
    message: str
    content: dict[str, Any] = Field(sa_type=JSON)


class StoredObject(SQLModel, table=True):
    """An object of the bucket, as it was when it was last stored, and the document its bytes are."""

    __tablename__ = "object"

    key: str = Field(primary_key=True)
    etag: str
    size: int = Field(sa_type=BigInteger)
    last_modified: datetime = Field(sa_type=Moment)
    document_id: str = Field(index=True)


class StoredProcessingStep(SQLModel, table=True):
    """What happened to a document in one stage (:class:`shared.events.ProcessingStep`). ``part`` is 0 for the whole."""

    __tablename__ = "passage"

    document_id: str = Field(primary_key=True)
    started: datetime = Field(sa_type=Moment, primary_key=True)
    stage: str = Field(primary_key=True)
    consumer: str = Field(primary_key=True)
    part: int = Field(primary_key=True)
    outcome: str
    took: float
    version: str
    detail: str


def column_name(row: str, column: str) -> str:
    """The column of table ``disclosure`` that holds a cell: ``regulations_issued``."""
    return f"{row}.{column}".replace(".", "_")


def _columns(table: TableKey) -> list[str]:
    """The column keys of ``table`` in every edition."""
    return [column.key for edition in EDITIONS for column in load_form(edition).table(table).columns]


def _table(name: str, doc: str, *keys: str, figures: Iterable[str]) -> type[SQLModel]:
    columns: dict[str, Any] = {"report_id": (int, _of_report())}
    columns |= {key: (str, Field(primary_key=True)) for key in keys}
    columns |= {figure: (Number | None, Field(default=None, sa_type=FigureType)) for figure in figures}
    return create_model(name.title(), __base__=SQLModel, __cls_kwargs__={"table": True}, __doc__=doc, **columns)


Disclosure = _table(
    "disclosure",
    "Section 2 of a report: one row, a column a cell, those of all editions.",
    figures=[
        column_name(cell.row, cell.column)
        for edition in EDITIONS
        for cell in load_form(edition).table("disclosure").cells()
    ],
)
Application = _table(
    "application", "Section 3 of a report: a row a row of the form.", "row_key", figures=_columns("applications")
)
Dispute = _table("dispute", "Section 4 of a report: a row a track.", "track", figures=_columns("disputes"))


def _core(*models: type[SQLModel]) -> Iterator[Table]:
    for model in models:
        yield model.__table__  # type: ignore[attr-defined]


REPORT, FINDING, OBJECT, PASSAGE = _core(StoredReport, StoredFinding, StoredObject, StoredProcessingStep)
SECTION, READING, DIAGNOSIS = _core(StoredSection, StoredReading, StoredDiagnosis)
DISCLOSURE, APPLICATION, DISPUTE = _core(Disclosure, Application, Dispute)

PARTS = (SECTION, READING, DISCLOSURE, APPLICATION, DISPUTE)
"""The tables whose rows are read from the page with the report, and replaced with it."""

ALL = (REPORT, *PARTS, FINDING, DIAGNOSIS, OBJECT, PASSAGE)
