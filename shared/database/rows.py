"""A report as rows of the tables, and back: pure, and each the other's inverse."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from sqlalchemy import Table

from shared.authority import authority_key
from shared.database.tables import APPLICATION, DISCLOSURE, DISPUTE, READING, SECTION, column_name
from shared.doubt import Doubt
from shared.form import load_form
from shared.form.model import Edition
from shared.report import Figures, Finding, Period, Report, Section

Row = dict[str, Any]

_NAMED = ("title", "authority", "level", "year", "edition", "script", "format", "encoding", "part")
"""What table ``report`` and a report call alike."""

_MATRICES: tuple[tuple[Literal["applications", "disputes"], Table, str], ...] = (
    ("applications", APPLICATION, "row_key"),
    ("disputes", DISPUTE, "track"),
)
"""The tables of the form that are stored a row a row: the form's key, the table, its column with the row's key."""


def fingerprint(report: Report, findings: Iterable[Finding]) -> str:
    """A hash of what was read and found: equal where reading the document again changed nothing."""
    digest = hashlib.sha256(report.model_dump_json().encode())
    for finding in findings:
        digest.update(finding.model_dump_json().encode())
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
    if report.disclosure is not None:
        cells = {key.replace(".", "_"): figure for key, figure in report.disclosure.items()}
        rows[DISCLOSURE] = [cells]
    for key, table, name in _MATRICES:
        figures: dict[str, Figures] | None = getattr(report, key)
        if figures is not None:
            blank = dict.fromkeys(column for row in figures.values() for column in row)
            rows[table] = [{name: row} | blank | columns for row, columns in figures.items()]
    return rows


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


class Parts(NamedTuple):
    """The rows of one report, as read from the tables, each in its order."""

    report: Mapping[str, Any]
    sections: Sequence[Mapping[str, Any]]
    reading: Mapping[str, Any] | None
    disclosure: Mapping[str, Any] | None
    applications: Sequence[Mapping[str, Any]]
    disputes: Sequence[Mapping[str, Any]]


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
    figures = {} if edition == "unknown" else _figures(edition, parts)
    blank: dict[str, Any] = {"disclosure": None, "applications": None, "disputes": None}
    return Report(**named, period=period, sections=sections, **blank | figures, **reading)


def _figures(edition: Edition, parts: Parts) -> dict[str, Any]:
    form = load_form(edition)
    found: dict[str, Any] = {}
    if parts.disclosure is not None:
        cells = form.table("disclosure").cells()
        flat = {f"{c.row}.{c.column}": parts.disclosure[column_name(c.row, c.column)] for c in cells}
        found["disclosure"] = flat
    for key, _, name in _MATRICES:
        table = form.table(key)
        by_key = {row[name]: row for row in getattr(parts, key)}
        matrix: dict[str, Figures] = {
            row.key: {column: by_key[row.key][column] for column in table.columns_of(row)}
            for row in table.rows
            if row.key in by_key
        }
        found[key] = matrix or None
    return found
