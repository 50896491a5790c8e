"""Markdown tables."""

from random import Random

from tests.corpus.grid import Grid


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _rule(width: int) -> str:
    return "|" + " --- |" * width


def table(grid: Grid, rng: Random) -> list[str]:
    """One table, its first row taken for the header, merged cells left blank or repeated."""
    rows = rng.choice([grid.blanked, grid.repeated])()
    return ["", _row(rows[0]), _rule(grid.width), *map(_row, rows[1:]), ""]


def row_tables(grid: Grid, rng: Random) -> list[str]:
    """One small table a row, each under an invented header."""
    header = rng.choice(["列{}", "Column {}", "Unnamed: {}", " "])
    lines = []
    for cells in rng.choice([grid.blanked, grid.dropped])():
        names = [header.format(i) for i in range(1, len(cells) + 1)]
        lines += ["", _row(names), _rule(len(cells)), _row(cells)]
    return [*lines, ""]


def numbered_row_tables(grid: Grid, rng: Random) -> list[str]:
    """The same where the invented header numbers the columns: digits that are no figures."""
    lines = []
    for cells in grid.blanked():
        lines += ["", _row([str(i) for i in range(len(cells))]), _rule(len(cells)), _row(cells)]
    return [*lines, ""]
