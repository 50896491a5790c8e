"""Figures that a narrow column without rules broke over two lines: 12 above 34 is 1234, or two figures, but never 12.

Nothing tells the width of such a column, so the pieces are put together as two figures of one cell, which nobody takes
for one.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from services.ingest.formats.fixed_layout.writing import Piece, WrittenLine
from services.ingest.spaces import is_figure
from shared.doubt import DoubtCode

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
    """The two as one line: each piece below goes on with the one above it. Where it stands under two, nobody can tell
    with which."""
    below: dict[Piece, list[Piece]] = defaultdict(list)
    alone: list[Piece] = []
    unclear: set[Piece] = set()
    for piece in lower.pieces:
        owners = [above for above in upper.pieces if _over(above, piece)]
        (below[owners[0]] if owners else alone).append(piece)
        unclear.update(owners if len(owners) > 1 else ())
    pieces = [_joined(piece, below[piece], piece in unclear) for piece in upper.pieces]
    return upper._replace(pieces=tuple(sorted([*pieces, *alone], key=lambda piece: piece.left)))


def _joined(piece: Piece, below: Sequence[Piece], unclear: bool) -> Piece:
    doubt = next((each.doubt for each in (piece, *below) if each.doubt), None)
    text = " ".join([piece.text, *(each.text for each in below)])
    return piece._replace(text=text, doubt=doubt or (DoubtCode.OVERLAPPING_TEXT if unclear else None))


def _over(one: Piece, other: Piece) -> bool:
    return one.left < other.right and other.left < one.right


def _distance(upper: WrittenLine, lower: WrittenLine) -> float:
    return lower.middle - upper.middle
