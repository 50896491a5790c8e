"""How pages lay out the rows of a table, as data.

A row has as many cells as its header has columns; where merged cells leave blanks before or behind them, a layout says
how many. What it says depends on where the row's label stands, and on two constants of the page, which one row that
has all its figures shows. A new layout is a new entry here.
"""

from collections.abc import Mapping
from typing import NamedTuple


class Site(NamedTuple):
    """Where a row stands: its ``columns``; whether its figures stand ``beside`` its label; the ``place`` of the label
    in its line; in how many groups it stands (``depth``), and how many of them it opens (``opened``); how many groups
    go on beside the row that follows (``continued``)."""

    columns: int
    beside: bool
    place: int
    depth: int
    opened: int
    continued: int

    @property
    def continued_below(self) -> int:
        """``continued`` less one: nothing may stand between the last cell of a row and the first of the next."""
        return max(0, self.continued - 1)


class Margins(NamedTuple):
    """How many blanks stand before a row's first cell and behind its last."""

    before: int
    behind: int


class Layout(NamedTuple):
    """A layout of rows whose figures stand ``beside`` their labels, or below them. Each margin is a constant of the
    page plus so many times what a :class:`Site` has of that name."""

    name: str
    beside: bool
    before: Mapping[str, int]
    behind: Mapping[str, int]

    def constants(self, site: Site, margins: Margins) -> Margins:
        """The constants of a page on which a row at ``site`` has ``margins``."""
        return Margins(margins.before - _sum(self.before, site), margins.behind - _sum(self.behind, site))

    def margins(self, site: Site, constants: Margins) -> Margins:
        """The margins of a row at ``site``; negative where it has no room."""
        return Margins(constants.before + _sum(self.before, site), constants.behind + _sum(self.behind, site))


LAYOUTS: tuple[Layout, ...] = (
    Layout("the same margins everywhere", beside=True, before={}, behind={}),
    Layout("figures under one another", beside=True, before={"place": -1}, behind={"columns": -1}),
    Layout("lines filled up to one width", beside=True, before={}, behind={"place": -1, "columns": -1}),
    Layout("blanks where labels are wide", beside=True, before={"depth": -1}, behind={}),
    Layout("the same margins everywhere", beside=False, before={}, behind={}),
    Layout("lines filled up to one width", beside=False, before={}, behind={"opened": -1}),
    Layout("blanks where groups go on", beside=False, before={"depth": -1}, behind={"continued": 1}),
    Layout("all but the first of these", beside=False, before={"depth": -1}, behind={"continued_below": 1}),
    Layout("blanks before the next label", beside=False, before={}, behind={"continued": 1}),
)


def _sum(weights: Mapping[str, int], site: Site) -> int:
    return sum(weight * int(getattr(site, name)) for name, weight in weights.items())
