"""Draws figures for a whole form: consistent unless asked otherwise, and rarely zero, so that a shift is visible."""

from random import Random
from typing import Literal, get_args

from shared.form import Form, Relation
from shared.report import Number

FigureStyle = Literal["distinct", "large", "sparse", "zeros", "contradictory"]
FIGURE_STYLES: tuple[FigureStyle, ...] = get_args(FigureStyle)

CellFigures = dict[str, Number]
"""Figures by cell id (``TABLE.ROW.COLUMN``)."""


def draw_figures(form: Form, style: FigureStyle, rng: Random) -> CellFigures:
    """One figure for every cell of ``form``.

    ``distinct``: no two independent figures are equal; ``large``: up to six digits; ``sparse``: mostly zero, as real
    reports are; ``zeros``: all zero; ``contradictory``: distinct, with a few totals that the author got wrong.
    """
    draw = _drawer("distinct" if style == "contradictory" else style, rng)
    figures = {**_disclosure(form, style, rng), **_applications(form, draw, rng), **_disputes(form, draw)}
    if style == "contradictory":
        _contradict(form, figures, rng)
    return figures


class _drawer:  # noqa: N801  called like a function
    """Draws one non-negative figure at a time."""

    def __init__(self, style: FigureStyle, rng: Random) -> None:
        self._style = style
        self._rng = rng
        self._pool = rng.sample(range(1, 1000), 999)

    def __call__(self) -> int:
        match self._style:
            case "zeros":
                return 0
            case "sparse":
                return self._rng.randint(1, 12) if self._rng.random() < 0.06 else 0
            case "large":
                return self._rng.randint(1, 30_000)
            case _:
                return self._pool.pop()


def _relation(form: Form, name: str) -> Relation:
    return next(relation for relation in form.relations if relation.id == name)


def _disclosure(form: Form, style: FigureStyle, rng: Random) -> CellFigures:
    """The disclosure table has no relations; 万元 are decimals, changes may be negative."""
    table = form.table("disclosure")
    draw = _drawer(style, rng)
    figures: CellFigures = {}
    for cell in table.cells():
        column = table.column(cell.column)
        figure: Number = draw()
        if column.unit and figure:
            figure = round(figure + rng.choice([0, 0.5, 0.25, 0.01, 0.3846]), 4)
        if column.signed and rng.random() < 0.5:
            figure = -figure
        figures[cell.id] = figure
    return figures


def _applications(form: Form, draw: _drawer, rng: Random) -> CellFigures:
    people = _relation(form, "applications.row_total").computed
    dispositions = _relation(form, "applications.concluded").computed
    figures: CellFigures = {}
    for column in people:
        for row in dispositions:
            figures[f"applications.{row}.{column}"] = draw()
        concluded = sum(figures[f"applications.{row}.{column}"] for row in dispositions)
        carried_out = draw()
        carried_in = min(draw(), int(concluded) + carried_out)
        figures[f"applications.concluded.{column}"] = concluded
        figures[f"applications.carried_out.{column}"] = carried_out
        figures[f"applications.carried_in.{column}"] = carried_in
        figures[f"applications.received.{column}"] = concluded + carried_out - carried_in
    for key in (row.key for row in form.table("applications").rows):
        figures[f"applications.{key}.total"] = sum(figures[f"applications.{key}.{column}"] for column in people)
    return figures


def _disputes(form: Form, draw: _drawer) -> CellFigures:
    outcomes = _relation(form, "disputes.total").computed
    figures: CellFigures = {}
    for row in form.table("disputes").rows:
        for column in outcomes:
            figures[f"disputes.{row.key}.{column}"] = draw()
        figures[f"disputes.{row.key}.total"] = sum(figures[f"disputes.{row.key}.{column}"] for column in outcomes)
    return figures


def _contradict(form: Form, figures: CellFigures, rng: Random) -> None:
    """Makes one to three figures wrong, as authors do; what the page then states is the truth to be read."""
    tables = {relation.table for relation in form.relations}
    cells = [cell.id for cell in form.cells() if cell.table in tables]
    for cell in rng.sample(cells, rng.randint(1, 3)):
        figures[cell] = max(0, figures[cell] + rng.choice([-10, -1, 1, 9, 10]))
