"""What stands on the pages of a PDF, as PDFium sees it: glyphs and rules with their places.

Lengths are in points; x runs to the right and y down from the top left corner of the page as it is displayed.
"""

import ctypes
from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice, pairwise, takewhile
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from services.ingest.formats.pdf.glyphs import UNKNOWN, Box, Display, Glyph, Point, find_turn, read_glyphs
from shared.errors import Rejected

_THICKEST_RULE = 3.0
_MOST_SHAPES = 20_000  # on a page; more of them are a drawing, not the rules of a table
_WHITEST = 250  # of 255
_NARROWEST = 0.6  # of its height; a full-width digit is set in a wider square
_MIDDLE = (0.3, 1.05)  # of a digit's width above its baseline; digits are about 1.4 times as high as wide


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
    text_page = page.get_textpage()
    turn = find_turn(text_page)
    display = _display(page, turn)
    glyphs = read_glyphs(text_page, display, lambda: _painted(page, display))
    text_page.close()
    horizontals, verticals = _rules(page, display)
    left, bottom, right, top = page.get_bbox()
    height = top - bottom if turn in (0, 180) else right - left
    return Page(height, _without_struck(glyphs, horizontals), horizontals, verticals)


def _without_struck(glyphs: list[Glyph], horizontals: list[Rule]) -> list[Glyph]:
    """``glyphs``, the digits unknown through whose middle a rule runs: they were struck out."""
    rules = sorted(horizontals)
    return [glyph._replace(text=UNKNOWN) if _is_struck(glyph, rules) else glyph for glyph in glyphs]


def _is_struck(glyph: Glyph, rules: list[Rule]) -> bool:
    width = min(glyph.right - glyph.left, _NARROWEST * (glyph.bottom - glyph.top))
    if not rules or not glyph.text.isdigit() or width <= 0:
        return False
    lowest, highest = (glyph.baseline - share * width for share in _MIDDLE)
    first = bisect_left(rules, (highest, 0, 0))
    return any(
        rule.start <= glyph.left + 1 and rule.end >= glyph.right - 1
        for rule in takewhile(lambda rule: rule.at <= lowest, islice(rules, first, None))
    )


def _display(page: pdfium.PdfPage, turn: int) -> Display:
    """How a point of the page's own space (y up) is displayed, once the page is turned so that its text is upright."""
    left, bottom, right, top = page.get_bbox()
    turns: dict[int, Display] = {
        0: lambda x, y: (x - left, top - y),
        90: lambda x, y: (y - bottom, x - left),
        180: lambda x, y: (right - x, y - bottom),
        270: lambda x, y: (top - y, right - x),
    }
    return turns[turn]


def _painted(page: pdfium.PdfPage, display: Display) -> list[Box]:
    """The areas of a page that pictures cover, or colours other than white."""
    boxes: list[Box] = []
    shapes = page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING])
    for shape in islice(shapes, _MOST_SHAPES):
        if shape.type == raw.FPDF_PAGEOBJ_PATH and not _is_painted(shape):
            continue
        points = [point for outline in _outlines(shape, display) for point in outline]
        if shape.type != raw.FPDF_PAGEOBJ_PATH:
            left, bottom, right, top = shape.get_bounds()
            points = [display(left, bottom), display(right, top)]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        boxes.append((min(xs), min(ys), max(xs), max(ys)))
    return boxes


def _is_painted(shape: pdfium.PdfObject) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(shape, fill, stroke)
    parts = [ctypes.c_uint() for _ in range(4)]
    known = raw.FPDFPageObj_GetFillColor(shape, *parts)
    return bool(fill.value) and not (known and min(part.value for part in parts[:3]) >= _WHITEST)


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
