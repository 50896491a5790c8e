"""``gouji show``: a stored report as the form prints it, and what is wrong with it."""

from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from cli.drawing import Drawing
from cli.installation import DataOption, settings_of
from cli.presence import Presence
from cli.reference import find_report
from cli.terminal import print_json, quoted, terminal
from cli.wording import counted
from shared.database import queries
from shared.database.connect import connect, reading

app = typer.Typer(add_completion=False)


@app.command()
def show(
    reference: Annotated[
        list[str],
        typer.Argument(
            metavar="REPORT", help="The start of a document id, a file's name, or a (part of a) name and a year."
        ),
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
    settings = settings_of(data)
    with reading(connect(settings.database_url)) as connection:
        stored = queries.load(connection, find_report(connection, reference, part).id)
    presence = Presence(settings)
    if as_json:
        print_json(_as_json(stored, presence))
        return
    console = terminal()
    slips = [quoted(f"诊断：{found.message}", "bold") for found in stored.diagnoses]
    console.print(_heading(stored, presence), *slips, Drawing(stored.report, stored.findings, sources))


def _heading(stored: queries.Stored, presence: Presence) -> Table:
    summary, report = stored.summary, stored.report
    table = Table.grid(padding=(0, 2))
    table.add_row("", quoted(report.title or "no title", "bold"))
    table.add_row("authority", quoted(f"{report.authority or '—'}{f' ({report.level})' if report.level else ''}"))
    table.add_row("year, edition", f"{report.year or '—'}, {report.edition}")
    found = f"{counted(summary.errors, 'error')}, {counted(summary.warnings, 'warning')}"
    table.add_row("verdict", f"{summary.verdict}: {found}")
    part = f", part {summary.part} of {summary.parts}" if summary.parts > 1 else ""
    table.add_row("document", f"{summary.document_id}{part}")
    files = [presence.marked(key) for key in stored.keys]
    table.add_row("files", Text(", ").join(files) if files else "none any more: each was overwritten")
    if not summary.current:
        table.add_row("", Text("a newer revision of this report is stored", style="yellow"))
    for remark in report.remarks:
        table.add_row("remark", quoted(remark))
    return table


def _as_json(stored: queries.Stored, presence: Presence) -> dict[str, object]:
    return {
        "keys": list(stored.keys),
        "gone": [key for key in stored.keys if presence.gone(key)],
        "sha256": stored.summary.document_id,
        "parts": stored.summary.parts,
        "verdict": stored.summary.verdict,
        "current": stored.summary.current,
        "stored_at": stored.summary.stored_at.isoformat(),
        "report": stored.report.model_dump(mode="json"),
        "diagnoses": [found.model_dump(mode="json") for found in stored.diagnoses],
        "findings": [finding.model_dump(mode="json") for finding in stored.findings],
    }
