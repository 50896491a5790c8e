"""Draws a report's three tables as the form lays them out, offending cells marked, what is wrong beside them."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.columns import Columns
from rich.console import Group, JustifyMethod, RenderableType
from rich.table import Table as Grid
from rich.text import Text

from cli.terminal import quoted, visible
from shared.cells import Value
from shared.form import Cell, Form, Row, Table, load_form
from shared.report import Finding, Number, Report
from shared.source import read_source

_MARKS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_SUSPECT = "bold white on red"
_STYLES = {"error": "bold red", "warning": "yellow"}


class Drawing:
    """``report`` and its ``findings`` for a terminal. With ``sources``, each cell has under it where the page states
    its figure (see :class:`shared.blocks.Block`), or the code of why it has none; what the codes mean stands below."""

    def __init__(self, report: Report, findings: Sequence[Finding], sources: bool = False) -> None:
        self._report = report
        self._values = report.cells()
        self._findings = findings
        self._sources = sources

    def __rich__(self) -> RenderableType:
        if self._report.edition == "unknown":
            return Group("no table: the edition of the form is unknown", *self._legend())
        form = load_form(self._report.edition)
        tables = [part for table in form.tables for part in self._table(form, table)]
        return Group(*tables, *self._legend())

    def _table(self, form: Form, table: Table) -> Iterator[RenderableType]:
        section = next(section for section in form.sections if section.number == table.section)
        yield Text(f"\n{'一二三四五六'[section.number - 1]}、{table.heading}", style="bold")
        if table.layout == "matrix":
            yield self._matrix(table)
        elif table.layout == "bands":
            yield Columns([self._band(table, row) for row in table.rows])
        else:
            yield from self._groups(table)

    def _matrix(self, table: Table) -> Grid:
        grid = _grid("", *(column.label for column in table.columns), "勾稽")
        groups: tuple[str, ...] = ()
        for row in table.rows:
            for depth, label in enumerate(row.groups):
                if row.groups[: depth + 1] != groups[: depth + 1]:
                    grid.add_row(Text("  " * depth + label, style="dim"))
            groups = row.groups
            name = Text("  " * len(groups) + row.number + row.label)
            grid.add_row(name, *self._cells(table, row), self._marks_of(table, row))
        return grid

    def _band(self, table: Table, row: Row) -> Grid:
        grid = _grid(*(column.label for column in table.columns), left=False)
        grid.title = " ".join((*row.groups, row.label))
        grid.add_row(*self._cells(table, row))
        return grid

    def _groups(self, table: Table) -> Iterator[Grid]:
        """A grid for each group of rows (第二十条第（一）项 …), under its own header."""
        for groups, rows in groupby(table.rows, key=lambda row: row.groups):
            members = list(rows)
            columns = [table.column(key).label for key in table.columns_of(members[0])]
            grid = _grid(" ".join(groups), *columns, "勾稽")
            for row in members:
                grid.add_row(Text(row.label), *self._cells(table, row), self._marks_of(table, row))
            yield grid

    def _cells(self, table: Table, row: Row) -> list[Text]:
        return [self._cell(Cell(table.key, row.key, column)) for column in table.columns_of(row)]

    def _cell(self, of: Cell) -> Text:
        cell, (figure, source, note, doubt) = of.id, self._values.get(of, Value())
        marks = [number for number, finding in enumerate(self._findings) if cell in finding.cells]
        worst = min((self._findings[number].severity for number in marks), default="")
        suspect = any(finding.suspect and finding.suspect.cell == cell for finding in self._findings)
        text = Text(shown(figure), style=_SUSPECT if suspect else _STYLES.get(worst, "dim" if not figure else ""))
        if worst == "error":
            text.append("".join(_mark(number) for number in marks if self._findings[number].severity == "error"))
        if note:
            text.append(f"\n{visible(note)}", style="dim")
        if self._sources and source:
            text.append(f"\n{visible(read_source(source).place)}", style="dim cyan")
        if self._sources and doubt:
            text.append(f"\n{doubt.code}", style="dim yellow")
        return text

    def _marks_of(self, table: Table, row: Row) -> Text:
        """Beside a row: the findings that concern one of its cells, errors named by their rule."""
        cells = {f"{table.key}.{row.key}.{column}" for column in table.columns_of(row)}
        text = Text()
        for number, finding in enumerate(self._findings):
            if finding.severity == "error" and cells & set(finding.cells):
                text.append(_mark(number), style=_STYLES[finding.severity])
        return text

    def _legend(self) -> Iterator[Text]:
        for number, finding in enumerate(self._findings):
            text = quoted(f"{_mark(number)} {finding.rule} {finding.at}", _STYLES[finding.severity])
            if finding.expected is not None or finding.actual is not None:
                text.append(f"  {shown(finding.expected)} ≠ {shown(finding.actual)}")
            text.append(f"\n   {visible(finding.message)}", style="not bold default")
            yield text
        if self._sources:
            told = {doubt.code: doubt.message for doubt in self._report.doubts.values()}
            yield from (Text(f"{code}  {visible(message)}", style="yellow") for code, message in told.items())


def shown(figure: Number | None) -> str:
    """A figure as it is printed; ``—`` where the page states none."""
    return "—" if figure is None else f"{figure:,}" if isinstance(figure, int) else f"{figure:,.10g}"


def _mark(number: int) -> str:
    return _MARKS[number] if number < len(_MARKS) else f"({number + 1})"


def _grid(*headers: str, left: bool = True) -> Grid:
    grid = Grid(padding=(0, 1), show_edge=True, title_justify="left", title_style="")
    for position, header in enumerate(headers):
        is_label = left and position == 0
        half = len(header) if is_label or len(header) < 4 else (len(header) + 1) // 2
        justify: JustifyMethod = "left" if is_label or header == "勾稽" else "right"
        grid.add_column(f"{header[:half]}\n{header[half:]}".strip(), justify=justify, overflow="fold")
    return grid
