"""No table at all: every figure behind its label and a colon, as accessible versions of a page are written."""

from random import Random

from tests.corpus.grid import Grid, PrintedCell


def rows(grid: Grid, rng: Random) -> list[str]:
    """A row a line: ``行政许可：本年处理决定数量5``, ``（一）予以公开：自然人4，商业企业0，…``."""
    return [line for label, figures in stated(grid) for line in [f"{label}：" + "，".join(map("".join, figures))]]


def lines(grid: Grid, rng: Random) -> list[str]:
    """A figure a line, under the label of its row."""
    return [
        line
        for label, figures in stated(grid)
        for line in (label, *(f"{column}：{figure}" for column, figure in figures))
    ]


def stated(grid: Grid) -> list[tuple[str, list[tuple[str, str]]]]:
    """For every row (or, where one line of figures serves several bands, every band): its label, and its figures with
    the labels of their columns."""
    found: list[tuple[str, list[tuple[str, str]]]] = []
    for at, row in enumerate(grid.resolved()):
        labels = list({id(slot.cell): slot.cell for slot in row if not slot.cell.is_figure}.values())
        for column, slot in enumerate(row):
            if not slot.cell.cell or slot.place != "corner":
                continue
            above = _headers(grid, at, column)
            names = [*labels, above[-1]] if labels and above else labels or above
            label = _joined(names[:-1])
            if not found or found[-1][0] != label:
                found.append((label, []))
            found[-1][1].append((_joined(names[-1:]), slot.cell.text))
    return found


def _headers(grid: Grid, row: int, column: int) -> list[PrintedCell]:
    """The labels above a figure, outermost first, each once; nearest header of its own group only."""
    resolved = grid.resolved()
    found: list[PrintedCell] = []
    for above in range(row - 1, -1, -1):
        cell = resolved[above][column].cell
        if cell.cell:
            if found:
                break
            continue
        if not found or found[0] is not cell:
            found.insert(0, cell)
    return found


def _joined(cells: list[PrintedCell]) -> str:
    """The texts of the cells, joined."""
    return "".join(cell.text.replace("\n", "") for cell in cells)
