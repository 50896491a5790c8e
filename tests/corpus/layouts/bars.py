"""A row a line, its cells parted by bars."""

from random import Random

from tests.corpus.grid import Grid


def padded_rows(grid: Grid, rng: Random) -> list[str]:
    """Merged cells dropped, the line filled up to the width of the table: ``行政许可 | 5 | ||``."""
    lines = []
    for cells in grid.dropped():
        padding = grid.width - len(cells)
        lines.append(" | ".join(cells) + " |" + (" " + "|" * padding if padding else ""))
    return lines


def dropped_rows(grid: Grid, rng: Random) -> list[str]:
    """Merged cells dropped without a trace."""
    ending = rng.choice(["", " |"])
    return [" | ".join(cells) + ending for cells in grid.dropped()]


def blank_rows(grid: Grid, rng: Random) -> list[str]:
    """Merged cells left as empty bars."""
    return [" | ".join(cells) for cells in grid.blanked()]


def opened_rows(grid: Grid, rng: Random) -> list[str]:
    """Rows opened by a bar, and mostly closed by one."""
    ending = rng.choice([" |", ""])
    view = rng.choice([grid.dropped, grid.blanked, grid.indented])()
    return ["| " + " | ".join(cells) + ending for cells in view]


def wrapped_header_rows(grid: Grid, rng: Random) -> list[str]:
    """A header whose cells hold a line break becomes two lines: ``商业 | 科研``, then ``企业 | 机构``."""
    lines = []
    for cells in grid.rows:
        halves = [cell.text.split("\n") for cell in cells]
        if max(map(len, halves)) < 2:
            lines.append(" | ".join(cell.text for cell in cells))
            continue
        lines.append(" | ".join(half[0] for half in halves))
        lines.append(" | ".join(half[1] for half in halves if len(half) > 1))
    return lines


def repeated_header_rows(grid: Grid, rng: Random) -> list[str]:
    """The header stands again where a page ended inside the table."""
    lines = padded_rows(grid, rng)
    header = next(i for i, row in enumerate(grid.rows) if any(cell.cell for cell in row))
    if len(grid.rows) - header < 12:  # not the matrix: its header is no header of all rows
        return lines
    at = rng.randint(header + 1, len(lines) - 1)
    return [*lines[:at], *lines[:header], *lines[at:]]


def rows_with_page_numbers(grid: Grid, rng: Random) -> list[str]:
    """Page numbers stand between the rows."""
    lines = padded_rows(grid, rng)
    for _ in range(rng.randint(1, 3)):
        number = rng.randint(1, 9)
        mark = rng.choice([f"— {number} —", f"- {number} -", f"第 {number} 页 共 9 页", f"—{number}—", f"第{number}页"])
        at = rng.randint(1, len(lines) - 1)
        lines[at:at] = rng.choice([[mark], ["", mark, ""]])
    return lines


def tight_rows(grid: Grid, rng: Random) -> list[str]:
    """No space round the bars."""
    view = rng.choice([grid.dropped, grid.blanked])()
    return ["|".join(cells) for cells in view]


def fullwidth_rows(grid: Grid, rng: Random) -> list[str]:
    """Full-width bars."""
    view = rng.choice([grid.dropped, grid.blanked])()
    return ["｜".join(cells) for cells in view]


def repeated_rows(grid: Grid, rng: Random) -> list[str]:
    """The text of a merged cell repeated in every square it covers, figures included."""
    return [" | ".join(cells) for cells in grid.repeated()]


def box_drawing(grid: Grid, rng: Random) -> list[str]:
    """Borders drawn with box characters."""
    rule = "─" * 6
    lines = ["┌" + "┬".join([rule] * grid.width) + "┐"]
    for cells in grid.blanked():
        lines += ["│ " + " │ ".join(cells) + " │", "├" + "┼".join([rule] * grid.width) + "┤"]
    lines[-1] = "└" + "┴".join([rule] * grid.width) + "┘"
    return lines


def ascii_grid(grid: Grid, rng: Random) -> list[str]:
    """Borders of plus, minus and bar, as terminal tools print tables."""
    rule = "+" + "+".join(["------"] * grid.width) + "+"
    lines = [rule]
    for cells in grid.blanked():
        lines += ["| " + " | ".join(cells) + " |", rule]
    return lines
