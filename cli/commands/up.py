"""``gouji up``: everything on this machine, until Ctrl-C."""

import signal
import time
from contextlib import suppress
from pathlib import Path
from shlex import quote
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from cli import broker
from cli.errors import UserError
from cli.pipeline import Pipeline
from cli.processes import processes
from cli.starting import started
from cli.targets import write_targets
from cli.terminal import quoted, terminal
from shared.events import STAGES, StageName

app = typer.Typer(add_completion=False)

_LOOK_SECONDS = 1.0  # chosen: how late it is noticed that the supervisor is gone


@app.command()
def up(
    bucket: Annotated[
        str,
        typer.Option(help="The bucket to watch: a folder, or a URL such as s3://name/prefix.", envvar="GOUJI_BUCKET"),
    ] = "bucket",
    data: Annotated[
        Path, typer.Option(help="The folder for all state: database, broker, logs.", envvar="GOUJI_DATA")
    ] = Path("data"),
    scale: Annotated[
        list[str] | None, typer.Option(help="How many processes of a stage, such as parse=3.", metavar="STAGE=N")
    ] = None,
) -> None:
    """Start the broker and the four services on this machine, and watch the bucket.

    What dies is restarted at once. Ctrl-C stops everything. Where GOUJI_REDIS_URL is set, that server is the broker;
    where GOUJI_DATABASE_URL is set, that database is used.
    """
    counts = _counts(scale or [])
    for each in (signal.SIGINT, signal.SIGTERM):  # also where a shell started it in the background, deaf to SIGINT
        signal.signal(each, _interrupt)
    console = terminal()
    try:
        with started(bucket, data, counts, console) as pipeline:
            console.print(_welcome(pipeline))
            settings = pipeline.settings
            while True:
                pipeline.check()
                with suppress(OSError):  # the disk is full: the stages wait for room, and so does this list
                    write_targets(settings.data, settings.installation, processes(settings))
                time.sleep(_LOOK_SECONDS)
    except KeyboardInterrupt:
        console.print("stopped.")


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _counts(scale: list[str]) -> dict[StageName, int]:
    counts: dict[StageName, int] = {}
    for entry in scale:
        name, _, number = entry.partition("=")
        stage = next((each for each in STAGES if each == name), None)
        if stage is None or not number.isdigit() or int(number) < 1:
            raise UserError(f"--scale {entry}: expected STAGE=N with a stage of {', '.join(STAGES)}, such as parse=3")
        counts[stage] = int(number)
    return counts


def _welcome(pipeline: Pipeline) -> Table:
    settings = pipeline.settings
    table = Table.grid(padding=(0, 2))
    table.add_row(Text("gouji is ready", style="bold green"), "")
    table.add_row("bucket", quoted(f"{settings.bucket} (drop files here)"))
    table.add_row("data", quoted(f"{settings.data} (database, broker, log)"))
    table.add_row("broker", quoted(broker.without_password(settings.redis_url)))
    for process in pipeline.processes:
        table.add_row(process.stage, f"{process.url}/metrics")
    table.add_row("look", quoted(f"gouji status --data {quote(str(settings.data))}"))
    table.add_row("stop", "Ctrl-C")
    return table
