"""Where the characters of a text object stand (GB/T 33190-2016 section 11)."""

import math
import re
import unicodedata
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from services.ingest.formats.fixed_layout.page import UNKNOWN, Box, Glyph
from services.ingest.formats.ofd.values import POINTS, Matrix, number, numbers
from services.ingest.formats.package import Element

_ABOVE, _BELOW = 0.8, 0.2  # of a font's size, from the baseline: what Chinese fonts give themselves
_WIDE = frozenset("WFA")  # in East Asian fonts these are as wide as high (Unicode Standard Annex 11)
_HALF = 0.5  # of the size; the width of other characters
_ASLANT = 5  # degrees; text that leans more is a watermark
_MOST_CHARACTERS = 100_000  # of a text object
_REPEATED = re.compile(r"g\s+(\d{1,6})\s+(\S+)")
_SPACES = frozenset(" \u00a0\u3000\t\r\n")
_NOT_SHOWN = frozenset("\u00ad")  # others of no width stay in the text, as in PDF


class Character(NamedTuple):
    """A glyph, in points of the page, and how its writing is turned there (degrees: 0, 90, 180, 270)."""

    glyph: Glyph
    turned: int


def characters(element: Element, matrix: Matrix) -> Iterator[Character]:
    """The characters of the text object ``element``, whose space becomes the page's by ``matrix``; none of a watermark,
    which stands askew."""
    turn = Matrix(*_rotation(number(element, "CharDirection", 0)))
    angle = turn.then(matrix).angle
    if _ASLANT < angle % 90 < 90 - _ASLANT:
        return
    size = number(element, "Size", 0)
    stretch = number(element, "HScale", 1)
    x = y = 0.0
    for code in element.iterfind("{*}TextCode"):
        x, y = number(code, "X", x), number(code, "Y", y)
        for text, place, width in _placed(code, size, stretch):
            at = Matrix(e=x + place[0], f=y + place[1])
            box = _box(turn.then(at).then(matrix), size, width)
            baseline = matrix.point(at.e, at.f)[1] * POINTS
            high = math.hypot(*matrix.turned(0, size)) * POINTS
            yield Character(Glyph(text, *box, high, baseline), round(angle / 90) * 90 % 360)


def _rotation(degrees: float) -> tuple[float, float, float, float]:
    sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    return (cosine, sine, -sine, cosine)


def _placed(code: Element, size: float, stretch: float) -> Iterator[tuple[str, tuple[float, float], float]]:
    """The characters of a TextCode: each with its place from the first one's, and its width."""
    text = code.text or ""
    if "\n" in text:
        text = text.strip()  # the line breaks of the XML, which no delta counts
    across, down = deltas(code.get("DeltaX")), deltas(code.get("DeltaY"))
    x = y = 0.0
    for at, character in enumerate(islice(text, _MOST_CHARACTERS)):
        wide = 1.0 if unicodedata.east_asian_width(character) in _WIDE else _HALF
        width = wide * size * stretch
        step = _step(across, at) if across or down else width
        if character not in _NOT_SHOWN:
            shown = min(width, step) if step > width * _HALF else width
            yield _shown(character), (x, y), shown
        x, y = x + step, y + _step(down, at)


def _shown(character: str) -> str:
    if character in _SPACES:
        return " "
    return UNKNOWN if unicodedata.category(character) in ("Cc", "Cs", "Cn") else character


def _step(steps: list[float], at: int) -> float:
    """How far the next character is; where too few are told, the last one counts on, as in other readers."""
    return steps[min(at, len(steps) - 1)] if steps else 0.0


def deltas(value: str | None) -> list[float]:
    """The distances that DeltaX and DeltaY tell; ``g 3 2.5`` stands for three times 2.5."""
    found: list[float] = []
    value = value or ""
    end = 0
    for repeated in _REPEATED.finditer(value):
        found += numbers(value[end : repeated.start()])
        found += numbers(repeated[2])[:1] * min(int(repeated[1]), _MOST_CHARACTERS)
        end = repeated.end()
        if len(found) > _MOST_CHARACTERS:
            break
    return (found + numbers(value[end:]))[:_MOST_CHARACTERS]


def _box(matrix: Matrix, size: float, width: float) -> Box:
    """The box of a character that stands at the origin, in points."""
    corners = [matrix.point(x, y) for x in (0.0, width) for y in (-_ABOVE * size, _BELOW * size)]
    xs, ys = [x * POINTS for x, _ in corners], [y * POINTS for _, y in corners]
    return (min(xs), min(ys), max(xs), max(ys))
