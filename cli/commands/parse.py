"""``gouji parse``: ingest, parse and validate as plain functions, for one file or a thousand."""

from pathlib import Path
from typing import Annotated, Any

import typer

from cli.checked import STANDARD_INPUT, check_file
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
    ("rejection"), and what the rules found ("findings"). Exits 0 when every file got its line.
    """
    missing = 0
    for file in files:
        if file.is_file() or file == STANDARD_INPUT:
            print_json(parse_file(file))
        else:
            missing += 1
            complain(f"{visible(file)} is no file")
    if missing:
        raise typer.Exit(1)


def parse_file(file: Path) -> dict[str, Any]:
    """The outcome of one file, as the contract in the README describes it."""
    checked = check_file(file)
    outcome: dict[str, Any] = {"source": checked.source, "sha256": checked.sha256}
    if checked.rejected:
        rejection = {"code": checked.rejected.code, "detail": checked.rejected.detail}
        return outcome | {"outcome": "rejected", "rejection": rejection, "report": None, "findings": []}
    return outcome | {
        "outcome": "parsed",
        "rejection": None,
        "report": checked.report and checked.report.model_dump(mode="json"),
        "findings": [finding.model_dump(mode="json") for finding in checked.judgement.findings]
        if checked.judgement
        else [],
    }
