"""A row a line, its cells parted by tabs."""

from random import Random

from tests.corpus.grid import Grid


def blank_rows(grid: Grid, rng: Random) -> list[str]:
    """As copied from a spreadsheet: merged cells leave empty ones."""
    return ["\t".join(cells) for cells in grid.blanked()]


def dropped_rows(grid: Grid, rng: Random) -> list[str]:
    """Merged cells leave nothing."""
    return ["\t".join(cells) for cells in grid.dropped()]


def shifted_rows(grid: Grid, rng: Random) -> list[str]:
    """Empty cells before the first label kept, the others swept to the end of the row, whose tail so is shifted."""
    lines = []
    for cells in grid.indented():
        leading = next((i for i, cell in enumerate(cells) if cell), 0)
        stated = ["" for _ in range(leading)] + cells[leading:]
        lines.append("\t".join(stated + [""] * (grid.width - len(stated))))
    return lines
