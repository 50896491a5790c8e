"""Where commands print for people."""

import os
import sys

from rich.console import Console

_UNBROKEN = 10_000


def terminal(*, stderr: bool = False) -> Console:
    """The terminal. What goes into a pipe or a file instead is not broken into lines of 80 characters, lest ``grep``
    miss a name or half a figure be taken for one; ``COLUMNS`` says otherwise."""
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() or "COLUMNS" in os.environ else _UNBROKEN
    return Console(stderr=stderr, width=width, highlight=False)
