"""What the content of a single cell is worth."""

import pytest

from services.parse.table.cells import read_cell, value_in
from shared.form import Column
from shared.report import Number

COUNT = Column(key="total", label="总计")
AMOUNT = Column(key="amount", label="本年收费金额", unit="万元")
CHANGE = Column(key="change", label="本年增/减", signed=True)


@pytest.mark.parametrize(
    ("text", "column", "value"),
    [
        ("0", COUNT, 0),
        ("1331", COUNT, 1331),
        ("1,234", COUNT, 1234),
        ("1,234,567", COUNT, 1234567),
        ("22（其中修订16件）", COUNT, 22),
        ("3件", COUNT, 3),
        ("3.0", COUNT, 3),
        ("7①", COUNT, 7),
        ("1.25", AMOUNT, 1.25),
        ("380元", AMOUNT, 0.038),
        ("1.2万元", AMOUNT, 1.2),
        ("12万", AMOUNT, 12),
        ("0.5亿元", AMOUNT, 5000),
        ("减4", CHANGE, -4),
        ("增加3项", CHANGE, 3),
        ("+1", CHANGE, 1),
        ("-2", CHANGE, -2),
        ("－2", CHANGE, -2),
    ],
)
def test_a_plain_statement_is_its_figure(text: str, column: Column, value: Number) -> None:
    figure = read_cell(text)

    assert figure is not None
    assert value_in(figure, column)[0] == value


@pytest.mark.parametrize(
    "text", ["/", "—", "——", "无", "-", "…", "三件", "十", "约22", "1.5", "00", "014", "1.2.3", "2万"]
)
def test_what_states_no_whole_figure_fills_its_cell_and_is_null_with_a_note(text: str) -> None:
    figure = read_cell(text)

    assert figure is None or value_in(figure, COUNT) == (None, text)


@pytest.mark.parametrize("text", ["增1减3", "持平", "减-4"])
def test_a_change_that_may_be_read_in_two_ways_is_null(text: str) -> None:
    figure = read_cell(text)

    assert figure is None or value_in(figure, CHANGE)[0] is None


@pytest.mark.parametrize("text", ["38（更正：46）", "38（删）46", "38（作废） 46", "22（应为16）"])
def test_a_figure_that_the_page_takes_back_is_null(text: str) -> None:
    figure = read_cell(text)

    assert figure is None or value_in(figure, COUNT)[0] is None


def test_a_negative_count_is_null() -> None:
    figure = read_cell("-2")

    assert figure is not None
    assert value_in(figure, COUNT) == (None, "-2")


def test_a_blank_cell_is_blank_and_not_zero() -> None:
    figure = read_cell("")

    assert figure is not None
    assert (figure.text, figure.amount) == ("", None)


def test_the_note_beside_a_figure_is_kept() -> None:
    figure = read_cell("22（其中修订16件）")

    assert figure is not None
    assert value_in(figure, COUNT) == (22, "其中修订16件")


def test_the_unit_of_the_printed_heading_counts() -> None:
    figure = read_cell("380")

    assert figure is not None
    assert value_in(figure, AMOUNT, "本年收费金额（单位：元）")[0] == 0.038


@pytest.mark.parametrize("text", ["1.属于国家秘密", "予以公开", "2024年，我镇认真贯彻", "2."])
def test_words_are_no_figures(text: str) -> None:
    assert read_cell(text) is None
