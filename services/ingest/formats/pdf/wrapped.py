"""Figures that a narrow column without rules broke over two lines: 12 above 34 is 1234, or two figures, but never 12.

Nothing tells the width of such a column, so the pieces are put together as two figures of one cell, which nobody takes
for one.
"""

from collections.abc import Iterator, Sequence

from services.ingest.formats.pdf.writing import Piece, WrittenLine
from services.ingest.spaces import is_figure

_CLOSE = 1.25  # times the distance of the closest lines that stand over one another; those of two rows are 1.5 apart
_LEADING = 1.4  # times the height of a line; rows whose labels wrap are further apart
_AHEAD = 3  # lines; a label that is set in the middle of its row may stand between the pieces of its figures


def join_wrapped(lines: Sequence[WrittenLine]) -> list[WrittenLine]:
    """The lines of a page, from top to bottom; one of figures alone that goes on with the figures above it, or that
    those below it go on with, is one line with these."""
    pairs = list(_neighbours(lines))
    leading = min((_distance(lines[upper], lines[lower]) for upper, lower in pairs), default=0.0)
    joined = list(lines)
    first = list(range(len(lines)))  # where the line stands that each is now part of
    for upper, lower in pairs:
        if first[lower] == lower and _goes_on(lines[upper], lines[lower], leading):
            first[lower] = first[upper]
            joined[first[upper]] = _together(joined[first[upper]], lines[lower])
    return [line for at, line in enumerate(joined) if first[at] == at]


def _neighbours(lines: Sequence[WrittenLine]) -> Iterator[tuple[int, int]]:
    """The place of every line with that of the next which stands under a part of it."""
    for at, upper in enumerate(lines):
        for below in range(at + 1, min(at + 1 + _AHEAD, len(lines))):
            if any(_over(one, other) for one in upper.pieces for other in lines[below].pieces):
                yield at, below
                break


def _goes_on(upper: WrittenLine, lower: WrittenLine, leading: float) -> bool:
    figures = [piece for piece in upper.pieces if is_figure(piece.text)]
    digits = [piece for piece in lower.pieces if piece.text.isdigit()]
    if not digits or not figures or (len(digits) < len(lower.pieces) and len(figures) < len(upper.pieces)):
        return False
    close = _distance(upper, lower) <= max(_CLOSE * leading, _LEADING * min(upper.height, lower.height))
    return close and all(any(_over(figure, digit) for figure in figures) for digit in digits)


def _together(upper: WrittenLine, lower: WrittenLine) -> WrittenLine:
    pieces = [
        piece._replace(text=" ".join([piece.text, *(below.text for below in lower.pieces if _over(piece, below))]))
        for piece in upper.pieces
    ]
    labels = [below for below in lower.pieces if not any(_over(piece, below) for piece in upper.pieces)]
    return upper._replace(pieces=tuple(sorted([*pieces, *labels], key=lambda piece: piece.left)))


def _over(one: Piece, other: Piece) -> bool:
    return one.left < other.right and other.left < one.right


def _distance(upper: WrittenLine, lower: WrittenLine) -> float:
    return lower.middle - upper.middle
