"""What is drawn on a page beside its text: straight lines, and areas that may hide what lies under them."""

from collections.abc import Sequence
from itertools import pairwise

from services.ingest.formats.fixed_layout.cover import Area
from services.ingest.formats.fixed_layout.ink import Slant
from services.ingest.formats.fixed_layout.page import Box, Point, Rule

_THICKEST_RULE = 3.0  # points
_MOST_SHAPES = 20_000  # on a page; more of them are a drawing, not the rules of a table
_STRAIGHT = 1.0  # points by which a rule may lean
_CORNERS = 4  # of a rectangle


class Drawing:
    """Gathers what is drawn, in displayed places. Of more shapes than any table has no lines are told."""

    def __init__(self) -> None:
        self.areas: list[Area] = []
        self.pictures: list[Box] = []
        self._horizontals: list[Rule] = []
        self._verticals: list[Rule] = []
        self._slants: list[Slant] = []
        self._shapes = 0

    @property
    def overfull(self) -> bool:
        """Whether the lines of further shapes need not be looked at."""
        return self._shapes > _MOST_SHAPES

    @property
    def horizontals(self) -> Sequence[Rule]:
        return () if self.overfull else self._horizontals

    @property
    def verticals(self) -> Sequence[Rule]:
        return () if self.overfull else self._verticals

    @property
    def slants(self) -> Sequence[Slant]:
        return () if self.overfull else self._slants

    def picture(self, order: int, box: Box, *, opaque: bool = False) -> None:
        """Takes a picture."""
        self.areas.append(Area(order, box, None, opaque))
        self.pictures.append(box)

    def shape(
        self, order: int, outlines: Sequence[list[Point]], *, shade: int | None, filled: bool, stroked: bool
    ) -> None:
        """Takes a shape; ``shade`` is that of its filling, None where it lets through what lies under it."""
        self._shapes += 1
        whole = len(outlines) == 1 and is_rectangle(outlines[0])
        for outline in outlines:
            box = box_of(outline)
            line = _thin(box)
            if stroked:
                self._lines(outline)
            elif filled:
                self._lines(line)
            if filled and (stroked or not line):
                self.areas.append(Area(order, box, shade if whole else None, whole and shade is not None))

    def _lines(self, outline: Sequence[Point]) -> None:
        for (x1, y1), (x2, y2) in pairwise(outline):
            wide, high = abs(x1 - x2), abs(y1 - y2)
            if high <= _STRAIGHT < wide:
                self._horizontals.append(Rule((y1 + y2) / 2, min(x1, x2), max(x1, x2)))
            elif wide <= _STRAIGHT < high:
                self._verticals.append(Rule((x1 + x2) / 2, min(y1, y2), max(y1, y2)))
            elif wide > _STRAIGHT and high > _STRAIGHT:
                self._slants.append(Slant((x1, y1), (x2, y2)))


def box_of(points: Sequence[Point]) -> Box:
    """The box around points."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return (min(xs), min(ys), max(xs), max(ys))


def shared_box(one: Box, other: Box) -> Box:
    """What two boxes have in common; empty (its right before its left, say) where that is nothing."""
    return (max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3]))


def is_rectangle(points: Sequence[Point]) -> bool:
    """Whether points follow the sides of an upright rectangle."""
    corners = [*points]
    while len(corners) > 1 and corners[-1] == corners[0]:  # where the path is closed, perhaps twice
        del corners[-1]
    return len(corners) == _CORNERS and all(
        x1 == x2 or y1 == y2 for (x1, y1), (x2, y2) in pairwise([*corners, corners[0]])
    )


def _thin(box: Box) -> list[Point]:
    """The middle line of a box that is thin enough to be a rule; nothing of any other."""
    left, top, right, bottom = box
    x, y = (left + right) / 2, (top + bottom) / 2
    if bottom - top <= _THICKEST_RULE < right - left:
        return [(left, y), (right, y)]
    if right - left <= _THICKEST_RULE < bottom - top:
        return [(x, top), (x, bottom)]
    return []
