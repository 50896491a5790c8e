"""Where a figure stands, as a string that people read and a console can draw: ``p2 T1R3C4 [310.5 120 322.1 132.4]``.

What stands before the bracket names the place (see :class:`~shared.blocks.Block`). The bracket is the box around the
writing: left, top, right and bottom, in points (1/72 inch) from the top left corner of the page as a viewer shows it.
Formats without such places have no bracket.
"""

import re
from typing import NamedTuple

_NUMBER = r"(-?\d+(?:\.\d+)?)"
_SOURCE = re.compile(rf"(.*?)(?: \[{_NUMBER} {_NUMBER} {_NUMBER} {_NUMBER}\])?", re.DOTALL)
_PAGE = re.compile(r"p(\d+) ")


class Source(NamedTuple):
    """A source taken apart: the ``place`` as it is named, its ``page`` (from 1) and ``box`` where it has them."""

    place: str
    page: int | None
    box: tuple[float, float, float, float] | None


def read_source(source: str) -> Source:
    """``source`` taken apart; never fails, for what has no bracket is all place."""
    if not source.endswith("]") and not source.startswith("p"):
        return Source(source, None, None)
    place, left, top, right, bottom = _SOURCE.fullmatch(source).groups()  # type: ignore[union-attr]  # matches all
    page = _PAGE.match(place)
    box = (float(left), float(top), float(right), float(bottom)) if left else None
    return Source(place, int(page[1]) if page else None, box)


def write_source(place: str, box: tuple[float, float, float, float]) -> str:
    """The source of what stands at ``place`` within ``box``."""
    left, top, right, bottom = (f"{length:.1f}".removesuffix(".0") for length in box)
    return f"{place} [{left} {top} {right} {bottom}]"
