"""Cells by the geometry that a format vouches for (HTML, Word, sheets, ruled PDF)."""

from collections.abc import Mapping, Sequence

from services.parse.table.header import Columns
from services.parse.table.rows import PageRow
from services.parse.table.tokens import Token
from shared.blocks import Block

_WIDEST_HEADER = 40  # cells; what stands further above belongs to no header


def cells_by_place(row: PageRow, columns: Columns, blocks: Sequence[Block], reach: int) -> Mapping[str, Token] | None:
    """The cells of ``row`` by column, where each stands under the label of its column: a cell under each label, the row
    as wide as others (``reach`` is their last column), no figure under nothing, and the labels in the order that the
    header tells. None where one of these is not so."""
    keys = [key for key in columns.keys if key]
    labels = {label.place: label.key for label in row.header.known if label.key in keys}
    under = {cell.place: cell for cell in row.cells}
    if [labels[place] for place in sorted(labels)] != keys or len(under) != len(row.cells):
        return None
    if not labels.keys() <= under.keys() or max(under) != reach:
        return None
    if any(cell.states and cell.place not in labels and not _is_named(cell, row, blocks) for cell in row.cells):
        return None
    return {key: under[place] for place, key in labels.items()}


def stands_outside(row: PageRow, columns: Columns) -> bool:
    """Whether a figure of ``row`` stands in no column of the form, though the header places all."""
    places = {label.place: label.key for label in row.header.known}
    placed = {key for key in columns.keys if key} <= set(places.values())
    return placed and any(cell.states and cell.place not in places for cell in row.cells)


def _is_named(cell: Token, row: PageRow, blocks: Sequence[Block]) -> bool:
    """Whether the lowest text above ``cell`` in the header is the label of a column that the form does not have."""
    labels = [blocks[label.at] for label in row.header.known]
    last = max(label.row for label in labels)
    above = [
        block
        for block in blocks[max(0, row.header.known[0].at - _WIDEST_HEADER) : row.label.at]
        if block.table == labels[0].table and block.row <= last and block.text
    ]
    above = [block for block in above if block.column <= cell.place < block.column + block.colspan]
    return bool(above) and max(above, key=lambda block: block.row).colspan == 1
