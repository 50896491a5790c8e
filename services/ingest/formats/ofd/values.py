"""Values of attributes: numbers, boxes and matrices (GB/T 33190-2016 section 7.3).

Lengths are in millimetres, y runs down. What cannot be read counts as nothing.
"""

import math
import re
from collections.abc import Sequence
from typing import NamedTuple

from services.ingest.formats.fixed_layout.page import Point
from services.ingest.formats.package import Element

POINTS = 72 / 25.4
"""A millimetre."""

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,2})?")
_FARTHEST = 1e6  # millimetres; nothing on paper is that far


def numbers(text: str | None) -> list[float]:
    """The numbers in ``text``."""
    return [number if abs(number) < _FARTHEST else 0.0 for number in map(float, _NUMBER.findall(text or ""))]


def number(element: Element, attribute: str, default: float) -> float:
    """The number that an attribute gives."""
    return next(iter(numbers(element.get(attribute))), default)


def flag(element: Element, attribute: str, *, default: bool) -> bool:
    """Whether an attribute says yes."""
    value = element.get(attribute, "").strip().lower()
    return value in ("true", "1") if value else default


class Matrix(NamedTuple):
    """What makes ``(x, y)`` into ``(a x + c y + e, b x + d y + f)``."""

    a: float = 1
    b: float = 0
    c: float = 0
    d: float = 1
    e: float = 0
    f: float = 0

    def then(self, outer: "Matrix") -> "Matrix":
        """This one, and ``outer`` after it."""
        (a, b), (c, d) = outer.turned(self.a, self.b), outer.turned(self.c, self.d)
        return Matrix(a, b, c, d, *outer.point(self.e, self.f))

    def point(self, x: float, y: float) -> Point:
        """Where a point comes to lie."""
        return (self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f)

    def turned(self, x: float, y: float) -> Point:
        """What becomes of a direction."""
        return (self.a * x + self.c * y, self.b * x + self.d * y)

    @property
    def angle(self) -> float:
        """How much a line of writing is turned (degrees, clockwise, 0 to 360)."""
        return math.degrees(math.atan2(self.b, self.a)) % 360


def matrix_of(element: Element) -> Matrix:
    """The ``CTM`` of an element."""
    values = numbers(element.get("CTM"))
    return Matrix(*values) if len(values) == len(Matrix._fields) else Matrix()


def boundary_of(element: Element) -> Sequence[float]:
    """The ``Boundary`` of an element: left, top, width, height; none where it has none."""
    values = numbers(element.get("Boundary"))
    return values if len(values) == 4 else ()


def placed(element: Element, within: Matrix) -> Matrix:
    """What leads from the space of an element's content to that which ``within`` leads to."""
    return matrix_of(element).then(moved(element, within))


def moved(element: Element, within: Matrix) -> Matrix:
    """The same without the element's own CTM: from its boundary's corner."""
    boundary = boundary_of(element)
    return Matrix(e=boundary[0], f=boundary[1]).then(within) if boundary else within
