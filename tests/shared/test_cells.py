"""The cells of a report and their shape in the contract's JSON: each is the other's inverse."""

from hypothesis import given
from hypothesis import strategies as st

from shared.cells import Shape
from shared.doubt import Doubt, DoubtCode
from shared.form import EDITIONS, load_form
from shared.form.model import Edition
from shared.form.sums import agree, total
from shared.report import Report
from tests.database.reports import plain_report, reports

NUMBERS = st.none() | st.integers(0, 10**9) | st.decimals(0, 10**6, places=6).map(float)


@given(st.sampled_from(EDITIONS), st.lists(NUMBERS, min_size=300, max_size=300))
def test_what_is_shaped_is_read_back(edition: Edition, numbers: list[int | float | None]) -> None:
    figures = dict(zip(load_form(edition).cells(), numbers, strict=False))

    assert dict(Shape.of(figures).figures()) == figures


@given(reports().filter(lambda report: report.edition in EDITIONS))
def test_every_way_to_ask_for_a_figure_says_the_same(report: Report) -> None:
    figures = report.figures(load_form(report.edition))

    assert {cell: value.figure for cell, value in report.cells().items()} == figures == dict(report.stated())
    assert all(report.figure(cell.id) == figure for cell, figure in figures.items())


def test_a_cell_comes_with_its_source_note_and_doubt() -> None:
    doubt = Doubt.of(DoubtCode.BLANK)
    report = plain_report().model_copy(
        update={"notes": {"disclosure.fees.amount": "其中退费1元"}, "doubts": {"applications.received.total": doubt}}
    )
    cells = {cell.id: value for cell, value in report.cells().items()}

    assert cells["disclosure.fees.amount"] == (0, None, "其中退费1元", None)
    assert cells["applications.received.total"] == (0, "L45C8", None, doubt)


def test_a_sum_with_an_unknown_part_is_unknown_and_decimals_agree_but_for_noise() -> None:
    assert total([1, None, 2]) is None
    assert total([]) == 0
    assert agree(total([0.1] * 10) or 0, 1)
    assert not agree(1.000001, 1)
