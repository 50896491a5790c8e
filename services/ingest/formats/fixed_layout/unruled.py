"""Rows of tables without rules: pieces of a line are cells, and a figure's column is where it stands.

A row is a line of writing and no more: labels that wrap before and after their figures, and group labels that drift
between rows, stay lines of their own, for only recognition can tell whose they are. What position does tell is which
figures stand under one another, and so where a blank cell is.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from services.ingest.formats.fixed_layout.page import UNKNOWN
from services.ingest.formats.fixed_layout.writing import Piece, WrittenLine
from services.ingest.spaces import is_figure

# Characters of no width. They stay in the text: a figure that a line's end broke at one is not whole. A digit that
# nobody can tell is one for all that.
_AS_FIGURE: dict[int, str | None] = dict.fromkeys((*range(0x200B, 0x2010), *range(0x2060, 0x2065), 0xFEFF))
_AS_FIGURE[ord(UNKNOWN)] = "0"

Column = tuple[float, float]  # from the left of its leftmost figure to the right of its rightmost


def is_row(line: WrittenLine) -> bool:
    """Whether a line comes in several pieces, as a row of a table does."""
    return len(line.pieces) > 1


_BLANK = Piece("", 0, 0)


def tabulate(lines: Sequence[WrittenLine]) -> Iterator[list[Piece]]:
    """The cells of each line. Blank ones (no wider than nothing) stand where other rows of the same band have a figure;
    a row of headings ends a band, since the columns may differ below it."""
    band = 0
    numbered = []
    for line in lines:
        band += is_row(line) and not _figures(line)
        numbered.append((band, line))
    for _, members in groupby(numbered, key=lambda pair: pair[0]):
        rows = [line for _, line in members]
        columns = _columns(rows)
        yield from (_cells(row, columns) for row in rows)


def _figures(line: WrittenLine) -> tuple[Piece, ...]:
    """The figures at the end of a line."""
    first = len(line.pieces)
    while first and all(map(is_figure, line.pieces[first - 1].text.translate(_AS_FIGURE).split(" "))):
        first -= 1
    return line.pieces[first:]


def _columns(rows: Sequence[WrittenLine]) -> list[Column]:
    """The columns of a band's figures, from left to right: those that stand over one another are one column."""
    columns: list[Column] = []
    for figure in sorted((figure for row in rows for figure in _figures(row)), key=lambda figure: figure.left):
        if columns and figure.left < columns[-1][1]:
            columns[-1] = columns[-1][0], max(columns[-1][1], figure.right)
        else:
            columns.append((figure.left, figure.right))
    return columns


def _cells(row: WrittenLine, columns: Sequence[Column]) -> list[Piece]:
    figures = _figures(row)
    labels = row.pieces[: len(row.pieces) - len(figures)]
    if not figures:
        return list(labels)
    placed = {next(column for column in columns if column[0] <= figure.left <= column[1]): figure for figure in figures}
    if len(placed) < len(figures):  # two figures of a row overlap others: position does not tell
        return [*labels, *figures]
    return [*labels, *(placed.get(column, _BLANK) for column in columns)]
