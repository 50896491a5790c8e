"""The text layer of a PDF, read line by line across the page.

A narrow column wraps its label over several lines, centred beside its figures; the label of a merged cell is centred
on all its rows, and so drifts between theirs.
"""

from random import Random

from tests.corpus.grid import Grid, PrintedCell

_LABEL_CHARACTERS = 14
_GROUP_CHARACTERS = 5
_FIGURE_CHARACTERS = 7


def raw(grid: Grid, rng: Random) -> list[str]:
    """One space between the pieces of a line."""
    return [" ".join(piece for _, piece in line) for line in _lines(grid)]


def aligned(grid: Grid, rng: Random) -> list[str]:
    """Pieces at their place across the page, as ``pdftotext -layout`` keeps it."""
    lines = []
    for pieces in _lines(grid):
        text = ""
        for column, piece in pieces:
            at = column * 10
            text = text + "  " + piece if text and len(text) + 2 > at else text.ljust(at) + piece
        lines.append(text)
    return lines


def paged(grid: Grid, rng: Random) -> list[str]:
    """Raw lines, with the foot of a page inside the table."""
    lines = raw(grid, rng)
    if len(lines) > 4:
        at = rng.randint(2, len(lines) - 2)
        number = rng.randint(2, 9)
        lines[at:at] = rng.choice(
            [[f"— {number} —"], [f"- {number} -"], ["", f"— {number} —", ""], [f"第 {number} 页"]]
        )
    return lines


def _lines(grid: Grid) -> list[list[tuple[int, str]]]:
    """The lines of the table, each the (column, text) of its pieces from left to right."""
    resolved = grid.resolved()
    heights = [max(len(_wrapped(cell)) if cell.rowspan == 1 else 1 for cell in row) for row in grid.rows]
    tops = [sum(heights[:row]) for row in range(len(heights))]
    lines: list[list[tuple[int, str]]] = [[] for _ in range(sum(heights))]
    for row, slots in enumerate(resolved):
        for column, slot in enumerate(slots):
            if slot.place != "corner" or not slot.cell.text.strip():
                continue
            pieces = _wrapped(slot.cell)
            height = sum(heights[row : row + slot.cell.rowspan])
            top = tops[row] + max(0, (height - len(pieces)) // 2)
            for line, piece in zip(range(top, len(lines)), pieces, strict=False):
                lines[line].append((column, piece))
    return [sorted(line, key=lambda piece: piece[0]) for line in lines if line]


def _wrapped(cell: PrintedCell) -> list[str]:
    """The text of a cell on the lines that its width allows."""
    if cell.cell:
        return [cell.text]
    characters = _GROUP_CHARACTERS if cell.rowspan > 1 else min(_FIGURE_CHARACTERS * cell.colspan, 40)
    if cell.colspan == 1 and cell.rowspan == 1 and len(cell.text) > _FIGURE_CHARACTERS:
        characters = _LABEL_CHARACTERS
    pieces = [line[i : i + characters] for line in cell.text.split("\n") for i in range(0, len(line), characters)]
    return pieces or [""]
