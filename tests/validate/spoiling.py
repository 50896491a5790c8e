"""The ways in which people spoil a consistent form."""

from random import Random

from shared.form import Cell, Form
from shared.form.model import TableKey
from shared.report import Number
from tests.corpus.figures import FigureStyle, draw_figures

Figures = dict[Cell, Number | None]

A: TableKey = "applications"
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


def late_change(form: Form, figures: Figures, random: Random) -> None:
    """Applications of one kind of applicant came late: entered as received and as dealt with, no total updated."""
    column = random.choice(_applicants(form))
    received, dealt_with = (
        random.choice(("received", "carried_in")),
        random.choice((*_dispositions(form), "carried_out")),
    )
    most = min(_figure(figures, row, column) for row in (received, dealt_with))
    if most:
        late = random.randint(1, most)
        stale = [(received, "total"), (dealt_with, "total")]
        if dealt_with != "carried_out":
            stale += [("concluded", column), ("concluded", "total")]
        for row, key in stale:
            figures[Cell(A, row, key)] = _figure(figures, row, key) - late


def carried_out_left_at_zero(form: Form, figures: Figures, random: Random) -> None:
    """Nobody filled in what is carried into the next year."""
    for column in _columns(form):
        figures[Cell(A, "carried_out", column)] = 0


def group_left_out(form: Form, figures: Figures, random: Random) -> None:
    """The sum of what was concluded lacks one group."""
    _add_to_concluded(form, figures, random.choice(("other.", "not_processed.", "refused.")), -1)


def group_counted_twice(form: Form, figures: Figures, random: Random) -> None:
    """The sum of what was concluded has one group twice, as if its subtotal were printed too."""
    _add_to_concluded(form, figures, random.choice(("unavailable.", "not_processed.", "refused.")), 1)


def concluded_row_stale(form: Form, figures: Figures, random: Random) -> None:
    """Rows changed after the sum of what was concluded had been made, all over the table."""
    for column in _applicants(form):
        late = random.randint(0, _figure(figures, "concluded", column))
        for key in (column, "total"):
            figures[Cell(A, "concluded", key)] = _figure(figures, "concluded", key) - late


def carry_swapped(form: Form, figures: Figures, random: Random) -> None:
    """What was carried in and what is carried out stand in one another's row."""
    for column in _columns(form):
        swap(figures, Cell(A, "carried_in", column), Cell(A, "carried_out", column))


def row_moved(form: Form, figures: Figures, random: Random) -> None:
    """All figures of a row were filled into the row below it, on top of those there."""
    rows = _dispositions(form)
    index = random.randrange(len(rows) - 1)
    for column in _columns(form):
        one, two = (Cell(A, row, column) for row in rows[index : index + 2])
        figures[one], figures[two] = 0, _figure(figures, one.row, column) + _figure(figures, two.row, column)


def row_moved_without_total(form: Form, figures: Figures, random: Random) -> None:
    """The figures of two neighbouring rows stand in one another's, their totals where they should."""
    rows = _dispositions(form)
    index = random.randrange(len(rows) - 1)
    for column in _applicants(form):
        swap(figures, *(Cell(A, row, column) for row in rows[index : index + 2]))


def _add_to_concluded(form: Form, figures: Figures, group: str, times: int) -> None:
    rows = [row for row in _dispositions(form) if row.startswith(group)]
    for column in _columns(form):
        subtotal = sum(_figure(figures, row, column) for row in rows)
        figures[Cell(A, "concluded", column)] = _figure(figures, "concluded", column) + times * subtotal


def _figure(figures: Figures, row: str, column: str) -> int:
    return int(figures[Cell(A, row, column)] or 0)


def _columns(form: Form) -> list[str]:
    return [column.key for column in form.table(A).columns]


def _applicants(form: Form) -> list[str]:
    return [key for key in _columns(form) if key != "total"]


def _dispositions(form: Form) -> list[str]:
    return [row.key for row in form.table(A).rows if len(row.groups) > 0 and row.key != "concluded"]
