"""``gouji show``: a stored report as the form prints it, and what is wrong with it."""

import json
import re
from typing import Annotated

import typer
from rich.table import Table
from sqlalchemy import Connection

from cli.drawing import Drawing
from cli.errors import UserError
from cli.installation import DataOption, settings_of
from cli.terminal import terminal
from shared.database import queries
from shared.database.connect import connect, reading

app = typer.Typer(add_completion=False)

_SHORTEST_ID = 4


@app.command()
def show(
    reference: Annotated[
        list[str],
        typer.Argument(metavar="REPORT", help="The start of a document id, or a (part of a) name and a year."),
    ],
    part: Annotated[
        int | None, typer.Option("--part", min=1, help="Which report of a file that holds several.")
    ] = None,
    data: DataOption = None,
    sources: Annotated[bool, typer.Option("--source", help="Show where the page states each figure.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object, for programs.")] = False,
) -> None:
    """Draw the three tables of a stored report, offending cells marked.

    For example: gouji show 3fa9, or: gouji show 独流镇 2023
    """
    with reading(connect(settings_of(data).database_url)) as connection:
        stored = queries.load(connection, find(connection, reference, part).id)
    if as_json:
        print(json.dumps(_as_json(stored), ensure_ascii=False))
        return
    console = terminal()
    console.print(_heading(stored), Drawing(stored.report, stored.findings, sources))


def find(connection: Connection, reference: list[str], part: int | None = None) -> queries.Summary:
    """The one report that ``reference`` means; raises :class:`UserError` where it means none or several."""
    said = " ".join(reference)
    found = []
    if len(reference) == 1 and re.fullmatch(rf"[0-9a-f]{{{_SHORTEST_ID},64}}", said):
        found = queries.reports_starting_with(connection, said)
    if not found:
        *names, last = reference
        year = int(last) if names and last.isdigit() else None
        authority = "".join(names if year else reference)
        found = queries.reports(connection, authority=authority, year=year)
        found = [each for each in found if each.authority == authority] or found
    found = [each for each in found if part in (None, each.part)]
    if not found:
        raise UserError(f"no report is stored under {said!r}; `gouji findings` and `gouji status` tell what is")
    if len(found) > 1:
        listed = "\n".join(f"  {_id(each)}  {each.authority} {each.year}" for each in found[:20])
        raise UserError(f"{said!r} means {len(found)} reports; name one of them by its id:\n{listed}")
    return found[0]


def _id(summary: queries.Summary) -> str:
    """How the report is named on the command line."""
    return summary.document_id[:12] + (f" --part {summary.part}" if summary.parts > 1 else "")


def _heading(stored: queries.Stored) -> Table:
    summary, report = stored.summary, stored.report
    table = Table.grid(padding=(0, 2))
    table.add_row("", f"[bold]{report.title or 'no title'}")
    table.add_row("authority", f"{report.authority or '—'}{f' ({report.level})' if report.level else ''}")
    table.add_row("year, edition", f"{report.year or '—'}, {report.edition}")
    table.add_row("verdict", f"{summary.verdict}: {summary.errors} errors, {summary.warnings} warnings")
    part = f", part {summary.part} of {summary.parts}" if summary.parts > 1 else ""
    table.add_row("document", f"{summary.document_id}{part}")
    table.add_row("files", ", ".join(stored.keys) or "none any more")
    if not summary.current:
        table.add_row("", "[yellow]a newer revision of this report is stored")
    for remark in report.remarks:
        table.add_row("remark", remark)
    return table


def _as_json(stored: queries.Stored) -> dict[str, object]:
    return {
        "keys": list(stored.keys),
        "sha256": stored.summary.document_id,
        "parts": stored.summary.parts,
        "verdict": stored.summary.verdict,
        "current": stored.summary.current,
        "stored_at": stored.summary.stored_at.isoformat(),
        "report": stored.report.model_dump(mode="json"),
        "findings": [finding.model_dump(mode="json") for finding in stored.findings],
    }
