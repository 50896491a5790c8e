"""The corpus itself: its figures agree, its grids are whole, and a spec is one document for ever."""

from random import Random

import pytest

from shared.form import EDITIONS, load_form
from shared.form.model import Edition
from tests.corpus.figures import draw_figures
from tests.corpus.layouts import LAYOUTS
from tests.corpus.spec import Spec, render
from tests.corpus.statutory import ARRANGEMENTS, Arrangement, draw_tables


@pytest.mark.parametrize("edition", EDITIONS)
def test_distinct_figures_satisfy_every_relation(edition: Edition) -> None:
    form = load_form(edition)
    figures = draw_figures(form, "distinct", Random(1))

    assert figures.keys() == {cell.id for cell in form.cells()}
    for relation in form.relations:
        table = form.table(relation.table)
        lines = table.rows if relation.each == "row" else table.columns
        for line in lines:
            sides = [
                sum(figures[_cell(relation.table, relation.each, line.key, key)] for key in side)
                for side in (relation.stated, relation.computed)
            ]
            assert sides[0] == sides[1], (relation.id, line.key)


def _cell(table: str, each: str, line: str, key: str) -> str:
    return f"{table}.{line}.{key}" if each == "row" else f"{table}.{key}.{line}"


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("arrangement", ARRANGEMENTS)
def test_every_arrangement_prints_a_cell_once_at_most(edition: Edition, arrangement: Arrangement) -> None:
    form = load_form(edition)
    texts = {cell.id: "1" for cell in form.cells()}
    grids = draw_tables(form, texts, arrangement, Random(1))

    printed = [cell.cell for grid in grids for row in grid.rows for cell in row if cell.cell]
    assert len(set(printed)) == len(printed)
    added = {cell for cell in printed if cell not in texts}
    assert bool(added) == (arrangement == "added_row")
    printed = [cell for cell in printed if cell not in added]
    assert (set(printed) == set(texts)) == (arrangement not in ("rows_missing", "total_missing"))
    for grid in grids:
        assert {len(row) for row in grid.resolved()} == {grid.width}


@pytest.mark.parametrize("arrangement", ARRANGEMENTS)
def test_every_arrangement_fits_layouts_that_look_for_its_labels(arrangement: Arrangement) -> None:
    for layout in ("row_bars_repeated_header", "prefixed_rows", "pdf_raw"):
        assert render(Spec(seed=3, layout=layout, arrangement=arrangement)).data


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_states_every_figure_and_renders_the_same_twice(layout: str) -> None:
    first, second = render(Spec(seed=7, layout=layout)), render(Spec(seed=7, layout=layout))

    assert first == second
    text = first.data.decode()
    assert all(str(expected.value) in text for expected in first.truth.cells.values())
