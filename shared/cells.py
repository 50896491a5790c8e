"""The cells of a report as one mapping, and as the contract's JSON prints them: the only place that knows that shape.

表二 is flat, ``{"regulations.issued": 0}``; the other tables are nested, ``{"received": {"total": 4}}``.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from shared.doubt import Doubt
from shared.form.model import Cell, TableKey

Number = int | float
"""A figure as the page states it: an int, or a float where the page states decimals (fees, in 万元)."""

Figures = dict[str, Number | None]
"""Figures by key; None where the page does not state one that can be trusted."""

_FLAT: TableKey = "disclosure"
_NESTED: tuple[TableKey, ...] = ("applications", "disputes")


class Value(NamedTuple):
    """What a page states in a cell: the figure, where it stands (a :class:`~shared.blocks.Block` source), what else
    stands in the cell (``其中修订16件``); without a figure, why."""

    figure: Number | None = None
    source: str | None = None
    note: str | None = None
    doubt: Doubt | None = None


class Shape(NamedTuple):
    """The figures of the three tables as the contract's JSON has them; None where a table is not there."""

    disclosure: Figures | None = None
    applications: dict[str, Figures] | None = None
    disputes: dict[str, Figures] | None = None

    @classmethod
    def of(cls, figures: Mapping[Cell, Number | None]) -> "Shape":
        """The shape of ``figures``, in their order."""
        flat: Figures = {}
        nested: dict[TableKey, dict[str, Figures]] = {table: {} for table in _NESTED}
        for (table, row, column), figure in figures.items():
            if table == _FLAT:
                flat[f"{row}.{column}"] = figure
            else:
                nested[table].setdefault(row, {})[column] = figure
        return cls(flat or None, *(nested[table] or None for table in _NESTED))

    @classmethod
    def of_rows(cls, tables: Mapping[str, Mapping[str, Figures]]) -> "Shape":
        """The shape of figures by table, row and column; empty for edition ``unknown``, which has no tables."""
        if not tables:
            return cls()
        flat = {f"{row}.{column}": figure for row, line in tables[_FLAT].items() for column, figure in line.items()}
        return cls(flat, *(dict(tables[table]) for table in _NESTED))

    def figures(self) -> Iterator[tuple[Cell, Number | None]]:
        """The figures by cell, in their order."""
        for key, figure in (self.disclosure or {}).items():
            row, _, column = key.rpartition(".")
            yield Cell(_FLAT, row, column), figure
        for table, rows in zip(_NESTED, (self.applications, self.disputes), strict=True):
            for row, figures in (rows or {}).items():
                for column, figure in figures.items():
                    yield Cell(table, row, column), figure

    def figures_of(self, cells: Iterable[Cell]) -> dict[Cell, Number | None]:
        """The figures of ``cells``, None where one is not stated."""
        flat: Figures = self.disclosure or {}
        nested = dict(zip(_NESTED, (self.applications or {}, self.disputes or {}), strict=True))
        figures: dict[Cell, Number | None] = {}
        last: tuple[str, str] | None = None
        line: Figures = {}
        for cell in cells:
            table, row, column = cell
            if table == _FLAT:
                figures[cell] = flat.get(f"{row}.{column}")
                continue
            if (table, row) != last:  # the cells of a row come together: it is looked up once
                last, line = (table, row), nested[table].get(row, {})
            figures[cell] = line.get(column)
        return figures

    def figure(self, cell: str) -> Number | None:
        """The figure of the cell called ``cell`` (``TABLE.ROW.COLUMN``), None where it is not stated."""
        table, _, rest = cell.partition(".")
        row, _, column = rest.rpartition(".")
        if table == _FLAT:
            return (self.disclosure or {}).get(rest)
        return ((self.applications if table == _NESTED[0] else self.disputes) or {}).get(row, {}).get(column)
