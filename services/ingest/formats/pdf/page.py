"""What stands on the pages of a PDF, as PDFium sees it: glyphs and rules with their places.

Lengths are in points; x runs to the right and y down from the top left corner of the page as it is displayed.
"""

import ctypes
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from shared.errors import Rejected

Point = tuple[float, float]
Display = Callable[[float, float], Point]

_SPACES = frozenset((0x20, 0xA0, 0x3000))
_UNSEEN = frozenset((*range(1, 0x20), 0xAD, 0xFFFE))  # 0xFFFE stands for a soft hyphen
_UNKNOWN = 0xFFFD  # a glyph that the font does not explain: dropping it might make another number of what is left
_THICKEST_RULE = 3.0
_MOST_SHAPES = 20_000  # on a page; more of them are a drawing, not the rules of a table


class Glyph(NamedTuple):
    """A character, perhaps a space, and the box that its font gives it."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def x(self) -> float:
        return (self.left + self.right) / 2

    @property
    def y(self) -> float:
        return (self.top + self.bottom) / 2


class Rule(NamedTuple):
    """A straight line: a horizontal one at the height ``at``, from ``start`` to ``end``; likewise a vertical one."""

    at: float
    start: float
    end: float


class Page(NamedTuple):
    """A page; ``height`` as displayed."""

    height: float
    glyphs: list[Glyph]
    horizontals: list[Rule]
    verticals: list[Rule]


def read_pages(data: bytes) -> Iterator[Page]:
    """The pages of a PDF. Raises Rejected ``unreadable`` where it is damaged or needs a password."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        locked = _needs_password(error)
        reason = "it can only be opened with a password" if locked else "it is damaged"
        raise Rejected("unreadable", f"The PDF cannot be read: {reason}.") from error
    for number in range(len(document)):
        try:
            page = document[number]
        except pdfium.PdfiumError:
            continue
        yield _read(page)
        page.close()


def _needs_password(error: pdfium.PdfiumError) -> bool:
    """Whether PDFium refused a document for want of its password."""
    return bool(getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD)


def _read(page: pdfium.PdfPage) -> Page:
    display = _display(page)
    horizontals, verticals = _rules(page, display)
    return Page(page.get_height(), _glyphs(page, display), horizontals, verticals)


def _display(page: pdfium.PdfPage) -> Display:
    """How a point of the page's own space (y up) is displayed, once the page is turned as it asks to be."""
    left, bottom, right, top = page.get_bbox()
    turns: dict[int, Display] = {
        0: lambda x, y: (x - left, top - y),
        90: lambda x, y: (y - bottom, x - left),
        180: lambda x, y: (right - x, y - bottom),
        270: lambda x, y: (top - y, right - x),
    }
    return turns.get(page.get_rotation(), turns[0])


def _glyphs(page: pdfium.PdfPage, display: Display) -> list[Glyph]:
    text_page = page.get_textpage()
    box = raw.FS_RECTF()
    glyphs = []
    for index in range(text_page.count_chars()):
        code = raw.FPDFText_GetUnicode(text_page, index)
        if code in _UNSEEN or (code in _SPACES and raw.FPDFText_IsGenerated(text_page, index)):
            continue
        if not 0 < code <= 0x10FFFF or 0xD800 <= code < 0xE000 or raw.FPDFText_HasUnicodeMapError(text_page, index):
            code = _UNKNOWN
        if not raw.FPDFText_GetLooseCharBox(text_page, index, box):
            continue
        (x1, y1), (x2, y2) = display(box.left, box.top), display(box.right, box.bottom)
        glyphs.append(Glyph(" " if code in _SPACES else chr(code), min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)))
    text_page.close()
    return glyphs


def _rules(page: pdfium.PdfPage, display: Display) -> tuple[list[Rule], list[Rule]]:
    horizontals: list[Rule] = []
    verticals: list[Rule] = []
    for number, shape in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH])):
        if number == _MOST_SHAPES:
            return [], []
        for (x1, y1), (x2, y2) in _straight_lines(shape, display):
            if abs(y1 - y2) <= 1 and abs(x1 - x2) > 1:
                horizontals.append(Rule((y1 + y2) / 2, min(x1, x2), max(x1, x2)))
            elif abs(x1 - x2) <= 1 and abs(y1 - y2) > 1:
                verticals.append(Rule((x1 + x2) / 2, min(y1, y2), max(y1, y2)))
    return horizontals, verticals


def _straight_lines(shape: pdfium.PdfObject, display: Display) -> Iterator[tuple[Point, Point]]:
    """The strokes of a shape; of one that is only filled, its middle line where it is thin enough to be a rule."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(shape, fill, stroke)
    for outline in _outlines(shape, display):
        if stroke.value:
            yield from pairwise(outline)
        elif fill.value:
            xs, ys = [x for x, _ in outline], [y for _, y in outline]
            width, height = max(xs) - min(xs), max(ys) - min(ys)
            x, y = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
            if height <= _THICKEST_RULE < width:
                yield (min(xs), y), (max(xs), y)
            elif width <= _THICKEST_RULE < height:
                yield (x, min(ys)), (x, max(ys))


def _outlines(shape: pdfium.PdfObject, display: Display) -> Iterator[list[Point]]:
    """The outlines of a shape as lists of points; a curve counts as the straight line between its ends."""
    matrix = shape.get_matrix()
    container = shape.container
    while container is not None:
        matrix = matrix.multiply(container.get_matrix())
        container = container.container
    outline: list[Point] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(raw.FPDFPath_CountSegments(shape)):
        segment = raw.FPDFPath_GetPathSegment(shape, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO and outline:
            yield outline
            outline = []
        outline.append(display(*matrix.on_point(x.value, y.value)))
        if raw.FPDFPathSegment_GetClose(segment):
            outline.append(outline[0])
    if outline:
        yield outline
