"""``gouji parse``: ingest, parse and validate as plain functions, for one file or a thousand."""

import hashlib
import json
import os
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Any, cast

import typer

from services.ingest.read import read_document
from services.parse.recognise import recognise
from services.validate.judge import judge
from shared.errors import Rejected
from shared.limits import MAX_OBJECT_BYTES

app = typer.Typer()

_HASHED_BYTES = 1024**3
"""Larger files are not even hashed: a hostile one must be refused within seconds."""


@app.command()
def parse(files: Annotated[list[Path], typer.Argument(help="The files to read.", show_default=False)]) -> None:
    """Read and check files without broker or database; one JSON object a line.

    The lines come in the order of the arguments: what the file says ("report"), or why it is no report
    ("rejection"), and what the rules found ("findings"). Exits 0 when every file got its line.
    """
    # A path may hold bytes that are no Unicode: escaped like this they are still JSON.
    cast(TextIOWrapper, sys.stdout).reconfigure(encoding="utf-8", errors="backslashreplace")
    missing = 0
    for file in files:
        if file.is_file():
            print(json.dumps(parse_file(file), ensure_ascii=False), flush=True)
        else:
            missing += 1
            print(f"gouji: {file} is no file", file=sys.stderr)
    if missing:
        raise typer.Exit(1)


def parse_file(file: Path) -> dict[str, Any]:
    """The outcome of one file, as the contract in the README describes it. A fault of gouji's own is said on standard
    error and is an outcome too (``unreadable``), so that it costs the other files nothing."""
    outcome: dict[str, Any] = {"source": str(file), "sha256": None}
    try:
        data, outcome["sha256"] = _read(file)
        report = recognise(read_document(data, file.name))
        judgement = judge(report)
    except Rejected as rejected:
        return outcome | {"sha256": outcome["sha256"] or rejected.document_id} | _rejection(rejected)
    except Exception as error:
        print(f"gouji: {file}: {type(error).__name__}: {error}", file=sys.stderr)
        fault = f"A fault of gouji, not of the file ({type(error).__name__}); please report it."
        return outcome | _rejection(Rejected("unreadable", fault))
    return outcome | {
        "outcome": "parsed",
        "rejection": None,
        "report": report.model_dump(mode="json"),
        "findings": [finding.model_dump(mode="json") for finding in judgement.findings],
    }


def _read(file: Path) -> tuple[bytes, str]:
    """The bytes of ``file`` and their SHA-256; raises Rejected (``too_large``, ``unreadable``)."""
    try:
        with file.open("rb") as opened:
            size = os.fstat(opened.fileno()).st_size
            digest = hashlib.file_digest(opened, "sha256").hexdigest() if size <= _HASHED_BYTES else None
            opened.seek(0)
            data = opened.read(MAX_OBJECT_BYTES + 1)
    except OSError as error:
        raise Rejected("unreadable", f"The file cannot be opened: {error.strerror}.") from error
    if len(data) > MAX_OBJECT_BYTES or digest is None:
        rejected = Rejected("too_large", f"The file is larger than {MAX_OBJECT_BYTES} bytes.")
        rejected.document_id = digest
        raise rejected
    return data, digest


def _rejection(rejected: Rejected) -> dict[str, Any]:
    rejection = {"code": rejected.code, "detail": rejected.detail}
    return {"outcome": "rejected", "rejection": rejection, "report": None, "findings": []}
