"""References to cells and areas of a sheet, as ``B4`` and ``A1:C7``."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from services.ingest.formats.sheet.layout import Place

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")


class Area(NamedTuple):
    """A rectangle of cells by its first and last place."""

    first: Place
    last: Place

    def holds(self, place: Place) -> bool:
        """Whether ``place`` lies in it."""
        return self.first[0] <= place[0] <= self.last[0] and self.first[1] <= place[1] <= self.last[1]


def areas(references: str) -> Iterator[Area]:
    """The areas that ``A1:B3 D4`` names."""
    for reference in references.split():
        first, _, last = reference.partition(":")
        top, bottom = place_of(first), place_of(last or first)
        if top is not None and bottom is not None:
            yield Area(top, bottom)


def place_of(reference: str) -> Place | None:
    """The row and column of a reference such as ``B4``."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = 26 * column + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1
