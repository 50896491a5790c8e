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
_AROUND = [(dx, dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]


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
    reader = _Reader(text_page, display)
    glyphs: list[Glyph] = []
    white: list[Glyph] = []
    for index in range(text_page.count_chars()):
        glyph = reader.glyph(index)
        if glyph is None or reader.leans(index):
            continue
        red, green, blue, alpha = reader.color(index)
        if alpha >= _FAINTEST:
            (white if min(red, green, blue) >= _WHITEST else glyphs).append(glyph)
    if white:
        areas = painted()
        glyphs += [glyph for glyph in white if any(_within(glyph, area) for area in areas)]
    return _without_doubles(glyphs)


class _Reader:
    """Asks PDFium about the characters of a page, one after the other into the same places in memory."""

    def __init__(self, text_page: pdfium.PdfTextPage, display: Display) -> None:
        self._text_page = text_page
        self._display = display
        self._box = raw.FS_RECTF()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._color = [ctypes.c_uint() for _ in range(4)]

    def glyph(self, index: int) -> Glyph | None:
        """The character, if it is one that shows."""
        page, box = self._text_page, self._box
        code = raw.FPDFText_GetUnicode(page, index)
        if code in _UNSEEN or (code in _SPACES and raw.FPDFText_IsGenerated(page, index)):
            return None
        if not 0 < code <= 0x10FFFF or 0xD800 <= code < 0xE000 or raw.FPDFText_HasUnicodeMapError(page, index):
            code = ord(UNKNOWN)
        if not raw.FPDFText_GetLooseCharBox(page, index, box):
            return None
        (x1, y1), (x2, y2) = self._display(box.left, box.top), self._display(box.right, box.bottom)
        raw.FPDFText_GetCharOrigin(page, index, self._x, self._y)
        baseline = self._display(self._x.value, self._y.value)[1]
        size = raw.FPDFText_GetFontSize(page, index)
        text = " " if code in _SPACES else chr(code)
        return Glyph(text, min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2), size, baseline)

    def leans(self, index: int) -> bool:
        """Whether the character stands neither upright nor on its side."""
        angle = raw.FPDFText_GetCharAngle(self._text_page, index)
        return bool(angle) and _ASLANT < math.degrees(angle) % 90 < 90 - _ASLANT

    def color(self, index: int) -> tuple[int, int, int, int]:
        """Red, green, blue and how little of the page shows through; black where that is not known."""
        red, green, blue, alpha = self._color
        if not raw.FPDFText_GetFillColor(self._text_page, index, red, green, blue, alpha):
            return (0, 0, 0, 255)
        return (red.value, green.value, blue.value, alpha.value)


def _within(glyph: Glyph, area: Box) -> bool:
    left, top, right, bottom = area
    return left <= glyph.x <= right and top <= glyph.y <= bottom


def _without_doubles(glyphs: list[Glyph]) -> list[Glyph]:
    """``glyphs`` without those that were printed a second time in almost the same place, to make them bold."""
    kept: list[Glyph] = []
    known: dict[tuple[str, int, int], list[Glyph]] = {}
    for glyph in glyphs:
        text, column, row = glyph.text, int(glyph.x // _CELL), int(glyph.y // _CELL)
        if text != " ":
            near = [known[at] for dx, dy in _AROUND if (at := (text, column + dx, row + dy)) in known]
            if near and any(_same(glyph, other) for others in near for other in others):
                continue
        known.setdefault((text, column, row), []).append(glyph)
        kept.append(glyph)
    return kept


def _same(one: Glyph, other: Glyph) -> bool:
    width, height = one.right - one.left, one.bottom - one.top
    return abs(one.x - other.x) < _DOUBLED * width and abs(one.y - other.y) < _DOUBLED * height
