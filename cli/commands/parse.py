"""``gouji parse``: ingest, parse and validate as plain functions, for one file or a thousand."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.checked import STANDARD_INPUT, Checked, check_file
from cli.terminal import complain, print_json, visible

app = typer.Typer(add_completion=False)


@app.command()
def parse(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE", help="The files to read; - is standard input.", show_default=False),
    ],
) -> None:
    """Read and check files without broker or database; one JSON object a line.

    The lines come in the order of the arguments: what the file says ("report"), or why it is no report
    ("rejection"), and what the rules found ("findings"). A file that holds several reports gets a line for each
    ("part"). Exits 0 when every file got its lines.
    """
    missing = 0
    for file in files:
        if file.is_file() or file == STANDARD_INPUT:
            for line in parse_file(file):
                print_json(line)
        else:
            missing += 1
            complain(f"{visible(file)} is no file")
    if missing:
        raise typer.Exit(1)


def parse_file(file: Path) -> Iterator[dict[str, Any]]:
    """The outcome of one file, or of each report it holds, as the contract in the README describes it."""
    for checked in check_file(file):
        yield _line(checked)


def _line(checked: Checked) -> dict[str, Any]:
    judgement, rejected = checked.judgement, checked.rejected
    return {
        "source": checked.source,
        "sha256": checked.sha256,
        "part": checked.part,
        "outcome": "rejected" if rejected else "parsed",
        "rejection": rejected and {"code": rejected.code, "detail": rejected.detail},
        "report": checked.report and checked.report.model_dump(mode="json"),
        "findings": [finding.model_dump(mode="json") for finding in judgement.findings] if judgement else [],
        "diagnoses": [found.model_dump(mode="json") for found in judgement.diagnoses] if judgement else [],
        "verdict": judgement and judgement.verdict,
    }
