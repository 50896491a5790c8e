"""The types of a form: sections, tables of rows and columns, and the relations (勾稽关系) that hold between cells."""

from functools import cached_property
from typing import Literal, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, model_validator

Edition = str
"""The name of an edition, which is that of its file under ``editions/``."""

TableKey = Literal["disclosure", "applications", "disputes"]
Severity = Literal["error", "warning"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Section(_Frozen):
    """One of the six statutory sections: its number (1 to 6), the headings it is published under, and the words of
    which one is enough in a heading that bears its number."""

    number: int
    heading: str
    aliases: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()


class Row(_Frozen):
    """A row of a table.

    ``number`` is the ordinal printed before the label (``（三）``, ``1.``), ``groups`` the labels of the merged cells
    that stand before or above it, outermost first, ``columns`` the columns it has (empty: all of the table's).
    """

    key: str
    label: str
    number: str = ""
    aliases: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The label as one would quote it: ``（三）不予公开1.属于国家秘密``."""
        return "".join((*self.groups[1:], self.number, self.label))


class Column(_Frozen):
    """A column of a table. ``unit`` is set where figures are decimals of it (万元), ``signed`` where they may be
    negative."""

    key: str
    label: str
    group: str = ""
    aliases: tuple[str, ...] = ()
    unit: str = ""
    signed: bool = False


class Cell(NamedTuple):
    """One cell of the form; ``id`` is its name everywhere, e.g. ``applications.granted.total``."""

    table: TableKey
    row: str
    column: str

    @property
    def id(self) -> str:
        return f"{self.table}.{self.row}.{self.column}"


class Table(_Frozen):
    """A statutory table.

    ``layout`` says how the form prints it: ``groups`` (each group of rows under its own header), ``matrix`` (every row
    has every column) or ``bands`` (the rows stand side by side, one line of figures for all). ``captions`` are printed
    in the table but name no row or column. ``additions`` are rows that authorities print though the form has none of
    them: they are known where they stand, and have no cells of the form.
    """

    key: TableKey
    section: int
    heading: str
    layout: Literal["groups", "matrix", "bands"]
    captions: tuple[str, ...] = ()
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    additions: tuple[Row, ...] = ()

    @model_validator(mode="after")
    def _keys_resolve(self) -> Self:
        columns = {column.key for column in self.columns}
        for row in self.rows:
            if unknown := set(row.columns) - columns:
                raise ValueError(f"row {row.key} of {self.key} names unknown columns {sorted(unknown)}")
        rows = (*self.rows, *self.additions)
        if len({row.key for row in rows}) != len(rows) or len(columns) != len(self.columns):
            raise ValueError(f"{self.key} repeats a row or column key")
        return self

    def with_addition(self, key: str, above: str) -> "Table":
        """The table as a page prints it that has the addition called ``key`` below the row called ``above``."""
        rows = list(self.rows)
        rows.insert(rows.index(self.row(above)) + 1, next(row for row in self.additions if row.key == key))
        others = tuple(row for row in self.additions if row.key != key)
        return Table(**{**dict(self), "rows": tuple(rows), "additions": others})

    def columns_of(self, row: Row) -> tuple[str, ...]:
        """The keys of the columns that ``row`` has, in the form's order."""
        return row.columns or tuple(self._columns)

    def column(self, key: str) -> Column:
        """The column called ``key``; raises KeyError where there is none."""
        return self._columns[key]

    def row(self, key: str) -> Row:
        """The row called ``key``; raises KeyError where there is none."""
        return self._rows[key]

    @cached_property
    def _columns(self) -> dict[str, Column]:
        return {column.key: column for column in self.columns}

    @cached_property
    def _rows(self) -> dict[str, Row]:
        return {row.key: row for row in self.rows}

    @property
    def name(self) -> str:
        """What reviewers call the table: 表三 is the one of section 三."""
        return "表" + "一二三四五六"[self.section - 1]

    def cells(self) -> tuple[Cell, ...]:
        """Every cell of the table, in reading order."""
        return self._cells

    @cached_property
    def _cells(self) -> tuple[Cell, ...]:
        return tuple(Cell(self.key, row.key, column) for row in self.rows for column in self.columns_of(row))


class Relation(_Frozen):
    """A linear relation: for each row (or column) the sum of ``stated`` equals the sum of ``computed``.

    ``stated`` and ``computed`` are column keys when ``each`` is ``row``, row keys when it is ``column``; ``added`` are
    additions to the table's rows that may count among the computed where a page has them. ``source`` names the
    regulation the relation comes from; ``message`` is the sentence for a breach, with the fields ``place``,
    ``expected``, ``actual`` and ``difference``. ``name`` is what people call it in short.
    """

    id: str
    name: str
    table: TableKey
    each: Literal["row", "column"]
    stated: tuple[str, ...]
    computed: tuple[str, ...]
    added: tuple[str, ...] = ()
    severity: Severity
    source: str
    message: str


class Check(_Frozen):
    """What a single figure (``of``) must be, by the type of its column.

    ``non_negative`` judges columns that are not ``signed``, ``whole`` those without a ``unit``, ``plausible`` those
    with one: a figure above ``limits`` (by level of government) was probably written in 元 instead of the unit.
    ``remaining`` judges rows that have all of ``columns``: their sum, what remains, cannot be negative.
    ``message`` may use ``place``, ``actual`` and ``limit``.
    """

    id: str
    of: Literal["non_negative", "whole", "plausible", "remaining"]
    columns: tuple[str, ...] = ()
    limits: dict[str, float] = {}
    severity: Severity
    source: str
    message: str


class Continuity(_Frozen):
    """What one authority's report carries over from its last one, for each row or column of ``table``.

    This year's ``opening`` equals last year's ``closing`` plus this year's ``added`` minus this year's ``removed``; or
    is ``at_least`` that. Keys as in :class:`Relation`. ``message`` may use ``place``, ``expected``, ``actual``,
    ``difference`` and ``last_year``. A sentence of the prose accounts for a difference if it has one of the words that
    it is ``about`` and one of the ``reasons``.
    """

    id: str
    table: TableKey
    each: Literal["row", "column"]
    opening: tuple[str, ...]
    closing: tuple[str, ...]
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    at_least: bool = False
    about: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    severity: Severity
    source: str
    message: str


class Form(_Frozen):
    """One edition of the form, whole.

    ``first_year`` and ``last_year`` are the years of reports that are known to use it: a page of those years that does
    not show its edition is taken for this one."""

    edition: Edition
    decree: str
    first_year: int
    last_year: int
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    relations: tuple[Relation, ...]
    checks: tuple[Check, ...]
    continuities: tuple[Continuity, ...]

    @model_validator(mode="after")
    def _relations_resolve(self) -> Self:
        for relation in self.relations:
            table = self.table(relation.table)
            known = {c.key for c in table.columns} if relation.each == "row" else {r.key for r in table.rows}
            additions = {row.key for row in table.additions}
            if unknown := ({*relation.stated, *relation.computed} - known) | ({*relation.added} - additions):
                raise ValueError(f"relation {relation.id} names unknown keys {sorted(unknown)}")
        return self

    def table(self, key: TableKey) -> Table:
        """The table called ``key``."""
        return self._tables[key]

    def label(self, cell: Cell) -> str:
        """A cell in the form's own words: ``表三“（一）予以公开”一行“总计”一列``."""
        table = self.table(cell.table)
        return f"{table.name}“{table.row(cell.row).title}”一行“{table.column(cell.column).label}”一列"

    @cached_property
    def _tables(self) -> dict[str, Table]:
        return {table.key: table for table in self.tables}

    def cells(self) -> tuple[Cell, ...]:
        """Every cell of the form, table by table."""
        return self._cells

    @cached_property
    def _cells(self) -> tuple[Cell, ...]:
        return tuple(cell for table in self.tables for cell in table.cells())
