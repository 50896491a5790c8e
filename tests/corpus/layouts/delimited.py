"""A row a line, its cells parted by spaces, commas or semicolons."""

import csv
import io
from random import Random

from tests.corpus.grid import Grid


def spaces(grid: Grid, rng: Random) -> list[str]:
    """Two or more spaces between cells."""
    return [rng.choice(["  ", "    "]).join(filter(None, cells)) for cells in grid.dropped()]


def single_spaces(grid: Grid, rng: Random) -> list[str]:
    """One space between cells."""
    return [" ".join(filter(None, cells)) for cells in grid.dropped()]


def commas(grid: Grid, rng: Random) -> list[str]:
    """Comma-separated values, quoted where a cell holds a comma."""
    return _csv(grid, ",", rng)


def semicolons(grid: Grid, rng: Random) -> list[str]:
    """The same with semicolons."""
    return _csv(grid, ";", rng)


def _csv(grid: Grid, delimiter: str, rng: Random) -> list[str]:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter, lineterminator="\n").writerows(rng.choice([grid.blanked, grid.dropped])())
    return buffer.getvalue().splitlines()


def one_line(grid: Grid, rng: Random) -> list[str]:
    """The whole table on one line, as text copied without its line breaks."""
    return [" ".join(cell for cells in grid.dropped() for cell in cells if cell.strip())]


def one_line_bars(grid: Grid, rng: Random) -> list[str]:
    """The same with bars between the cells."""
    return [" ".join("| " + " | ".join(cells) + " |" for cells in grid.dropped())]


def entities(grid: Grid, rng: Random) -> list[str]:
    """Bars, and spaces that are still written as HTML writes them."""
    return [" | ".join(f"&nbsp;{cell}&nbsp;" for cell in cells) for cells in grid.blanked()]
