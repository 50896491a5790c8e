"""A page as an OFD document, written by the structure of GB/T 33190-2016."""

from collections.abc import Sequence
from random import Random
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfmetrics

from tests.corpus.formats.fixed_layout import WIDTH, Paper, Writer
from tests.corpus.page import Page
from tests.ofd import fill, layer, ofd

_MILLIMETRE = 72 / 25.4
_GREY = fill(204)


class OfdPaper(Paper):
    """Sheets of an OFD document; ``rng`` chooses among the ways to write it: objects in millimetres or, as converters
    from PDF write them, in points that a matrix makes smaller; distances one by one or repeated; objects in blocks."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._scaled = rng.choice([True, False])
        self._blocks = rng.choice([True, False])
        self._repeats = rng.choice([True, False])
        self._height = 0.0
        self._pages: list[str] = []
        self._objects: list[str] = []

    def begin(self, height: float) -> None:
        self._height = height
        self._objects = []

    def end(self) -> None:
        area = f"0 0 {WIDTH / _MILLIMETRE:g} {self._height / _MILLIMETRE:g}"
        objects = ["<ofd:PageBlock>", *self._objects, "</ofd:PageBlock>"] if self._blocks else self._objects
        self._pages.append(f"<ofd:Area><ofd:PhysicalBox>{area}</ofd:PhysicalBox></ofd:Area>{layer(*objects)}")

    def string(self, text: str, left: float, y: float, size: float) -> None:
        self._text(text, left, y, size)

    def hidden(self, text: str, left: float, y: float, size: float) -> None:
        inside, more = self._rng.choice(_HIDING)
        self._text(text, left, y, size, inside, more)

    def watermark(self, text: str, left: float, y: float, size: float) -> None:
        self._text(text, left, y, size, _GREY, turn="0.766 -0.643 0.643 0.766 0 0")

    def frame(self, left: float, bottom: float, right: float, top: float) -> None:
        wide, high = right - left, top - bottom
        self._path(left, top, wide, high, [(0, 0), (wide, 0), (wide, high), (0, high)], closed=True)

    def line(self, left: float, bottom: float, right: float, top: float) -> None:
        self._path(left, top, right - left, top - bottom, [(0, top - bottom), (right - left, 0)])

    def cover(self, left: float, bottom: float, right: float, top: float) -> None:
        wide, high = right - left, top - bottom
        corners = [(0.0, 0.0), (wide, 0.0), (wide, high), (0.0, high)]
        self._path(left, top, wide, high, corners, fill(255), 'Fill="true" Stroke="false"', closed=True)

    def saved(self) -> bytes:
        return ofd(self._pages)

    def _text(
        self, text: str, left: float, y: float, size: float, inside: str = "", more: str = "", turn: str = ""
    ) -> None:
        unit = 1 if self._scaled and not turn else 1 / _MILLIMETRE
        widths = [pdfmetrics.stringWidth(character, self.font, size) * unit for character in text]
        matrix = turn or (f"{1 / _MILLIMETRE:.5f} 0 0 {1 / _MILLIMETRE:.5f} 0 0" if self._scaled else "")
        above = size * unit
        self._objects.append(
            f'<ofd:TextObject ID="1" {self._boundary(left, y + size, sum(widths) / unit, 1.3 * size)} Font="1" '
            f'Size="{size * unit:g}" {more}{_ctm(matrix)}>{inside}'
            f'<ofd:TextCode X="0" Y="{above:g}" DeltaX="{self._deltas(widths[:-1])}">{escape(text)}</ofd:TextCode>'
            "</ofd:TextObject>"
        )

    def _deltas(self, widths: Sequence[float]) -> str:
        steps = [f"{width:.4f}" for width in widths]
        if self._repeats and len(set(steps)) == 1 and len(steps) > 1:
            return f"g {len(steps)} {steps[0]}"
        return " ".join(steps)

    def _path(
        self,
        left: float,
        top: float,
        wide: float,
        high: float,
        points: Sequence[tuple[float, float]],
        inside: str = "",
        more: str = "",
        *,
        closed: bool = False,
    ) -> None:
        unit = 1 if self._scaled else 1 / _MILLIMETRE
        steps = [f"{'L' if at else 'M'} {x * unit:.4f} {y * unit:.4f}" for at, (x, y) in enumerate(points)]
        matrix = f"{1 / _MILLIMETRE:.5f} 0 0 {1 / _MILLIMETRE:.5f} 0 0" if self._scaled else ""
        self._objects.append(
            f'<ofd:PathObject ID="2" {self._boundary(left, top, wide, high)} LineWidth="0.2" {more}{_ctm(matrix)}>'
            f"{inside}<ofd:AbbreviatedData>{' '.join(steps)}{' C' if closed else ''}</ofd:AbbreviatedData>"
            "</ofd:PathObject>"
        )

    def _boundary(self, left: float, top: float, wide: float, high: float) -> str:
        places = (left, self._height - top, wide, high)
        return 'Boundary="' + " ".join(f"{place / _MILLIMETRE:.4f}" for place in places) + '"'


def _ctm(matrix: str) -> str:
    return f' CTM="{matrix}"' if matrix else ""


_HIDING = (
    (fill(255), ""),
    ('<ofd:FillColor Value="0 0 0" Alpha="0"/>', ""),
    ("", 'Alpha="0"'),
    ("", 'Visible="false"'),
    ("", 'Fill="false"'),
)
"""Elements in a text object, and attributes of it, with which nobody sees it."""


def ruled(page: Page, rng: Random) -> bytes:
    """Tables with rules, on A4."""
    return Writer(OfdPaper(rng), top=rng.choice([True, False])).write(page)


def unruled(page: Page, rng: Random) -> bytes:
    """Tables without a rule, only positions tell the columns apart."""
    return Writer(OfdPaper(rng), rules="none").write(page)


def characters(page: Page, rng: Random) -> bytes:
    """Every character in a text object of its own."""
    return Writer(OfdPaper(rng), apart=True).write(page)


def small_pages(page: Page, rng: Random) -> bytes:
    """Ruled tables that run over several short pages, each with its number at the foot."""
    return Writer(OfdPaper(rng), height=420).write(page)


def stamped(page: Page, rng: Random) -> bytes:
    """A watermark across every page, and every string printed twice to make it bold."""
    return Writer(OfdPaper(rng), stamp="内部资料 1999", twice=rng.choice([True, False])).write(page)
