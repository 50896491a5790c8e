"""The characters on a page that a reader sees, each once: no watermarks, nothing white on white."""

import ctypes
import math
from collections import Counter
from collections.abc import Callable, Collection
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

Point = tuple[float, float]
Display = Callable[[float, float], Point]
Box = tuple[float, float, float, float]  # left, top, right, bottom

_SPACES = frozenset((0x20, 0xA0, 0x3000))
_UNSEEN = frozenset((*range(1, 0x20), 0xAD, 0xFFFE))  # 0xFFFE stands for a soft hyphen
UNKNOWN = "\ufffd"
"""A glyph that nothing explains, or that does not count: dropping it might make another number of what is left."""

_ASLANT = 5  # degrees; text that leans more is a watermark
_FAINTEST = 128  # of 255; text that lets more of the page through is a watermark
_WHITEST = 250  # of 255
_DOUBLED = 0.35  # of a character's width and height: an equal one that is nearer is the same, printed twice
_CELL = 2.0  # points; the squares in which such neighbours are looked for


class Glyph(NamedTuple):
    """A character, perhaps a space, and the box that its font gives it; the font's ``size``, the height of its
    ``baseline``."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float = 0
    baseline: float = 0

    @property
    def x(self) -> float:
        return (self.left + self.right) / 2

    @property
    def y(self) -> float:
        return (self.top + self.bottom) / 2


def find_turn(text_page: pdfium.PdfTextPage) -> int:
    """How most of the text has to be turned (degrees, clockwise) to stand upright."""
    angles = Counter(
        round(math.degrees(raw.FPDFText_GetCharAngle(text_page, index)) / 90) * 90 % 360
        for index in range(text_page.count_chars())
        if not raw.FPDFText_IsGenerated(text_page, index)
    )
    return -max(angles, key=angles.__getitem__) % 360 if angles else 0


def read_glyphs(text_page: pdfium.PdfTextPage, display: Display, painted: Callable[[], Collection[Box]]) -> list[Glyph]:
    """The glyphs of a page; ``painted`` gives the areas that are not white."""
    glyphs: list[Glyph] = []
    white: list[Glyph] = []
    for index in range(text_page.count_chars()):
        glyph = _read(text_page, index, display)
        if glyph is None or _leans(text_page, index):
            continue
        color = _color(text_page, index)
        if color[3] < _FAINTEST:
            continue
        (white if min(color[:3]) >= _WHITEST else glyphs).append(glyph)
    if white:
        areas = painted()
        glyphs += [glyph for glyph in white if any(_within(glyph, area) for area in areas)]
    return _without_doubles(glyphs)


def _read(text_page: pdfium.PdfTextPage, index: int, display: Display) -> Glyph | None:
    code = raw.FPDFText_GetUnicode(text_page, index)
    if code in _UNSEEN or (code in _SPACES and raw.FPDFText_IsGenerated(text_page, index)):
        return None
    if not 0 < code <= 0x10FFFF or 0xD800 <= code < 0xE000 or raw.FPDFText_HasUnicodeMapError(text_page, index):
        code = ord(UNKNOWN)
    box = raw.FS_RECTF()
    if not raw.FPDFText_GetLooseCharBox(text_page, index, box):
        return None
    (x1, y1), (x2, y2) = display(box.left, box.top), display(box.right, box.bottom)
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text_page, index, x, y)
    size = raw.FPDFText_GetFontSize(text_page, index)
    sides = min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)
    return Glyph(" " if code in _SPACES else chr(code), *sides, size, display(x.value, y.value)[1])


def _leans(text_page: pdfium.PdfTextPage, index: int) -> bool:
    lean = math.degrees(raw.FPDFText_GetCharAngle(text_page, index)) % 90
    return _ASLANT < lean < 90 - _ASLANT


def _color(text_page: pdfium.PdfTextPage, index: int) -> tuple[int, int, int, int]:
    """Red, green, blue and how little of the page shows through; black where that is not known."""
    parts = [ctypes.c_uint() for _ in range(4)]
    known = raw.FPDFText_GetFillColor(text_page, index, *parts)
    red, green, blue, alpha = (part.value for part in parts)
    return (red, green, blue, alpha) if known else (0, 0, 0, 255)


def _within(glyph: Glyph, area: Box) -> bool:
    left, top, right, bottom = area
    return left <= glyph.x <= right and top <= glyph.y <= bottom


def _without_doubles(glyphs: list[Glyph]) -> list[Glyph]:
    """``glyphs`` without those that were printed a second time in almost the same place, to make them bold."""
    kept: list[Glyph] = []
    known: dict[tuple[str, int, int], list[Glyph]] = {}
    for glyph in glyphs:
        column, row = int(glyph.x // _CELL), int(glyph.y // _CELL)
        near = (known.get((glyph.text, column + dx, row + dy), ()) for dx in (-1, 0, 1) for dy in (-1, 0, 1))
        if glyph.text != " " and any(_same(glyph, other) for others in near for other in others):
            continue
        known.setdefault((glyph.text, column, row), []).append(glyph)
        kept.append(glyph)
    return kept


def _same(one: Glyph, other: Glyph) -> bool:
    width, height = one.right - one.left, one.bottom - one.top
    return abs(one.x - other.x) < _DOUBLED * width and abs(one.y - other.y) < _DOUBLED * height
