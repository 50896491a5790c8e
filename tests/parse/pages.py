"""Pages made of blocks: the form's tables with figures that agree, a cell a line, a row a line or as a grid."""

from itertools import groupby

from shared.blocks import Block, Document
from shared.form import Form, Table, load_form
from shared.form.model import Edition
from shared.report import Report

Figures = dict[str, int]
"""A figure for each cell id."""

TITLE = "青山县财政局2023年政府信息公开工作年度报告"
PROSE = {
    1: "2023年，青山县财政局认真贯彻落实条例。本报告所列数据的统计期限自2023年1月1日起至2023年12月31日止。",
    5: "公开内容的时效还不够。",
    6: "无其他需要报告的事项。",
}


def figures_of(form: Form, start: int = 3) -> Figures:
    """A different figure for every cell that is no total, and totals that agree."""
    figures = {cell.id: start + 7 * at % 97 for at, cell in enumerate(form.cells())}
    applications, disputes = form.table("applications"), form.table("disputes")
    concluded = next(relation for relation in form.relations if relation.id == "applications.concluded")
    for column in applications.columns:
        figures[f"applications.concluded.{column.key}"] = sum(
            figures[f"applications.{row}.{column.key}"] for row in concluded.computed
        )
    for table, relation_id in ((applications, "applications.row_total"), (disputes, "disputes.total")):
        relation = next(relation for relation in form.relations if relation.id == relation_id)
        for row in table.rows:
            figures[f"{table.key}.{row.key}.total"] = sum(
                figures[f"{table.key}.{row.key}.{column}"] for column in relation.computed
            )
    return figures


def rows_of(table: Table, figures: Figures) -> list[list[str]]:
    """The table's printed rows, merged cells stated once."""
    if table.layout == "groups":
        return _groups(table, figures)
    if table.layout == "matrix":
        return _matrix(table, figures)
    return _bands(table, figures)


def _groups(table: Table, figures: Figures) -> list[list[str]]:
    rows: list[list[str]] = []
    for groups, members in groupby(table.rows, key=lambda row: row.groups):
        listed = list(members)
        columns = table.columns_of(listed[0])
        rows += [[groups[0]], ["信息内容", *(table.column(column).label for column in columns)]]
        rows += [[row.label, *(str(figures[f"{table.key}.{row.key}.{c}"]) for c in columns)] for row in listed]
    return rows


def _matrix(table: Table, figures: Figures) -> list[list[str]]:
    inner = [column.label for column in table.columns if column.group]
    rows = [[table.captions[0], "申请人情况"], ["自然人", "法人或其他组织", "总计"], inner]
    opened: tuple[str, ...] = ()
    for row in table.rows:
        groups = [group for at, group in enumerate(row.groups) if row.groups[: at + 1] != opened[: at + 1]]
        opened = row.groups
        values = [str(figures[f"{table.key}.{row.key}.{column.key}"]) for column in table.columns]
        rows.append([*groups, row.number + row.label, *values])
    return rows


def _bands(table: Table, figures: Figures) -> list[list[str]]:
    outcomes = [column.label for column in table.columns]
    values = [str(figures[f"{table.key}.{row.key}.{column.key}"]) for row in table.rows for column in table.columns]
    first, *others = (row.label for row in table.rows)
    return [[first, "行政诉讼"], [*outcomes, *others], outcomes * len(others), values]


def page(edition: Edition, figures: Figures, *, a_row_a_line: bool) -> list[list[str]]:
    """A report as lines, each the texts of its cells; a paragraph is a line of one."""
    form = load_form(edition)
    tables = {table.section: rows_of(table, figures) for table in form.tables}
    lines = [[TITLE]]
    for section in form.sections:
        lines.append(["一二三四五六"[section.number - 1] + "、" + section.heading])
        for row in tables.get(section.number, []):
            lines += [row] if a_row_a_line else [[cell] for cell in row]
        lines += [[PROSE[section.number]]] if section.number in PROSE else []
    return lines


def document(lines: list[list[str]]) -> Document:
    """The lines as extraction gives them: cells where a line has several, else a paragraph."""
    blocks = []
    table = 0
    for number, cells in enumerate(lines, 1):
        table += len(cells) > 1
        for place, cell in enumerate(cells):
            source = f"L{number}C{place + 1}" if len(cells) > 1 else f"L{number}"
            blocks.append(Block(cell, source, table if len(cells) > 1 else 0, 0, place))
    return Document(format="text", encoding="utf-8", script="simplified", blocks=tuple(blocks))


def read(report: Report, figures: Figures) -> dict[str, int | float]:
    """The figures that the report states."""
    return {cell: figure for cell in figures if (figure := report.figure(cell)) is not None}
