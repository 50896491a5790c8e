"""A page drawn cell by cell on paper of any format, so that its geometry is what we want it to be.

Lengths are in points, y runs up from the foot of the sheet.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field, replace
from random import Random
from typing import Literal

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont

from tests.corpus.grid import Grid, PrintedCell, Slot
from tests.corpus.page import Line, Page
from tests.framed_font import embedded_font

WIDTH = 595.0
_SIZE = 9.0
_LEADING = 12.0
_MARGIN = 40.0
_MARK = 5.0  # points; the size of the mark of a note, and how much higher it stands
_RAISED = 4.0


class Paper(ABC):
    """What a format draws with. ``font`` is one that reportlab knows the widths of."""

    font: str = ""

    @abstractmethod
    def begin(self, height: float) -> None:
        """Begins a sheet."""

    @abstractmethod
    def end(self) -> None:
        """Ends the sheet."""

    @abstractmethod
    def string(self, text: str, left: float, y: float, size: float) -> None:
        """Writes in black."""

    @abstractmethod
    def hidden(self, text: str, left: float, y: float, size: float) -> None:
        """Writes so that nobody sees it, in any of the ways that the format has."""

    @abstractmethod
    def watermark(self, text: str, left: float, y: float, size: float) -> None:
        """Writes large, askew and in light grey."""

    @abstractmethod
    def frame(self, left: float, bottom: float, right: float, top: float) -> None:
        """Draws the sides of a box."""

    @abstractmethod
    def line(self, left: float, bottom: float, right: float, top: float) -> None:
        """Draws a line from one corner to the opposite one."""

    @abstractmethod
    def cover(self, left: float, bottom: float, right: float, top: float) -> None:
        """Paints a box white."""

    @abstractmethod
    def saved(self) -> bytes:
        """The file."""


def readers_font() -> str:
    """A font of the reader's own: nothing is embedded, the text layer is all that counts."""
    name = "STSong-Light"
    pdfmetrics.registerFont(UnicodeCIDFont(name))
    return name


@dataclass
class Writer:
    """Writes a page on ``paper``, in sheets ``height`` points high; ``rules`` are the borders of tables that it draws,
    ``top`` sets merged labels at the top of their cell rather than in its middle, ``heads`` repeats headers on every
    page, ``apart``
    places every character on its own, ``narrow`` is the width of the columns of figures where not all are alike,
    ``tears`` chooses a row in each table that the end of a page tears, ``stamp`` is printed across every page,
    ``twice`` prints every string again in almost the same place."""

    paper: Paper
    height: float = 842
    rules: Literal["all", "rows", "none"] = "all"
    top: bool = False
    heads: bool = False
    apart: bool = False
    narrow: float = 0
    tears: Random | None = None
    stamp: str = ""
    twice: bool = False
    _y: float = 0
    _page: int = 1
    _font: str = field(init=False)

    def write(self, page: Page) -> bytes:
        """The file."""
        self._font = self.paper.font = embedded_font() if self.apart else readers_font()
        self._open_page()
        for part in page.parts:
            if isinstance(part, Grid):
                self._table(part)
            else:
                self._paragraph(part)
        self._close_page()
        return self.paper.saved()

    def _open_page(self) -> None:
        self.paper.begin(self.height)
        self._y = self.height - _MARGIN

    def _close_page(self) -> None:
        if self.stamp:
            self.paper.watermark(self.stamp, 80, self.height / 3, 60)
        number = f"— {self._page} —"
        self.paper.string(number, (WIDTH - self._width(number)) / 2, 18, _SIZE)
        self.paper.end()
        self._page += 1

    def _need(self, points: float) -> None:
        """Begins a new page unless ``points`` are left on this one."""
        if self._y - points < _MARGIN:
            self._close_page()
            self._open_page()

    def _paragraph(self, line: Line) -> None:
        for piece in self._wrapped(line.text, WIDTH - 2 * _MARGIN):
            self._need(_LEADING * 1.5)
            self._y -= _LEADING * 1.5
            self._string(piece, _MARGIN, WIDTH - _MARGIN, self._y, centred=line.kind == "title")

    def _table(self, grid: Grid) -> None:
        lefts = _columns(grid, self.narrow)
        grid, torn = self._torn(grid, lefts) if self.tears else (grid, len(grid.rows))
        resolved = grid.resolved()
        heights = [
            max((self._height(cell, lefts, at) for at, cell in _starts(slots) if cell.rowspan == 1), default=_LEADING)
            for slots in resolved
        ]
        self._y -= 6
        header = next(row for row, cells in enumerate(grid.rows) if any(cell.cell for cell in cells))
        first = 0
        while first < len(heights):
            self._need(self.height if first == torn else heights[first] + 6)
            if self.heads and first > header:
                self._rows(resolved, heights, lefts, 0, header)
            last, room = first, self._y - _MARGIN
            while last < len(heights) and sum(heights[first : last + 1]) <= room and (last != torn or last == first):
                last += 1
            self._rows(resolved, heights, lefts, first, max(last, first + 1))
            first = max(last, first + 1)
        self._y -= 6

    def _torn(self, grid: Grid, lefts: list[float]) -> tuple[Grid, int]:
        """The grid with one of its rows of figures in two halves, and the number of the second; none where no label
        goes on in a second line. Rows in which a merged cell begins are left whole."""
        rows = [
            row
            for row, slots in enumerate(grid.resolved())
            if any(cell.cell for _, cell in _starts(slots))
            and all(cell.rowspan == 1 for _, cell in _starts(slots))
            and any(not cell.cell and len(self._lines(cell, lefts, at)) > 1 for at, cell in _starts(slots))
        ]
        if not rows or self.tears is None:
            return grid, len(grid.rows)
        torn = self.tears.choice(rows)
        halves: tuple[list[PrintedCell], list[PrintedCell]] = ([], [])
        for at, cell in _starts(grid.resolved()[torn]):
            first, *rest = self._lines(cell, lefts, at)
            halves[0].append(replace(cell, text=first))
            halves[1].append(replace(cell, text="\n".join(rest)))
        above = [
            tuple(replace(cell, rowspan=cell.rowspan + (row + cell.rowspan > torn)) for cell in cells)
            for row, cells in enumerate(grid.rows[:torn])
        ]
        return Grid((*above, tuple(halves[0]), tuple(halves[1]), *grid.rows[torn + 1 :])), torn + 1

    def _rows(
        self, resolved: list[list[Slot]], heights: list[float], lefts: list[float], first: int, last: int
    ) -> None:
        """Draws the rows from ``first`` to before ``last`` on this page; merged cells are cut at its edges, and state
        their text on the page they begin on."""
        tops = [self._y - sum(heights[first:row]) for row in range(first, last + 1)]
        for row in range(first, last):
            for column, slot in enumerate(resolved[row]):
                begins = slot.place == "corner"
                continues = row == first and slot.place == "down" and resolved[row][column - 1].cell is not slot.cell
                if not (begins or (continues and row > 0)):
                    continue
                rows = _extent(resolved, row, column, last)
                right = lefts[column + slot.cell.colspan]
                box = (lefts[column], tops[row - first + rows], right, tops[row - first])
                self._border(box)
                if begins:
                    self._text(slot.cell, box)
        self._y = tops[-1]

    def _border(self, box: tuple[float, float, float, float]) -> None:
        left, bottom, right, top = box
        if self.rules == "all":
            self.paper.frame(*box)
        elif self.rules == "rows":
            self.paper.line(left, bottom, right, bottom)
            self.paper.line(left, top, right, top)

    def _text(self, cell: PrintedCell, box: tuple[float, float, float, float]) -> None:
        left, bottom, right, top = box
        pieces = self._lines(cell, [left, *[right] * cell.colspan], 0)
        spare = 0 if self.top else max(0.0, (top - bottom - len(pieces) * _LEADING) / 2)
        for number, piece in enumerate(pieces, 1):
            y = top - spare - number * _LEADING + 3
            if cell.decoy and number == (len(pieces) if cell.unseen == "raised" else 1):
                self._conceal(replace(cell, text=piece), left + 2, right - 2, y)
            self._string(piece, left + 2, right - 2, y, centred=bool(cell.cell))

    def _conceal(self, cell: PrintedCell, left: float, right: float, y: float) -> None:
        """What the cell conceals, on the line at ``y``: before its text, over it or behind it."""
        width = self._width(cell.decoy)
        start = (left + right - width) / 2
        if cell.unseen == "hidden":
            self.paper.hidden(cell.decoy, start, y, _SIZE)
        elif cell.unseen == "covered":
            self.paper.string(cell.decoy, start, y, _SIZE)
            self.paper.cover(start - 1, y - 2, start + width + 1, y + _SIZE - 1)
        elif cell.unseen == "struck":
            before = max(left, start - (self._width(cell.text) + width) / 2) if cell.text else start
            self.paper.string(cell.decoy, before, y, _SIZE)
            self.paper.line(before - 1, y + 3, before + width + 1, y + 3)
        elif cell.unseen == "raised":
            mark = self._width(cell.decoy) * _MARK / _SIZE
            end = (left + right - self._width(cell.text)) / 2 + self._width(cell.text.rstrip())
            end = min(end, right - mark)
            self.paper.string(cell.decoy, end, y + _RAISED, _MARK)

    def _string(self, text: str, left: float, right: float, y: float, *, centred: bool) -> None:
        """One line of text between ``left`` and ``right``. The font has no minus sign but the hyphen."""
        text = text.replace("−", "-")
        if centred:
            left = (left + right - self._width(text)) / 2
        for piece in text if self.apart else [text]:
            for offset in (0, 0.3) if self.twice else (0,):
                self.paper.string(piece, left + offset, y, _SIZE)
            left += self._width(piece)

    def _width(self, text: str) -> float:
        width: float = pdfmetrics.stringWidth(text, self._font, _SIZE)
        return width

    def _height(self, cell: PrintedCell, lefts: list[float], column: int) -> float:
        return len(self._lines(cell, lefts, column)) * _LEADING + 3

    def _lines(self, cell: PrintedCell, lefts: list[float], column: int) -> list[str]:
        """The lines of a cell that begins in ``column``; spaces beside its figure do not break it."""
        width = lefts[column + cell.colspan] - lefts[column] - 4
        return self._wrapped(cell.text.strip() if cell.cell and self._width(cell.text) > width else cell.text, width)

    def _wrapped(self, text: str, width: float) -> list[str]:
        pieces: list[str] = []
        for line in text.split("\n"):
            piece = ""
            for character in line:
                if piece and self._width(piece + character) > width:
                    pieces.append(piece)
                    piece = ""
                piece += character
            pieces.append(piece)
        return pieces


def _columns(grid: Grid, narrow: float) -> list[float]:
    """The left edges of the columns and the right edge of the table: label columns wide, figure columns equal, or
    ``narrow`` points wide where there are many."""
    width = WIDTH - 2 * _MARGIN
    weights = [1.0] * grid.width
    if grid.width == 10:
        weights = [60, 70, 120, *[narrow] * 7] if narrow else [1.2, 1.6, 3.0, *[1.0] * 7]
    elif grid.width < 10:
        weights = [2.0, *[1.0] * (grid.width - 1)]
    scale = 1 if narrow and grid.width >= 10 else width / sum(weights)
    if narrow and grid.width > 10:
        weights = [narrow] * grid.width
    edges = [_MARGIN]
    for weight in weights:
        edges.append(edges[-1] + scale * weight)
    return edges


def _starts(slots: list[Slot]) -> list[tuple[int, PrintedCell]]:
    """The cells that begin in a row, with their columns."""
    return [(column, slot.cell) for column, slot in enumerate(slots) if slot.place == "corner"]


def _extent(resolved: list[list[Slot]], row: int, column: int, last: int) -> int:
    """How many rows from ``row`` on the cell there covers, before ``last``."""
    cell = resolved[row][column].cell
    rows = 1
    while row + rows < last and (below := resolved[row + rows][column]).place == "down" and below.cell is cell:
        rows += 1
    return rows
