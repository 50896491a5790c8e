"""The relations of an edition written out cell by cell: what a judge evaluates and a reader of tables may prove by."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from shared.form.load import load_form
from shared.form.model import Cell, Edition, Form, Relation
from shared.form.sums import total


@dataclass(frozen=True, slots=True)
class Equation:
    """One instance of a relation: Σ ``stated`` = Σ ``computed``, at the row, column or track called ``at``.

    ``added`` are cells that the form does not have, and a page may."""

    relation: Relation
    at: str
    stated: tuple[Cell, ...]
    computed: tuple[Cell, ...]
    added: tuple[Cell, ...] = ()

    @property
    def cells(self) -> tuple[Cell, ...]:
        return self.stated + self.computed

    def sides(self, figures: Mapping[Cell, int | float | None]) -> tuple[int | float, int | float] | None:
        """The computed and the stated sum; None where a cell is null, for then the relation cannot be judged."""
        expected = total(map(figures.get, self.computed))
        actual = total(map(figures.get, self.stated))
        return None if expected is None or actual is None else (expected, actual)


@cache
def equations(edition: Edition) -> tuple[Equation, ...]:
    """Every equation of ``edition``, relation by relation, in the form's order."""
    form = load_form(edition)
    return tuple(equation for relation in form.relations for equation in _instances(form, relation))


def _instances(form: Form, relation: Relation) -> Iterator[Equation]:
    table = form.table(relation.table)
    if relation.each == "row":
        for row in table.rows:
            yield Equation(
                relation,
                row.key,
                tuple(Cell(table.key, row.key, column) for column in relation.stated),
                tuple(Cell(table.key, row.key, column) for column in relation.computed),
            )
    else:
        for column in table.columns:
            yield Equation(
                relation,
                column.key,
                tuple(Cell(table.key, row, column.key) for row in relation.stated),
                tuple(Cell(table.key, row, column.key) for row in relation.computed),
                tuple(Cell(table.key, row, column.key) for row in relation.added),
            )
