"""Searches the layout of a table: for every one that a full row shows, how many rows it explains.

Pure: rows are known here by where they stand, how many cells they have, and which of them are blank.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import NamedTuple

from services.parse.table.layouts import LAYOUTS, Layout, Margins, Site

_EXPLAINED = 0.8  # of the rows that a layout must explain; measured on the corpus: below, damage passes for a layout
_FEWEST = 3  # full rows that show a layout: two agree by chance
_EXAMPLES = 3  # kinds of full rows that are tried; a page seldom has more that keep to one layout


class Shape(NamedTuple):
    """A row as the search knows it: its ``site``, how many cells it has (``length``), the blanks at both ends
    (``blank``), and whether it is ``full``: all its figures side by side."""

    site: Site
    length: int
    blank: Margins
    full: bool


class Search:
    """What the rows of a table show of their layout."""

    def __init__(self, shapes: Sequence[Shape]) -> None:
        self._shapes = shapes
        self._full = [shape for shape in shapes if shape.full]

    def margins(self, shape: Shape) -> Margins | None:
        """The margins of a row on this page; None where nothing shows them, or what shows them disagrees. A row does
        not vouch for itself."""
        alike = self._margins_of(shape, lambda site: site == shape.site)
        most, times = next(iter(alike.most_common(1)), (None, 0))
        if times > 1 and 3 * times >= 2 * alike.total():
            return most
        layouts = self._layouts[shape.site.beside]
        if not layouts:
            return most if len(alike) == 1 else None
        predicted = {layout.margins(shape.site, constants) for layout, constants in layouts}
        peers = self.peers(shape)
        if shape.site.beside and len(peers) == 1 and (len(predicted) > 1 or predicted == peers.keys()):
            return next(iter(peers))
        return predicted.pop() if len(predicted) == 1 and not (shape.site.beside and len(peers) == 1) else None

    def peers(self, shape: Shape) -> Counter[Margins]:
        """The margins of the other full rows whose labels stand in the same column of the page: what most rows keep to
        may not hold for them."""
        return self._margins_of(
            shape,
            lambda site: (
                (site.beside, site.place, site.columns) == (shape.site.beside, shape.site.place, shape.site.columns)
            ),
        )

    def all_begin(self, before: int) -> bool:
        """Whether all full rows beside their labels, and there are some, have so many blanks before their cells."""
        begins = [shape.blank.before for shape in self._full if shape.site.beside]
        return len(begins) >= _FEWEST and set(begins) == {before}

    def known(self, *, beside: bool) -> bool:
        """Whether any full row shows how such rows lie."""
        return any(shape.site.beside == beside for shape in self._full)

    def _margins_of(self, shape: Shape, alike: Callable[[Site], bool]) -> Counter[Margins]:
        votes = Counter(other.blank for other in self._full if alike(other.site))
        return votes - Counter([shape.blank] if shape.full else [])

    @cached_property
    def _layouts(self) -> dict[bool, list[tuple[Layout, Margins]]]:
        return {beside: self._best(beside=beside) for beside in (True, False)}

    def _best(self, *, beside: bool) -> list[tuple[Layout, Margins]]:
        """The layouts, each with its constants, that explain the most rows; none where that is too few."""
        shapes = [shape for shape in self._shapes if shape.site.beside == beside]
        full = Counter((shape.site, shape.blank) for shape in shapes if shape.full)
        if full.total() < _FEWEST:
            return []
        candidates = {
            (layout.name, constants): (layout, constants)
            for (site, margins), _ in full.most_common(_EXAMPLES)
            for layout in LAYOUTS
            if layout.beside == beside
            for constants in [layout.constants(site, margins)]
        }
        explained = {
            name: sum(_weight(shape) for shape in shapes if _explains(layout, constants, shape))
            for name, (layout, constants) in candidates.items()
        }
        most = max(explained.values())
        if most < _EXPLAINED * sum(map(_weight, shapes)):
            return []
        return [candidates[name] for name, rows in explained.items() if rows == most]


def _weight(shape: Shape) -> int:
    """A full row counts twice: its margins are seen, those of another only may be what a layout says."""
    return 2 if shape.full else 1


def _explains(layout: Layout, constants: Margins, shape: Shape) -> bool:
    """Whether a row has as many cells as the layout leads to expect, and blanks where it has margins."""
    margins = layout.margins(shape.site, constants)
    if shape.full:
        return margins == shape.blank
    inside = 0 <= margins.before <= shape.blank.before and 0 <= margins.behind <= shape.blank.behind
    return inside and sum(margins) + shape.site.columns == shape.length
