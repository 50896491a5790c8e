"""Chooses the documents of the corpus: every layout of every format in turn, the other choices drawn."""

from collections.abc import Iterator
from random import Random
from typing import Any

from shared.form import EDITIONS
from tests.corpus.contents import CONTENT_STYLES
from tests.corpus.damage import DAMAGES
from tests.corpus.encodings import ENCODING_STYLES
from tests.corpus.figures import FIGURE_STYLES
from tests.corpus.formats import BINARY_LAYOUTS, HTML_LAYOUTS, can_conceal
from tests.corpus.layouts import LAYOUTS
from tests.corpus.page import ORDERS
from tests.corpus.prose import DATE_STYLES, HEADING_STYLES, TITLE_STYLES
from tests.corpus.scripts import SCRIPT_STYLES
from tests.corpus.spec import Format, Spec
from tests.corpus.statutory import ARRANGEMENTS
from tests.corpus.surroundings import SURROUNDING_STYLES
from tests.corpus.unseen import UNSEEN_KINDS
from tests.corpus.wording import LABEL_STYLES

PLACES: tuple[tuple[Format, str], ...] = (
    *(("text", layout) for layout in LAYOUTS),
    *(("html", layout) for layout in HTML_LAYOUTS),
    *((form, layout) for form, layouts in BINARY_LAYOUTS.items() for layout in layouts),
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
    "unseen": UNSEEN_KINDS,
}
"""Every other choice of a spec and what it may be."""

_PLAIN_SHARE = 0.45
_CONCEALING = ("decoy", "styled_decoy", "corrected", "markdown_html")  # a form, or spans that nobody can check
_BROKEN = ("narrow", "torn_rows")
_NARROW = ("unruled", "lined", *_BROKEN)
_HEADERLESS = ("markdown_headerless",)
_OF_COLUMNS = ("columns_moved", "total_missing", "remarks_column", "last_year", "transposed")
_SPACED = (*_NARROW, "pdf_raw", "pdf_aligned", "pdf_pages", "spaces", "single_spaces")


def undamaged(count: int, seed: int) -> Iterator[Spec]:
    """``count`` specs of undamaged pages."""
    rng = Random(seed)
    for at in range(count):
        yield _draw(seed * 1_000_000 + at, PLACES[at % len(PLACES)], CHOICES, rng)


def damaged(count: int, seed: int) -> Iterator[Spec]:
    """``count`` specs of damaged pages: mostly text, whose lines are what gets lost."""
    rng = Random(seed)
    text = [place for place in PLACES if place[0] == "text"]
    sound = [place for place in PLACES if place[1] not in _CONCEALING]  # damage would bring it to light
    text = [place for place in text if place in sound]
    for at in range(count):
        places = sound if at % 4 == 0 else text
        yield _draw(seed * 1_000_000 + 500_000 + at, places[at % len(places)], traceable(undamaged=False), rng)


def traceable(*, undamaged: bool) -> dict[str, tuple[Any, ...]]:
    """The choices for a page that is to be damaged, or not: where a figure may get lost, it must be printed so that
    its trace can be found in the text, and the columns must stand where a reader without a header expects them."""
    if undamaged:
        return CHOICES
    return CHOICES | {
        "damage": DAMAGES[1:],
        "unseen": ("none",),
        "contents": ("plain", "padded", "marks", "blanks"),
        "figures": ("distinct", "sparse"),
        "arrangement": tuple(arrangement for arrangement in ARRANGEMENTS if arrangement != "columns_moved"),
    }


def combined(seed: int, place: tuple[Format, str], choices: dict[str, Any]) -> Spec:
    """The spec of a page with ``choices``, less what its place cannot print: the PDFs' font and narrow cells have no
    room for some of them, without a header columns are the form's, and where spaces part the cells, a unit behind a
    space is one."""
    form, layout = place
    if not can_conceal(form, layout, choices["unseen"]):
        choices = choices | {"unseen": "none"}
    if form in ("pdf", "ofd") or layout.startswith("pdf"):
        visible = "clean" if choices["labels"] == "hidden" else choices["labels"]
        choices = choices | {"script": "simplified", "labels": visible}
    if layout in _HEADERLESS and choices["arrangement"] in _OF_COLUMNS:
        choices = choices | {"arrangement": "decree"}
    unprintable = {"units": _SPACED, "fullwidth": _NARROW, "padded": _BROKEN, "noted": _NARROW}
    if layout in unprintable.get(choices["contents"], ()):
        choices = choices | {"contents": "plain"}
    if layout == "repeated_headers" and choices["arrangement"] == "tracks_stacked":
        choices = choices | {"arrangement": "decree"}  # there every track has a header of its own
    if form in ("pdf", "ofd") and choices["figures"] == "large" and choices["contents"] == "padded":
        choices = choices | {"contents": "plain"}  # with spaces before them they fill more than a line
    return Spec(seed=seed, format=form, layout=layout, **choices)


def _draw(seed: int, place: tuple[Format, str], choices: dict[str, tuple[Any, ...]], rng: Random) -> Spec:
    drawn = {
        name: values[0] if name != "damage" and rng.random() < _PLAIN_SHARE else rng.choice(values)
        for name, values in choices.items()
    }
    return combined(seed, place, drawn)
