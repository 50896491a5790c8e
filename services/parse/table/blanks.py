"""Learns where a page leaves cells blank because of merged cells, from the rows that have all their figures.

A row with real blanks is then read by place: its figures and blanks must be as many as such a row has.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from typing import NamedTuple

_AGREEING = 0.8  # of the full rows, for a rule to hold on the page
_FEWEST = 3
_EXAMPLES = 3  # kinds of full rows that a rule is sought for


class Place(NamedTuple):
    """Where a row's label stands: how deep in groups, and how many it opens; where its figures are ``near`` (on its own
    line) also in which column, else also how its follower is nested."""

    near: bool
    depth: int
    opened: int
    column: int = 0
    next_depth: int = 0
    next_opened: int = 0


class Margins(NamedTuple):
    """How many blanks stand before a row's first cell and behind its last."""

    before: int
    behind: int


Rule = Callable[[Place, int], Margins]
"""The margins of a row at a place with so many columns."""


class Blanks:
    """What the rows of a table show: ``samples`` are the full ones, each with its place, its number of columns and its
    margins; ``lengths`` those of all rows, with place, number of columns, number of cells, and the blanks at both ends.
    """

    def __init__(
        self, samples: Iterable[tuple[Place, int, Margins]], lengths: Iterable[tuple[Place, int, int, Margins]]
    ) -> None:
        self._samples = list(samples)
        self._lengths = list(lengths)
        self._seen: dict[tuple[Place, int], Counter[Margins]] = defaultdict(Counter)
        for place, count, margins in self._samples:
            self._seen[place, count][margins] += 1
        self._rules = {near: self._best_rules(near) for near in (True, False)}

    def margins(self, place: Place, count: int, own: Margins | None = None) -> Margins | None:
        """The margins of a row at ``place`` with ``count`` columns on this page; None where nothing shows them.

        ``own`` are the row's own margins, if it is one of the full rows: it does not vouch for itself.
        """
        votes = self._seen.get((place, count), Counter[Margins]()) - Counter([own] if own else [])
        best, times = next(iter(votes.most_common(1)), (None, 0))
        if times > 1 and 3 * times >= 2 * votes.total():
            return best
        if rules := self._rules[place.near]:
            peers = self._peers(place, count, own)
            if place.near and len(peers) == 1:
                return next(iter(peers))
            shown = {rule(place, count) for rule in rules}
            return shown.pop() if len(shown) == 1 else None
        return best if len(votes) == 1 else None

    def _peers(self, place: Place, count: int, own: Margins | None) -> Counter[Margins]:
        """The margins of the full rows whose labels stand in the same column: a rule that most rows keep may not hold
        for them."""
        peers = Counter(
            margins
            for other, columns, margins in self._samples
            if other.near == place.near and other.column == place.column and columns == count
        )
        return peers - Counter([own] if own else [])

    def peers_show(self, place: Place, count: int, own: Margins | None = None) -> bool:
        """Whether another full row has its label in the same column, so that no rule had to be drawn from others."""
        return bool(self._peers(place, count, own))

    def all_begin(self, before: int) -> bool:
        """Whether all full rows beside their labels, and there are some, have so many blanks before their cells."""
        begins = [margins.before for place, _, margins in self._samples if place.near]
        return len(begins) >= _FEWEST and set(begins) == {before}

    def known(self, near: bool) -> bool:
        """Whether any full row shows how rows of this kind lie."""
        return any(place.near == near for place, _, _ in self._samples)

    def _best_rules(self, near: bool) -> list[Rule]:
        """The rules that most full rows keep; none where too few do, or there are too few rows."""
        samples = [sample for sample in self._samples if sample[0].near == near]
        if len(samples) < _FEWEST:
            return []
        rules = [
            rule
            for (place, count, margins), _ in Counter(samples).most_common(_EXAMPLES)
            for rule in (_near_rules(place, count, margins) if near else _far_rules(place, margins))
        ]
        lengths = [length for length in self._lengths if length[0].near == near]
        agreeing = [
            sum(rule(place, count) == margins for place, count, margins in samples)
            + sum(_fits(rule(place, count), count, length, blank) for place, count, length, blank in lengths)
            for rule in rules
        ]
        if max(agreeing) < _AGREEING * (len(samples) + len(lengths)):
            return []
        return [rule for rule, agreed in zip(rules, agreeing, strict=True) if agreed == max(agreeing)]


def _fits(margins: Margins, count: int, length: int, blank: Margins) -> bool:
    """Whether a row of ``length`` cells, with so many ``blank`` at its ends, has ``count`` between these margins."""
    inside = 0 <= margins.before <= blank.before and 0 <= margins.behind <= blank.behind
    return inside and sum(margins) + count == length


def _near_rules(place: Place, count: int, margins: Margins) -> list[Rule]:
    """The same margins everywhere; figures under one another in lines of one width; lines filled up to one width
    behind; blanks where labels are wide."""
    first = place.column + 1 + margins.before
    width = first + count + margins.behind
    widened = margins.before + place.depth
    return [
        lambda _place, _count: margins,
        lambda place, count: Margins(first - place.column - 1, width - first - count),
        lambda place, count: Margins(margins.before, width - place.column - 1 - margins.before - count),
        lambda place, _count: Margins(max(0, widened - place.depth), margins.behind),
    ]


def _far_rules(place: Place, margins: Margins) -> list[Rule]:
    """The same margins everywhere; lines filled up to one width behind; or blanks where merged labels go on, the first
    of them lost where a page has nothing between the last cell of a row and the first of the next."""
    filled = margins.behind + place.opened
    widened = margins.before + place.depth
    lost = max(0, place.next_depth - place.next_opened - margins.behind)
    return [
        lambda _place, _count: margins,
        lambda place, _count: Margins(0, filled - place.opened),
        lambda place, _count: Margins(
            max(0, widened - place.depth), max(0, place.next_depth - place.next_opened - lost)
        ),
        lambda place, _count: Margins(0, place.next_depth - place.next_opened),
    ]
