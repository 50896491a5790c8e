"""What a text of a table is made of: labels, figures, blanks, or words that are none of these.

A text that was met before (most labels of most pages) costs one look-up.
"""

import csv
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from rapidfuzz import fuzz, process

from services.parse.label_key import label_key
from services.parse.memo import Memo
from services.parse.table.cells import BLANK, Figure, read_cell
from services.parse.table.vocabulary import LONGEST_LABELS, Role, Vocabulary

PieceKind = Literal["row", "column", "either", "group", "caption", "addition", "figure", "words", "rest"]

_ALIKE = 66.0  # of 100 (rapidfuzz ratio): a label with a third of its characters wrong is still known
_STRANGER_LENGTH = 10  # characters
_ORDINALS = "12345678一二三四五六七"
_LONGEST_LINE = 400  # characters; no row of figures is longer


class Words(NamedTuple):
    """A text that could not be read as any label or figure."""

    text: str


class Piece(NamedTuple):
    """A part of a text: a label (``kind`` is that of its role), a figure's cell, or words that are neither.

    ``text`` is the whole text that it is a part of, of words only they. A figure's cell ``states`` something, or is
    blank; ``number`` is its amount where it holds a whole number and nothing else.
    """

    kind: PieceKind
    key: str
    text: str
    column: str = ""
    figure: Figure = BLANK
    states: bool = False
    number: int | None = None


_Found = Role | Figure | Words

_NUMBER = r"[+\-]?[0-9][0-9,]*(?:\.[0-9]+)?(?:万元|亿元|[件项宗个份条起次例元])?(?:[（(][^（()）]*[)）])?"
_UNITS = "件项宗个份条起次例元"
_FIGURE = re.compile(_NUMBER)
_TAILED = re.compile(
    rf"(?P<head>.*?[^0-9\s.,，、:：+\-])??\s*[:：]?\s*(?P<tail>{_NUMBER}(?:(?:\s+|(?<=[{_UNITS}）)])){_NUMBER})*)\s*"
)
_INNER_FIGURE = re.compile(r"[0-9](?![0-9]*[.、．)）])")
_FIGURES = re.compile(r"\S+(?:\s+\S+)+")
_PARTS = re.compile(r"(?:[：:；;。，]|,(?![0-9]))(?![^（(]*[)）])")


class Lexer:
    """Reads the texts of a table with the words of ``vocabulary``."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self.pieces = Memo(self._pieces, LONGEST_LABELS)
        """What a text is made of, in order: labels and figures, or the one piece of words."""

    def _pieces(self, text: str) -> tuple[Piece, ...]:
        found = self._read(text) if len(text) <= _LONGEST_LINE else (Words(text),)
        return tuple(_piece(text, part) for part in found)

    def _read(self, text: str) -> tuple[_Found, ...]:
        if (role := self._vocabulary.role(text)) is not None:
            return (role,)
        if (figure := read_cell(text)) is not None:
            return (figure,)
        for reader in (self._series, self._fields, self._tailed, self._chained, self._parts):
            if pieces := reader(text):
                return pieces
        return (Words(text),)

    def _series(self, text: str) -> tuple[_Found, ...]:
        """Figures parted by spaces."""
        if not _FIGURES.fullmatch(text):
            return ()
        figures = [None if part == "*" else read_cell(part) for part in text.split()]
        return tuple(figure for figure in figures if figure) if all(figures) else ()

    def _fields(self, text: str) -> tuple[_Found, ...]:
        """Comma-separated values: a label among figures and blanks."""
        delimiter = next((mark for mark in ";," if mark in text), "")
        if not delimiter:
            return ()
        fields = next(csv.reader([text], delimiter=delimiter))
        pieces = [self._vocabulary.role(field) or read_cell(field) or Words(field) for field in fields]
        unknown = sum(isinstance(piece, Words) for piece in pieces)
        return tuple(pieces) if (len(fields) > 2 and unknown < 2) or (len(fields) == 2 and not unknown) else ()

    def _tailed(self, text: str) -> tuple[_Found, ...]:
        """A label, and its figures on the same line."""
        match = _TAILED.fullmatch(text)
        if not match or (match["head"] and _INNER_FIGURE.search(match["head"])):
            return ()
        figures = [figure for part in _FIGURE.findall(match["tail"]) if (figure := read_cell(part))]
        head = match["head"]
        if not head:
            return tuple(figures)
        role = self._vocabulary.role(head)
        heads = (role,) if role else self._chained(head)
        return (*(heads or (Words(head),)), *figures) if heads or len(figures) > 1 else ()

    def _chained(self, text: str) -> tuple[_Found, ...]:
        """Labels that ran together, pieces of captions and group labels between them."""
        word = label_key(text)
        if len(word) > LONGEST_LABELS:
            return ()
        roles: list[Role] = []
        at = 0
        while at < len(word):
            if link := self._vocabulary.link.match(word, at):
                roles.append(self._vocabulary.exact.get(link[0]) or self._vocabulary.halves[link[0]])
                at = link.end()
                continue
            end = next((end for end in range(len(word), at, -1) if word[at:end] in self._vocabulary.group_parts), at)
            if end == at:
                rest = word[at:]
                if self._lost_a_character(word[:at], rest):
                    return tuple(roles)
                return (*roles, Words(rest)) if at and self._may_trail(rest, roles) else ()
            at = end
        return tuple(roles)

    def _lost_a_character(self, before: str, rest: str) -> bool:
        """Whether ``rest`` ends the label of a column whose first half ends what stands ``before`` it."""
        halves = (
            role for half, role in self._vocabulary.halves.items() if role.kind == "column" and before.endswith(half)
        )
        return any(label_key(self._vocabulary.table.column(role.key).label).endswith(rest) for role in halves)

    def _may_trail(self, rest: str, roles: Sequence[Role]) -> bool:
        """Whether ``rest`` may follow on labels that ran together: a piece of a row's label behind a group's, or, in a
        header, the label of a column that the form does not know."""
        if roles and roles[-1].kind == "row":
            return rest in self._vocabulary.wholes[roles[-1].key]
        if any(mark.isdigit() for mark in rest[1:]) or any(role.kind in ("row", "either") for role in roles):
            return False
        if any(role.kind == "column" for role in roles):
            return len(roles) > 1 and len(rest) <= _STRANGER_LENGTH
        known = rest in self._vocabulary.prefixes or any(rest in whole for whole in self._vocabulary.wholes.values())
        return known or rest[0] in _ORDINALS

    def _parts(self, text: str) -> tuple[_Found, ...]:
        """Labels and figures parted by punctuation: ``予以公开：自然人4，商业企业0``."""
        parts = [part for part in _PARTS.split(text) if part.strip()]
        if len(parts) < 2:
            return ()
        pieces: list[_Found] = []
        unknown = 0
        for part in parts:
            role = self._vocabulary.role(part)
            figure = None if role else read_cell(part.strip())
            found = (role or figure,) if role or figure else self._tailed(part) or self._chained(part)
            if (
                not found
                and (match := _TAILED.fullmatch(part))
                and match["head"]
                and (last := read_cell(match["tail"]))
            ):
                found = (Words(match["head"]), last)
                unknown += 1
            if not found and process.extractOne(
                label_key(part), self._vocabulary.words, scorer=fuzz.ratio, score_cutoff=_ALIKE
            ):
                found = (Words(part),)
                unknown += 1
            if not found:
                return ()
            pieces += [piece for piece in found if piece]
        return tuple(pieces) if 2 * unknown <= len(parts) else ()


def _piece(text: str, found: _Found) -> Piece:
    if isinstance(found, Figure):
        number = found.amount if isinstance(found.amount, int) and found.plain else None
        return Piece("figure", "", text, figure=found, states=found.text != "", number=number)
    if isinstance(found, Words):
        return Piece("words", "", found.text)
    return Piece(found.kind, found.key, text, found.column)


@lru_cache(maxsize=128)
def lexer_of(vocabulary: Vocabulary) -> Lexer:
    """The lexer of a table's words."""
    return Lexer(vocabulary)
