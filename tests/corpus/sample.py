"""Chooses the documents of the corpus: every layout of every format in turn, the other choices drawn."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Any

from shared.form import EDITIONS
from tests.corpus.contents import CONTENT_STYLES, ContentStyle
from tests.corpus.damage import DAMAGES
from tests.corpus.encodings import ENCODING_STYLES
from tests.corpus.figures import FIGURE_STYLES, FigureStyle
from tests.corpus.formats import BINARY_LAYOUTS, HTML_LAYOUTS
from tests.corpus.layouts import LAYOUTS
from tests.corpus.page import ORDERS
from tests.corpus.prose import DATE_STYLES, HEADING_STYLES, TITLE_STYLES
from tests.corpus.scripts import SCRIPT_STYLES
from tests.corpus.spec import Format, Spec
from tests.corpus.statutory import ARRANGEMENTS
from tests.corpus.surroundings import SURROUNDING_STYLES
from tests.corpus.wording import LABEL_STYLES

PLACES: tuple[tuple[Format, str], ...] = (
    *(("text", layout) for layout in LAYOUTS),
    *(("html", layout) for layout in HTML_LAYOUTS),
    *(("docx", layout) for layout in BINARY_LAYOUTS["docx"]),
    *(("xlsx", layout) for layout in BINARY_LAYOUTS["xlsx"]),
    *(("pdf", layout) for layout in BINARY_LAYOUTS["pdf"]),
)
"""Every format and layout."""

CHOICES: dict[str, tuple[Any, ...]] = {
    "edition": EDITIONS,
    "figures": FIGURE_STYLES,
    "contents": CONTENT_STYLES,
    "labels": LABEL_STYLES,
    "arrangement": ARRANGEMENTS,
    "title": TITLE_STYLES,
    "headings": HEADING_STYLES,
    "dates": DATE_STYLES,
    "surroundings": SURROUNDING_STYLES,
    "order": ORDERS,
    "script": SCRIPT_STYLES,
    "encoding": ENCODING_STYLES,
}
"""Every other choice of a spec and what it may be."""

_PLAIN_SHARE = 0.45
_TRACEABLE: tuple[ContentStyle, ...] = ("plain", "padded", "marks", "blanks")


def undamaged(count: int, seed: int) -> Iterator[Spec]:
    """``count`` specs of undamaged pages."""
    rng = Random(seed)
    for at in range(count):
        yield _draw(seed * 1_000_000 + at, *PLACES[at % len(PLACES)], rng)


def damaged(count: int, seed: int) -> Iterator[Spec]:
    """``count`` specs of damaged pages: mostly text, whose lines are what gets lost."""
    rng = Random(seed)
    text = [place for place in PLACES if place[0] == "text"]
    for at in range(count):
        places = PLACES if at % 4 == 0 else text
        spec = _draw(seed * 1_000_000 + 500_000 + at, *places[at % len(places)], rng)
        contents = spec.contents if spec.contents in _TRACEABLE else "plain"
        figures: FigureStyle = "distinct" if rng.random() < 0.6 else "sparse"
        arrangement = "decree" if spec.arrangement == "columns_moved" else spec.arrangement
        yield replace(spec, arrangement=arrangement, damage=rng.choice(DAMAGES[1:]), contents=contents, figures=figures)


def _draw(seed: int, form: Format, layout: str, rng: Random) -> Spec:
    drawn = {name: values[0] if rng.random() < _PLAIN_SHARE else rng.choice(values) for name, values in CHOICES.items()}
    if form == "pdf" or layout.startswith("pdf"):
        drawn["script"] = "simplified"
    return Spec(seed=seed, format=form, layout=layout, **drawn)
