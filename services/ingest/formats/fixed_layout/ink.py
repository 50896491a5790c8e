"""What becomes of glyphs that are seen: those printed twice count once, and digits that are struck out, or that stand
on top of one another, are no figures."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice, takewhile
from typing import NamedTuple

from services.ingest.formats.fixed_layout.page import Glyph, Point, Rule
from shared.doubt import DoubtCode

_NARROWEST = 0.6  # of its height; a full-width digit is set in a wider square
_MIDDLE = (0.3, 1.05)  # of a digit's width above its baseline; digits are about 1.4 times as high as wide
_DOUBLED = 0.35  # of a character's width and height: an equal one that is nearer is the same, printed twice
_OVERLAP = 0.5  # of two glyphs' width and height; neighbours, and lines that are set close, overlap less
_STROKES = "-/—–−×"  # what cancels a figure that it stands upon; the boxes of other marks are wider than their ink
_LARGER = 2.0  # times as high: a large letter under small ones is a watermark, and no misprint
_CELL = 2.0  # points; the squares in which such neighbours are looked for
_BAND = 24.0  # points; the same for lines askew
_AROUND = [(dx, dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]


class Slant(NamedTuple):
    """A line that was drawn askew, from one point to another."""

    start: Point
    end: Point


def counted(glyphs: list[Glyph], horizontals: Iterable[Rule], slants: Sequence[Slant]) -> list[Glyph]:
    """``glyphs``, each once, the digits doubted that were struck out or stand on top of others."""
    return _without_overlaps(_without_struck(_without_doubles(glyphs), sorted(horizontals), slants))


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


def _without_struck(glyphs: list[Glyph], rules: list[Rule], slants: Sequence[Slant]) -> list[Glyph]:
    """``glyphs``, the digits doubted through whose middle a line runs: they were struck out."""
    crosses = _crossing(slants)
    return [
        glyph.doubted(DoubtCode.ANNOTATED_TEXT)
        if glyph.text.isdigit() and (_is_struck(glyph, rules) or crosses(glyph))
        else glyph
        for glyph in glyphs
    ]


def _is_struck(glyph: Glyph, rules: list[Rule]) -> bool:
    width = min(glyph.right - glyph.left, _NARROWEST * (glyph.bottom - glyph.top))
    if not rules or width <= 0:
        return False
    lowest, highest = (glyph.baseline - share * width for share in _MIDDLE)
    first = bisect_left(rules, (highest, 0, 0))
    return any(
        rule.start <= glyph.left + 1 and rule.end >= glyph.right - 1
        for rule in takewhile(lambda rule: rule.at <= lowest, islice(rules, first, None))
    )


def _crossing(slants: Sequence[Slant]) -> Callable[[Glyph], bool]:
    """Whether one of ``slants`` runs through the middle of a glyph."""
    bands: dict[int, list[Slant]] = defaultdict(list)
    for slant in slants:
        (_, y1), (_, y2) = slant
        for band in range(int(min(y1, y2) // _BAND), int(max(y1, y2) // _BAND) + 1):
            bands[band].append(slant)

    def crosses(glyph: Glyph) -> bool:
        return any(_runs_through(slant, glyph) for slant in bands.get(int(glyph.y // _BAND), ()))

    return crosses


def _runs_through(slant: Slant, glyph: Glyph) -> bool:
    """Whether a line meets the inner half of a glyph's box, clipped against one pair of its sides after the other."""
    (x1, y1), (x2, y2) = slant
    wide, high = (glyph.right - glyph.left) / 4, (glyph.bottom - glyph.top) / 4
    near, far = 0.0, 1.0
    for start, step, low, upper in (
        (x1, x2 - x1, glyph.x - wide, glyph.x + wide),
        (y1, y2 - y1, glyph.y - high, glyph.y + high),
    ):
        if not step:
            if not low <= start <= upper:
                return False
            continue
        first, last = sorted(((low - start) / step, (upper - start) / step))
        near, far = max(near, first), min(far, last)
    return near <= far


def _without_overlaps(glyphs: list[Glyph]) -> list[Glyph]:
    """``glyphs``, those doubted of which two stand on top of one another: nobody can tell which of them counts."""
    doubted = {at for pair in _overlapping(glyphs) for at in pair}
    if not doubted:
        return glyphs
    return [g.doubted(DoubtCode.OVERLAPPING_TEXT) if at in doubted else g for at, g in enumerate(glyphs)]


def _overlapping(glyphs: Sequence[Glyph]) -> Iterator[tuple[int, int]]:
    """The places of every two glyphs of about one size that cover one another for the most part."""
    lines: dict[int, list[int]] = defaultdict(list)
    tallest = 0.0
    for at in sorted(range(len(glyphs)), key=lambda at: glyphs[at].left):
        glyph = glyphs[at]
        if glyph.text.isalnum() or glyph.text in _STROKES:
            lines[int(glyph.y // _CELL)].append(at)
            tallest = max(tallest, glyph.bottom - glyph.top)
    reach = 1 + int(min(tallest, _BAND) * (1 - _OVERLAP) / _CELL)
    for row, upper in lines.items():
        for number, one in enumerate(upper):
            yield from _with_those_behind(glyphs, one, islice(upper, number + 1, None))
        for below in range(row + 1, row + 1 + reach):
            if below in lines:
                yield from _between(glyphs, upper, lines[below])


def _between(glyphs: Sequence[Glyph], upper: Sequence[int], lower: Sequence[int]) -> Iterator[tuple[int, int]]:
    start = 0
    for one in upper:
        while start < len(lower) and glyphs[lower[start]].right <= glyphs[one].left:
            start += 1
        yield from _with_those_behind(glyphs, one, islice(lower, start, None))


def _with_those_behind(glyphs: Sequence[Glyph], one: int, others: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The pairs that ``one`` makes with ``others``, which come from left to right."""
    glyph = glyphs[one]
    for other in takewhile(lambda at: glyphs[at].left < glyph.right, others):
        if _overlap(glyph, glyphs[other]):
            yield one, other


def _overlap(one: Glyph, other: Glyph) -> bool:
    heights = one.bottom - one.top, other.bottom - other.top
    wide = min(one.right, other.right) - max(one.left, other.left)
    high = min(one.bottom, other.bottom) - max(one.top, other.top)
    return (
        wide > _OVERLAP * (one.right - one.left + other.right - other.left) / 2
        and high > _OVERLAP * min(heights)
        and max(heights) < _LARGER * min(heights)
    )
