"""What was read of a table: for each cell the token that states it, under the heading its column has on the page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from services.parse.cells import value_in
from services.parse.lexicon import Lexicon
from services.parse.tokens import Token
from shared.blocks import Block
from shared.form import Form, Relation, Table
from shared.report import Number


class Stated(NamedTuple):
    """A cell's token, and the heading of its column as printed."""

    token: Token
    heading: str


@dataclass
class Reading:
    """Cells by (row, column); a cell that is not there is null. ``rows`` are all that were seen with figures, read or
    not; ``remarks`` are sentences for the report."""

    cells: dict[tuple[str, str], Stated] = field(default_factory=dict)
    rows: set[str] = field(default_factory=set)
    remarks: list[str] = field(default_factory=list)

    def extend(self, other: "Reading") -> None:
        """Takes in another part of the same table."""
        self.cells.update(other.cells)
        self.rows |= other.rows
        self.remarks += other.remarks


class Values(NamedTuple):
    """A table's figures by (row, column), and by cell id where they stand and what stands beside them."""

    figures: dict[tuple[str, str], Number | None]
    sources: dict[str, str]
    notes: dict[str, str]


def values_of(reading: Reading, lexicon: Lexicon, blocks: Sequence[Block]) -> Values:
    """Every cell of the table of ``lexicon``: its figure, or None."""
    figures: dict[tuple[str, str], Number | None] = {}
    sources: dict[str, str] = {}
    notes: dict[str, str] = {}
    stated_cells = reading.cells
    for place, cell, column in lexicon.places:
        stated = stated_cells.get(place)
        if stated is None or not stated.token.states:
            figures[place] = None
            continue
        figure = stated.token.figure
        if type(figure.amount) is int and figure.plain and not column.unit:
            figures[place] = figure.amount
        else:
            figures[place], note = value_in(figure, column, stated.heading)
            if note:
                notes[cell] = note
        sources[cell] = blocks[stated.token.at].source
    return Values(figures, sources, notes)


def holds(relation: Relation, line: Mapping[str, Number | None]) -> bool | None:
    """Whether ``relation`` holds on a line of figures; None where one of them is missing."""
    sides = [_total(line.get(key) for key in keys) for keys in (relation.stated, relation.computed)]
    return None if None in sides else sides[0] == sides[1]


def relations_of(form: Form, table: Table, each: str) -> list[Relation]:
    """The relations that tie the figures of one row (or column) of ``table``."""
    return [relation for relation in form.relations if relation.table == table.key and relation.each == each]


def _total(figures: Iterable[Number | None]) -> Number | None:
    total: Number = 0
    for figure in figures:
        if figure is None:
            return None
        total += figure
    return total
