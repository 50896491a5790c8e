"""Runs a pipeline under a Prometheus for two minutes, with a bulk, foreign files and a process that dies, and draws
the dashboard Pipeline for the README."""

import argparse
import itertools
import os
import signal
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from redis import Redis

from cli.pipeline import Pipeline
from cli.pipeline import running as pipeline_running
from cli.processes import processes
from cli.targets import FILE, write_targets
from deploy.preview.draw import Span, draw
from deploy.preview.panels import boards
from deploy.preview.prometheus import running as prometheus_running
from shared.events import INGESTED
from tests.corpus.sample import damaged, undamaged
from tests.corpus.spec import Rendered, render
from tests.corpus.strangers import STRANGERS

_SECONDS = 120
_RATE = 8
"""Documents a second, all the time."""
_BULK_AT, _BULK = 30, 600
"""When, in seconds, and how many documents are dropped at once."""
_DIES_AT = 75
"""When, in seconds, a process is killed."""
_BOARD = "gouji-pipeline"
_CHOSEN = {"installation": "data", "stage": "parse", "instance": ".*"}
"""What is chosen above the dashboard."""


def main() -> None:
    """Draws the PNG named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("picture", type=Path, nargs="?", default=Path("docs/pipeline.png"), help="the PNG")
    parser.add_argument("--seconds", type=int, default=_SECONDS, help="how long the pipeline runs")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        _run(Path(folder), options.picture, options.seconds)


def _run(folder: Path, picture: Path, seconds: int) -> None:
    bucket, data = folder / "bucket", folder / "data"
    documents = _endless(*_rendered())
    board = next(each for each in boards(**_CHOSEN, __range=f"{seconds}s", __rate_interval="15s") if each.uid == _BOARD)
    with pipeline_running(str(bucket), data, {"parse": 2}) as pipeline:
        write_targets(data, pipeline.settings.installation, pipeline.processes)
        with prometheus_running(folder, data / FILE, "1s") as prometheus:
            start = int(time.time())
            _feed(pipeline, bucket, documents, seconds)
            draw(board, prometheus, Span(start, int(time.time())), picture)
            print(picture)


def _feed(pipeline: Pipeline, bucket: Path, documents: Iterator[tuple[str, bytes]], seconds: int) -> None:
    """Drops documents into the bucket, one bulk among them, and lets a process die."""
    start = time.monotonic()
    dropped, died = 0, False
    while (now := time.monotonic() - start) < seconds:
        due = int(_RATE * now) + (_BULK if now > _BULK_AT else 0)
        for name, content in itertools.islice(documents, due - dropped):
            (bucket / name).write_bytes(content)
            dropped += 1
        if now > _DIES_AT and not died:
            died = True
            _hurt(pipeline)
        settings = pipeline.settings
        write_targets(settings.data, settings.installation, processes(settings))
        time.sleep(0.25)


def _rendered() -> tuple[list[Rendered], list[Rendered]]:
    """Reports of every kind, sound ones and damaged ones."""
    return [render(spec) for spec in undamaged(300, seed=1)], [render(spec) for spec in damaged(60, seed=1)]


def _endless(sound: list[Rendered], hurt: list[Rendered]) -> Iterator[tuple[str, bytes]]:
    """Names and contents without end, every tenth damaged and every twelfth no report at all."""
    for number in itertools.count():
        each = hurt[number // 10 % len(hurt)] if number % 10 == 9 else sound[number % len(sound)]
        if number % 12 == 5:
            stranger = STRANGERS[number // 12 % len(STRANGERS)]
            yield f"{number:06}-{stranger.name}", stranger.data
        else:
            yield f"{number:06}-{each.name}", each.data


def _hurt(pipeline: Pipeline) -> None:
    """A parse process dies, and a message that is no event arrives."""
    victim = next(process for process in processes(pipeline.settings) if process.stage == "parse")
    os.kill(victim.pid, signal.SIGKILL)
    with Redis.from_url(pipeline.settings.redis_url) as broker:
        broker.xadd(INGESTED, {"__data__": b"no event"})


if __name__ == "__main__":
    main()
