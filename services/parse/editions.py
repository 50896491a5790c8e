"""Chooses the edition of the form by what the page shows, not by its year."""

from collections.abc import Sequence
from functools import cache
from typing import Literal, NamedTuple

from services.parse.essence import essence
from services.parse.table.segments import Evidence
from shared.blocks import Block
from shared.form import EDITIONS, load_form
from shared.form.model import Edition

_FEWEST_LABELS = 3  # fewer words of the form occur on any page
_FIRST_YEAR = 2021  # of the edition of that name


class Choice(NamedTuple):
    """The edition of a page; ``shown`` where the page itself shows it, else its year decided."""

    edition: Literal["2021", "2019", "unknown"]
    shown: bool = True


def choose_edition(blocks: Sequence[Block], evidence: Evidence, year: int | None) -> Choice:
    """The edition whose own words the page shows most; ``unknown`` where it shows hardly any word of the form."""
    counts = {edition: len(words) for edition, words in evidence.words.items()}
    if not any(counts.values()):
        page = essence("".join(block.text for block in blocks))
        counts = {edition: sum(word in page for word in _own_words(edition)) for edition in EDITIONS}
    if evidence.labels < _FEWEST_LABELS and max(counts.values()) < _FEWEST_LABELS:
        return Choice("unknown")
    if len(set(counts.values())) == 1:
        return Choice("2019" if year and year < _FIRST_YEAR else "2021", shown=False)
    best: Edition = max(EDITIONS, key=lambda edition: counts[edition])
    return Choice(best)


@cache
def _own_words(edition: Edition) -> tuple[str, ...]:
    """The column labels of the table of disclosure that no other edition prints, not even as part of a longer one."""
    labels = {
        other: [essence(column.label) for column in load_form(other).table("disclosure").columns] for other in EDITIONS
    }
    foreign = [label for other in EDITIONS if other != edition for label in labels[other]]
    return tuple(own for own in labels[edition] if not any(own in label for label in foreign))
