"""A report as rows of the tables, and back: pure, and each the other's inverse."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Table

from shared.authority import authority_key
from shared.cells import Number, Shape
from shared.database.tables import APPLICATION, DISCLOSURE, DISPUTE, READING, SECTION, column_name
from shared.doubt import Doubt
from shared.form import UNKNOWN, Cell, Form, load_form
from shared.form.model import TableKey
from shared.report import Diagnosis, Finding, Period, Report, Section

Row = dict[str, Any]

_NAMED = ("title", "authority", "level", "year", "edition", "script", "format", "encoding", "part")
"""What table ``report`` and a report call alike."""


class _Place(NamedTuple):
    """Where the figures of a table of the form are stored: a row a report, or where ``row_key`` names the column with
    the row's key, a row a row of the form."""

    table: Table
    row_key: str | None

    def column(self, cell: Cell) -> str:
        return cell.column if self.row_key else column_name(cell.row, cell.column)

    def key(self, cell: Cell) -> str | None:
        return cell.row if self.row_key else None

    def blank(self, cell: Cell) -> Row:
        """The row of ``cell``, without any figure."""
        figures = dict.fromkeys(column.name for column in self.table.columns if not column.primary_key)
        return {self.row_key: cell.row} | figures if self.row_key else figures


PLACES: dict[TableKey, _Place] = {
    "disclosure": _Place(DISCLOSURE, None),
    "applications": _Place(APPLICATION, "row_key"),
    "disputes": _Place(DISPUTE, "track"),
}
"""The tables of the form."""


def fingerprint(report: Report, found: Iterable[Finding | Diagnosis]) -> str:
    """A hash of what was read and found: equal where reading the document again changed nothing."""
    digest = hashlib.sha256(report.model_dump_json().encode())
    for each in found:
        digest.update(each.model_dump_json().encode())
    return digest.hexdigest()


def report_columns(report: Report) -> Row:
    """What table ``report`` says of the report itself."""
    period = report.period
    named = {name: getattr(report, name) for name in _NAMED}
    named["authority_key"] = authority_key(report)
    return named | {"period_start": period and period.start, "period_end": period and period.end}


def part_rows(report: Report) -> dict[Table, list[Row]]:
    """The rows of every table that goes with table ``report``, findings aside; ``report_id`` is left to be added."""
    sections = [
        {"position": position, "number": section.number, "heading": section.heading, "text": section.text}
        for position, section in enumerate(report.sections, 1)
    ]
    reading = {
        "sources": report.sources,
        "notes": report.notes,
        "remarks": list(report.remarks),
        "doubts": _doubt_rows(report.doubts),
        "additions": report.additions,
    }
    rows: dict[Table, list[Row]] = {SECTION: sections, READING: [reading]}
    return rows | _figure_rows(report.stated())


def _figure_rows(stated: Iterable[tuple[Cell, Number | None]]) -> dict[Table, list[Row]]:
    found: dict[Table, dict[str | None, Row]] = {}
    for cell, figure in stated:
        place = PLACES[cell.table]
        of_table = found.setdefault(place.table, {})
        key = place.key(cell)
        if key not in of_table:
            of_table[key] = place.blank(cell)
        of_table[key][place.column(cell)] = figure
    return {table: list(of_table.values()) for table, of_table in found.items()}


def _doubt_rows(doubts: Mapping[str, Doubt]) -> list[Row]:
    """Each reason once, with its cells: a table that was not found has a hundred nulls for one reason."""
    cells: dict[Doubt, list[str]] = {}
    for cell, doubt in doubts.items():
        cells.setdefault(doubt, []).append(cell)
    return [doubt.model_dump(mode="json") | {"cells": of} for doubt, of in cells.items()]


def _doubts(rows: Iterable[Row]) -> dict[str, Doubt]:
    return {cell: Doubt.model_validate(row, extra="ignore") for row in rows for cell in row["cells"]}


def finding_row(finding: Finding) -> Row:
    """A row of table ``finding``; ``report_id`` is left to be added."""
    named = finding.model_dump(include={"rule", "at", "severity", "expected", "actual", "message"})
    return named | {"content": finding.model_dump(mode="json", exclude_defaults=True)}


def diagnosis_row(diagnosis: Diagnosis, position: int) -> Row:
    """A row of table ``diagnosis``; ``report_id`` is left to be added."""
    content = diagnosis.model_dump(mode="json", exclude_defaults=True)
    return {"position": position, "slip": diagnosis.slip, "message": diagnosis.message, "content": content}


class Parts(NamedTuple):
    """The rows of one report, as read from the tables, each in its order."""

    report: Mapping[str, Any]
    sections: Sequence[Mapping[str, Any]]
    reading: Mapping[str, Any] | None
    figures: Mapping[TableKey, Sequence[Mapping[str, Any]]]


def report_of(parts: Parts) -> Report:
    """The report that was stored as ``parts``."""
    row, edition = parts.report, parts.report["edition"]
    period = Period(start=row["period_start"], end=row["period_end"]) if row["period_start"] else None
    named = {key: row[key] for key in _NAMED}
    sections = tuple(Section(**{k: s[k] for k in ("number", "heading", "text")}) for s in parts.sections)
    reading: dict[str, Any] = {}
    if parts.reading:
        reading = {key: parts.reading[key] for key in ("sources", "notes", "remarks", "additions")}
        reading["doubts"] = _doubts(parts.reading["doubts"])
    figures = {} if edition == UNKNOWN else dict(_figures(load_form(edition), parts))
    return Report(**named, period=period, sections=sections, **Shape.of(figures)._asdict(), **reading)


def _figures(form: Form, parts: Parts) -> Iterator[tuple[Cell, Number | None]]:
    for table in form.tables:
        place = PLACES[table.key]
        by_key = {row[place.row_key] if place.row_key else None: row for row in parts.figures[table.key]}
        for cell in table.cells():
            if row := by_key.get(place.key(cell)):
                yield cell, row[place.column(cell)]
