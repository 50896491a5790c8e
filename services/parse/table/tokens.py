"""The part of a page where a table stands, as a sequence of labels and figures."""

from collections.abc import Sequence
from typing import NamedTuple

from services.parse.table.cells import Figure
from services.parse.table.lexer import Piece, PieceKind, lexer_of
from services.parse.table.vocabulary import Vocabulary
from shared.blocks import Block
from shared.doubt import DoubtCode

_FEWEST_NUMBERED = 4  # columns; fewer figures in a row may be figures
_MOST_NUMBERED = 20  # columns; no table of the form is as wide


class Token(NamedTuple):
    """A :class:`~services.parse.table.lexer.Piece`, and where it stands: ``at`` is its block, ``line`` its line,
    ``place`` its column there. Of kind ``rest`` is what follows of a broken label whose first piece is the row's token.
    """

    kind: PieceKind
    key: str
    text: str
    column: str
    figure: Figure
    states: bool
    number: int | None
    at: int
    line: tuple[int, int]
    place: int


def read_tokens(blocks: Sequence[Block], start: int, end: int, vocabulary: Vocabulary) -> list[Token]:
    """The tokens of ``blocks[start:end]``."""
    tokens: list[Token] = []
    pieces, make = (
        lexer_of(vocabulary).pieces,
        tuple.__new__,
    )  # the innermost loop of recognition: no calls that can be spared
    line = (0, 0)
    for at in range(start, end):
        text, _, table, row, column, _, _, _, doubt = blocks[at]
        if not table:
            line = (-1, at)
        elif line != (table, row):
            line = (table, row)
        untold = doubt and (text or doubt is not DoubtCode.HIDDEN_TEXT)  # a cell of which nothing is seen is blank
        for piece in _without_figures(pieces[text], text) if untold else pieces[text]:
            tokens.append(make(Token, piece + (at, line, column)))  # noqa: PERF401, RUF005
    _drop_numbering(tokens)
    return tokens


def _without_figures(pieces: Sequence[Piece], text: str) -> Sequence[Piece]:
    """What a block says whose figures are not to be read: its labels, or else that its cell is not blank."""
    labels = [piece for piece in pieces if piece.kind not in ("figure", "words")]
    return labels or [Piece("figure", "", text, figure=Figure(text, None, note=text), states=True)]


def _drop_numbering(tokens: list[Token]) -> None:
    """Takes the figures out of lines that only number the columns: 0, 1, 2, … or 1, 2, 3, …"""
    for second in [at for at, token in enumerate(tokens) if token.text == "2"]:
        start = second - 1
        while start > 0 and second - start < _FEWEST_NUMBERED and tokens[start - 1].line == tokens[second].line:
            start -= 1
        line = [token for token in tokens[start : start + _MOST_NUMBERED] if token.line == tokens[second].line]
        if len(line) >= _FEWEST_NUMBERED and line[0].text in ("0", "1"):
            first = int(line[0].text)
            if all(token.text == str(first + place) for place, token in enumerate(line)):
                numbering = [token._replace(kind="caption", states=False) for token in line]
                tokens[start : start + len(line)] = numbering
