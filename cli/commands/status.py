"""``gouji status``: what is running, what waits, what is stored, what failed."""

import json
from typing import Annotated

import typer
from rich.console import Console, Group, RenderableType
from rich.table import Table

from cli.installation import DataOption, settings_of
from cli.snapshot import STREAMS, Snapshot, take

app = typer.Typer()


@app.command()
def status(
    data: DataOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object, for programs.")] = False,
) -> None:
    """Show what is running, what waits, what is stored, what failed."""
    snapshot = take(settings_of(data))
    if as_json:
        print(json.dumps(snapshot.as_json(), ensure_ascii=False))
    else:
        Console().print(picture(snapshot))


def picture(snapshot: Snapshot) -> RenderableType:
    """``snapshot`` for a person."""
    state = "[bold green]ready" if not snapshot.reasons else "[bold red]not ready: " + "; ".join(snapshot.reasons)
    return Group(state, _stages(snapshot), _stored(snapshot))


def _stages(snapshot: Snapshot) -> Table:
    table = Table("stage", "processes", "waiting", title="Pipeline", title_justify="left")
    streams = snapshot.waiting.streams if snapshot.waiting else {}
    table.add_row("broker", str(snapshot.broker or "—"), "")
    for stream, stage in STREAMS.items():
        pids = ", ".join(str(process.pid) for process in snapshot.processes if process.stage == stage)
        table.add_row(stage, pids or "—", str(streams.get(stream, "?")))
    return table


def _stored(snapshot: Snapshot) -> Table:
    table = Table("", "", title="Documents", title_justify="left", show_header=False)
    waiting, stored = snapshot.waiting, snapshot.stored
    if stored:
        table.add_row("reports", f"{stored.reports}, of which current {stored.current}")
        table.add_row("verdicts", _listed(stored.verdicts) or "none")
        findings = {f"{rule} ({severity})": number for (rule, severity), number in sorted(stored.findings.items())}
        table.add_row("findings", _listed(findings) or "none")
    if waiting:
        table.add_row("retries waiting", str(waiting.retries))
        table.add_row("dead letters", f"{waiting.dead_letters}{' (gouji dead list)' if waiting.dead_letters else ''}")
    return table


def _listed(numbers: dict[str, int]) -> str:
    return "\n".join(f"{name}: {number}" for name, number in numbers.items())
