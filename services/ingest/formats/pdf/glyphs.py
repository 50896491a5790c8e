"""The characters of a page's text layer, whether they are seen or not."""

import ctypes
import math
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from services.ingest.formats.fixed_layout.cover import shade_of
from services.ingest.formats.fixed_layout.page import UNKNOWN, Box, Glyph
from services.ingest.formats.pdf.display import View

_SPACES = frozenset((0x20, 0xA0, 0x3000))
_UNSEEN = frozenset((*range(1, 0x20), 0xAD, 0xFFFE))  # 0xFFFE stands for a soft hyphen

_ASLANT = 5  # degrees; text that leans more is a watermark
_FAINTEST = 128  # of 255; text that lets more of the page through is a watermark


class Written(NamedTuple):
    """A glyph as it was written: its ``number`` in the text layer, its box in the page's own ``space`` (left, bottom,
    right, top), and its ``shade`` (0 black, 255 white; None for a watermark, which leans or is hardly painted)."""

    glyph: Glyph
    number: int
    space: Box
    shade: int | None


def read_glyphs(text_page: pdfium.PdfTextPage, view: View) -> list[Written]:
    """The glyphs of a page, in the order of its text layer."""
    reader = _Reader(text_page, view)
    return [written for index in range(text_page.count_chars()) if (written := reader.written(index))]


class _Reader:
    """Asks PDFium about the characters of a page, one after the other into the same places in memory."""

    def __init__(self, text_page: pdfium.PdfTextPage, view: View) -> None:
        self._text_page = text_page.raw  # asked directly: the object in between costs as much as PDFium's answer
        self._view = view
        self._box = raw.FS_RECTF()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._color = [ctypes.c_uint() for _ in range(4)]

    def written(self, index: int) -> Written | None:
        """The character, if it is one that shows."""
        page, box = self._text_page, self._box
        code = raw.FPDFText_GetUnicode(page, index)
        if code in _UNSEEN or (code in _SPACES and raw.FPDFText_IsGenerated(page, index)):
            return None
        if not 0 < code <= 0x10FFFF or 0xD800 <= code < 0xE000 or raw.FPDFText_HasUnicodeMapError(page, index):
            code = ord(UNKNOWN)
        if not raw.FPDFText_GetLooseCharBox(page, index, box):
            return None
        raw.FPDFText_GetCharOrigin(page, index, self._x, self._y)
        baseline = self._view.point(self._x.value, self._y.value)[1]
        size = raw.FPDFText_GetFontSize(page, index)
        space = (box.left, box.bottom, box.right, box.top)
        text = " " if code in _SPACES else chr(code)
        shade = None if not self._view.level and self._leans(index) else self._shade(index)
        return Written(Glyph(text, *self._view.box(*space), size, baseline), index, space, shade)

    def _shade(self, index: int) -> int | None:
        red, green, blue, alpha = self._color
        if not raw.FPDFText_GetFillColor(self._text_page, index, red, green, blue, alpha):
            return 0
        return shade_of(red.value, green.value, blue.value) if alpha.value >= _FAINTEST else None

    def _leans(self, index: int) -> bool:
        """Whether the character stands neither upright nor on its side."""
        angle = raw.FPDFText_GetCharAngle(self._text_page, index)
        return bool(angle) and _ASLANT < math.degrees(angle) % 90 < 90 - _ASLANT
