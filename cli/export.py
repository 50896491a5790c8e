"""Findings as files for analysts: CSV that a spreadsheet opens without running anything, and Parquet.

Parquet is written by arro3 (MIT or Apache-2.0): the Rust writer alone, a quarter of the size of pyarrow, polars or
pandas with fastparquet, of which gouji would use nothing else.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from cli.errors import UserError
from shared.database.queries import Found

Row = Mapping[str, str | int | float | bool | None]

LISTED = 50
"""A person is listed no more than this many things, unless they ask for more."""

LimitOption = Annotated[
    int | None,
    typer.Option("--limit", min=1, help="No more than this many.", show_default=f"{LISTED} for a person, else all"),
]
ForceOption = Annotated[bool, typer.Option("--force", help="Replace the file where it is there already.")]

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
    "gone": bool,
}
"""The columns of an export of findings and what they hold."""

COUNTED: dict[str, type] = {"errors": int, "warnings": int}
"""The columns of an export of counts, after what they are counted by."""

_PART = 10_000  # rows in memory at a time, chosen: some megabytes

# What a spreadsheet takes for a formula, in both widths, and the control characters that can hide one.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


def export(rows: Iterable[Row], types: Mapping[str, type], file: Path, force: bool) -> int:
    """Writes ``rows``, whose columns hold ``types``, to ``file``: CSV or Parquet, by its suffix. Returns how many they
    are. Raises :class:`UserError` where the file is there already, unless ``force`` is given."""
    writers = {".csv": _write_csv, ".parquet": _write_parquet}
    if file.suffix.lower() not in writers:
        raise UserError(f"{file.name} is to be which format? Name it something.csv or something.parquet")
    with written_whole(file, force) as new:
        return writers[file.suffix.lower()](rows, types, new)


@contextmanager
def written_whole(file: Path, force: bool) -> Iterator[Path]:
    """The path of a new file, which takes the place of ``file`` at the end, whole or not at all. Raises
    :class:`UserError` where it cannot be written, or is there already and ``force`` is not given."""
    new = file.with_name(f".{file.name}.new")
    try:
        if file.exists() and not force:
            raise UserError(f"{file} is there already; --force replaces it")
        yield new
        new.replace(file)
    except OSError as error:
        raise UserError(f"{file} cannot be written: {error.strerror}") from error
    finally:
        new.unlink(missing_ok=True)


def finding_row(found: Found, gone: bool) -> Row:
    """A finding as a row of :data:`TYPES`; ``gone`` says whether its file is no longer in the bucket."""
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
        "gone": gone,
    }


def _write_csv(rows: Iterable[Row], types: Mapping[str, type], file: Path) -> int:
    count = 0
    # The mark at the start tells a spreadsheet that the file is UTF-8.
    with file.open("w", encoding="utf-8-sig", newline="") as opened:
        writer = csv.DictWriter(opened, types)
        writer.writeheader()
        for count, row in enumerate(rows, 1):  # noqa: B007  count is what is returned
            writer.writerow({name: harmless(value) for name, value in row.items()})
    return count


def harmless(value: str | int | float | bool | None) -> str | int | float | bool | None:
    """``value`` so that a spreadsheet shows it and computes nothing: text that looks like a formula gets a quote."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _write_parquet(rows: Iterable[Row], types: Mapping[str, type], file: Path) -> int:
    # Imported here since nothing else needs it.
    from arro3.core import Array, DataType, RecordBatch, Table
    from arro3.io import write_parquet

    arrow = {str: DataType.string(), int: DataType.int64(), float: DataType.float64(), bool: DataType.bool()}
    batches = [
        RecordBatch({name: Array([row[name] for row in part], type=arrow[kind]) for name, kind in types.items()})
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
