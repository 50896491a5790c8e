"""What is shown while a pipeline starts."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from cli.pipeline import Pipeline, running
from shared.events import StageName


@contextmanager
def started(bucket: str, data: Path, scale: Mapping[StageName, int], console: Console) -> Iterator[Pipeline]:
    """A pipeline that is ready (see :func:`cli.pipeline.running`); until it is, ``console`` shows what it waits for."""
    with console.status("starting…") as status:

        def tell(lacking: str) -> None:
            status.update(f"starting… ({escape(lacking)})")

        with running(bucket, data, scale, tell) as pipeline:
            status.stop()
            yield pipeline
