"""Lays the form's tables out as grids, as the decree prints them, or as offices rearrange them."""

from dataclasses import replace
from itertools import groupby
from random import Random
from typing import Literal, get_args

from shared.form import Form, Row, Table
from tests.corpus.grid import Grid, PrintedCell

Arrangement = Literal[
    "decree",
    "no_corner",
    "columns_moved",
    "tracks_as_rows",
    "tracks_stacked",
    "extra_row",
    "added_row",
    "rows_missing",
    "total_missing",
    "serial_column",
    "remarks_column",
    "tracks_listed",
    "transposed",
    "last_year",
]
ARRANGEMENTS: tuple[Arrangement, ...] = get_args(Arrangement)
"""``decree``: as prescribed; ``no_corner``: without the row 申请人情况; ``columns_moved``: 总计 first, other columns in
another order; ``tracks_as_rows``: disputes with a row a track; ``tracks_stacked``: one line of figures under each
track's own header; ``extra_row``: an office added a row the form does not know; ``added_row``: a ground of refusal that
many add; ``rows_missing``: it left out some of the form's; ``total_missing``: it left out the column 总计;
``serial_column``: every row of the applications begins with its running number; ``remarks_column``: they end in an
empty column 备注; ``tracks_listed``: disputes with a row a figure; ``transposed``: applications with a row an
applicant; ``last_year``: beside the figures of the disclosure stand last year's."""

UNUSUAL: frozenset[Arrangement] = frozenset(
    {
        "columns_moved",
        "rows_missing",
        "total_missing",
        "serial_column",
        "remarks_column",
        "tracks_listed",
        "transposed",
        "last_year",
    }
)
"""Arrangements so far from the decree that a reader may decline to read what they touch."""

CORNER = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
UNKNOWN_ROW = "五、当年通过政务服务窗口受理的线下申请数量"


def draw_tables(form: Form, texts: dict[str, str], arrangement: Arrangement, rng: Random) -> list[Grid]:
    """The form's tables, in its order, less what ``arrangement`` leaves out. ``texts`` is the content of every cell,
    by cell id."""
    disclosure, applications, disputes = (_printed(table, arrangement, rng) for table in form.tables)
    if arrangement == "added_row":
        applications = _with_addition(applications, rng)
        texts = texts | _figures_of_the_addition(applications, texts, rng)
    return [
        _beside_last_year(_groups(disclosure, texts), rng)
        if arrangement == "last_year"
        else _groups(disclosure, texts),
        _matrix(applications, texts, arrangement, rng),
        _disputes(disputes, texts, arrangement),
    ]


def _figures_of_the_addition(table: Table, texts: dict[str, str], rng: Random) -> dict[str, str]:
    """The contents of the row that ``texts`` does not know, by cell id; its total is the sum of the others."""
    *parts, total = [cell.id for cell in table.cells() if cell.id not in texts]
    figures = {cell: rng.randint(1000, 2000) for cell in parts}
    return {cell: str(figure) for cell, figure in (*figures.items(), (total, sum(figures.values())))}


def _printed(table: Table, arrangement: Arrangement, rng: Random) -> Table:
    """The table as far as the page prints it."""
    if arrangement == "total_missing" and table.key != "disclosure":
        return table.model_copy(update={"columns": tuple(c for c in table.columns if c.key != "total")})
    if arrangement == "rows_missing" and table.key != "disputes":
        left_out = rng.sample([row.key for row in table.rows], rng.randint(1, 2))
        return table.model_copy(update={"rows": tuple(row for row in table.rows if row.key not in left_out)})
    return table


def _with_addition(table: Table, rng: Random) -> Table:
    """The table with a row that authorities add, at the end of its group or within it, numbered or not."""
    addition = rng.choice(table.additions)
    members = [row.key for row in table.rows if row.groups == addition.groups]
    numbered = addition.model_copy(update={"number": rng.choice(["9.", "2.", ""])})
    table = table.model_copy(update={"additions": (numbered,)})
    return table.with_addition(addition.key, rng.choice([members[-1], *members]))


def _figure(table: Table, row: str, column: str, texts: dict[str, str], colspan: int = 1) -> PrintedCell:
    cell = f"{table.key}.{row}.{column}"
    return PrintedCell(texts[cell], colspan=colspan, cell=cell)


def _groups(table: Table, texts: dict[str, str]) -> Grid:
    """Each group of rows under a band with the article of the law and its own header."""
    width = 1 + max(len(table.columns_of(row)) for row in table.rows)
    lines: list[tuple[PrintedCell, ...]] = []
    for groups, rows in groupby(table.rows, key=lambda row: row.groups):
        members = list(rows)
        columns = table.columns_of(members[0])
        last = width - len(columns)
        lines.append((PrintedCell(groups[-1], colspan=width),))
        header = [PrintedCell(_header(table, column), colspan=_last(column, columns, last)) for column in columns]
        lines.append((PrintedCell("信息内容"), *header))
        for row in members:
            figures = [_figure(table, row.key, column, texts, _last(column, columns, last)) for column in columns]
            lines.append((PrintedCell(row.label), *figures))
    return Grid(tuple(lines))


def _beside_last_year(grid: Grid, rng: Random) -> Grid:
    """The table with a column of last year's figures on its right."""
    rows: list[tuple[PrintedCell, ...]] = []
    for row in grid.rows:
        if len(row) == 1:
            rows.append((replace(row[0], colspan=row[0].colspan + 1),))
        else:
            rows.append((*row, PrintedCell(str(rng.randint(1000, 2000)) if row[-1].cell else "上年同期数")))
    return Grid(tuple(rows))


def _header(table: Table, key: str) -> str:
    column = table.column(key)
    return f"{column.label}（单位：{column.unit}）" if column.unit else column.label


def _last(column: str, columns: tuple[str, ...], span: int) -> int:
    """The last column is widened so that every group is as wide as the table."""
    return span if column == columns[-1] else 1


def _matrix(table: Table, texts: dict[str, str], arrangement: Arrangement, rng: Random) -> Grid:
    """The applications: three columns of labels, seven of figures, a header over three rows."""
    columns = [column.key for column in table.columns]
    if arrangement == "columns_moved":
        columns = ["total", "natural_person", *rng.sample(columns[1:-1], len(columns) - 2)]
    header = _matrix_header(table, columns, with_top=arrangement != "no_corner")
    body = _matrix_body(table, columns, texts)
    if arrangement == "transposed":
        return _transposed(table, texts)
    if arrangement == "extra_row":
        figures = (PrintedCell(str(rng.randint(1000, 2000))) for _ in columns)
        body.append((PrintedCell(UNKNOWN_ROW, colspan=3), *figures))
    if arrangement == "serial_column":
        header[0] = (PrintedCell("序号", rowspan=len(header)), *header[0])
        body = [(PrintedCell(str(number)), *row) for number, row in enumerate(body, 1)]
    if arrangement == "remarks_column":
        header[0] = (*header[0], PrintedCell("备注", rowspan=len(header)))
        body = [(*row, PrintedCell("")) for row in body]
    return Grid((*header, *body))


def _transposed(table: Table, texts: dict[str, str]) -> Grid:
    """A column for every row of the form."""
    header = (PrintedCell("申请人"), *(PrintedCell(_numbered(row)) for row in table.rows))
    rows = [
        (PrintedCell(column.label), *(_figure(table, row.key, column.key, texts) for row in table.rows))
        for column in table.columns
    ]
    return Grid((header, *rows))


def _matrix_header(table: Table, columns: list[str], *, with_top: bool) -> list[tuple[PrintedCell, ...]]:
    grouped = [column for column in columns if table.column(column).group]
    top = PrintedCell(CORNER, rowspan=3 if with_top else 2, colspan=3)
    middle: list[PrintedCell] = []
    for column in columns:
        label = table.column(column)
        if not label.group:
            middle.append(PrintedCell(label.label, rowspan=2))
        elif column == grouped[0]:
            middle.append(PrintedCell(label.group, colspan=len(grouped)))
    bottom = tuple(PrintedCell(_broken(table.column(column).label)) for column in grouped)
    if with_top:
        return [(top, PrintedCell("申请人情况", colspan=len(columns))), tuple(middle), bottom]
    return [(top, *middle), bottom]


def _broken(label: str) -> str:
    """A narrow header, broken over two lines as the form prints it (商业 / 企业)."""
    return f"{label[:2]}\n{label[2:]}" if len(label) == 4 else label


def _matrix_body(table: Table, columns: list[str], texts: dict[str, str]) -> list[tuple[PrintedCell, ...]]:
    body: list[tuple[PrintedCell, ...]] = []
    opened: tuple[str, ...] = ()
    for row in table.rows:
        labels: list[PrintedCell] = []
        for depth, group in enumerate(row.groups):
            if row.groups[: depth + 1] != opened[: depth + 1]:
                members = sum(other.groups[: depth + 1] == row.groups[: depth + 1] for other in table.rows)
                labels.append(PrintedCell(group, rowspan=members))
        opened = row.groups
        labels.append(PrintedCell(_numbered(row), colspan=3 - len(row.groups)))
        body.append((*labels, *(_figure(table, row.key, column, texts) for column in columns)))
    return body


def _numbered(row: Row) -> str:
    """The label with its ordinal, in its long form where the decree prints one."""
    longest = max((row.label, *row.aliases), key=len) if row.key == "partially_granted" else row.label
    return row.number + longest


def _disputes(table: Table, texts: dict[str, str], arrangement: Arrangement) -> Grid:
    columns = [column.key for column in table.columns]
    if arrangement == "tracks_as_rows":
        header = (PrintedCell("类别"), *(PrintedCell(column.label) for column in table.columns))
        rows = [(PrintedCell(row.label), *(_figure(table, row.key, c, texts) for c in columns)) for row in table.rows]
        return Grid((header, *rows))
    if arrangement == "tracks_listed":
        return Grid(tuple(line for row in table.rows for line in _listed(table, row, texts)))
    if arrangement == "tracks_stacked":
        return Grid(tuple(line for row in table.rows for line in _stacked(table, row, texts)))
    return _bands(table, texts)


def _listed(table: Table, row: Row, texts: dict[str, str]) -> list[tuple[PrintedCell, ...]]:
    lines = [(PrintedCell(column.label), _figure(table, row.key, column.key, texts)) for column in table.columns]
    first = PrintedCell("".join((*row.groups, row.label)), rowspan=len(lines))
    return [(first, *lines[0]), *lines[1:]]


def _stacked(table: Table, row: Row, texts: dict[str, str]) -> list[tuple[PrintedCell, ...]]:
    return [
        (PrintedCell("".join((*row.groups, row.label)), colspan=len(table.columns)),),
        tuple(PrintedCell(column.label) for column in table.columns),
        tuple(_figure(table, row.key, column.key, texts) for column in table.columns),
    ]


def _bands(table: Table, texts: dict[str, str]) -> Grid:
    """The tracks side by side, one line of figures for all; grouped tracks have one more line of header."""
    count = len(table.columns)
    lone = [row for row in table.rows if not row.groups]
    grouped = [row for row in table.rows if row.groups]
    outcomes = [PrintedCell(_broken(column.label)) for column in table.columns]
    top = [PrintedCell(row.label, colspan=count) for row in lone]
    top.append(PrintedCell(grouped[0].groups[0], colspan=count * len(grouped)))
    tall = [PrintedCell(cell.text, rowspan=2) for _ in lone for cell in outcomes]
    tracks = [PrintedCell(row.label, colspan=count) for row in grouped]
    figures = [_figure(table, row.key, column.key, texts) for row in (*lone, *grouped) for column in table.columns]
    return Grid((tuple(top), (*tall, *tracks), tuple(outcomes * len(grouped)), tuple(figures)))
