"""The words of a table: which texts name its rows, columns and groups. The one place that knows aliases, halves,
additions, and what pages print in a table besides.

Built once an edition and table from the form's data.
"""

import re
from functools import cache
from itertools import pairwise
from typing import Literal, NamedTuple

from services.parse.label_key import label_key
from shared.form import Cell, Table, load_form
from shared.form.model import Edition, TableKey

Kind = Literal["row", "column", "either", "group", "caption", "addition"]

LONGEST_LABELS = 80  # characters of labels that ran together; longer texts are prose and do not come back
_CORNERS = ("类别", "项目", "申请人")  # what stands above the labels of rows
_OTHER_COLUMNS = ("占比", "占比（%）", "比例", "比重", "小计", "备注", "上年同期数", "同比")
_BRACKETED = re.compile(r"[（(][^（()）]*[)）]")


class Role(NamedTuple):
    """What a text stands for in a table. ``either`` is a word that names a row (``key``) and a column (``column``)."""

    kind: Kind
    key: str
    column: str = ""


class Vocabulary:
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
        """The longest label key of each row's label, for what a page left over of it."""
        self._learn_columns()
        self._learn_rows()
        self._learn_groups()
        self._learn_additions()
        self.prefixes = {word[:end] for word in self.exact for end in range(1, len(word))}
        self.pairs = {one + other for word in self.exact for one, other in pairwise(word)}
        """Any two characters that follow one another in a label."""
        self.halves = self._learn_halves()
        firsts = [label_key(column.label)[:2] for column in table.columns]
        self.alike_columns = {
            column.key for column, first in zip(table.columns, firsts, strict=True) if firsts.count(first) > 1
        }
        """The columns whose labels begin alike, so that a first half does not tell them apart."""
        self.link = _any_of({*self.exact, *self.halves})
        """A label, or half of one, in a text of several."""
        self.words = tuple(self.exact)
        groups = [word for word, role in self.exact.items() if role.kind in ("group", "caption")]
        self.group_parts = {word[a:b] for word in groups for a in range(len(word)) for b in range(a + 1, len(word) + 1)}

    def role(self, text: str) -> Role | None:
        """What ``text`` as a whole is the label of."""
        word = label_key(text)
        if (role := self.exact.get(word)) is not None or len(word) > LONGEST_LABELS:
            return role
        bare = _BRACKETED.sub("", text)
        return self.exact.get(label_key(bare)) if bare and bare != text else None

    def half(self, text: str) -> Role | None:
        """The role of a header's first or second half, which stands alone where a header is broken over two rows."""
        return self.halves.get(text)

    def begins_several(self, text: str) -> bool:
        """Whether ``text`` is what the labels of several columns begin with."""
        return any(label_key(self.table.column(key).label).startswith(label_key(text)) for key in self.alike_columns)

    def is_part_of_group(self, word: str) -> bool:
        """Whether ``word`` is a piece of the label of a group, or of what else the table prints above its rows."""
        return word in self.group_parts

    def _learn(self, word: str, role: Role) -> None:
        known = self.exact.get(word)
        if known and known.kind == "column" and role.kind == "row":
            role = Role("either", role.key, known.key)
        self.exact[word] = role

    def _learn_columns(self) -> None:
        for column in self.table.columns:
            for label in (column.label, *column.aliases):
                self._learn(label_key(label), Role("column", column.key))
            if column.group:
                self.exact[label_key(column.group)] = Role("caption", "columns")

    def _learn_rows(self) -> None:
        for row in self.table.rows:
            labels = [label_key(label) for label in (row.label, *row.aliases)]
            for label in labels:
                self._learn(label, Role("row", row.key))
                if row.number:
                    self._learn(label_key(row.number) + label, Role("row", row.key))
            self.wholes[row.key] = max(labels, key=len)

    def _learn_groups(self) -> None:
        for group in {group for row in self.table.rows for group in row.groups}:
            word = label_key(group)
            self.exact.setdefault(word, Role("group", group))
            if word[0] in "一二三四五六七八" and len(word) > 3:
                self.exact.setdefault(word[1:], Role("group", group))
        self.exact.setdefault("序号", Role("caption", "serial"))
        for label in _CORNERS:
            self.exact.setdefault(label, Role("caption", "corner"))
        for label in _OTHER_COLUMNS:
            self.exact.setdefault(label_key(label), Role("caption", "other"))
        for caption in self.table.captions:
            self.exact.setdefault(label_key(caption), Role("caption", caption))

    def _learn_additions(self) -> None:
        """Rows that the form has not; where they stand among the others, and so their ordinals, varies."""
        for row in self.table.additions:
            for label in (row.label, *row.aliases):
                for ordinal in ("", *"123456789"):
                    self.exact[ordinal + label_key(label)] = Role("addition", row.key)

    def _learn_halves(self) -> dict[str, Role]:
        halves: dict[str, Role] = {}
        firsts = [label_key(column.label)[:2] for column in self.table.columns]
        for column in self.table.columns:
            word = label_key(column.label)
            if len(word) >= 4 and firsts.count(word[:2]) == 1:
                halves[word[:2]] = Role("column", column.key)
                halves[word[:4]] = Role("column", column.key)
            if len(word) >= 4:
                halves.setdefault(word[2:], Role("caption", "half"))
                halves.setdefault(word[4:] or word[2:], Role("caption", "half"))
        return {word: role for word, role in halves.items() if word not in self.exact}


def _any_of(words: set[str]) -> re.Pattern[str]:
    """A pattern that matches one of ``words``, the longest that fits."""
    return re.compile("|".join(sorted((word for word in words if len(word) > 1), key=len, reverse=True)))


@cache
def vocabulary_of(edition: Edition, table: TableKey) -> Vocabulary:
    """The vocabulary of a table of an edition."""
    return Vocabulary(load_form(edition).table(table))
