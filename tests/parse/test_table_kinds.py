"""Kinds of tables that offices print besides the decree's, in every way that a page is laid out."""

import pytest

from services.ingest.read import read_document
from services.parse.recognise import recognise
from services.parse.table import proof
from shared.form import load_form
from shared.report import Report
from tests.parse.pages import document, figures_of, page, read

FIGURES_2021 = figures_of(load_form("2021"))


def _swapped(lines: list[list[str]]) -> list[list[str]]:
    """The page with 法人或其他组织 left of 自然人."""
    moved = []
    for line in lines:
        if line == ["自然人", "法人或其他组织", "总计"]:
            moved.append(["法人或其他组织", "自然人", "总计"])
        elif len(line) > 7 and all(cell.isdigit() for cell in line[-7:]) and not line[0].isdigit():
            moved.append([*line[:-7], *line[-6:-1], line[-7], line[-1]])
        else:
            moved.append(line)
    return moved


def test_a_group_of_columns_that_stands_first_is_read_by_its_header() -> None:
    lines = page("2021", FIGURES_2021, a_row_a_line=True)

    assert read(recognise(document(_swapped(lines))), FIGURES_2021) == FIGURES_2021


def test_nothing_is_read_in_the_forms_order_where_two_swapped_lines_may_have_made_the_header() -> None:
    lines = [[cell] for line in _swapped(page("2021", FIGURES_2021, a_row_a_line=True)) for cell in line]
    report = recognise(document(lines))

    assert report.figure("applications.received.natural_person") is None
    assert report.doubts["applications.received.natural_person"].code == "header_contradicted"


@pytest.mark.parametrize("share", ["4.5%", "17"])
def test_a_column_that_the_form_does_not_have_is_left_alone(share: str) -> None:
    lines = page("2021", FIGURES_2021, a_row_a_line=True)
    for line in lines:
        if line == ["自然人", "法人或其他组织", "总计"]:
            line.append("占比")
        elif len(line) > 7 and all(cell.isdigit() for cell in line[-7:]) and "结果" not in line[0] + line[-1]:
            line.append(share)

    found = read(recognise(document(lines)), FIGURES_2021)
    assert found.items() <= FIGURES_2021.items()
    assert found["applications.received.total"] == FIGURES_2021["applications.received.total"]


def test_tracks_stand_where_the_header_puts_them() -> None:
    outcomes = "结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计"
    report = _read(
        "青石县柳林镇2023年政府信息公开工作年度报告\n四、政府信息公开行政复议、行政诉讼情况\n行政诉讼 | 行政复议\n"
        f"未经复议直接起诉 | 复议后起诉 | {outcomes}\n{outcomes} | {outcomes}\n"
        "11 | 2 | 3 | 4 | 20 | 5 | 1 | 0 | 2 | 8 | 31 | 6 | 7 | 9 | 53\n五、存在的主要问题及改进情况\n无\n"
    )

    assert report.figure("disputes.litigation_direct.total") == 20
    assert report.figure("disputes.litigation_after_reconsideration.total") == 8
    assert report.figure("disputes.reconsideration.total") == 53


def test_tables_of_several_bodies_side_by_side_are_refused_and_said_to_be() -> None:
    lines = page("2021", FIGURES_2021, a_row_a_line=True)
    for line in lines:
        if line[-3:] == ["本年制发件数", "本年废止件数", "现行有效件数"]:
            line += line[-3:]
        elif line[0] in ("规章", "行政规范性文件"):
            line += ["1", "2", "3"]
    report = recognise(document(lines))

    assert report.figure("disclosure.regulations.issued") is None
    assert report.doubts["disclosure.regulations.issued"].code == "several_tables"
    assert report.figure("disclosure.licensing.decisions") == FIGURES_2021["disclosure.licensing.decisions"]


def test_a_rule_is_switched_off_by_its_name_and_on_again() -> None:
    lines = page("2021", FIGURES_2021, a_row_a_line=False)
    lines.remove(["二、上年结转政府信息公开申请数量"])
    with proof.without("succession"):
        assert recognise(document(lines)).doubts["applications.received.total"].code != "row_lost_below"
    assert {rule.__name__ for rule in proof.RULES} >= {"succession", "order", "header", "company"}


def _read(text: str) -> Report:
    return recognise(read_document(text.encode(), "page.txt"))
