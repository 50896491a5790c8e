"""``gouji run``: a folder through the real pipeline, once."""

import time
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from redis import Redis
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from cli.errors import UserError
from cli.installation import settings_with
from cli.outcomes import Outcomes
from cli.pipeline import Pipeline
from cli.snapshot import waiting_in
from cli.starting import started
from cli.terminal import terminal
from cli.watched import by_reason
from services.ingest.bucket import Bucket, PassedOver, open_bucket
from shared.database.connect import connect, reading
from shared.database.queries import count_reports
from shared.errors import Unavailable
from shared.settings import Settings
from shared.stage.keys import NOTICED_ETAGS

app = typer.Typer(add_completion=False)

_LOOK_SECONDS = 0.2  # chosen: a bar that moves five times a second looks smooth


@app.command()
def run(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="The folder (or bucket) to process.")],
    data: Annotated[Path, typer.Option(help="The folder for all state.", envvar="GOUJI_DATA")] = Path("data"),
) -> None:
    """Send every file of a folder through the pipeline, print a summary, exit.

    The same processes as under `gouji up`, started for this and stopped again. What is stored already is not stored
    again.
    """
    if "://" not in folder and not Path(folder).is_dir():
        raise UserError(f"{folder} is not a folder")
    console = terminal()
    before = _stored(settings_with(bucket=folder, data=data.absolute()))
    with started(folder, data, {}, console) as pipeline:
        bucket = open_bucket(folder)
        keys = _follow(pipeline, bucket, console)
        outcomes = Outcomes(pipeline.settings, keys)
        if keys:
            console.print(outcomes.table())
        console.print(f"{outcomes.summary()}, newly stored: {_stored(pipeline.settings) - before}")
        if passed_over := Counter[str](entry.reason for entry in bucket.entries() if isinstance(entry, PassedOver)):
            told = f"passed over: {by_reason(passed_over)} (gouji reconcile --dry-run --passed-over --data {data})"
            console.print(told, markup=False)


def _stored(settings: Settings) -> int:
    try:
        with reading(connect(settings.database_url)) as connection:
            return count_reports(connection)
    except Unavailable:
        return 0


def _follow(pipeline: Pipeline, bucket: Bucket, console: Console) -> list[str]:
    """Waits until every object of the bucket is stored or a dead letter; returns their keys."""
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("processing")
        listed, objects = float("-inf"), dict[str, str]()
        while True:
            pipeline.check()
            if time.monotonic() - listed > pipeline.settings.poll_seconds:  # a file may change, or go, meanwhile
                listed, objects = time.monotonic(), {found.key: found.etag for found in bucket.objects()}
            to_do = _to_do(pipeline.settings, objects)
            progress.update(task, total=len(objects), completed=max(0, len(objects) - to_do))
            if to_do == 0:
                return list(objects)
            time.sleep(_LOOK_SECONDS)


def _to_do(settings: Settings, objects: dict[str, str]) -> int:
    """How many of ``objects`` (etags by key) are still to be noticed, or on their way; each message is in exactly one
    place at every instant."""
    with Redis.from_url(settings.redis_url, decode_responses=True) as client:
        noticed: list[str | None] = client.hmget(NOTICED_ETAGS, list(objects)) if objects else []
    unseen: int = sum(seen != etag for seen, etag in zip(noticed, objects.values(), strict=True))
    waiting = waiting_in(settings)
    return unseen + (waiting.backlog if waiting else 1)
