"""What the page does not state: null cells and missing tables."""

from collections.abc import Iterator, Mapping

from shared.form import Cell, Form, Table
from shared.report import Finding, Number, Report


def null_cells(form: Form, figures: Mapping[Cell, Number | None]) -> Iterator[Finding]:
    """One finding for each table that has cells without a figure; it lists them."""
    for table in form.tables:
        cells = [cell for cell in table.cells() if figures[cell] is None]
        if cells:
            yield Finding(
                rule=f"completeness.{table.key}",
                at=table.key,
                severity="warning",
                cells=tuple(cell.id for cell in cells),
                message=_null_message(form, table, cells),
            )


def no_tables(report: Report) -> Iterator[Finding]:
    """The findings of a report whose edition is unknown: none of its tables can be read."""
    for key, name in (("disclosure", "表二"), ("applications", "表三"), ("disputes", "表四")):
        yield Finding(
            rule=f"completeness.{key}",
            at=key,
            severity="warning",
            message=f"{name}：未见2019年或2021年版式的统计表，数据未能读取。",
        )


def _null_message(form: Form, table: Table, cells: list[Cell]) -> str:
    total = len(list(table.cells()))
    if len(cells) == total:
        return f"{table.name}（{table.heading}）：全表{total}个数据均未见填报。"
    row = table.row(cells[0].row)
    first = f"“{row.title}”一行“{table.column(cells[0].column).label}”一列"
    more = f"等{len(cells)}个数据" if len(cells) > 1 else "的数据"
    return f"{table.name}：{first}{more}未见填报或无法辨认，未参与勾稽。"
