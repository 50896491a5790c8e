"""The ways in which people spoil a consistent form."""

from random import Random

from shared.form import Cell, Form
from shared.report import Number
from tests.corpus.figures import FigureStyle, draw_figures

Figures = dict[Cell, Number | None]

STYLES: tuple[FigureStyle, ...] = ("distinct", "large", "sparse")


def consistent(form: Form, random: Random) -> Figures:
    """Random figures of ``form`` that satisfy every relation."""
    drawn = draw_figures(form, random.choice(STYLES), random)
    return {cell: drawn[cell.id] for cell in form.cells()}


def mistype(figures: Figures, cell: Cell, random: Random) -> None:
    """Puts another figure into ``cell``: a digit more or less, one beside it, or any."""
    true = int(figures[cell] or 0)
    wrong = {true + 1, true - 1, true + random.randint(2, 30), true * 10, true // 10, random.randint(0, 99)}
    figures[cell] = random.choice(sorted(w for w in wrong if w >= 0 and w != true))


def swap(figures: Figures, one: Cell, two: Cell) -> None:
    """Exchanges two figures."""
    figures[one], figures[two] = figures[two], figures[one]


def changes(true: Figures, spoilt: Figures) -> dict[str, Number | None]:
    """The true figures of the cells that were spoilt, by cell id."""
    return {cell.id: figure for cell, figure in true.items() if spoilt[cell] != figure}
