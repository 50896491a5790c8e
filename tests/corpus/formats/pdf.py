"""A page as a PDF with a text layer, drawn cell by cell so that its geometry is what we want it to be."""

import io
from dataclasses import dataclass, field, replace
from random import Random
from typing import Literal

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from tests.corpus.grid import Grid, PrintedCell, Slot
from tests.corpus.page import Line, Page
from tests.framed_font import embedded_font

_SIZE = 9.0
_LEADING = 12.0
_MARGIN = 40.0
_WIDTH = 595.0


def ruled(page: Page, rng: Random) -> bytes:
    """Tables with rules, on A4."""
    return _Writer(top=rng.choice([True, False])).write(page)


def unruled(page: Page, rng: Random) -> bytes:
    """Tables without a rule, only positions tell the columns apart."""
    return _Writer(rules="none").write(page)


def lined(page: Page, rng: Random) -> bytes:
    """Tables with rules between rows only."""
    return _Writer(rules="rows").write(page)


def characters(page: Page, rng: Random) -> bytes:
    """Every character placed on its own, as some printer drivers do; the font is embedded, for of characters that a
    reader's own fonts lack nothing would be left."""
    return _Writer(apart=True).write(page)


def small_pages(page: Page, rng: Random) -> bytes:
    """Ruled tables that run over several short pages, each with its number at the foot."""
    return _Writer(height=420).write(page)


def repeated_headers(page: Page, rng: Random) -> bytes:
    """The same where every page of a table begins with its header again."""
    return _Writer(height=420, heads=True).write(page)


def stamped(page: Page, rng: Random) -> bytes:
    """A watermark across every page, and every string printed twice to make it bold."""
    return _Writer(stamp="内部资料 1999", twice=rng.choice([True, False])).write(page)


def torn_rows(page: Page, rng: Random) -> bytes:
    """Ruled tables in which a row is torn by the end of a page: of each of its cells the first line stands there, and
    what is left of it overleaf."""
    return _Writer(narrow=rng.choice([0.0, 20.0]), heads=rng.choice([True, False]), tears=rng).write(page)


def narrow(page: Page, rng: Random) -> bytes:
    """Columns so narrow that long figures go on in a second line, with rules or without."""
    rules: Literal["all", "rows", "none"] = rng.choice(["all", "rows", "none"])
    return _Writer(rules=rules, top=rng.choice([True, False]), narrow=rng.choice([16.0, 20.0, 24.0])).write(page)


@dataclass
class _Writer:
    """Writes a page on sheets ``height`` points high; ``rules`` are the borders of tables that it draws, ``top`` sets
    merged labels at the top of their cell rather than in its middle, ``heads`` repeats headers on every page, ``apart``
    places every character on its own, ``narrow`` is the width of the columns of figures where not all are alike,
    ``tears`` chooses a row in each table that the end of a page tears, ``stamp`` is printed across every page,
    ``twice`` prints every string again in almost the same place."""

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
    _canvas: Canvas = field(init=False)
    _font: str = ""

    def write(self, page: Page) -> bytes:
        """The file."""
        buffer = io.BytesIO()
        self._font = embedded_font() if self.apart else _readers_font()
        self._canvas = Canvas(buffer, pagesize=(_WIDTH, self.height), invariant=True)
        self._open_page()
        for part in page.parts:
            if isinstance(part, Grid):
                self._table(part)
            else:
                self._paragraph(part)
        self._close_page()
        self._canvas.save()
        return buffer.getvalue()

    def _open_page(self) -> None:
        self._canvas.setFont(self._font, _SIZE)
        self._y = self.height - _MARGIN

    def _close_page(self) -> None:
        if self.stamp:
            self._canvas.saveState()
            self._canvas.translate(80, self.height / 3)
            self._canvas.rotate(40)
            self._canvas.setFont(self._font, 60)
            self._canvas.setFillGray(0.8)
            self._canvas.drawString(0, 0, self.stamp)
            self._canvas.restoreState()
        self._canvas.drawCentredString(_WIDTH / 2, 18, f"— {self._page} —")
        self._canvas.showPage()
        self._page += 1

    def _need(self, points: float) -> None:
        """Begins a new page unless ``points`` are left on this one."""
        if self._y - points < _MARGIN:
            self._close_page()
            self._open_page()

    def _paragraph(self, line: Line) -> None:
        for piece in self._wrapped(line.text, _WIDTH - 2 * _MARGIN):
            self._need(_LEADING * 1.5)
            self._y -= _LEADING * 1.5
            self._string(piece, _MARGIN, _WIDTH - _MARGIN, self._y, centred=line.kind == "title")

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
            self._canvas.rect(left, bottom, right - left, top - bottom)
        elif self.rules == "rows":
            self._canvas.line(left, bottom, right, bottom)
            self._canvas.line(left, top, right, top)

    def _text(self, cell: PrintedCell, box: tuple[float, float, float, float]) -> None:
        left, bottom, right, top = box
        pieces = self._lines(cell, [left, *[right] * cell.colspan], 0)
        spare = 0 if self.top else max(0.0, (top - bottom - len(pieces) * _LEADING) / 2)
        for number, piece in enumerate(pieces, 1):
            y = top - spare - number * _LEADING + 3
            self._string(piece, left + 2, right - 2, y, centred=bool(cell.cell))

    def _string(self, text: str, left: float, right: float, y: float, *, centred: bool) -> None:
        """One line of text between ``left`` and ``right``. The font has no minus sign but the hyphen."""
        text = text.replace("−", "-")
        if centred:
            left = (left + right - self._width(text)) / 2
        for piece in text if self.apart else [text]:
            for offset in (0, 0.3) if self.twice else (0,):
                self._canvas.drawString(left + offset, y, piece)
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


def _readers_font() -> str:
    """A font of the reader's own: nothing is embedded, the text layer is all that counts."""
    name = "STSong-Light"
    pdfmetrics.registerFont(UnicodeCIDFont(name))
    return name


def _columns(grid: Grid, narrow: float) -> list[float]:
    """The left edges of the columns and the right edge of the table: label columns wide, figure columns equal, or
    ``narrow`` points wide where there are many."""
    width = _WIDTH - 2 * _MARGIN
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
