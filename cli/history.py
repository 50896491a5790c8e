"""Draws what happened to a document, passage by passage."""

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from cli.terminal import quoted
from shared.events import Passage

_STYLES = {"forwarded": "green", "retried": "yellow", "replayed": "cyan", "rejected": "red", "dead": "bold red"}


def history(passages: Sequence[Passage]) -> Table:
    """A row a passage, in order of time; times are local."""
    table = Table()
    for header in ("when", "stage", "part", "outcome", "took", "consumer", "version", "detail"):
        table.add_column(header, overflow="fold")  # a narrow terminal must not hide the reason
    for passage in sorted(passages, key=lambda passage: passage.started):
        table.add_row(
            f"{passage.started.astimezone():%Y-%m-%d %H:%M:%S.%f}"[:-3],
            passage.stage,
            str(passage.part or ""),
            Text(passage.outcome, style=_STYLES[passage.outcome]),
            f"{passage.took * 1000:.1f} ms",
            quoted(passage.consumer),
            quoted(passage.version),
            quoted(passage.detail),
        )
    return table
