"""Random forms in which every relation holds, and the ways in which people spoil them."""

from random import Random

from shared.form import Cell, Form, equations
from shared.report import Number

Figures = dict[Cell, Number | None]


def consistent(form: Form, random: Random) -> Figures:
    """Figures of ``form`` that satisfy every relation; small and large ones, with many or few zeros."""
    figures: Figures = dict.fromkeys(form.cells(), 0)
    scale = random.choice([2, 9, 40, 300])
    density = random.choice([0.15, 0.5, 0.9])
    for cell in form.table("disclosure").cells() + form.table("disputes").cells():
        figures[cell] = random.randint(0, scale)
    for column in form.table("applications").columns:
        _fill(figures, column.key, scale, density, random)
    for relation in ("applications.row_total", "disputes.total"):
        for equation in equations(form.edition):
            if equation.relation.id == relation:
                figures[equation.stated[0]] = sum(figures[cell] or 0 for cell in equation.computed)
    return figures


def _fill(figures: Figures, column: str, scale: int, density: float, random: Random) -> None:
    """A column of applications: what came in was concluded in some way or carried out."""

    def cell(row: str) -> Cell:
        return Cell("applications", row, column)

    stock = ("received", "carried_in", "concluded", "carried_out")
    dispositions = [c for c in figures if c.table == "applications" and c.column == column and c.row not in stock]
    for each in dispositions:
        figures[each] = random.randint(0, scale) if random.random() < density else 0
    concluded = sum(figures[each] or 0 for each in dispositions)
    carried_out = random.randint(0, scale // 2) if random.random() < density else 0
    carried_in = random.randint(0, min(scale, concluded + carried_out)) if random.random() < density else 0
    figures[cell("concluded")] = concluded
    figures[cell("carried_out")] = carried_out
    figures[cell("carried_in")] = carried_in
    figures[cell("received")] = concluded + carried_out - carried_in


def mistype(figures: Figures, cell: Cell, random: Random) -> None:
    """Puts another plausible figure into ``cell``."""
    true = int(figures[cell] or 0)
    wrong = {true + 1, true - 1, true + random.randint(2, 30), true * 10, true // 10, random.randint(0, 99)}
    figures[cell] = random.choice(sorted(w for w in wrong if w >= 0 and w != true))


def swap(figures: Figures, one: Cell, two: Cell) -> None:
    """Exchanges two figures."""
    figures[one], figures[two] = figures[two], figures[one]
