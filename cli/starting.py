"""What is shown while a pipeline starts."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console

from cli.pipeline import Pipeline, running
from cli.terminal import quoted
from shared.events import StageName


@contextmanager
def started(bucket: str, data: Path, scale: Mapping[StageName, int], console: Console) -> Iterator[Pipeline]:
    """A pipeline that is ready (see :func:`cli.pipeline.running`); until it is, ``console`` shows what it waits for:
    a terminal in one line that changes, a file or pipe in a line each time it is something else."""
    said = ""
    with console.status("starting…") as status:

        def tell(lacking: str) -> None:
            nonlocal said
            if lacking == said:
                return
            said = lacking
            if console.is_terminal:
                status.update(quoted(f"starting… ({lacking})"))
            else:
                console.print(quoted(f"starting… ({lacking})"))

        with running(bucket, data, scale, tell) as pipeline:
            status.stop()
            yield pipeline
