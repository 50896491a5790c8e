"""What a rendered page shows where glyphs stand: the last word on whether they are seen."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from ctypes import c_int
from enum import Enum, auto
from itertools import islice, takewhile
from math import sqrt
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from services.ingest.formats.fixed_layout.cover import LEAST_CONTRAST, PAPER
from services.ingest.formats.fixed_layout.page import Box
from services.ingest.formats.pdf.objects import Drawn, Handle, Text

_SCALE = 2.0  # pixels a point: a digit of nine points is some ten pixels wide
_MOST_PIXELS = 4_000_000  # of a rendered page; an A3 page at that scale
_GREY = 128  # behind the ink of glyphs alone, so that white ink shows, too
_INK = 24  # of 128 shades; a fifth of a pixel is ink
_CHANGE = 16  # of 255 shades; a fifth of a pixel of the faintest ink that is seen
_SEEN = 0.75  # of a glyph's ink: what covers less leaves no other digit
_TRACE = 0.1  # of a glyph's ink; less is the edge of a neighbour
_MARGIN = 0.1  # of a glyph's width on either side, where its neighbours' ink may reach
_MOST_GROUPS = 8  # of texts that lie upon one another; each is looked at without the others


class Look(Enum):
    """How much of a glyph the page shows."""

    SEEN = auto()
    PARTLY = auto()
    HIDDEN = auto()


class Spot(NamedTuple):
    """A glyph to look at: the text object that it is part of, and its box in the page's own space (left, bottom,
    right, top)."""

    text: Text
    space: Box


def looks(page: pdfium.PdfPage, drawn: Drawn, spots: Sequence[Spot], whole: Sequence[Spot]) -> Iterator[Look]:
    """How each of ``spots`` looks; ``whole`` are all glyphs of their text objects. Texts that stand upon one another
    are looked at one after the other."""
    if not spots:
        return
    seen: dict[int, Look] = {}
    page_as_it_is = _Picture.of(page, PAPER)
    for group in _groups(spots, _upon_one_another(whole)):
        handles = {spot.text.order: spot.text.handle for spot in (spots[at] for at in group)}
        with _without(handles.values()):
            rest = _Picture.of(page, PAPER)
        others = [text.handle for text in drawn.texts.values() if text.order not in handles]
        with _without([*others, *drawn.others]):
            ink = _Picture.of(page, _GREY)
        seen.update((at, _look(page_as_it_is, rest, ink, spots[at].space)) for at in group)
    yield from (seen[at] for at in range(len(spots)))


def _groups(spots: Sequence[Spot], upon: Mapping[int, Set[int]]) -> list[list[int]]:
    """The places of spots in groups that can be looked at together: no text object of a group stands upon another."""
    groups: dict[int, list[int]] = defaultdict(list)
    group_of: dict[int, int] = {}
    for at, spot in enumerate(spots):
        order = spot.text.order
        if order not in group_of:
            taken = {group_of.get(other) for other in upon.get(order, ())}
            group_of[order] = next((group for group in range(_MOST_GROUPS) if group not in taken), _MOST_GROUPS)
        groups[group_of[order]].append(at)
    return list(groups.values())


def _upon_one_another(spots: Sequence[Spot]) -> dict[int, set[int]]:
    """By the order of a text object, the orders of the others whose glyphs overlap its own."""
    found: dict[int, set[int]] = defaultdict(set)
    by_left = sorted(spots, key=lambda spot: spot.space[0])
    for at, one in enumerate(by_left):
        for other in takewhile(lambda spot: spot.space[0] < one.space[2], islice(by_left, at + 1, None)):  # noqa: B023
            if one.text.order != other.text.order and _overlap(one.space, other.space):
                found[one.text.order].add(other.text.order)
                found[other.text.order].add(one.text.order)
    return found


def _overlap(one: Box, other: Box) -> bool:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide > 2 * _MARGIN * min(one[2] - one[0], other[2] - other[0]) and high > 0


@contextmanager
def _without(handles: Iterable[Handle]) -> Iterator[None]:
    """While it is entered, ``handles`` are not painted."""
    hidden = list(handles)
    for handle in hidden:
        raw.FPDFPageObj_SetIsActive(handle, False)
    try:
        yield
    finally:
        for handle in hidden:
            raw.FPDFPageObj_SetIsActive(handle, True)


class _Picture:
    """A rendered page: shades of grey, row after row."""

    def __init__(self, page: pdfium.PdfPage, bitmap: pdfium.PdfBitmap) -> None:
        self._page = page
        self._size = (bitmap.width, bitmap.height)
        self._stride = bitmap.stride
        self._shades = bytes(bitmap.buffer)
        self._x, self._y = c_int(), c_int()

    @classmethod
    def of(cls, page: pdfium.PdfPage, background: int) -> "_Picture":
        """The page as it is now, on a background of one shade."""
        width, height = page.get_size()
        scale = min(_SCALE, sqrt(_MOST_PIXELS / (width * height)))
        color = (background, background, background, 255)
        bitmap = page.render(scale=scale, grayscale=True, fill_color=color, draw_annots=False, may_draw_forms=False)
        picture = cls(page, bitmap)
        bitmap.close()
        return picture

    def rows(self, space: Box) -> Iterator[bytes]:
        """The pixels within a box of the page's own space; a little less at either side."""
        left, bottom, right, top = space
        margin = _MARGIN * (right - left)
        (x1, y1), (x2, y2) = self._pixel(left + margin, bottom), self._pixel(right - margin, top)
        (left_at, right_at), (top_at, bottom_at) = sorted((x1, x2)), sorted((y1, y2))
        width, height = self._size
        for row in range(max(0, top_at), min(height, bottom_at + 1)):
            start = row * self._stride
            yield self._shades[start + max(0, left_at) : start + min(width, right_at + 1)]

    def _pixel(self, x: float, y: float) -> tuple[int, int]:
        raw.FPDF_PageToDevice(self._page, 0, 0, *self._size, 0, x, y, self._x, self._y)
        return self._x.value, self._y.value


def _look(whole: _Picture, rest: _Picture, ink: _Picture, space: Box) -> Look:
    """How much of the ink at a place shows on the ``whole`` page, by the ``rest`` of it and the ``ink`` alone."""
    inked = changed = most = 0
    for with_it, without_it, alone in zip(whole.rows(space), rest.rows(space), ink.rows(space), strict=True):
        if with_it == without_it:
            inked += sum(abs(shade - _GREY) >= _INK for shade in alone)
            continue
        for one, other, shade in zip(with_it, without_it, alone, strict=True):
            most = max(most, abs(one - other))
            if abs(shade - _GREY) >= _INK:
                inked += 1
                changed += abs(one - other) >= _CHANGE
    if most < LEAST_CONTRAST:
        return Look.HIDDEN
    if changed >= _SEEN * inked:
        return Look.SEEN
    return Look.PARTLY if changed >= _TRACE * inked else Look.HIDDEN
