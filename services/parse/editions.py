"""Chooses the edition of the form by what the page shows; by its year only where several are shown alike."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from services.parse.label_key import label_key
from services.parse.table.segments import Evidence
from shared.blocks import Block
from shared.form import EDITIONS, UNKNOWN, edition_of, load_form
from shared.form.model import Edition

_FEWEST_LABELS = 3  # fewer words of the form occur on any page


class Choice(NamedTuple):
    """The edition of a page; ``shown`` where the page itself shows it, else its year decided."""

    edition: Edition
    shown: bool = True


def choose_edition(blocks: Sequence[Block], evidence: Evidence, year: int | None) -> Choice:
    """The edition whose words the page shows most; of several that it shows alike the one that reports on ``year`` are
    known to use. ``unknown`` where the page shows hardly any word of the form, where neither tells, or where the year
    is later than any that an edition is known for and the page lacks words of the one it comes nearest to: it may be a
    newer edition."""
    counts = {edition: len(words) for edition, words in evidence.words.items()}
    if not any(counts.values()):
        counts = _counts(blocks)
    most = max(counts.values())
    if evidence.labels < _FEWEST_LABELS and most < _FEWEST_LABELS:
        return Choice(UNKNOWN)
    shown = [edition for edition in EDITIONS if counts[edition] == most]
    if year and year > _last_known_year() and _counts(blocks)[shown[0]] < len(_distinctive_words(shown[0])):
        return Choice(UNKNOWN)
    if len(shown) == 1:
        return Choice(shown[0])
    by_year = edition_of(year) if year else EDITIONS[0]
    return Choice(by_year if by_year in shown else UNKNOWN, shown=False)


def _counts(blocks: Sequence[Block]) -> dict[Edition, int]:
    """How many of the words that tell each edition stand anywhere on the page."""
    page = label_key("".join(block.text for block in blocks))
    return {edition: sum(word in page for word in _distinctive_words(edition)) for edition in EDITIONS}


@cache
def _last_known_year() -> int:
    return max(load_form(edition).last_year for edition in EDITIONS)


@cache
def _distinctive_words(edition: Edition) -> tuple[str, ...]:
    """The column labels of the table of disclosure that some other edition does not print, not even as part of a longer
    one."""
    labels = {
        other: [label_key(column.label) for column in load_form(other).table("disclosure").columns]
        for other in EDITIONS
    }
    return tuple(
        own for own in labels[edition] if not all(any(own in label for label in labels[other]) for other in EDITIONS)
    )
