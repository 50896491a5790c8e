"""What several stretches of text, each with its own look, say together to a person."""

import re
from collections.abc import Iterator, Sequence

from services.ingest.formats.html.style.look import Look
from services.ingest.formats.raised import set_raised
from shared.doubt import DoubtCode

_DIGIT = re.compile(r"[0-9０-９]")
_SMALLER = 0.9  # of a figure's size: raised digits of so small letters are the mark of a note, however many
_NOTE = 0.78  # of a figure's size: digits of so small letters beside it may be the mark of a note

Run = tuple[str, Look]
"""A stretch of text and how it looks."""


def said(runs: Sequence[Run]) -> tuple[str, DoubtCode | None]:
    """The text of ``runs``, and why its figures cannot be told, if they cannot.

    What is not seen is left out, or a space where it leaves a gap; the raised marks of notes are in brackets.
    """
    if all(look.clear for _, look in runs):
        return "".join([text for text, _ in runs]), _uneven(runs)
    return "".join(_pieces(runs)), _doubt(runs)


def _pieces(runs: Sequence[Run]) -> Iterator[str]:
    before = ""
    for at, (text, look) in enumerate(runs):
        if not look.seen:
            text = " " if look.room and text.strip() else ""
        elif look.raised:
            text = _mark(before, text, runs[at + 1 :])
        before = text or before
        yield text


def _mark(before: str, text: str, after: Sequence[Run]) -> str:
    """A raised text: in brackets where it would make another figure of the one before or behind it."""
    marked = set_raised(before, text)
    return f"[{text.strip()}]" if marked == text and text.strip().isdigit() and _next(after)[:1].isdigit() else marked


def _next(runs: Sequence[Run]) -> str:
    return next((text for text, look in runs if look.seen and not look.raised and text), "")


def _doubt(runs: Sequence[Run]) -> DoubtCode | None:
    for text, look in runs:
        if look.disturbs or (not look.sure and (look.seen or look.elsewhere) and _DIGIT.search(text)):
            return DoubtCode.EXTERNAL_STYLE if look.elsewhere else DoubtCode.STYLED_TEXT
    seen = [(text, look) for text, look in runs if look.seen and _DIGIT.search(text)]
    level = [(text, look) for text, look in seen if not look.raised]
    raised = [(text, look) for text, look in seen if look.raised]
    return DoubtCode.STYLED_TEXT if raised and not _is_note(raised, level) else _uneven(level)


def _is_note(raised: Sequence[Run], level: Sequence[Run]) -> bool:
    """Whether raised digits are surely the mark of a note on the figure that stands ``level``, or the only figure: of
    smaller letters than it, or fewer."""
    if not level:
        return len(raised) == 1
    digits, own = _digits(level), _digits(raised)
    size = max(look.size for _, look in raised) / min(look.size for _, look in level)
    return len(level) == 1 and (size < _SMALLER or (size <= 1 and own < digits))


def _digits(runs: Sequence[Run]) -> int:
    return sum(len(_DIGIT.findall(text)) for text, _ in runs)


def _uneven(runs: Sequence[Run]) -> DoubtCode | None:
    """The doubt that digits of different sizes leave: the smaller may be the mark of a note."""
    if len(runs) < 2 or all(look is runs[0][1] for _, look in runs):
        return None
    sizes = [look.size for text, look in runs if _DIGIT.search(text)]
    return DoubtCode.STYLED_TEXT if sizes and min(sizes) < _NOTE * max(sizes) else None
