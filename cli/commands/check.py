"""``gouji check``: an office checks its own draft, or CI a folder of them."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.checked import Checked, check_file
from cli.judgement_view import JudgementView
from cli.sarif import sarif
from cli.terminal import complain, print_json, terminal
from shared.report import Report

app = typer.Typer(add_completion=False)

CLEAN, FOUND, UNREADABLE = 0, 1, 2
"""Exit codes, as linters have them."""


class Format(StrEnum):
    """How the outcome is written: for a person, one JSON object a line, or SARIF 2.1.0 for code hosts and editors."""

    text = "text"
    json = "json"
    sarif = "sarif"


@app.command()
def check(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE", help="Drafts, reports, folders of them; - is standard input.", show_default=False
        ),
    ],
    form: Annotated[
        Format, typer.Option("--format", help="text for a person, json or sarif for programs.")
    ] = Format.text,
    last_year: Annotated[
        Path | None, typer.Option("--last-year", help="The report of the year before: does this one follow from it?")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 on warnings too.")] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Also list what the prose claims and the tables confirm.")
    ] = False,
) -> None:
    """Check files before they are published: what is wrong, where, and why.

    Exits with 0 where no relation is broken, 1 where one is (with --strict: on any finding), 2 where a file could not
    be read as a report, or there was none. For example: gouji check 年报.docx
    """
    before = _reports_of(last_year) if last_year else []
    checked = (one for file in _in_folders(files) for one in check_file(file, before))
    if form is Format.sarif:
        every = list(checked)
        print_json(sarif(every), indent=2)
    else:
        every = _written(checked, form, verbose)
    raise typer.Exit(_exit_code(every, strict))


def _reports_of(file: Path) -> list[Report]:
    """The reports in ``file``; raises typer.BadParameter (exit code 2) where there is none."""
    checked = list(check_file(file))
    reports = [one.report for one in checked if one.report]
    if not reports:
        why = checked[0].rejected.detail if checked[0].rejected else ""
        raise typer.BadParameter(f"{file} cannot be read as a report. {why}", param_hint="--last-year")
    return reports


def _in_folders(paths: Iterable[Path]) -> Iterator[Path]:
    """The files named, and those in the folders named, hidden ones left out."""
    for path in paths:
        if path.is_dir():
            yield from sorted(
                file for file in path.rglob("*") if file.is_file() and not file.name.startswith((".", "~"))
            )
        else:
            yield path


def _written(checked: Iterable[Checked], form: Format, verbose: bool) -> list[Checked]:
    """Writes each outcome as soon as it is known."""
    console = terminal()
    every = []
    for one in checked:
        if form is Format.json:
            print_json(_as_json(one))
        else:
            console.print(JudgementView(one, verbose))
        every.append(one)
    return every


def _as_json(checked: Checked) -> dict[str, Any]:
    """The outcome of one file: as of ``gouji parse``, with the judgement instead of the report."""
    rejected, judgement = checked.rejected, checked.judgement
    report = checked.report and checked.report.model_dump(
        mode="json", include={"title", "authority", "year", "edition"}
    )
    return {
        "source": checked.source,
        "sha256": checked.sha256,
        "part": checked.part,
        "outcome": "rejected" if rejected else "parsed",
        "rejection": rejected and {"code": rejected.code, "detail": rejected.detail},
        "report": report,
        "judgement": judgement and judgement.model_dump(mode="json"),
    }


def _exit_code(every: list[Checked], strict: bool) -> int:
    if not every:
        complain("there are no files in what was named; nothing was checked")
    if not every or any(one.rejected for one in every):
        return UNREADABLE
    findings = [finding for one in every if one.judgement for finding in one.judgement.findings]
    return FOUND if any(strict or finding.severity == "error" for finding in findings) else CLEAN
