"""Tables that rules draw: the grid is where the rules are; two squares are one cell where no rule parts them."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from services.ingest.formats.fixed_layout.page import Box, Glyph, Hidden, Page, Rule
from services.ingest.formats.fixed_layout.writing import write_text
from shared.doubt import DoubtCode

_NEAR = 3.0  # points; rules nearer than this are one, or meet
_COVERED = 0.6  # share of a square's side that a rule must cover to part it from the next
_WIDEST_MARGIN = 5.5  # points; between the side of a cell and its text, as Word sets it
_OVERFULL = 20  # of so many cells one may hold more than it has room for
_MOST_RULES = 2_000  # of a direction on a page, and squares between them; more of them are a drawing
_MOST_SQUARES = 50_000

Square = tuple[int, int]  # row and column between neighbouring rules


class RuledCell(NamedTuple):
    """A cell: its text, its edges as places among the table's ``ys`` and ``xs``, the ``room`` (points) behind its
    last line, and the width ``em`` of the widest glyph there; why what it shows is doubtful, if so; the box around
    what it says (the cell itself where it says nothing)."""

    text: str
    top: int
    left: int
    bottom: int
    right: int
    room: float
    em: float
    doubt: DoubtCode | None
    box: Box


class RuledTable(NamedTuple):
    """A table: where its rules stand across (``xs``) and down (``ys``), and its cells from top left to bottom right."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[RuledCell, ...]


def find_tables(page: Page) -> tuple[list[RuledTable], Sequence[Glyph]]:
    """The ruled tables of a page from top to bottom, and the glyphs that stand outside them."""
    tables: list[RuledTable] = []
    outside = page.glyphs
    rules = _joined(page.horizontals), _joined(page.verticals)
    if max(map(len, rules)) > _MOST_RULES:
        return [], outside
    for horizontals, verticals in _connected(*rules):
        xs, ys = _places(verticals, horizontals), _places(horizontals, verticals)
        squares = (len(xs) - 1) * (len(ys) - 1)
        if not 1 < squares <= _MOST_SQUARES:
            continue  # one square is a frame
        inside: dict[Square, list[Glyph]] = defaultdict(list)
        rest: list[Glyph] = []
        for glyph in outside:
            row, column = bisect_right(ys, glyph.y) - 1, bisect_right(xs, glyph.x) - 1
            if 0 <= row < len(ys) - 1 and 0 <= column < len(xs) - 1:
                inside[row, column].append(glyph)
            else:
                rest.append(glyph)
        if inside:
            outside = rest
            regions = _regions(len(ys) - 1, len(xs) - 1, _walls(xs, ys, horizontals, verticals))
            cells = _cells(regions, inside, xs, ys)
            tables.append(RuledTable(xs, ys, tuple(_with_hidden(cells, page.hidden, xs, ys))))
    return sorted(tables, key=lambda table: table.ys[0]), outside


def _joined(rules: Iterable[Rule]) -> list[Rule]:
    """``rules`` with those that go on with or double one another made one."""
    joined: list[Rule] = []
    for level in _levels(sorted(rules)):
        at = sum(rule.at for rule in level) / len(level)
        line: Rule | None = None
        for rule in sorted(level, key=lambda rule: rule.start):
            if line is not None and rule.start <= line.end + _NEAR:
                line = Rule(at, line.start, max(line.end, rule.end))
            else:
                if line is not None:
                    joined.append(line)
                line = Rule(at, rule.start, rule.end)
        if line is not None:
            joined.append(line)
    return joined


def _levels(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    """``rules``, ordered, in groups that stand within a hair of one another."""
    level: list[Rule] = []
    for rule in rules:
        if level and rule.at - level[0].at > _NEAR:
            yield level
            level = []
        level.append(rule)
    if level:
        yield level


def _connected(horizontals: list[Rule], verticals: list[Rule]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """The rules in groups that touch: each is the skeleton of a table."""
    waiting_h, waiting_v = set(horizontals), set(verticals)
    while waiting_h:
        group_h, group_v = [waiting_h.pop()], list[Rule]()
        fresh: list[tuple[Rule, bool]] = [(group_h[0], True)]
        while fresh:
            rule, horizontal = fresh.pop()
            waiting, group = (waiting_v, group_v) if horizontal else (waiting_h, group_h)
            touched = [other for other in waiting if _touch(rule, other)]
            waiting.difference_update(touched)
            group.extend(touched)
            fresh.extend((other, not horizontal) for other in touched)
        if group_v:
            yield group_h, group_v


def _touch(rule: Rule, across: Rule) -> bool:
    return across.start - _NEAR <= rule.at <= across.end + _NEAR and rule.start - _NEAR <= across.at <= rule.end + _NEAR


def _places(rules: Iterable[Rule], across: Iterable[Rule]) -> tuple[float, ...]:
    """Where ``rules`` stand, and where those ``across`` them end: the sides of a table are often left open."""
    ends = [*(rule.start for rule in across), *(rule.end for rule in across)]
    return merge_places([*(rule.at for rule in rules), min(ends), max(ends)])


def merge_places(places: Iterable[float]) -> tuple[float, ...]:
    """``places`` in order, those within a hair of one another made one."""
    merged: list[float] = []
    for place in sorted(places):
        if not merged or place - merged[-1] > _NEAR:
            merged.append(place)
    return tuple(merged)


def nearest(places: Sequence[float], at: float) -> int:
    """The index of the place that is nearest to ``at``."""
    return min(range(len(places)), key=lambda index: abs(places[index] - at))


def _walls(
    xs: Sequence[float], ys: Sequence[float], horizontals: Iterable[Rule], verticals: Iterable[Rule]
) -> set[tuple[Square, Square]]:
    """The pairs of neighbouring squares that a rule parts, the upper or left one first."""
    walls: set[tuple[Square, Square]] = set()
    for rule in verticals:
        column = nearest(xs, rule.at)
        walls.update(((row, column - 1), (row, column)) for row in _covered(ys, rule))
    for rule in horizontals:
        row = nearest(ys, rule.at)
        walls.update(((row - 1, column), (row, column)) for column in _covered(xs, rule))
    return walls


def _covered(places: Sequence[float], rule: Rule) -> Iterator[int]:
    """The intervals between ``places`` along which ``rule`` runs."""
    for index, (start, end) in enumerate(pairwise(places)):
        if min(end, rule.end) - max(start, rule.start) >= _COVERED * (end - start):
            yield index


def _regions(rows: int, columns: int, walls: set[tuple[Square, Square]]) -> list[list[Square]]:
    """The squares in groups that no wall parts, from top left to bottom right.

    A group that is no rectangle (a rule is missing) is taken apart again: each square then keeps what stands in it.
    """
    taken: set[Square] = set()
    regions: list[list[Square]] = []
    for square in ((row, column) for row in range(rows) for column in range(columns)):
        if square in taken:
            continue
        region, fresh = {square}, [square]
        while fresh:
            row, column = here = fresh.pop()
            below, right = (row + 1, column), (row, column + 1)
            above, left = (row - 1, column), (row, column - 1)
            for other, wall in (
                (below, (here, below)),
                (right, (here, right)),
                (above, (above, here)),
                (left, (left, here)),
            ):
                inside = 0 <= other[0] < rows and 0 <= other[1] < columns
                if inside and other not in region and wall not in walls:
                    region.add(other)
                    fresh.append(other)
        taken |= region
        whole = len(region) == len({row for row, _ in region}) * len({column for _, column in region})
        regions.extend([sorted(region)] if whole else ([each] for each in sorted(region)))
    return sorted(regions)


def _cells(
    regions: Sequence[list[Square]], glyphs: dict[Square, list[Glyph]], xs: Sequence[float], ys: Sequence[float]
) -> list[RuledCell]:
    inside = [[glyph for square in region for glyph in glyphs.get(square, ())] for region in regions]
    sides = [(xs[region[0][1]], xs[region[-1][1] + 1]) for region in regions]
    gaps = sorted(
        min(min(glyph.left for glyph in held) - left, right - max(glyph.right for glyph in held))
        for held, (left, right) in zip(inside, sides, strict=True)
        if held
    )
    margin = min(max(0.0, gaps[len(gaps) // _OVERFULL]), _WIDEST_MARGIN) if gaps else 0.0
    cells = []
    for region, held, (left, right) in zip(regions, inside, sides, strict=True):
        text, room, em, doubt, box = write_text(held, right - left - 2 * margin)
        (top, first), (bottom, last) = region[0], region[-1]
        box = box or (left, ys[top], right, ys[bottom + 1])
        cells.append(RuledCell(text, top, first, bottom + 1, last + 1, room, em, doubt, box))
    return cells


def _with_hidden(
    cells: Sequence[RuledCell], hidden: Sequence[Hidden], xs: Sequence[float], ys: Sequence[float]
) -> Iterator[RuledCell]:
    """``cells``, those doubted that show nothing, though something is hidden there."""
    places = {(bisect_right(ys, glyph.y) - 1, bisect_right(xs, glyph.x) - 1): glyph.code for glyph in hidden}
    for cell in cells:
        code = None
        if not cell.text:
            here = (at for at in places if cell.top <= at[0] < cell.bottom and cell.left <= at[1] < cell.right)
            code = next((places[at] for at in here), None)
        yield cell._replace(doubt=code) if code else cell
