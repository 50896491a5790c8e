"""Reads the rows of a table: gathers them, finds their columns, places their cells, and proves them."""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import NamedTuple

from services.parse.table.facts import Candidate, TableOnPage
from services.parse.table.header import Columns, Widths, columns_of
from services.parse.table.placing import Placed, Placing
from services.parse.table.proof import prove
from services.parse.table.reading import Reading
from services.parse.table.rows import PageRow, gather
from services.parse.table.tokens import Token
from services.parse.table.vocabulary import Vocabulary
from shared.blocks import Block
from shared.doubt import DoubtCode
from shared.form import Relation

_MOST_ROWS = 300  # of a table; the form has 25, and a page that repeats them ten times is no report of it


class Ground(NamedTuple):
    """What the rows of a table are read against: ``closing_keys`` rightly end the table, ``totals``
    the relations that tie the figures of a row."""

    vocabulary: Vocabulary
    blocks: Sequence[Block]
    closing_keys: Collection[str]
    totals: Sequence[Relation]


def read_rows(tokens: Sequence[Token], next_key: str, ground: Ground) -> Reading:
    """The cells of the rows in ``tokens``, which ``next_key`` ends."""
    below = ground.vocabulary.table.layout == "bands"
    gathered = gather(tokens, next_key, headers_below=below)
    rows = [row for row in gathered.rows if row.figures or row.pairs]
    if len(rows) > _MOST_ROWS:
        return Reading(rows={row.key for row in rows})
    columns = _columns_of_all(rows, ground.vocabulary)
    table = TableOnPage(gathered, *ground, placing=Placing(rows, columns, ground.vocabulary, ground.blocks))
    for row, own in zip(rows, columns, strict=True):
        own = Columns(()) if row.pairs else own
        placed = table.placing.place(row, own)
        if isinstance(placed, Placed):
            table.standing.append(Candidate(row, own, placed))
        else:
            table.refused.append((row, placed))
    prove(table)
    return _reading(table, rows)


def _reading(table: TableOnPage, rows: Sequence[PageRow]) -> Reading:
    reading = Reading(rows={row.key for row in rows})
    reading.doubts |= {row.key: code for row, code in table.refused}
    for candidate in table.standing:
        key = candidate.row.key
        if key in reading.cells:
            continue
        exchanged = candidate.columns.exchanged
        reading.cells[key] = {key: cell for key, cell in candidate.placed.cells.items() if key not in exchanged}
        if table.vocabulary.table.layout == "groups":
            reading.headings[key] = candidate.row.headings()
    for key in {row.key for row, code in table.refused if code is DoubtCode.COPIES_DIFFER}:
        label = table.vocabulary.table.row(key).label
        reading.remarks.append(f"“{label}”一行出现多次且数字不一致，未采用。")
    return reading


def _columns_of_all(rows: Sequence[PageRow], vocabulary: Vocabulary) -> list[Columns]:
    """The columns of every row; rows under one header that have the same columns share them."""
    widths = Widths(Counter(row.stated_cells for row in rows))
    known: dict[tuple[int, tuple[str, ...]], Columns] = {}
    columns = []
    for row in rows:
        own = vocabulary.table.rows[vocabulary.rank[row.key]]
        if (place := (id(row.header), own.columns)) not in known:
            known[place] = columns_of(row.header, own, vocabulary.table, widths)
        columns.append(known[place])
    return columns
