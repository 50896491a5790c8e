"""What lies under a glyph and over it, as far as boxes tell: what the page paints last is what counts."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from enum import Enum, auto
from operator import attrgetter
from typing import NamedTuple

from services.ingest.formats.fixed_layout.page import Box
from shared.doubt import DoubtCode

PAPER = 255  # the brightest of 256 shades
LEAST_CONTRAST = 32  # of 255 shades; a reader passes over what stands out less
_TOUCHED = 0.1  # of a glyph's inner box; less is the edge of a neighbouring cell
_WHOLLY = 0.95  # of the same; chosen: what is left of the ink tells no digit
_INNER = 0.2  # of a glyph's width and height, cut off each of its sides: its box is wider than its ink
_BAND = 32.0  # points; the strips of a page by which its areas are looked up


class Area(NamedTuple):
    """Something painted as the ``order``-th thing of its page that covers ``box``: all of it where it is ``opaque``,
    else it may let through what lies under it. ``shade`` where it is all of one (0 black, 255 white)."""

    order: int
    box: Box
    shade: int | None = None
    opaque: bool = False


_ORDER = attrgetter("order")


class Sight(Enum):
    """Whether a glyph is seen."""

    CLEAR = auto()
    COVERED = auto()
    """A rectangle or a picture lies over it."""
    PARTLY = auto()
    """The same lies over some of it."""
    FAINT = auto()
    """It has the shade of what lies under it."""
    BEHIND = auto()
    """Something lies over it that may let it through."""
    UPON = auto()
    """It stands upon a picture or the like."""


Judge = Callable[[Box, int, int], Sight]


def judge_of(areas: Sequence[Area]) -> Judge:
    """Says how a glyph with a box, an order and a shade is seen among ``areas``."""
    bands: dict[int, list[Area]] = defaultdict(list)
    for area in sorted(areas, key=_ORDER):
        for band in range(int(area.box[1] // _BAND), int(area.box[3] // _BAND) + 1):
            bands[band].append(area)

    def judge(box: Box, order: int, shade: int) -> Sight:
        inner = _inner(box)
        near = bands.get(int(inner[1] // _BAND), ())
        if int(inner[3] // _BAND) != int(inner[1] // _BAND):
            near = sorted({*near, *bands.get(int(inner[3] // _BAND), ())}, key=_ORDER)
        return _sight(inner, order, shade, near)

    return judge


def _inner(box: Box) -> Box:
    left, top, right, bottom = box
    wide, high = _INNER * (right - left), _INNER * (bottom - top)
    return (left + wide, top + high, right - wide, bottom - high)


def share_within(box: Box, area: Box) -> float:
    """The share of a glyph's inner box, given its ``box``, that lies in ``area``."""
    return _covered(_inner(box), area)


def _sight(inner: Box, order: int, shade: int, areas: Sequence[Area]) -> Sight:
    under: int | None = PAPER
    over: set[Sight] = set()
    for area in areas:
        share = _covered(inner, area.box)
        if share < _TOUCHED:
            continue
        wholly = share >= _WHOLLY
        if area.order < order:
            under = area.shade if wholly else None
        elif not area.opaque:
            over.add(Sight.BEHIND)
        else:
            over.add(Sight.COVERED if wholly else Sight.PARTLY)
    for sight in (Sight.COVERED, Sight.PARTLY, Sight.BEHIND):
        if sight in over:
            return sight
    if under is None:
        return Sight.UPON
    return Sight.FAINT if abs(shade - under) < LEAST_CONTRAST else Sight.CLEAR


def _covered(inner: Box, box: Box) -> float:
    """The share of ``inner`` that lies in ``box``."""
    wide = min(inner[2], box[2]) - max(inner[0], box[0])
    high = min(inner[3], box[3]) - max(inner[1], box[1])
    whole = (inner[2] - inner[0]) * (inner[3] - inner[1])
    return wide * high / whole if wide > 0 and high > 0 else 0.0


def codes_of_rests(codes: Sequence[DoubtCode | None], runs: Sequence[int]) -> dict[int, DoubtCode]:
    """The doubts of glyphs whose neighbour, written in one go with it (``runs`` says in which), is not seen or hardly,
    as its own code says: what is left of a figure is none."""
    rests: dict[int, DoubtCode] = {}
    for at, code in enumerate(codes):
        if code:
            rests.update(
                (other, code) for other in (at - 1, at + 1) if 0 <= other < len(runs) and runs[other] == runs[at]
            )
    return rests


def shade_of(red: float, green: float, blue: float) -> int:
    """How bright a colour looks: the luma of ITU-R BT.601, which renderers use for grey."""
    return round(0.299 * red + 0.587 * green + 0.114 * blue)
