"""A cell a line."""

from random import Random

from tests.corpus.grid import Grid, Slot


def cell_bar(grid: Grid, rng: Random) -> list[str]:
    """Every cell ends in a bar; the bars that fill the row stand behind its last cell."""
    lines = []
    for cells in grid.dropped():
        padding = grid.width - len(cells)
        lines += [f"{cell} |" for cell in cells]
        lines[-1] += " " + "|" * padding if padding else ""
    return lines


def cell_bar_runs(grid: Grid, rng: Random) -> list[str]:
    """The bars that fill the row stand on a line of their own."""
    lines = []
    for cells in grid.dropped():
        padding = grid.width - len(cells)
        lines += [f"{cell} |" for cell in cells]
        if padding:
            lines.append("|" * padding)
    return lines


def bar_between(grid: Grid, rng: Random) -> list[str]:
    """A bar on a line of its own between cells; nothing between rows but a blank line, or not even that."""
    gap = rng.choice([[], [""]])
    view = rng.choice([grid.dropped, grid.blanked])()
    lines = []
    for cells in view:
        for cell in cells[:-1]:
            lines += [cell, "|"]
        lines += [cells[-1], *(gap or ["|"])]
    return lines


def bar_opens(grid: Grid, rng: Random) -> list[str]:
    """Every cell on its own line, opened by a bar."""
    view = rng.choice([grid.dropped, grid.blanked])()
    return [f"| {cell}" for cells in view for cell in cells]


def tab_indented(grid: Grid, rng: Random) -> list[str]:
    """Word's plain text: every cell behind a tab, a blank line after every row, line breaks inside cells kept."""
    lines = []
    for row in grid.resolved():
        kept = [slot for i, slot in enumerate(row) if slot.place == "corner" or _continues_below(row, i)]
        lines += [f"\t{slot.cell.text if slot.place == 'corner' else ''}" for slot in kept]
        lines.append("")
    return lines


def _continues_below(row: list[Slot], at: int) -> bool:
    """Whether the slot stands for a cell merged from above, counted once however wide it is."""
    return row[at].place == "down" and (at == 0 or row[at - 1].cell is not row[at].cell)


def blank_separated(grid: Grid, rng: Random) -> list[str]:
    """Cells parted by blank lines, no bar anywhere, empty cells gone."""
    return [line for cells in grid.dropped() for cell in cells if cell.strip() for line in (cell, "")]


def bare(grid: Grid, rng: Random) -> list[str]:
    """A cell a line and nothing else, as copied from a browser."""
    return [cell for cells in grid.dropped() for cell in cells if cell.strip()]


def column_major(grid: Grid, rng: Random) -> list[str]:
    """All cells of the first column, then all of the second, as some PDF extractors read a page."""
    resolved = grid.resolved()
    columns = range(grid.width)
    corners = (row[column] for column in columns for row in resolved if row[column].place == "corner")
    return [slot.cell.line for slot in corners if slot.cell.line.strip()]


def label_then_figures(grid: Grid, rng: Random) -> list[str]:
    """The labels of a row on one line, its figures on the next."""
    parting = rng.choice([" ", "\t", " | "])
    lines = []
    for row in grid.rows:
        for cells in ([cell.line for cell in row if not cell.is_figure], [cell.line for cell in row if cell.is_figure]):
            lines += [parting.join(cells)] if cells else []
    return lines
