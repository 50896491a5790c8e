"""Holds what gouji reads from a page against what Chromium shows of it."""

import re
from typing import NamedTuple

from services.ingest.read import read_document
from services.parse.recognise import recognise
from tests.eye.chromium import Browser
from tests.eye.pages import draw
from tests.eye.shown import allowed, plain


class Comparison(NamedTuple):
    """How many ``cells`` were held against each other; sentences on figures that were read and are not shown
    (``invented``), and on those that are plainly shown and were not read (``missed``)."""

    cells: int
    invented: list[str]
    missed: list[str]

    def plus(self, other: "Comparison") -> "Comparison":
        """Both together."""
        return Comparison(self.cells + other.cells, [*self.invented, *other.invented], [*self.missed, *other.missed])


def hold(seed: int, chromium: Browser) -> Comparison:
    """Draws the page of ``seed`` and compares."""
    page = draw(seed)
    shown = chromium.show(page.html)
    may = allowed(shown)
    report = recognise(read_document(page.html.encode(), "page.html"))
    invented = [
        f"{cell}: {report.figure(cell)}, may be {values}: {_markup(page.html, cell)}"
        for cell, values in may.items()
        if report.figure(cell) not in values
    ]
    missed = [
        f"{cell.cell}: {_markup(page.html, cell.cell)}"
        for cell in shown
        if plain(cell, page.cells[cell.cell]) and report.figure(cell.cell) is None
    ]
    return Comparison(len(may), invented, missed)


def _markup(html: str, cell: str) -> str:
    found = re.search(rf'<td[^>]*data-cell="{re.escape(cell)}"[^>]*>.*?</td>', html)
    return found[0] if found else ""
