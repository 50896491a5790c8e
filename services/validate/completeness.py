"""What the page does not state: null cells, missing tables, missing or empty sections, sections out of order."""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise

from shared.doubt import Doubt
from shared.form import Cell, Form, Table
from shared.report import Finding, Number, Report

_NUMERALS = "一二三四五六"


def null_cells(form: Form, figures: Mapping[Cell, Number | None], doubts: Mapping[str, Doubt]) -> Iterator[Finding]:
    """One finding for each table that has cells without a figure; it lists them, and says why they have none, as far as
    ``doubts`` (by cell id) tell."""
    for table in form.tables:
        cells = [cell for cell in table.cells() if figures[cell] is None]
        if cells:
            yield Finding(
                rule=f"completeness.{table.key}",
                at=table.key,
                severity="warning",
                cells=tuple(cell.id for cell in cells),
                message=_null_message(form, table, cells, doubts),
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


def sections(form: Form, report: Report) -> Iterator[Finding]:
    """What is wrong with the six sections: those that are missing, those without words, and their order."""
    found = [section.number for section in report.sections]
    missing = [section for section in form.sections if section.number not in found]
    if missing:
        names = "、".join(f"“{_NUMERALS[section.number - 1]}、{section.heading}”" for section in missing)
        yield _section_finding("sections", missing[0].number, f"年度报告应有六个部分，未见{names}。")
    with_tables = {table.section for table in form.tables}
    for section in report.sections:
        if section.number not in with_tables and not section.text.strip():
            name = f"“{_NUMERALS[section.number - 1]}、{section.heading}”"
            yield _section_finding("sections", section.number, f"{name}只有标题，没有内容。")
    for before, after in pairwise(found):
        if after < before:
            order = "、".join(_NUMERALS[number - 1] for number in found)
            yield _section_finding("order", after, f"各部分的顺序为{order}，应依次为一至六。")
            return


def _section_finding(rule: str, number: int, message: str) -> Finding:
    return Finding(rule=f"completeness.{rule}", at=f"section.{number}", severity="warning", message=message)


def _null_message(form: Form, table: Table, cells: list[Cell], doubts: Mapping[str, Doubt]) -> str:
    total = len(list(table.cells()))
    reasons = _reasons([doubts[cell.id].message for cell in cells if cell.id in doubts])
    if len(cells) == total:
        return f"{table.name}（{table.heading}）：全表{total}个数据均未见填报或无法辨认{reasons}。"
    row = table.row(cells[0].row)
    first = f"“{row.title}”一行“{table.column(cells[0].column).label}”一列"
    more = f"等{len(cells)}个数据" if len(cells) > 1 else "的数据"
    return f"{table.name}：{first}{more}未见填报或无法辨认，未参与勾稽{reasons}。"


def _reasons(messages: list[str]) -> str:
    """The reasons in brackets, the commonest first; how many cells each is of, where there are several reasons."""
    counted = Counter(message.removesuffix("。") for message in messages).most_common()
    if len(counted) == 1:
        return f"（{counted[0][0]}）"
    return f"（{'；'.join(f'{message}：{number}个' for message, number in counted)}）" if counted else ""
