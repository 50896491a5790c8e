"""What a page paints, in that order: lines, areas, and pieces of text of which it is not plain that they are seen."""

import ctypes
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from services.ingest.formats.fixed_layout.cover import shade_of
from services.ingest.formats.fixed_layout.drawing import Drawing, box_of, is_rectangle, shared_box
from services.ingest.formats.fixed_layout.page import Box, Point
from services.ingest.formats.pdf.display import View

_DEEPEST = 15  # forms within forms; PDFium itself goes no deeper by much
_MOST_SEGMENTS = 1_000  # of a clip
_MOST_CLIPS = 8  # of an object; more of them cut off no less
_INVISIBLE = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
_SYMBOLS = (b"wingdings", b"webdings", b"dingbats", b"marlett")  # fonts whose digits look like something else
_LONGEST_NAME = 128  # of a font
_OPAQUE = 255  # of alpha

Handle = Any
"""A page object, as PDFium's functions take it."""


class Text(NamedTuple):
    """A piece of text: painted as the ``order``-th thing. ``plain`` where nothing about it could hide it: the page
    itself paints it in full, on no layer; ``invisible`` where it is not painted at all. ``clip`` is the box outside
    which it is cut off (None: nowhere). ``symbols`` where its digits look like
    something else: in such a font, mirrored, or replaced by what the file says in their stead. ``matrix`` leads
    from its space to the page's; ``container`` is the page or, where ``form`` is set, the form that it is in."""

    handle: Handle
    order: int
    plain: bool = True
    invisible: bool = False
    clip: Box | None = None
    symbols: bool = False
    matrix: pdfium.PdfMatrix | None = None
    container: Any = None
    form: bool = False

    def remove(self) -> None:
        """Takes the object out of the page or form that holds it. To deactivate it would not do: PDFium still passes
        over equal text behind it."""
        remove = raw.FPDFFormObj_RemoveObject if self.form else raw.FPDFPage_RemoveObject
        if remove(self.container, self.handle):
            raw.FPDFPageObj_Destroy(self.handle)

    @property
    def may_hide(self) -> bool:
        """Whether its glyphs have to be looked at one by one."""
        return not self.plain or self.symbols or self.clip is not None


class Drawn(NamedTuple):
    """What a page paints: its text objects by the addresses of their handles, its ``drawing``, and the handles of the
    objects that this is made of."""

    texts: dict[int, Text]
    drawing: Drawing
    others: list[Handle]


def address_of(handle: Handle) -> int:
    """What tells a page object from others, however it was asked for."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def bounds_of(handle: Handle, matrix: pdfium.PdfMatrix | None, view: View) -> Box:
    """The box of a page object as displayed, whose space becomes the page's by ``matrix``."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(handle, left, bottom, right, top)
    box = (left.value, bottom.value, right.value, top.value)
    return view.box(*(matrix.on_rect(*box) if matrix else box))


def read_objects(page: pdfium.PdfPage, view: View) -> Drawn:
    """What ``page`` paints."""
    reader = _Reader(view)
    for placed in _objects(page.raw, raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject, pdfium.PdfMatrix(), 0):
        reader.read(placed)
    return reader.drawn


class _Placed(NamedTuple):
    """A page object of a ``kind``, ``depth`` forms deep; its space becomes the page's by ``matrix``."""

    container: Any
    handle: Handle
    kind: int
    matrix: pdfium.PdfMatrix
    depth: int


def _objects(container: Any, count: Any, get: Any, matrix: pdfium.PdfMatrix, depth: int) -> Iterator[_Placed]:
    for index in range(count(container)):
        handle = get(container, index)
        kind = raw.FPDFPageObj_GetType(handle)
        yield _Placed(container, handle, kind, matrix, depth)
        if kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            inner = _matrix(handle).multiply(matrix)
            yield from _objects(handle, raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, inner, depth + 1)


def _matrix(handle: Handle) -> pdfium.PdfMatrix:
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(handle, matrix)
    return pdfium.PdfMatrix.from_raw(matrix)


class _Reader:
    """Takes page objects in the order in which they are painted."""

    def __init__(self, view: View) -> None:
        self.drawn = Drawn({}, Drawing(), [])
        self._view = view
        self._order = 0
        self._x, self._y = ctypes.c_float(), ctypes.c_float()
        self._fill, self._stroke = ctypes.c_int(), ctypes.c_int()
        self._color = [ctypes.c_uint() for _ in range(4)]
        self._matrix = raw.FS_MATRIX()
        self._symbols: dict[int, bool] = {}

    def read(self, placed: _Placed) -> None:
        """Takes the next object."""
        self._order += 1
        if placed.kind == raw.FPDF_PAGEOBJ_TEXT:
            self.drawn.texts[address_of(placed.handle)] = self._text(placed)
            return
        if placed.kind != raw.FPDF_PAGEOBJ_FORM:
            self.drawn.others.append(placed.handle)
        if placed.kind == raw.FPDF_PAGEOBJ_PATH:
            self._path(placed)
        elif placed.kind in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING):
            self.drawn.drawing.picture(self._order, bounds_of(placed.handle, placed.matrix, self._view))

    def _text(self, placed: _Placed) -> Text:
        handle = placed.handle
        mode = raw.FPDFTextObj_GetTextRenderMode(handle)
        marks = _marks_of(handle)
        clip, clips_plainly = self._clip(placed)
        plain = (
            clips_plainly
            and not placed.depth
            and mode == raw.FPDF_TEXTRENDERMODE_FILL
            and not raw.FPDFPageObj_HasTransparency(handle)
            and not any(map(_is_layer, marks))
        )
        return Text(
            handle,
            self._order,
            plain,
            mode in _INVISIBLE,
            clip,
            self._has_symbols(handle) or self._is_mirrored(placed) or any(map(_spells_otherwise, marks)),
            placed.matrix,
            placed.container,
            placed.depth > 0,
        )

    def _has_symbols(self, handle: Handle) -> bool:
        font = raw.FPDFTextObj_GetFont(handle)
        address = address_of(font)
        if address not in self._symbols:
            name = ctypes.create_string_buffer(_LONGEST_NAME)
            raw.FPDFFont_GetBaseFontName(font, name, _LONGEST_NAME)
            self._symbols[address] = any(symbol in name.value.lower() for symbol in _SYMBOLS)
        return self._symbols[address]

    def _is_mirrored(self, placed: _Placed) -> bool:
        raw.FPDFPageObj_GetMatrix(placed.handle, self._matrix)
        own, whole = self._matrix, placed.matrix
        return bool((own.a * own.d - own.b * own.c) * (whole.a * whole.d - whole.b * whole.c) < 0)

    def _clip(self, placed: _Placed) -> tuple[Box | None, bool]:
        """The box within the clips of an object, if there are any, and whether they are all upright rectangles."""
        clip = raw.FPDFPageObj_GetClipPath(placed.handle)
        within, plain = None, True
        for number in range(min(raw.FPDFClipPath_CountPaths(clip), _MOST_CLIPS)):
            points = []
            for index in range(min(raw.FPDFClipPath_CountPathSegments(clip, number), _MOST_SEGMENTS)):
                raw.FPDFPathSegment_GetPoint(raw.FPDFClipPath_GetPathSegment(clip, number, index), self._x, self._y)
                points.append(self._view.point(*placed.matrix.on_point(self._x.value, self._y.value)))
            if points:
                within = box_of(points) if within is None else shared_box(within, box_of(points))
                plain = plain and is_rectangle(points)
        return within, plain

    def _path(self, placed: _Placed) -> None:
        raw.FPDFPath_GetDrawMode(placed.handle, self._fill, self._stroke)
        filled, stroked = bool(self._fill.value), bool(self._stroke.value)
        drawing = self.drawn.drawing
        if not filled and (drawing.overfull or not stroked):
            return
        shade = self._shade(placed) if filled else None
        drawing.shape(self._order, list(self._outlines(placed)), shade=shade, filled=filled, stroked=stroked)

    def _outlines(self, placed: _Placed) -> Iterator[list[Point]]:
        """The outlines of a shape as lists of points; a curve counts as the straight lines between what defines it."""
        matrix = _matrix(placed.handle).multiply(placed.matrix)
        outline: list[Point] = []
        x, y = self._x, self._y
        for index in range(raw.FPDFPath_CountSegments(placed.handle)):
            segment = raw.FPDFPath_GetPathSegment(placed.handle, index)
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO and outline:
                yield outline
                outline = []
            outline.append(self._view.point(*matrix.on_point(x.value, y.value)))
            if raw.FPDFPathSegment_GetClose(segment):
                outline.append(outline[0])
        if outline:
            yield outline

    def _shade(self, placed: _Placed) -> int | None:
        """The shade of an area that lets nothing through; None of any other."""
        handle = placed.handle
        red, green, blue, alpha = self._color
        if placed.depth or raw.FPDFPageObj_HasTransparency(handle) or any(map(_is_layer, _marks_of(handle))):
            return None
        if raw.FPDFClipPath_CountPaths(raw.FPDFPageObj_GetClipPath(handle)) > 0:
            return None
        known = raw.FPDFPageObj_GetFillColor(handle, red, green, blue, alpha)
        return shade_of(red.value, green.value, blue.value) if known and alpha.value == _OPAQUE else None


def _marks_of(handle: Handle) -> list[Any]:
    count = raw.FPDFPageObj_CountMarks(handle)
    return [raw.FPDFPageObj_GetMark(handle, index) for index in range(count)] if count else []


def _is_layer(mark: Any) -> bool:
    """Whether a mark makes optional content (OC) of its object."""
    name, length = ctypes.create_string_buffer(16), ctypes.c_ulong()
    as_wide = ctypes.cast(name, ctypes.POINTER(raw.FPDF_WCHAR))
    raw.FPDFPageObjMark_GetName(mark, as_wide, len(name), length)
    return name.raw[:4] == b"O\0C\0" and length.value == 6


def _spells_otherwise(mark: Any) -> bool:
    """Whether a mark states a text to take for that of its object (``ActualText``), which PDFium does."""
    return bool(raw.FPDFPageObjMark_GetParamValueType(mark, b"ActualText") != raw.FPDF_OBJECT_UNKNOWN)
