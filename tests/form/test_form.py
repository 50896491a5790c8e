"""The form's data files say what the decrees say."""

import pytest

from shared.form import EDITIONS, load_form
from shared.form.model import Edition


@pytest.mark.parametrize(("edition", "disclosure", "rows"), [("2021", 10, 25), ("2019", 22, 23)])
def test_each_edition_has_its_cells(edition: Edition, disclosure: int, rows: int) -> None:
    form = load_form(edition)

    assert len(list(form.table("disclosure").cells())) == disclosure
    assert len(list(form.table("applications").cells())) == rows * 7
    assert len(list(form.table("disputes").cells())) == 15


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_disposition_row_is_counted_in_the_conclusion(edition: Edition) -> None:
    form = load_form(edition)
    concluded = next(relation for relation in form.relations if relation.id == "applications.concluded")
    rows = {row.key for row in form.table("applications").rows}

    assert set(concluded.computed) == rows - {"received", "carried_in", "concluded", "carried_out"}
