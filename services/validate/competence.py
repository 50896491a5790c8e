"""Figures that contradict what an authority can do, or each other, without breaking a sum."""

from collections.abc import Iterator, Mapping

from shared.authority import Authority
from shared.finding import finding_of
from shared.form import Cell, Form
from shared.form.wording import number
from shared.report import Finding, Number, Report

_DOCUMENTS = ("regulations", "normative_documents")
_LAPSED = ("失效", "到期", "有效期届满", "期满")


def competence(report: Report, form: Form, figures: Mapping[Cell, Number | None]) -> Iterator[Finding]:
    """The findings on 规章 of a body that cannot make any, and on documents that were issued and are not in force."""
    yield from _regulations(report, form, figures)
    lapsed = any(word in section.text for section in report.sections for word in _LAPSED)
    if not lapsed:
        yield from _in_force(form, figures)


def _regulations(report: Report, form: Form, figures: Mapping[Cell, Number | None]) -> Iterator[Finding]:
    own = Authority.parse(report.authority or "")
    makes_none = own.level in ("county", "township") or bool(own.places and own.organ and own.level is None)
    row = [cell for cell in form.table("disclosure").cells() if cell.row == "regulations"]
    stated = [(cell, figure) for cell in row if (figure := figures.get(cell))]
    if makes_none and stated:
        labels = form.table("disclosure")
        said = "、".join(f"{labels.column(cell.column).label}{number(figure)}" for cell, figure in stated)
        cells = tuple(cell.id for cell, _ in stated)
        yield finding_of("figures.regulations", "regulations", cells=cells, figures=said, authority=report.authority)


def _in_force(form: Form, figures: Mapping[Cell, Number | None]) -> Iterator[Finding]:
    for row in _DOCUMENTS:
        cells = tuple(Cell("disclosure", row, column) for column in ("issued", "repealed", "in_force"))
        issued, repealed, in_force = (figures.get(cell) for cell in cells)
        if issued is None or repealed is None or in_force is None or issued - repealed <= in_force:
            continue
        yield finding_of(
            "disclosure.in_force",
            row,
            cells=tuple(cell.id for cell in cells),
            row=form.table("disclosure").row(row).title,
            issued=number(issued),
            repealed=number(repealed),
            in_force=number(in_force),
        )
