"""What a person reads of a text whose stretches are formatted: some not to be seen, some raised, some in doubt."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from services.ingest.formats.raised import set_raised
from shared.doubt import DoubtCode

_OVERRIDES = re.compile("[\u202d\u202e\u2066-\u2069]")  # they turn the direction in which digits are shown


class Run(NamedTuple):
    """A stretch of text in one format. ``seen``: it is drawn, legibly and not struck out; ``raised``: above or below
    the line; ``doubt``: why what is shown there cannot be told, also where ``text`` is empty."""

    text: str
    seen: bool = True
    raised: bool = False
    doubt: DoubtCode | None = None


class Said(NamedTuple):
    """What a reader sees, and why that may not be so."""

    text: str
    doubt: DoubtCode | None = None


def said(runs: Iterable[Run]) -> Said:
    """What the seen ones of ``runs`` say together. A figure that is raised alone, or before others, is in doubt; where
    nothing is seen of what stands there, that is said."""
    text = mark = ""
    doubt: DoubtCode | None = None
    hides = False
    for run in runs:
        if not run.seen:
            hides = hides or any(map(str.isdigit, run.text))
            continue
        if run.doubt and (run.text.strip() or not run.text):
            doubt = doubt or run.doubt
        if run.raised:
            mark += run.text
            continue
        if run.text:
            if _ends_in_figure(mark) and run.text[:1].isdigit():
                doubt = doubt or DoubtCode.OVERLAPPING_TEXT
            text, mark = text + set_raised(text, mark) + run.text, ""
    if _ends_in_figure(mark) and not text.strip():
        doubt = doubt or DoubtCode.ANNOTATED_TEXT
    text += set_raised(text, mark)
    if hides and not text.strip():
        doubt = doubt or DoubtCode.HIDDEN_TEXT
    return Said(text, doubt or (DoubtCode.REORDERED_TEXT if _OVERRIDES.search(text) else None))


def _ends_in_figure(mark: str) -> bool:
    return mark.rstrip()[-1:].isdigit()
