"""Reports to judge, drawn up cell by cell."""

from shared.form import Cell, load_form
from shared.form.model import Edition
from shared.report import Number, Report, Section

TEXT = "依法推进政府信息公开工作。"
SIXTH = "本年度未收取信息处理费。"

_TEXTS = {1: TEXT, 5: TEXT, 6: SIXTH}


def report(edition: Edition = "2021", cells: dict[str, Number | None] | None = None, **fields: object) -> Report:
    """A report of zeros with the figures of ``cells`` (by id, ``applications.granted.total``) put in."""
    form = load_form(edition)
    figures: dict[Cell, Number | None] = dict.fromkeys(form.cells(), 0)
    by_id = {cell.id: cell for cell in figures}
    for name, figure in (cells or {}).items():
        figures[by_id[name]] = figure
    nested: dict[str, dict[str, dict[str, Number | None]]] = {"applications": {}, "disputes": {}}
    flat: dict[str, Number | None] = {}
    for cell, figure in figures.items():
        if cell.table == "disclosure":
            flat[f"{cell.row}.{cell.column}"] = figure
        else:
            nested[cell.table].setdefault(cell.row, {})[cell.column] = figure
    year = 2024 if edition == "2021" else 2020
    headings = [(section.number, section.heading) for section in form.sections]
    return Report.model_validate(
        {
            "title": f"甲县乙镇{year}年政府信息公开工作年度报告",
            "authority": "甲县乙镇",
            "year": year,
            "edition": edition,
            "script": "simplified",
            "format": "text",
            "encoding": "utf-8",
            "sections": [
                Section(number=number, heading=heading, text=_TEXTS.get(number, "")) for number, heading in headings
            ],
            "disclosure": flat,
            **nested,
            **fields,
        }
    )
