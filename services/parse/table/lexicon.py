"""The words of a table: which texts name its rows, columns and groups, and what a given text is made of.

Built once an edition and table from the form's data; a text that was met before (most labels of most pages) costs one
look-up.
"""

import csv
import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Literal, NamedTuple

from rapidfuzz import fuzz, process

from services.parse.essence import essence
from services.parse.memo import Memo
from services.parse.table.cells import BLANK, Figure, read_cell
from shared.form import Cell, Table, load_form
from shared.form.model import Edition, TableKey

Kind = Literal["row", "column", "either", "group", "caption", "addition"]
PieceKind = Literal["row", "column", "either", "group", "caption", "addition", "figure", "words", "rest"]

_ALIKE = 66.0  # of 100 (rapidfuzz ratio)
_STRANGER_LENGTH = 10  # characters
_CORNERS = ("类别", "项目", "申请人")  # what stands above the labels of rows
_OTHER_COLUMNS = ("占比", "占比（%）", "比例", "比重", "小计", "备注", "上年同期数", "同比")
_ORDINALS = "12345678一二三四五六七"
_LONGEST_LINE = 400  # characters; no row of figures is longer
_KEPT_LENGTH = 80  # characters; longer texts are prose and do not come back


class Role(NamedTuple):
    """What a text stands for in a table. ``either`` is a word that names a row (``key``) and a column (``column``)."""

    kind: Kind
    key: str
    column: str = ""


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

_BRACKETED = re.compile(r"[（(][^（()）]*[)）]")
_NUMBER = r"[+\-]?[0-9][0-9,]*(?:\.[0-9]+)?(?:万元|亿元|[件项宗个份条起次例元])?(?:[（(][^（()）]*[)）])?"
_UNITS = "件项宗个份条起次例元"
_FIGURE = re.compile(_NUMBER)
_TAILED = re.compile(
    rf"(?P<head>.*?[^0-9\s.,，、:：+\-])??\s*[:：]?\s*(?P<tail>{_NUMBER}(?:(?:\s+|(?<=[{_UNITS}）)])){_NUMBER})*)\s*"
)
_INNER_FIGURE = re.compile(r"[0-9](?![0-9]*[.、．)）])")
_FIGURES = re.compile(r"\S+(?:\s+\S+)+")
_PARTS = re.compile(r"(?:[：:；;。，]|,(?![0-9]))(?![^（(]*[)）])")


class Lexicon:
    """The words of one table of one edition."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.cells = {
            row.key: [(key, Cell(table.key, row.key, key).id, table.column(key)) for key in table.columns_of(row)]
            for row in table.rows
        }
        """The cells of each row: column key, id, the column's description."""
        self.count = sum(map(len, self.cells.values()))
        self.exact: dict[str, Role] = {}
        self.rank = {row.key: at for at, row in enumerate(table.rows)}
        self.wholes: dict[str, str] = {}
        """The longest essence of each row's label, for what a page left over of it."""
        self._learn_columns()
        self._learn_rows()
        self._learn_groups()
        self._learn_additions()
        self.prefixes = {word[:end] for word in self.exact for end in range(1, len(word))}
        self.pairs = {one + other for word in self.exact for one, other in pairwise(word)}
        """Any two characters that follow one another in a label."""
        self._halves = self._learn_halves()
        firsts = [essence(column.label)[:2] for column in table.columns]
        self.twins = {
            column.key for column, first in zip(table.columns, firsts, strict=True) if firsts.count(first) > 1
        }
        """The columns whose labels begin alike, so that a first half does not tell them apart."""
        self._link = _any_of({*self.exact, *self._halves})
        self.words = tuple(self.exact)
        groups = [word for word, role in self.exact.items() if role.kind in ("group", "caption")]
        self._group_parts = {
            word[a:b] for word in groups for a in range(len(word)) for b in range(a + 1, len(word) + 1)
        }
        self.pieces = Memo(self._pieces, _KEPT_LENGTH)
        """What a text is made of, in order: labels and figures, or the one piece of words."""

    def _pieces(self, text: str) -> tuple[Piece, ...]:
        found = self._read(text) if len(text) <= _LONGEST_LINE else (Words(text),)
        return tuple(_piece(text, part) for part in found)

    def half(self, text: str) -> Role | None:
        """The role of a header's first or second half, which stands alone where a header is broken over two rows."""
        return self._halves.get(text)

    def begins_twins(self, text: str) -> bool:
        """Whether ``text`` is what the labels of several columns begin with."""
        return any(essence(self.table.column(key).label).startswith(essence(text)) for key in self.twins)

    def is_part_of_group(self, word: str) -> bool:
        """Whether ``word`` is a piece of the label of a group, or of what else the table prints above its rows."""
        return word in self._group_parts

    def _learn(self, word: str, role: Role) -> None:
        known = self.exact.get(word)
        if known and known.kind == "column" and role.kind == "row":
            role = Role("either", role.key, known.key)
        self.exact[word] = role

    def _learn_columns(self) -> None:
        for column in self.table.columns:
            for label in (column.label, *column.aliases):
                self._learn(essence(label), Role("column", column.key))
            if column.group:
                self.exact[essence(column.group)] = Role("caption", "columns")

    def _learn_rows(self) -> None:
        for row in self.table.rows:
            labels = [essence(label) for label in (row.label, *row.aliases)]
            for label in labels:
                self._learn(label, Role("row", row.key))
                if row.number:
                    self._learn(essence(row.number) + label, Role("row", row.key))
            self.wholes[row.key] = max(labels, key=len)

    def _learn_groups(self) -> None:
        for group in {group for row in self.table.rows for group in row.groups}:
            word = essence(group)
            self.exact.setdefault(word, Role("group", group))
            if word[0] in "一二三四五六七八" and len(word) > 3:
                self.exact.setdefault(word[1:], Role("group", group))
        self.exact.setdefault("序号", Role("caption", "serial"))
        for label in _CORNERS:
            self.exact.setdefault(label, Role("caption", "corner"))
        for label in _OTHER_COLUMNS:
            self.exact.setdefault(essence(label), Role("caption", "other"))
        for caption in self.table.captions:
            self.exact.setdefault(essence(caption), Role("caption", caption))

    def _learn_additions(self) -> None:
        """Rows that the form has not; where they stand among the others, and so their ordinals, varies."""
        for row in self.table.additions:
            for label in (row.label, *row.aliases):
                for ordinal in ("", *"123456789"):
                    self.exact[ordinal + essence(label)] = Role("addition", row.key)

    def _learn_halves(self) -> dict[str, Role]:
        halves: dict[str, Role] = {}
        firsts = [essence(column.label)[:2] for column in self.table.columns]
        for column in self.table.columns:
            word = essence(column.label)
            if len(word) >= 4 and firsts.count(word[:2]) == 1:
                halves[word[:2]] = Role("column", column.key)
                halves[word[:4]] = Role("column", column.key)
            if len(word) >= 4:
                halves.setdefault(word[2:], Role("caption", "half"))
                halves.setdefault(word[4:] or word[2:], Role("caption", "half"))
        return {word: role for word, role in halves.items() if word not in self.exact}

    def _read(self, text: str) -> tuple[_Found, ...]:
        if (role := self._role(text)) is not None:
            return (role,)
        if (figure := read_cell(text)) is not None:
            return (figure,)
        for reader in (self._series, self._fields, self._tailed, self._chained, self._parts):
            if pieces := reader(text):
                return pieces
        return (Words(text),)

    def _role(self, text: str) -> Role | None:
        word = essence(text)
        if (role := self.exact.get(word)) is not None or len(word) > _KEPT_LENGTH:
            return role
        bare = _BRACKETED.sub("", text)
        return self.exact.get(essence(bare)) if bare and bare != text else None

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
        pieces = [self._role(field) or read_cell(field) or Words(field) for field in fields]
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
        role = self._role(head)
        heads = (role,) if role else self._chained(head)
        return (*(heads or (Words(head),)), *figures) if heads or len(figures) > 1 else ()

    def _chained(self, text: str) -> tuple[_Found, ...]:
        """Labels that ran together, pieces of captions and group labels between them."""
        word = essence(text)
        if len(word) > _KEPT_LENGTH:
            return ()
        roles: list[Role] = []
        at = 0
        while at < len(word):
            if link := self._link.match(word, at):
                roles.append(self.exact.get(link[0]) or self._halves[link[0]])
                at = link.end()
                continue
            end = next((end for end in range(len(word), at, -1) if word[at:end] in self._group_parts), at)
            if end == at:
                rest = word[at:]
                if self._lost_a_character(word[:at], rest):
                    return tuple(roles)
                return (*roles, Words(rest)) if at and self._may_trail(rest, roles) else ()
            at = end
        return tuple(roles)

    def _lost_a_character(self, before: str, rest: str) -> bool:
        """Whether ``rest`` ends the label of a column whose first half ends what stands ``before`` it."""
        halves = (role for half, role in self._halves.items() if role.kind == "column" and before.endswith(half))
        return any(essence(self.table.column(role.key).label).endswith(rest) for role in halves)

    def _may_trail(self, rest: str, roles: Sequence[Role]) -> bool:
        """Whether ``rest`` may follow on labels that ran together: a piece of a row's label behind a group's, or, in a
        header, the label of a column that the form does not know."""
        if roles and roles[-1].kind == "row":
            return rest in self.wholes[roles[-1].key]
        if any(mark.isdigit() for mark in rest[1:]) or any(role.kind in ("row", "either") for role in roles):
            return False
        if any(role.kind == "column" for role in roles):
            return len(roles) > 1 and len(rest) <= _STRANGER_LENGTH
        known = rest in self.prefixes or any(rest in whole for whole in self.wholes.values())
        return known or rest[0] in _ORDINALS

    def _parts(self, text: str) -> tuple[_Found, ...]:
        """Labels and figures parted by punctuation: ``予以公开：自然人4，商业企业0``."""
        parts = [part for part in _PARTS.split(text) if part.strip()]
        if len(parts) < 2:
            return ()
        pieces: list[_Found] = []
        unknown = 0
        for part in parts:
            role = self._role(part)
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
            if not found and process.extractOne(essence(part), self.words, scorer=fuzz.ratio, score_cutoff=_ALIKE):
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


def _any_of(words: set[str]) -> re.Pattern[str]:
    """A pattern that matches one of ``words``, the longest that fits."""
    return re.compile("|".join(sorted((word for word in words if len(word) > 1), key=len, reverse=True)))


@cache
def lexicon_of(edition: Edition, table: TableKey) -> Lexicon:
    """The lexicon of a table of an edition."""
    return Lexicon(load_form(edition).table(table))
