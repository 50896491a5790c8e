"""``gouji status``: what is running, what waits, what is stored, what failed."""

import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Annotated

import typer
from rich.console import Group, RenderableType
from rich.live import Live as LiveDisplay
from rich.table import Table
from rich.text import Text

from cli.installation import DataOption, settings_of
from cli.live import Live
from cli.processes import processes
from cli.scrape import scrape, since
from cli.snapshot import STREAMS, Snapshot, take
from cli.terminal import print_json, quoted, terminal
from shared.settings import Settings

app = typer.Typer(add_completion=False)

_LOOK_SECONDS = 1.0  # chosen: rates over less are jumpy, and a person waits that long


@app.command()
def status(
    data: DataOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object, for programs.")] = False,
    watch: Annotated[bool, typer.Option(help="Keep looking: rates, backlog, latency, until Ctrl-C.")] = False,
) -> None:
    """Show what is running, what waits, what is stored, what failed."""
    settings = settings_of(data)
    if watch:
        _watch(settings)
        return
    if as_json:
        print_json(take(settings).as_json())
        return
    before = scrape(processes(settings))
    time.sleep(_LOOK_SECONDS if before.figures else 0)
    snapshot = take(settings)
    terminal().print(picture(snapshot, since(before, scrape(snapshot.processes)).settled()))


def _watch(settings: Settings) -> None:
    live = Live(settings)
    with suppress(KeyboardInterrupt), LiveDisplay(live.look(), console=terminal(), auto_refresh=False) as display:
        while True:
            time.sleep(_LOOK_SECONDS)
            display.update(live.look(), refresh=True)


def picture(snapshot: Snapshot, rates: Mapping[str, float]) -> RenderableType:
    """``snapshot`` for a person; ``rates`` are the documents a second, by stage."""
    if snapshot.reasons:
        state = quoted(f"not ready: {'; '.join(snapshot.reasons)}", "bold red")
    else:
        state = Text("ready", style="bold green")
    return Group(state, _stages(snapshot, rates), _stored(snapshot))


def _stages(snapshot: Snapshot, rates: Mapping[str, float]) -> Table:
    table = Table("stage", "processes", title="Pipeline", title_justify="left")
    for name in ("waiting", "documents/s"):
        table.add_column(name, justify="right")
    streams = snapshot.waiting.streams if snapshot.waiting else {}
    table.add_row("broker", f"{snapshot.broker or '—'}{' (hangs)' if snapshot.hung_broker else ''}")
    for stream, stage in STREAMS.items():
        found = [process for process in snapshot.processes if process.stage == stage]
        pids = ", ".join(f"{each.pid}{' (hangs)' if each in snapshot.hung else ''}" for each in found)
        rate = f"{rates[stage]:.1f}" if stage in rates else "?"
        table.add_row(stage, pids or "—", str(streams.get(stream, "?")), rate)
    return table


def _stored(snapshot: Snapshot) -> Table:
    table = Table("", "", title="Documents", title_justify="left", show_header=False)
    waiting, stored = snapshot.waiting, snapshot.stored
    if stored:
        table.add_row("reports", f"{stored.reports}, of which current {stored.current}")
        table.add_row("verdicts of current", _listed(stored.verdicts) or "none")
        findings = {f"{rule} ({severity})": number for (rule, severity), number in sorted(stored.findings.items())}
        table.add_row("findings of current", _listed(findings) or "none")
    if waiting:
        table.add_row("retries waiting", str(waiting.retries))
        table.add_row("dead letters", f"{waiting.dead_letters}{' (gouji dead list)' if waiting.dead_letters else ''}")
    for name, value in snapshot.watched.rows():
        table.add_row(name, value)
    return table


def _listed(numbers: dict[str, int]) -> str:
    return "\n".join(f"{name}: {number}" for name, number in numbers.items())
