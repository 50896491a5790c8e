"""What was read of a table: for each cell the token that states it, under the heading its column has on the page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from services.parse.table.cells import value_in
from services.parse.table.tokens import Token
from services.parse.table.vocabulary import Vocabulary
from shared.blocks import Block
from shared.doubt import Doubt, DoubtCode
from shared.form import Form, Relation, Table
from shared.form.sums import agree, total
from shared.report import Figures, Number

Cells = dict[str, Token]
"""The cells of a row by column."""


@dataclass
class Reading:
    """The tokens of cells by row and column; a cell that is not there is null. ``headings`` are what the page prints
    above the columns of rows for which that matters, ``rows`` all that were seen with figures, read or not, ``doubts``
    why a row of these was not read; ``remarks`` are sentences for the report."""

    cells: dict[str, Cells] = field(default_factory=dict)
    headings: dict[str, dict[str, str]] = field(default_factory=dict)
    rows: set[str] = field(default_factory=set)
    doubts: dict[str, DoubtCode] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def extend(self, other: "Reading") -> None:
        """Takes in another part of the same table."""
        self.cells.update(other.cells)
        self.headings.update(other.headings)
        self.rows |= other.rows
        self.doubts.update(other.doubts)
        self.remarks += other.remarks


class Values(NamedTuple):
    """A table's figures by row and column, and by cell id where they stand, what stands beside them and, where
    they are null, why."""

    figures: dict[str, Figures]
    sources: dict[str, str]
    notes: dict[str, str]
    doubts: dict[str, Doubt]


def values_of(reading: Reading, vocabulary: Vocabulary, blocks: Sequence[Block]) -> Values:
    """Every cell of the table of ``vocabulary``: its figure, or None."""
    figures: dict[str, Figures] = {}
    sources: dict[str, str] = {}
    notes: dict[str, str] = {}
    doubts: dict[str, Doubt] = {}
    for row, cells in vocabulary.cells.items():
        tokens, line = reading.cells.get(row, {}), Figures()
        for key, cell, column in cells:
            token = tokens.get(key)
            if token is None or not token.states:
                line[key] = None
                blank = (blocks[token.at].doubt or DoubtCode.BLANK) if token else _code_of_absent(row, reading)
                doubts[cell] = Doubt.of(blank)
                continue
            if token.number is not None and not column.unit:
                line[key] = token.number
            else:
                line[key], note = value_in(token.figure, column, reading.headings.get(row, {}).get(key, ""))
                if note:
                    notes[cell] = note
                if line[key] is None:
                    unclear = DoubtCode.MARK if token.figure.amount is None else DoubtCode.NOT_A_COUNT
                    doubts[cell] = Doubt.of(blocks[token.at].doubt or unclear)
            sources[cell] = blocks[token.at].source
        figures[row] = line
    return Values(figures, sources, notes, doubts)


def _code_of_absent(row: str, reading: Reading) -> DoubtCode:
    """Why nothing on the page was taken for a cell of ``row``."""
    if row in reading.cells:
        return DoubtCode.MISSING_COLUMN
    if row in reading.doubts:
        return reading.doubts[row]
    if not reading.rows:
        return DoubtCode.MISSING_TABLE
    return DoubtCode.UNPROVED if row in reading.rows else DoubtCode.MISSING_ROW


def holds(relation: Relation, line: Mapping[str, Number | None]) -> bool | None:
    """Whether ``relation`` holds on a line of figures; None where one of them is missing."""
    stated, computed = (total(map(line.get, keys)) for keys in (relation.stated, relation.computed))
    return None if stated is None or computed is None else agree(stated, computed)


def relations_of(form: Form, table: Table, each: str) -> list[Relation]:
    """The relations that tie the figures of one row (or column) of ``table``."""
    return [relation for relation in form.relations if relation.table == table.key and relation.each == each]
