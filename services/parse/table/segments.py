"""Where on a page each table stands."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from services.parse.headings import Heading
from services.parse.label_key import label_key
from services.parse.memo import Memo
from services.parse.table.rows import END
from services.parse.table.vocabulary import vocabulary_of
from shared.blocks import Block
from shared.form import EDITIONS, load_form
from shared.form.model import Edition, TableKey

_LONGEST_LABEL = 60  # characters


class Segment(NamedTuple):
    """A run of blocks in which ``table`` stands, and what ends it: ``section N``, another table's key, or ``end``."""

    table: TableKey
    start: int
    end: int
    next_key: str


class Evidence(NamedTuple):
    """What the words of a page show: the places of the tables, and the words of each edition that not all have."""

    segments: tuple[Segment, ...]
    words: dict[Edition, set[str]]
    labels: int


@cache
def _owners() -> dict[str, tuple[TableKey, frozenset[Edition]]]:
    """Words that belong to one table only, and the editions that have them, if not all."""
    tables: dict[str, set[TableKey]] = {}
    editions: dict[str, set[Edition]] = {}
    common: set[str] = set()
    for edition in EDITIONS:
        for table in load_form(edition).tables:
            for word, role in vocabulary_of(edition, table.key).exact.items():
                if len(word) > 1:
                    common.update({word} if role.kind == "either" else ())
                    tables.setdefault(word, set()).add(table.key)
                    editions.setdefault(word, set()).add(edition)
    return {
        word: (next(iter(keys)), frozenset(editions[word] if len(editions[word]) < len(EDITIONS) else ()))
        for word, keys in tables.items()
        if len(keys) == 1 and word not in common
    }


def _find_owner(text: str) -> tuple[TableKey, frozenset[Edition]] | None:
    return None if text.isdigit() else _owners().get(label_key(text))


_OWNER = Memo(_find_owner, _LONGEST_LABEL)


def is_table_word(text: str) -> bool:
    """Whether ``text`` is a word that only one table of the form has."""
    return 1 < len(text) <= _LONGEST_LABEL and _OWNER[text] is not None


@cache
def _sections() -> dict[int, TableKey]:
    return {table.section: table.key for table in load_form(EDITIONS[0]).tables}


def closing_keys_of(table: TableKey) -> frozenset[str]:
    """What rightly follows the last row of ``table``: the next section's heading, the next table, or nothing."""
    tables = load_form(EDITIONS[0]).tables
    at = [own.key for own in tables].index(table)
    following = [tables[at + 1].key] if at + 1 < len(tables) else []
    return frozenset({f"section {tables[at].section + 1}", END, *following})


def find_evidence(blocks: Sequence[Block], headings: Sequence[Heading]) -> Evidence:
    """The places of the tables on a page, from headings and from words that only one table has."""
    sections = _sections()
    starts = {heading.at: heading.number for heading in headings}
    words: dict[Edition, set[str]] = {edition: set() for edition in EDITIONS}
    segments: list[Segment] = []
    labels = 0
    table: TableKey | None = None
    start = 0

    def close(end: int, next_key: str) -> None:
        if table is not None:
            segments.append(Segment(table, start, end, next_key))

    for at, block in enumerate(blocks):
        text = block.text
        if at in starts:
            close(at, f"section {starts[at]}")
            table, start = sections.get(starts[at]), at + 1
            continue
        if not 1 < len(text) <= _LONGEST_LABEL or (owner := _OWNER[text]) is None:
            continue
        labels += 1
        for edition in owner[1]:
            words[edition].add(text)
        if owner[0] != table:
            close(at, owner[0])
            table, start = owner[0], at
    close(len(blocks), END)
    return Evidence(tuple(segments), words, labels)
