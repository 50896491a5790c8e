"""What stands on a page, whatever file it comes from: the glyphs that are seen, those that are not, and the rules.

Lengths are in points; x runs to the right and y down from the top left corner of the page, turned so that its text
stands upright.
"""

from collections.abc import Sequence
from typing import NamedTuple

from shared.doubt import DoubtCode

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

UNKNOWN = "\ufffd"
"""A glyph that nothing explains, or that does not count: dropping it might make another number of what is left."""


class Glyph(NamedTuple):
    """A character, perhaps a space, and the box that its font gives it; the font's ``size``, the height of its
    ``baseline``; ``doubt`` where nobody can tell what it shows."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float = 0
    baseline: float = 0
    doubt: DoubtCode | None = None

    @property
    def x(self) -> float:
        return (self.left + self.right) / 2

    @property
    def y(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def box(self) -> Box:
        return (self.left, self.top, self.right, self.bottom)

    def doubted(self, code: DoubtCode) -> "Glyph":
        """The glyph with a doubt; a digit is then no figure to anybody."""
        return self._replace(text=UNKNOWN if self.text.isdigit() else self.text, doubt=self.doubt or code)


class Hidden(NamedTuple):
    """Where a glyph stands that no reader sees, why, and whether a picture lies there."""

    x: float
    y: float
    code: DoubtCode
    pictured: bool = False


class Rule(NamedTuple):
    """A straight line: a horizontal one at the height ``at``, from ``start`` to ``end``; likewise a vertical one."""

    at: float
    start: float
    end: float


class Page(NamedTuple):
    """A page; ``width`` and ``height`` as its text stands upright. A viewer shows it turned by ``turned`` degrees
    (clockwise) from there."""

    width: float
    height: float
    glyphs: Sequence[Glyph]
    hidden: Sequence[Hidden]
    horizontals: Sequence[Rule]
    verticals: Sequence[Rule]
    turned: int = 0

    def as_shown(self, box: Box) -> Box:
        """``box`` on the page as a viewer shows it."""
        left, top, right, bottom = box
        width, height = self.width, self.height
        return {
            0: box,
            90: (height - bottom, left, height - top, right),
            180: (width - right, height - bottom, width - left, height - top),
            270: (top, width - right, bottom, width - left),
        }[self.turned]


def around(boxes: Sequence[Box]) -> Box:
    """The smallest box around ``boxes``, of which there is one at least."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return (min(lefts), min(tops), max(rights), max(bottoms))
