"""What the tables can be asked. Every function works in the caller's transaction."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Table, bindparam, exists, func, select

from shared.database.rows import PLACES, Parts, report_of
from shared.database.tables import DIAGNOSIS, FINDING, OBJECT, PASSAGE, READING, REPORT, SECTION
from shared.events import ProcessingStep
from shared.report import Diagnosis, Finding, Report, Verdict


class Summary(NamedTuple):
    """A stored report in a line. ``current`` is False where a newer revision has taken its place."""

    id: int
    document_id: str
    part: int
    parts: int
    title: str | None
    authority: str | None
    year: int | None
    edition: str
    format: str
    verdict: Verdict
    errors: int
    warnings: int
    current: bool
    stored_at: datetime
    version: str


class Found(NamedTuple):
    """A finding and the report it was made in; ``key`` is an object of the bucket with these bytes."""

    finding: Finding
    document_id: str
    part: int
    key: str | None
    title: str | None
    authority: str | None
    year: int | None
    edition: str


class Stored(NamedTuple):
    """A stored report, whole."""

    summary: Summary
    report: Report
    findings: tuple[Finding, ...]
    diagnoses: tuple[Diagnosis, ...]
    keys: tuple[str, ...]


class SeenObject(NamedTuple):
    """An object of the bucket as it was last stored."""

    key: str
    etag: str
    document_id: str


class StoredPart(NamedTuple):
    """A report that an object of the bucket was stored as: which of how many that its bytes hold."""

    key: str
    etag: str
    part: int
    parts: int


class Extent(NamedTuple):
    """The latest report's number, and how many objects are recorded. Neither ever falls, unless the database was
    replaced by an older one."""

    reports: int
    objects: int

    def fell(self, since: "Extent") -> bool:
        """Whether there is less than there was ``since``."""
        return self.reports < since.reports or self.objects < since.objects


class Counts(NamedTuple):
    """What is stored: reports (of which current) and objects; of current reports, findings by (rule, severity), and
    how many have each verdict."""

    reports: int
    current: int
    objects: int
    findings: dict[tuple[str, str], int]
    verdicts: dict[str, int]


_SUMMARY = [REPORT.c[name] for name in Summary._fields]
# Built once: it is asked for every report that is stored.
_NEIGHBOURS = (
    select(*_SUMMARY)
    .where(
        REPORT.c.authority_key == bindparam("of_key"),
        REPORT.c.year.in_(bindparam("of_years", expanding=True)),
        REPORT.c.current | exists().where(OBJECT.c.document_id == REPORT.c.document_id),
    )
    .order_by(REPORT.c.last_modified.desc(), REPORT.c.id.desc())
)


_OF_REPORTS = {
    table: select(table).where(table.c[key].in_(bindparam("of_reports", expanding=True)))
    for table, key in (
        (REPORT, "id"),
        *((table, "report_id") for table in (SECTION, *(place.table for place in PLACES.values()))),
    )
}
_STORED_PARTS = (
    select(OBJECT.c.key, OBJECT.c.etag, REPORT.c.part, REPORT.c.parts)
    .join(REPORT, REPORT.c.document_id == OBJECT.c.document_id)
    .where(OBJECT.c.key.in_(bindparam("of_objects", expanding=True)))
)
_FINDINGS = select(FINDING.c.content).where(FINDING.c.report_id == bindparam("of_report")).order_by(FINDING.c.id)


def counts(connection: Connection) -> Counts:
    """How much is stored, and how it was judged."""
    of_current = select(FINDING.c.rule, FINDING.c.severity, func.count()).join(REPORT).where(REPORT.c.current)
    by_rule = of_current.group_by(FINDING.c.rule, FINDING.c.severity)
    by_verdict = select(REPORT.c.verdict, func.count()).where(REPORT.c.current).group_by(REPORT.c.verdict)
    verdicts: Iterable[tuple[str, int]] = connection.execute(by_verdict).all()
    return Counts(
        reports=count_reports(connection),
        current=_count(connection, select(func.count()).where(REPORT.c.current)),
        objects=_count(connection, select(func.count()).select_from(OBJECT)),
        findings={(rule, severity): number for rule, severity, number in connection.execute(by_rule)},
        verdicts=dict(verdicts),
    )


def count_reports(connection: Connection) -> int:
    """How many reports are stored, revisions included."""
    return _count(connection, select(func.count()).select_from(REPORT))


def _count(connection: Connection, statement: Any) -> int:
    number: int = connection.execute(statement).scalar_one()
    return number


def reports(
    connection: Connection,
    *,
    authority: str | None = None,
    year: int | None = None,
    edition: str | None = None,
    version: str | None = None,
    current: bool = True,
) -> list[Summary]:
    """The reports that fit, by authority, year and age. ``authority`` may be any part of a name; ``current`` leaves
    out the revisions that a newer one replaced."""
    wanted = [
        column == value
        for column, value in ((REPORT.c.year, year), (REPORT.c.edition, edition), (REPORT.c.version, version))
        if value is not None
    ]
    wanted += [REPORT.c.authority.contains(authority, autoescape=True)] if authority else []
    wanted += [REPORT.c.current] if current else []
    return _summaries(connection, *wanted)


def reports_starting_with(connection: Connection, prefix: str) -> list[Summary]:
    """The reports whose document id starts with ``prefix``."""
    return _summaries(connection, REPORT.c.document_id.startswith(prefix, autoescape=True))


def reports_of_object(connection: Connection, key: str) -> list[Summary]:
    """The reports that the object called ``key`` was last stored as."""
    return _summaries(connection, REPORT.c.document_id.in_(select(OBJECT.c.document_id).where(OBJECT.c.key == key)))


def _summaries(connection: Connection, *wanted: ColumnElement[bool]) -> list[Summary]:
    statement = select(*_SUMMARY).where(*wanted).order_by(REPORT.c.authority, REPORT.c.year, REPORT.c.id)
    return [Summary(*row) for row in connection.execute(statement)]


def neighbours(connection: Connection, authority_key: str, year: int) -> list[Summary]:
    """The reports of one authority for ``year``, the year before and the year after, the newest first; also those that
    are not current though the bucket has them."""
    near = {"of_key": authority_key, "of_years": [year - 1, year, year + 1]}
    return [Summary(*row) for row in connection.execute(_NEIGHBOURS, near)]


def load(connection: Connection, report_id: int) -> Stored:
    """The report with that id, whole; raises sqlalchemy.exc.NoResultFound where there is none."""
    row = connection.execute(select(REPORT).where(REPORT.c.id == report_id)).mappings().one()
    summary = Summary(**{name: row[name] for name in Summary._fields})
    return Stored(
        summary=summary,
        report=report_of(_parts(connection, row)),
        findings=findings_of(connection, report_id),
        diagnoses=diagnoses_of(connection, report_id),
        keys=keys_of(connection, summary.document_id),
    )


def keys_of(connection: Connection, document_id: str) -> tuple[str, ...]:
    """The objects of the bucket whose bytes, when they were last read, were the document's."""
    keys = select(OBJECT.c.key).where(OBJECT.c.document_id == document_id).order_by(OBJECT.c.key)
    return tuple(connection.execute(keys).scalars())


def figures(connection: Connection, report_ids: Iterable[int]) -> dict[int, Report]:
    """The reports with these ids, by id, as far as their figures and words go: without sources, notes and remarks. It
    is asked for every report that is stored, and costs a fraction of :func:`load`."""
    wanted = {"of_reports": list(report_ids)}
    if not wanted["of_reports"]:
        return {}
    rows: defaultdict[tuple[Table, int], list[Any]] = defaultdict(list)
    for table, statement in _OF_REPORTS.items():
        for row in connection.execute(statement, wanted).mappings():
            rows[table, row["id" if table is REPORT else "report_id"]].append(row)
    return {id_: report_of(_without_reading(rows, id_)) for table, id_ in list(rows) if table is REPORT}


def _without_reading(rows: Mapping[tuple[Table, int], list[Any]], report_id: int) -> Parts:
    figures = {key: rows[place.table, report_id] for key, place in PLACES.items()}
    sections = sorted(rows[SECTION, report_id], key=lambda section: section["position"])
    return Parts(rows[REPORT, report_id][0], sections, None, figures)


def _parts(connection: Connection, report: Any) -> Parts:
    def rows(table: Any) -> Sequence[Any]:
        return connection.execute(select(table).where(table.c.report_id == report["id"])).mappings().all()

    sections = sorted(rows(SECTION), key=lambda section: section["position"])
    reading = next(iter(rows(READING)), None)
    return Parts(report, sections, reading, {key: rows(place.table) for key, place in PLACES.items()})


def findings_of(connection: Connection, report_id: int) -> tuple[Finding, ...]:
    """What the rules found in the report with that id, in their order."""
    found = connection.execute(_FINDINGS, {"of_report": report_id}).scalars()
    return tuple(Finding.model_validate(content) for content in found)


def diagnoses_of(connection: Connection, report_id: int) -> tuple[Diagnosis, ...]:
    """The slips behind the findings of the report with that id, in their order."""
    wanted = select(DIAGNOSIS.c.content).where(DIAGNOSIS.c.report_id == report_id).order_by(DIAGNOSIS.c.position)
    return tuple(Diagnosis.model_validate(content) for content in connection.execute(wanted).scalars())


def findings(
    connection: Connection,
    *,
    rule: str | None = None,
    authority: str | None = None,
    year: int | None = None,
    severity: str | None = None,
    current: bool = True,
) -> Iterator[Found]:
    """The findings that fit, by authority and year, one after another. ``rule`` is a rule's id or its first part
    (narrative), ``authority`` any part of a name; ``current`` leaves out reports that a newer one replaced."""
    wanted: list[ColumnElement[bool]] = [
        column == value
        for column, value in ((REPORT.c.year, year), (FINDING.c.severity, severity))
        if value is not None
    ]
    if rule:
        wanted.append((FINDING.c.rule == rule) | FINDING.c.rule.startswith(f"{rule}.", autoescape=True))
    wanted += [REPORT.c.authority.contains(authority, autoescape=True)] if authority else []
    wanted += [REPORT.c.current] if current else []
    key = select(func.min(OBJECT.c.key)).where(OBJECT.c.document_id == REPORT.c.document_id).scalar_subquery()
    columns = [REPORT.c[name] for name in ("document_id", "part", "title", "authority", "year", "edition")]
    statement = select(FINDING.c.content, key.label("key"), *columns).join(REPORT, REPORT.c.id == FINDING.c.report_id)
    ordered = statement.where(*wanted).order_by(REPORT.c.authority, REPORT.c.year, REPORT.c.id, FINDING.c.id)
    for row in connection.execute(ordered.execution_options(yield_per=1000)).mappings():
        yield Found(Finding.model_validate(row["content"]), **{n: row[n] for n in Found._fields if n != "finding"})


def steps_of(connection: Connection, document_id: str) -> tuple[ProcessingStep, ...]:
    """What happened to a document, in order of time."""
    columns = [PASSAGE.c[name] for name in ProcessingStep.model_fields]
    statement = select(*columns).where(PASSAGE.c.document_id == document_id).order_by(PASSAGE.c.started, PASSAGE.c.part)
    rows = connection.execute(statement).mappings()
    return tuple(ProcessingStep.model_validate(dict(row) | {"part": row["part"] or None}) for row in rows)


def objects(connection: Connection) -> Iterator[SeenObject]:
    """Every object that was stored, one after another: a bucket may hold more than fit into memory at once."""
    statement = select(*(OBJECT.c[name] for name in SeenObject._fields)).execution_options(yield_per=1000)
    return (SeenObject(*row) for row in connection.execute(statement))


def stored_parts(connection: Connection, keys: Sequence[str]) -> list[StoredPart]:
    """The reports that the objects called ``keys`` were stored as."""
    return [StoredPart(*row) for row in connection.execute(_STORED_PARTS, {"of_objects": keys})]


def extent(connection: Connection) -> Extent:
    """How much is stored, as far as that is told at once."""
    reports = select(func.coalesce(func.max(REPORT.c.id), 0))
    return Extent(_count(connection, reports), _count(connection, select(func.count()).select_from(OBJECT)))


def reports_by_key(connection: Connection) -> dict[str, list[Summary]]:
    """The reports that each object of the bucket was stored as, part by part."""
    statement = select(OBJECT.c.key, *_SUMMARY).join(REPORT, REPORT.c.document_id == OBJECT.c.document_id)
    found: defaultdict[str, list[Summary]] = defaultdict(list)
    for key, *row in connection.execute(statement.order_by(REPORT.c.document_id, REPORT.c.part)):
        found[key].append(Summary(*row))
    return dict(found)
