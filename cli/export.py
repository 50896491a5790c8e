"""Findings as files for analysts: CSV that a spreadsheet opens without running anything, and Parquet.

Parquet is written by arro3 (MIT or Apache-2.0): the Rust writer alone, a quarter of the size of pyarrow, polars or
pandas with fastparquet, of which gouji would use nothing else.
"""

import csv
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from cli.errors import UserError
from shared.database.queries import Found

Row = dict[str, str | int | float | None]

TYPES: dict[str, type] = {
    "authority": str,
    "year": int,
    "edition": str,
    "title": str,
    "rule": str,
    "at": str,
    "severity": str,
    "expected": float,
    "actual": float,
    "cells": str,
    "suspect": str,
    "suspect_stated": float,
    "suspect_expected": float,
    "explanations": int,
    "slip": str,
    "message": str,
    "quote": str,
    "place": str,
    "document_id": str,
    "key": str,
}
"""The columns of an export and what they hold."""

_PART = 10_000

# What a spreadsheet takes for a formula, in both widths, and the control characters that can hide one.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


def export(found: Iterable[Found], file: Path) -> int:
    """Writes the findings to ``file``, CSV or Parquet by its suffix, and returns how many they are."""
    rows = (_row(each) for each in found)
    writers = {".csv": _write_csv, ".parquet": _write_parquet}
    if file.suffix.lower() not in writers:
        raise UserError(f"{file.name} is to be which format? Name it something.csv or something.parquet")
    try:
        return writers[file.suffix.lower()](rows, file)
    except OSError as error:
        raise UserError(f"{file} cannot be written: {error.strerror}") from error


def _row(found: Found) -> Row:
    finding, suspect = found.finding, found.finding.suspect
    return {
        **{name: getattr(found, name) for name in ("authority", "year", "edition", "title", "document_id", "key")},
        **{name: getattr(finding, name) for name in ("rule", "at", "severity", "expected", "actual", "message")},
        "cells": " ".join(finding.cells),
        "suspect": suspect and suspect.cell,
        "suspect_stated": suspect and suspect.stated,
        "suspect_expected": suspect and suspect.expected,
        "explanations": len(finding.explanations),
        "slip": finding.explanations[0].slip if finding.explanations else None,
        "quote": finding.quote,
        "place": finding.place,
    }


def _write_csv(rows: Iterable[Row], file: Path) -> int:
    count = 0
    # The mark at the start tells a spreadsheet that the file is UTF-8.
    with file.open("w", encoding="utf-8-sig", newline="") as opened:
        writer = csv.DictWriter(opened, TYPES)
        writer.writeheader()
        for count, row in enumerate(rows, 1):  # noqa: B007  count is what is returned
            writer.writerow({name: harmless(value) for name, value in row.items()})
    return count


def harmless(value: str | int | float | None) -> str | int | float | None:
    """``value`` so that a spreadsheet shows it and computes nothing: text that looks like a formula gets a quote."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _write_parquet(rows: Iterable[Row], file: Path) -> int:
    # Imported here since nothing else needs it.
    from arro3.core import Array, DataType, RecordBatch, Table
    from arro3.io import write_parquet

    arrow = {str: DataType.string(), int: DataType.int64(), float: DataType.float64()}
    batches = [
        RecordBatch({name: Array([row[name] for row in part], type=arrow[kind]) for name, kind in TYPES.items()})
        for part in _parts(rows)
    ]
    write_parquet(Table.from_batches(batches), file)
    return sum(batch.num_rows for batch in batches)


def _parts(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """``rows`` in parts, so that only one of them stands in memory as Python objects; one part at least."""
    iterator = iter(rows)
    yield (part := list(islice(iterator, _PART)))
    while part and (part := list(islice(iterator, _PART))):
        yield part
