"""A sheet as its reader sees it, laid out in blocks: hidden rows and columns are left out."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from services.ingest.formats.runs import Said
from services.ingest.limits import MOST_CELLS, MOST_COLUMNS
from shared.blocks import Block
from shared.errors import Rejected

Place = tuple[int, int]  # row and column, from 0
_BLANK = Said("")


@dataclass
class Sheet:
    """What the cells of a sheet show, by their place; ``merged``: the last place of each merged cell by its first;
    rows and columns that are ``hidden``."""

    name: str
    cells: dict[Place, Said] = field(default_factory=dict)
    merged: dict[Place, Place] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def laid_out(sheets: Iterator[Sheet]) -> Iterator[Block]:
    """The blocks of ``sheets``; rows that hold prose become paragraphs."""
    for number, sheet in enumerate(sheets, 1):
        rows = [row for row in _rows(sheet, number) if any(cell.text or cell.doubt for cell in row)]
        for alone, run in groupby(rows, key=_stands_alone):
            members = list(run)
            prose = alone and (len(members) > 1 or members[0] is rows[0] or members[0] is rows[-1])
            for row in members:
                if prose:
                    yield from (Block(cell.text, cell.source, doubt=cell.doubt) for cell in row if cell.text)
                else:
                    yield from row


def letters(column: int) -> str:
    """The name of a column, counted from 0: ``A``, ``Z``, ``AA``."""
    name = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def _stands_alone(row: list[Block]) -> bool:
    """Whether a row has one filled cell, not merged: several such rows together are text typed into a sheet, but one
    between the rows of a table is a heading in it."""
    filled = [cell for cell in row if cell.text]
    return len(filled) == 1 and filled[0].rowspan == filled[0].colspan == 1


def _rows(sheet: Sheet, table: int) -> Iterator[list[Block]]:
    """The rows of a sheet, merged cells stated once; raises Rejected ``hostile`` where they are absurdly many."""
    filled = [place for place, said in sheet.cells.items() if said.text or said.doubt]
    if not filled:
        return
    top, bottom = min(row for row, _ in filled), max(row for row, _ in filled)
    left, right = min(column for _, column in filled), max(column for _, column in filled)
    if right - left >= MOST_COLUMNS or (bottom - top + 1) * (right - left + 1) > MOST_CELLS:
        raise Rejected("hostile", f"A sheet has more than {MOST_COLUMNS} columns or {MOST_CELLS} cells.")
    rows = [row for row in range(top, bottom + 1) if row not in sheet.hidden_rows]
    columns = [column for column in range(left, right + 1) if column not in sheet.hidden_columns]
    merged, covered = _merged(sheet, rows, columns)
    for at, row in enumerate(rows):
        cells = []
        for across, column in enumerate(columns):
            place = (row, column)
            if place not in covered:
                corner, down, over = merged.get(place, (place, 1, 1))
                said = sheet.cells.get(corner, _BLANK)
                source = f"{sheet.name}!{letters(corner[1])}{corner[0] + 1}"
                cells.append(Block(said.text, source, table, at, across, down, over, True, said.doubt))
        yield cells


def _merged(
    sheet: Sheet, rows: list[int], columns: list[int]
) -> tuple[dict[Place, tuple[Place, int, int]], set[Place]]:
    """Merged cells by the first place where each is seen: its own place, the rows and columns that it is seen over;
    and the places that they cover beside."""
    merged: dict[Place, tuple[Place, int, int]] = {}
    covered: set[Place] = set()
    for (top, left), (bottom, right) in sheet.merged.items():
        down = rows[bisect_left(rows, top) : bisect_right(rows, bottom)]
        across = columns[bisect_left(columns, left) : bisect_right(columns, right)]
        if down and across:
            merged[down[0], across[0]] = ((top, left), len(down), len(across))
            covered.update((row, column) for row in down for column in across)
            covered.discard((down[0], across[0]))
    return merged, covered
