"""Draws what happened to a document, step by step."""

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from cli.terminal import quoted
from shared.events import ProcessingStep

_STYLES = {"forwarded": "green", "retried": "yellow", "replayed": "cyan", "rejected": "red", "dead": "bold red"}


def history(passages: Sequence[ProcessingStep]) -> Table:
    """A row a step, in order of time; times are local."""
    table = Table()
    for header in ("when", "stage", "part", "outcome", "took", "consumer", "version", "detail"):
        table.add_column(header, overflow="fold")  # a narrow terminal must not hide the reason
    for step in sorted(passages, key=lambda step: step.started):
        table.add_row(
            f"{step.started.astimezone():%Y-%m-%d %H:%M:%S.%f}"[:-3],
            step.stage,
            str(step.part or ""),
            Text(step.outcome, style=_STYLES[step.outcome]),
            f"{step.took * 1000:.1f} ms",
            quoted(step.consumer),
            quoted(step.version),
            quoted(step.detail),
        )
    return table
