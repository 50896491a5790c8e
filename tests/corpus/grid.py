"""A table as a page draws it: rows of cells, some merged over rows and columns; and what extraction leaves of it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

Place = Literal["corner", "across", "down"]


@dataclass(frozen=True)
class PrintedCell:
    """A cell as printed. ``cell`` is the id of the form's cell whose figure it holds, empty for a label. ``decoy`` is
    what it holds beside ``text`` and does not show, in the manner that ``unseen`` says (see ``unseen.py``)."""

    text: str
    rowspan: int = 1
    colspan: int = 1
    cell: str = ""
    unseen: str = "none"
    decoy: str = ""

    @property
    def line(self) -> str:
        """The text on one line."""
        return " ".join(self.text.split("\n"))

    @property
    def is_figure(self) -> bool:
        """Whether it holds a figure, of the form or not."""
        return bool(self.cell) or self.text.isdigit()


class Slot(NamedTuple):
    """One square of the resolved grid: the cell that covers it, and whether it is its top left corner, lies to the
    right of it (``across``) or below (``down``)."""

    cell: PrintedCell
    place: Place


@dataclass(frozen=True)
class Grid:
    """A table: each row lists the cells that begin in it, left to right."""

    rows: tuple[tuple[PrintedCell, ...], ...]

    @property
    def width(self) -> int:
        """The number of columns, merged cells resolved."""
        return sum(cell.colspan for cell in self.rows[0])

    def resolved(self) -> list[list[Slot]]:
        """The full rectangle of slots; raises ValueError where the spans do not fill it."""
        covered: dict[tuple[int, int], Slot] = {}
        for row, cells in enumerate(self.rows):
            column = 0
            for cell in cells:
                while (row, column) in covered:
                    column += 1
                for down in range(cell.rowspan):
                    for across in range(cell.colspan):
                        place: Literal["corner", "across", "down"] = (
                            "down" if down else "across" if across else "corner"
                        )
                        covered[row + down, column + across] = Slot(cell, place)
        squares = {(row, column) for row in range(len(self.rows)) for column in range(self.width)}
        if covered.keys() != squares:
            raise ValueError("the cells of the grid do not fill its rectangle")
        return [[covered[row, column] for column in range(self.width)] for row in range(len(self.rows))]

    def blanked(self) -> list[list[str]]:
        """Rows of texts, merged cells stated once and blank where they continue."""
        return [[slot.cell.line if slot.place == "corner" else "" for slot in row] for row in self.resolved()]

    def repeated(self) -> list[list[str]]:
        """Rows of texts, merged cells repeated wherever they reach, as dataframe exports do."""
        return [[slot.cell.line for slot in row] for row in self.resolved()]

    def dropped(self) -> list[list[str]]:
        """Rows of texts, only what begins in the row: no trace of merged cells."""
        return [[cell.line for cell in row] for row in self.rows]

    def indented(self) -> list[list[str]]:
        """Rows of texts, blank where a cell above continues, dropped where a cell to the left does."""
        return [
            [slot.cell.line if slot.place == "corner" else "" for slot in _without_across(row)]
            for row in self.resolved()
        ]

    def mapped(self, change: Callable[[PrintedCell], PrintedCell]) -> "Grid":
        """The grid with every cell changed."""
        return Grid(tuple(tuple(change(cell) for cell in row) for row in self.rows))

    def with_labels(self, change: Callable[[str], str]) -> "Grid":
        """The grid with the text of every label changed."""
        return self.mapped(lambda cell: cell if cell.cell else replace(cell, text=change(cell.text)))

    def with_texts(self, change: Callable[[str], str]) -> "Grid":
        """The grid with every text changed."""
        return self.mapped(lambda cell: replace(cell, text=change(cell.text)))


def _without_across(row: list[Slot]) -> list[Slot]:
    """The slots of a row, with a cell merged over several columns taken once, in this row or a row below."""
    kept: list[Slot] = []
    for slot in row:
        if slot.place == "across" or (slot.place == "down" and kept and kept[-1].cell is slot.cell):
            continue
        kept.append(slot)
    return kept
