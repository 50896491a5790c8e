"""``gouji parse``: ingest, parse and validate as plain functions, for one file or a thousand."""

import hashlib
import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from services.ingest.read import read_document
from services.parse.recognise import recognise
from services.validate.judge import judge
from shared.errors import Rejected
from shared.limits import MAX_OBJECT_BYTES

app = typer.Typer()


@app.command()
def parse(files: Annotated[list[Path], typer.Argument(help="The files to read.", show_default=False)]) -> None:
    """Read and check files without broker or database; one JSON object a line.

    The lines come in the order of the arguments: what the file says ("report"), or why it is no report
    ("rejection"), and what the rules found ("findings"). Exits 0 when every file got its line.
    """
    missing = [file for file in files if not file.is_file()]
    for file in files:
        if file in missing:
            print(f"gouji: {file} is not a file that can be read", file=sys.stderr)
        else:
            print(json.dumps(parse_file(file), ensure_ascii=False), flush=True)
    if missing:
        raise typer.Exit(1)


def parse_file(file: Path) -> dict[str, Any]:
    """The outcome of one file, as the contract in the README describes it."""
    digest = hashlib.sha256()
    with file.open("rb") as opened:
        data = opened.read(MAX_OBJECT_BYTES + 1)
        digest.update(data)
        while chunk := opened.read(1024 * 1024):
            digest.update(chunk)
    outcome: dict[str, Any] = {"source": str(file), "sha256": digest.hexdigest()}
    try:
        if len(data) > MAX_OBJECT_BYTES:
            raise Rejected("too_large", f"larger than {MAX_OBJECT_BYTES} bytes")
        report = recognise(read_document(data, file.name))
    except Rejected as rejected:
        rejection = {"code": rejected.code, "detail": rejected.detail}
        return outcome | {"outcome": "rejected", "rejection": rejection, "report": None, "findings": []}
    judgement = judge(report)
    return outcome | {
        "outcome": "parsed",
        "rejection": None,
        "report": report.model_dump(mode="json"),
        "findings": [finding.model_dump(mode="json") for finding in judgement.findings],
    }
