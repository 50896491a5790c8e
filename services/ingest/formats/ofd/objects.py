"""What a page paints, in that order: characters, lines and areas."""

from collections.abc import Iterator
from typing import NamedTuple

from services.ingest.formats.fixed_layout.drawing import Drawing, box_of, is_rectangle, shared_box
from services.ingest.formats.fixed_layout.page import Box, Glyph
from services.ingest.formats.ofd.path import outlines
from services.ingest.formats.ofd.style import OPAQUE, Resources, Style
from services.ingest.formats.ofd.text import characters
from services.ingest.formats.ofd.values import POINTS, Matrix, boundary_of, flag, matrix_of, moved, placed
from services.ingest.formats.package import Element
from shared.errors import Rejected

_DEEPEST = 32  # blocks and composite objects within others
_MOST_OBJECTS = 200_000  # of a page, those of composite objects each time they are used
_FAINTEST = 128  # of 255; text that lets more of the page through is a watermark

_BLOCKS = ("Content", "Layer", "PageBlock", "Appearance")
_SCALE = Matrix(POINTS, 0, 0, POINTS, 0, 0)


class Written(NamedTuple):
    """A glyph as it was written: in which text object, the ``order``-th thing on its page; its ``shade`` (None where it
    is not painted), within which box it is not cut off (None: anywhere), whether its font is one of symbols, and how
    its writing is turned."""

    glyph: Glyph
    order: int
    shade: int | None
    clip: Box | None
    symbols: bool
    turned: int


class Painter:
    """Takes what is painted on a page, from the lowest to the uppermost."""

    def __init__(self, resources: Resources) -> None:
        self.written: list[Written] = []
        self.drawing = Drawing()
        self._resources = resources
        self._order = 0

    def paint(self, element: Element, matrix: Matrix, style: Style | None = None, *, areas: bool = True) -> None:
        """Takes an element with all that is in it, whose space becomes the page's (millimetres) by ``matrix``; of its
        areas only the lines where ``areas`` is not set."""
        self._paint(element, matrix, style or Style(), areas, 0)

    def seal(self, element: Element, matrix: Matrix) -> None:
        """Takes the place of a signature's seal, a picture."""
        self._count(0)
        if frame := _frame(element, matrix):
            self.drawing.picture(self._order, frame)

    def _paint(self, element: Element, matrix: Matrix, style: Style, areas: bool, depth: int) -> None:
        self._count(depth)
        style = self._resources.style(element, style)
        kind, visible = _kind(element), flag(element, "Visible", default=True)
        if kind == "TextObject":
            self._text(element, matrix, style, visible)
        elif kind == "PathObject" and visible:
            self._path(element, matrix, style, areas)
        elif kind == "ImageObject" and visible:
            self._picture(element, matrix, style)
        elif kind in _BLOCKS and visible:
            for child in element:
                self._paint(child, matrix, style, areas, depth + 1)
        elif kind == "CompositeObject" and visible:
            unit = self._resources.composites.get(element.get("ResourceID", ""))
            for content in () if unit is None else unit.iterfind("{*}Content"):
                self._paint(content, placed(element, matrix), style, areas, depth + 1)

    def _count(self, depth: int) -> None:
        """Counts one more object in as many others; raises Rejected where that is like no page."""
        self._order += 1
        if depth > _DEEPEST:
            raise Rejected("hostile", "The OFD document is nested deeper than any page.")
        if self._order > _MOST_OBJECTS:
            raise Rejected("too_large", f"A page of the OFD document has more than {_MOST_OBJECTS} objects.")

    def _text(self, element: Element, within: Matrix, style: Style, visible: bool) -> None:
        matrix = placed(element, within)
        paint = style.writing(element) if visible else None
        shade = None if paint is None or paint.alpha < _FAINTEST else paint.shade or 0
        symbols = element.get("Font", "") in self._resources.symbols
        clip = _clip(element, matrix, within)
        self.written.extend(
            Written(glyph, self._order, shade, clip, symbols, turned) for glyph, turned in characters(element, matrix)
        )

    def _path(self, element: Element, within: Matrix, style: Style, areas: bool) -> None:
        matrix = placed(element, within)
        filled, stroked = flag(element, "Fill", default=False), flag(element, "Stroke", default=True)
        if not filled and (not stroked or self.drawing.overfull):
            return
        paint = style.filling()
        opaque = paint.alpha >= OPAQUE and element.find("{*}Clips") is None
        shape = [outline for path in element.iterfind("{*}AbbreviatedData") for outline in outlines(path.text, matrix)]
        frame = _frame(element, within)
        shape = [[_point(x, y) for x, y in outline] for outline in shape]
        if filled and frame and len(shape) == 1 and is_rectangle(shape[0]):
            left, top, right, bottom = shared_box(box_of(shape[0]), frame)
            shape = [[(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]]
        shade = paint.shade if opaque else None
        self.drawing.shape(self._order, shape, shade=shade, filled=filled and areas, stroked=stroked)

    def _picture(self, element: Element, matrix: Matrix, style: Style) -> None:
        if frame := _frame(element, matrix):
            masked = element.get("ImageMask") is not None or element.find("{*}Clips") is not None
            opaque = element.get("ResourceID", "") in self._resources.opaque and not masked and style.alpha >= OPAQUE
            self.drawing.picture(self._order, frame, opaque=opaque)


def _kind(element: Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _point(x: float, y: float) -> tuple[float, float]:
    return (x * POINTS, y * POINTS)


def _frame(element: Element, matrix: Matrix) -> Box | None:
    """The boundary of an element on the page, in points."""
    boundary = boundary_of(element)
    if not boundary:
        return None
    left, top, width, height = boundary
    inner = matrix.then(_SCALE)
    return box_of([inner.point(x, y) for x in (left, left + width) for y in (top, top + height)])


def _clip(element: Element, matrix: Matrix, within: Matrix) -> Box | None:
    """The box within which an object is not cut off, in points; None where nothing cuts it off. The object's own CTM
    changes its clips as well, unless they say otherwise."""
    found: Box | None = None
    for clips in element.iterfind("{*}Clips"):
        outer = matrix if flag(clips, "TransFlag", default=True) else moved(element, within)
        for clip in clips.iterfind("{*}Clip"):
            points = [_point(*point) for area in clip.iterfind("{*}Area") for point in _corners(area, outer)]
            if points:
                found = box_of(points) if found is None else shared_box(found, box_of(points))
    return found


def _corners(area: Element, matrix: Matrix) -> Iterator[tuple[float, float]]:
    """The points of the paths of a clip's area, as the page has them."""
    outer = matrix_of(area).then(matrix)
    for path in area.iterfind("{*}Path"):
        for data in path.iterfind("{*}AbbreviatedData"):
            for outline in outlines(data.text, placed(path, outer)):
                yield from outline
