"""Running headers, footers and page numbers: what stands at the edge of pages and is no part of the text."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from services.ingest.formats.fixed_layout.writing import WrittenLine
from services.ingest.furniture import is_page_number

_EDGE = 0.1  # of the page's height, at its top and at its foot
_NUMBER = re.compile(r"\d+")


def without_furniture(pages: Sequence[tuple[float, list[WrittenLine]]]) -> list[list[WrittenLine]]:
    """The lines of each page (its height, and its lines) without page numbers, and without what stands at the same
    edge of most pages, but for the number in it. At the top of the first page it is kept: it may be the title."""
    counts = Counter(
        running for height, lines in pages for running in {_running(line, height) for line in lines} if running
    )
    most = max(2, len(pages) // 2 + 1)

    def is_furniture(line: WrittenLine, height: float, number: int) -> bool:
        running = _running(line, height)
        if running is None:
            return False
        opening = number == 1 and running.at_top
        return is_page_number(line.text) or line.text == str(number) or (counts[running] >= most and not opening)

    return [
        [line for line in lines if not is_furniture(line, height, number)]
        for number, (height, lines) in enumerate(pages, 1)
    ]


class _Running(NamedTuple):
    text: str
    at_top: bool


def _running(line: WrittenLine, height: float) -> _Running | None:
    """What a line at an edge says, numbers aside, and at which edge; None for one in the middle of the page."""
    if _EDGE * height < line.middle < (1 - _EDGE) * height:
        return None
    return _Running(_NUMBER.sub("#", line.text), at_top=line.middle < height / 2)
