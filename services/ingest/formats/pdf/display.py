"""From a page's own space (points, y up, as it was written) to the page with its text upright."""

import math
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from services.ingest.formats.fixed_layout.page import Box, Point


class View(NamedTuple):
    """How the visible part of a page, a box of its own space, is turned (degrees, clockwise) for its text to stand
    upright; ``turned`` is by how much a viewer shows it turned from there, ``level`` whether no text is turned at
    all."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int
    turned: int
    level: bool

    @classmethod
    def of(cls, page: pdfium.PdfPage, text_page: pdfium.PdfTextPage) -> "View":
        """The view of ``page`` with its text."""
        handle, ask = text_page.raw, raw.FPDFText_GetCharAngle
        angles = [ask(handle, index) for index in range(text_page.count_chars())]
        level = not any(angles)
        turn = 0 if level else _find_turn(handle, angles)
        left, bottom, right, top = page.get_bbox()
        return cls(left, bottom, right, top, turn, (page.get_rotation() - turn) % 360, level)

    @property
    def width(self) -> float:
        return self.right - self.left if self.turn in (0, 180) else self.top - self.bottom

    @property
    def height(self) -> float:
        return self.top - self.bottom if self.turn in (0, 180) else self.right - self.left

    def point(self, x: float, y: float) -> Point:
        """Where a point of the page's own space is."""
        if not self.turn:
            return (x - self.left, self.top - y)
        if self.turn == 90:
            return (y - self.bottom, x - self.left)
        if self.turn == 180:
            return (self.right - x, y - self.bottom)
        return (self.top - y, self.right - x)

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """The same for a box."""
        if not self.turn:
            return (left - self.left, self.top - top, right - self.left, self.top - bottom)
        (x1, y1), (x2, y2) = self.point(left, bottom), self.point(right, top)
        return (min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))


def _find_turn(text_page: Any, angles: Sequence[float]) -> int:
    """How most of the text has to be turned (degrees, clockwise) to stand upright."""
    turns = Counter(
        round(math.degrees(angle) / 90) * 90 % 360
        for index, angle in enumerate(angles)
        if not raw.FPDFText_IsGenerated(text_page, index)
    )
    return -max(turns, key=turns.__getitem__) % 360 if turns else 0
