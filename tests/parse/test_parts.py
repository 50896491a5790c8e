"""A file that holds several reports: each is read as if it stood alone, and none is left out in silence."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.parse.parts import find_parts
from services.parse.recognise import Recognised, recognise_all
from shared.blocks import Block, Document
from shared.errors import Rejected
from shared.form import load_form
from shared.report import Report
from tests.parse.pages import Figures, document, figures_of, page, read

FORM = load_form("2021")
OFFICES = ("青山县财政局", "青山县民政局", "青山县公安局", "青山县松林镇")


def lines(authority: str, year: int, start: int, *, headings: bool = True, title: bool = True) -> list[list[str]]:
    """A report's page, a row a line; every figure depends on ``start``."""
    printed = page("2021", figures_of(FORM, start), a_row_a_line=True)
    printed[0] = [f"{authority}{year}年政府信息公开工作年度报告"]
    text = [[cell.replace("青山县财政局", authority).replace("2023", str(year)) for cell in line] for line in printed]
    return [line for line in text[0 if title else 1 :] if headings or len(line) > 1 or line[0][1:2] != "、"]


def reports(found: Sequence[Recognised]) -> list[Report]:
    assert [each.part for each in found] == [*range(1, len(found) + 1)]
    assert {each.parts for each in found} == {len(found)}
    return [each.outcome for each in found if isinstance(each.outcome, Report)]


@settings(max_examples=12, deadline=None, derandomize=True)
@given(
    st.lists(st.tuples(st.sampled_from(OFFICES), st.integers(2021, 2025)), min_size=1, max_size=4, unique=True),
    st.integers(0, 50),
)
def test_pages_put_one_below_another_are_read_as_each_alone(whose: list[tuple[str, int]], start: int) -> None:
    pages = [lines(office, year, start + 7 * at) for at, (office, year) in enumerate(whose)]

    found = reports(recognise_all(document([line for each in pages for line in each])))

    assert [(each.authority, each.year, each.part) for each in found] == [
        (*names, part) for part, names in enumerate(whose, 1)
    ]
    for each, alone in zip(found, pages, strict=True):
        (expected,) = reports(recognise_all(document(alone)))
        assert each.figures(FORM) == expected.figures(FORM)
        assert [section.text for section in each.sections] == [section.text for section in expected.sections]


def test_a_second_report_without_headings_is_found_by_its_title() -> None:
    both = [*lines("青山县财政局", 2023, 3), *lines("青山县民政局", 2023, 40, headings=False)]

    found = reports(recognise_all(document(both)))

    assert [each.authority for each in found] == ["青山县财政局", "青山县民政局"]
    assert read(found[1], figures_of(FORM, 40)) == figures_of(FORM, 40)


def test_a_second_report_without_a_title_is_found_by_its_headings() -> None:
    both = [*lines("青山县财政局", 2023, 3), *lines("青山县财政局", 2022, 40, title=False)]

    found = reports(recognise_all(document(both)))

    assert [each.year for each in found] == [2023, 2022]


def sheet(name: str, rows: Sequence[Sequence[str]], table: int) -> list[Block]:
    return [
        Block(cell, f"{name}!{'ABCDEFGHIJKLMNOPQRSTUVW'[column]}{row}", table, row, column, certain=True)
        for row, line in enumerate(rows, 1)
        for column, cell in enumerate(line)
    ]


def only_tables(start: int) -> list[list[str]]:
    printed = lines("青山县财政局", 2023, start, headings=False, title=False)
    return [line for line in printed if len(line) > 1 or not line[0].endswith("。")]


def workbook(*sheets: list[Block]) -> Document:
    return document([]).model_copy(update={"blocks": tuple(block for each in sheets for block in each)})


def test_two_sheets_with_the_same_tables_are_two_reports() -> None:
    book = workbook(sheet("2023", only_tables(3), 1), sheet("2022", only_tables(40), 2))

    found = reports(recognise_all(book))

    assert [each.year for each in found] == [2023, 2022]
    figures: list[Figures] = [figures_of(FORM, 3), figures_of(FORM, 40)]
    assert [read(each, wanted) for each, wanted in zip(found, figures, strict=True)] == figures


def test_one_report_on_several_sheets_is_one_report() -> None:
    whole = lines("青山县财政局", 2023, 3)
    cut = next(at for at, line in enumerate(whole) if line[0].startswith("四、政府信息公开"))
    book = workbook(sheet("一", whole[:cut], 1), sheet("二", whole[cut:], 2))

    (found,) = reports(recognise_all(book))

    assert read(found, figures_of(FORM, 3)) == figures_of(FORM, 3)


def test_a_part_that_is_no_report_says_so_and_costs_the_others_nothing() -> None:
    form = [line if len(line) == 1 else [line[0], *("" for _ in line[1:])] for line in lines("某某局", 2023, 3)]
    blank = [
        ["附件：年度报告格式"],
        *([cell.replace("2023年", "年") for cell in line] for line in form[1:] if len(line) > 1 or "、" in line[0]),
    ]

    found = recognise_all(document([*lines("青山县财政局", 2023, 3), *blank]))

    assert [each.part for each in found] == [1, 2]
    assert isinstance(found[0].outcome, Report)
    assert isinstance(found[1].outcome, Rejected)


def test_links_to_other_years_are_no_reports() -> None:
    links = [[f"青山县财政局{year}年政府信息公开工作年度报告"] for year in (2022, 2021, 2020)]

    (found,) = reports(recognise_all(document([*lines("青山县财政局", 2023, 3), ["相关链接"], *links])))

    assert found.remarks == ()


def test_the_same_report_twice_is_one_and_says_so() -> None:
    twice = lines("青山县财政局", 2023, 3) * 2

    (found,) = reports(recognise_all(document(twice)))

    assert read(found, figures_of(FORM, 3)) == figures_of(FORM, 3)
    assert "副本" in found.remarks[-1]


def test_two_reports_of_one_year_that_contradict_each_other_are_both_shown() -> None:
    found = reports(recognise_all(document([*lines("青山县财政局", 2023, 3), *lines("青山县财政局", 2023, 40)])))

    assert len(found) == 2


def test_one_part_alone_can_be_asked_for() -> None:
    both = document([*lines("青山县财政局", 2023, 3), *lines("青山县财政局", 2022, 40)])

    (second,) = recognise_all(both, only=2)
    (third,) = recognise_all(both, only=3)

    assert isinstance(second.outcome, Report)
    assert (second.part, second.parts, second.outcome.part, second.outcome.year) == (2, 2, 2, 2022)
    assert isinstance(third.outcome, Rejected)
    assert "没有第3份" in third.outcome.detail


def test_a_file_none_of_whose_parts_is_a_report_is_rejected_once() -> None:
    notice = [["关于做好2024年政府信息公开工作年度报告编制发布工作的通知"], ["现就有关事项通知如下：请各单位报送。"]]
    outline = [
        [heading] for heading in ("一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况")
    ]
    text = [["填写说明，不得少于五百字，并附表格。"]]
    pages = [*notice, *(line for heading in outline for line in (heading, *text))] * 2

    (found,) = recognise_all(document(pages))

    assert (found.part, found.parts) == (1, 1)
    assert isinstance(found.outcome, Rejected)


def test_headings_behind_a_report_that_are_none_are_mentioned() -> None:
    behind = [["附录"], ["一、总体情况"], ["说明。"], ["二、主动公开政府信息情况"], ["说明。"]]

    (found,) = reports(recognise_all(document([*lines("青山县财政局", 2023, 3), *behind])))

    assert "一、总体情况" in found.remarks[-1]


@pytest.mark.parametrize("text", ["一、总体情况", "青山县财政局2023年政府信息公开工作年度报告", "（一）予以公开"])
def test_a_page_of_nothing_but_beginnings_costs_no_more_than_its_length(text: str) -> None:
    blocks = [Block(text if at % 3 else f"二、主动公开政府信息情况{'。' * (at % 2)}", f"L{at}") for at in range(4000)]

    assert find_parts(blocks)
