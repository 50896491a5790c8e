"""Cells that hold words where a figure is due (若干, 详见附件).

Beside all other figures of a row such a cell is the one that is missing: it states no figure, and shifts nobody.
"""

from collections.abc import Sequence
from itertools import pairwise, takewhile

from services.parse.label_key import label_key
from services.parse.table.cells import Figure
from services.parse.table.tokens import Token
from services.parse.table.vocabulary import Vocabulary

TEXT = "text"
"""The key of a figure whose cell holds words."""

_LONGEST = 12  # characters; what is longer is prose
_WIDEST = 60  # tokens between two labels; no row has more cells
_RARELY = 0.25  # of the rows; words in more of them are a column that the form does not know


def read_text_cells(tokens: list[Token], vocabulary: Vocabulary) -> list[Token]:
    """``tokens``, in which an unknown text is the content of a cell where its row lacks just that figure.

    None is where any other row lacks figures: the page lost some then, and the text may be a piece of anything.
    """
    if vocabulary.table.layout == "bands":
        return _in_bands(tokens, vocabulary)
    if vocabulary.table.layout != "matrix":
        return tokens
    rows, cells, surplus = 0, dict[int, Token](), dict[int, Token]()
    for at, label in enumerate(tokens, 1):
        if label.kind not in ("row", "either"):
            continue
        row = list(takewhile(lambda token: token.kind in ("figure", "words"), tokens[at : at + _WIDEST]))
        words = [place for place, token in enumerate(row, at) if token.kind == "words"]
        stated = sum(token.states for token in row)
        count = len(vocabulary.table.columns_of(vocabulary.table.rows[vocabulary.rank[label.key]]))
        rows += stated > 0
        known = all(_may_fill_a_cell(tokens, place, vocabulary) for place in words)
        found = {place: _as_cell(tokens[place]) for place in words} if known else {}
        if stated == count:
            surplus.update(found)
        elif stated:
            if stated + len(found) != count or stated <= len(found) or not _is_whole(label, row):
                return tokens
            cells.update(found)
    if not cells or len(cells) > _RARELY * rows:
        return tokens
    cells.update(surplus)  # where words are cells, a row that has them besides all its figures has one too many
    return [cells.get(at, token) for at, token in enumerate(tokens)]


def _in_bands(tokens: list[Token], vocabulary: Vocabulary) -> list[Token]:
    """``tokens``, in which a text in the one line of figures is the content of the one cell that is missing there."""
    last = max((at for at, token in enumerate(tokens) if token.kind not in ("figure", "words")), default=-1)
    stated = [at for at in range(last + 1, len(tokens)) if tokens[at].states]
    if len(stated) != vocabulary.count - 1:
        return tokens
    lines = {tokens[at].line for at in stated}
    words = [
        at
        for at in range(max(1, last + 1), len(tokens))
        if tokens[at].kind == "words" and (tokens[at].line in lines or stated[0] - 1 <= at <= stated[-1] + 1)
    ]
    if len(words) != 1 or len(lines) not in (1, len(stated)) or not _may_fill_a_cell(tokens, words[0], vocabulary):
        return tokens
    cells = sorted([*stated, *words])
    if cells[-1] - cells[0] + 1 != vocabulary.count or (len(lines) == 1 and tokens[words[0]].line not in lines):
        return tokens
    return [_as_cell(token) if at == words[0] else token for at, token in enumerate(tokens)]


def _as_cell(token: Token) -> Token:
    return token._replace(kind="figure", key=TEXT, figure=Figure(token.text, None, note=token.text), states=True)


def _is_whole(label: Token, row: Sequence[Token]) -> bool:
    """Whether no cell between the figures and words of a row is blank, and its words stand as its figures do: all on
    the line of the label, on one line, or each on its own."""
    filled = [at for at, token in enumerate(row) if token.kind == "words" or token.states]
    lines = {row[at].line for at in filled}
    together = lines == {label.line} or (label.line not in lines and len(lines) in (1, len(filled)))
    return together and filled[-1] - filled[0] + 1 == len(filled)


def _may_fill_a_cell(tokens: Sequence[Token], at: int, vocabulary: Vocabulary) -> bool:
    """Whether a text may be the whole content of a cell: short, without digits, and nothing of a label in it."""
    before, token, after = tokens[at - 1], tokens[at], tokens[min(at + 1, len(tokens) - 1)]
    word = label_key(token.text)
    if not 1 < len(word) <= len(token.text) <= _LONGEST or any(character.isdigit() for character in token.text):
        return False
    alone = before.at != token.at and (after is token or after.at != token.at)
    return alone and not any(one + other in vocabulary.pairs for one, other in pairwise(word))
