"""Decides which columns the figures of a row belong to, from left to right."""

from typing import NamedTuple

from services.parse.table.header import Header, ordered
from services.parse.table.tokens import Token
from shared.form import Row, Table


class Columns(NamedTuple):
    """The columns of a row from left to right.

    ``sure`` where the header names all of them, ``doubtful`` are those whose labels may have changed places, ``times``
    how often each is printed side by side (empty: once).
    """

    keys: list[str]
    sure: bool = True
    doubtful: frozenset[str] = frozenset()
    times: tuple[int, ...] = ()

    @property
    def cells(self) -> int:
        """How many cells a row has."""
        return sum(self.times) if self.times else len(self.keys)

    def give(self, cells: list[Token]) -> dict[str, Token] | None:
        """The cells by column, a merged cell that the page repeats once; None where its repetitions differ
        or are missing."""
        if not self.times:
            return dict(zip(self.keys, cells, strict=True))
        given: dict[str, Token] = {}
        at = 0
        for key, times in zip(self.keys, self.times, strict=True):
            if len({cell.text for cell in cells[at : at + times]}) != 1:
                return None
            given[key] = cells[at]
            at += times
        return given


def columns_of(header: Header, row: Row, table: Table, most: int, usual: int) -> Columns | None:
    """The columns of ``row`` as ``header`` prints them; None where that is not certain.

    ``most`` is how many figures the table's fullest row has: a label may be missing because the page lacks the column,
    or because the label was lost. ``usual`` is how many most rows have: a label may be repeated because its merged cell
    is, in every row, or because a line was doubled.
    """
    form = list(table.columns_of(row))
    if header.strangers and table.layout == "groups":
        return None
    printed = header.order(table)
    if not printed or any(key not in form for key in printed):
        return Columns(form, sure=table.layout == "groups")
    if len(printed) < len(form):
        if table.layout == "matrix" and most == len(printed):
            return Columns(printed, sure=False)
        return Columns(form, sure=table.layout == "groups") if ordered(printed, form) else None
    times = () if len(printed) == len(header.labels) else tuple(header.times(key) for key in printed)
    if times and (max(times) < 2 or (table.layout == "matrix" and sum(times) != usual)):
        times = ()
    if printed == form:
        return Columns(form, sure=not header.strangers, times=times)
    return Columns(printed, sure=False, doubtful=_doubtful(header, printed, form), times=times)


def _doubtful(header: Header, printed: list[str], form: list[str]) -> frozenset[str]:
    """Two columns that have changed places in a header of a label a line: two lines may have been swapped."""
    moved = [key for key, own in zip(printed, form, strict=True) if key != own]
    return frozenset(moved) if len(moved) == 2 and not header.one_line else frozenset()
