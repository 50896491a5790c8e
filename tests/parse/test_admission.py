"""What is no report is refused with a sentence; what is one is found among other things."""

import pytest

from services.parse.recognise import recognise
from shared.errors import Rejected
from shared.form import load_form
from tests.parse.pages import document, figures_of, page, read

FIGURES = figures_of(load_form("2021"))


@pytest.mark.parametrize(
    "lines",
    [
        ["404", "您访问的页面不存在", "返回首页"],
        [
            "青山县2021年政府信息公开工作年度报告",
            "青山县2022年政府信息公开工作年度报告",
            "青山县2023年政府信息公开工作年度报告",
        ],
        [
            "关于做好2023年政府信息公开工作年度报告编制工作的通知",
            "各乡镇：",
            "一、总体要求",
            "请按要求报送。",
            "二、时间安排",
        ],
        [
            "青山县政府信息公开工作年度报告管理办法",
            "第一条 为了规范年度报告，制定本办法。",
            "第二条 本办法适用于本县。",
        ],
        ["今日天气晴朗。"],
    ],
)
def test_what_is_no_report_is_refused(lines: list[str]) -> None:
    with pytest.raises(Rejected) as refused:
        recognise(document([[line] for line in lines]))

    assert refused.value.code == "not_a_report"
    assert refused.value.detail.endswith("。")


def test_a_blank_template_in_a_notice_is_refused() -> None:
    figures = figures_of(load_form("2021"))
    lines = [[cell for cell in line if not cell.isdigit()] for line in page("2021", figures, a_row_a_line=True)]
    lines = [["关于印发政府信息公开工作年度报告格式的通知"], *[line for line in lines if line]]

    with pytest.raises(Rejected, match="通知"):
        recognise(document(lines))


@pytest.mark.parametrize(
    "line",
    [
        "政府信息公开条例",
        "政府信息公开指南",
        "各单位对照条例第一条 根据职责改进。",
        "县政府办公室要求的请各单位按时报送已落实。",
    ],
)
def test_a_report_whose_tables_are_pictures_is_one_whatever_the_site_says(line: str) -> None:
    lines = [line for line in page("2021", FIGURES, a_row_a_line=True) if len(line) == 1 and len(line[0]) > 9]
    report = recognise(document([[line], *lines]))

    assert report.year == 2023
    assert len(report.sections) >= 5
    assert read(report, FIGURES) == {}


def test_a_form_of_nobody_and_no_year_without_figures_is_refused() -> None:
    lines = [[cell for cell in line if not cell.isdigit()] for line in page("2021", FIGURES, a_row_a_line=True)]

    with pytest.raises(Rejected, match="空白"):
        recognise(document([line for line in lines if line and "2023" not in line[0]]))


def test_a_form_of_noughts_is_a_report() -> None:
    zeros = dict.fromkeys(FIGURES, 0)

    assert read(recognise(document(page("2021", zeros, a_row_a_line=True))), FIGURES) == zeros


def test_a_report_among_other_things_is_found() -> None:
    figures = figures_of(load_form("2021"))
    contents = [
        [heading]
        for heading in (
            "目录",
            "一、总体情况……1",
            "二、主动公开政府信息情况……2",
            "三、收到和处理政府信息公开申请情况……3",
        )
    ]
    before = [["首页", "机构职能", "规章", "行政许可", "行政处罚", "行政强制"], *contents]
    after = [["上一篇：关于召开会议的通知"], ["主办单位：青山县人民政府办公室"], ["网站标识码：1234567890"]]
    report = recognise(document([*before, *page("2021", figures, a_row_a_line=True), *after]))

    assert read(report, figures) == figures
    assert report.sections[-1].text == "无其他需要报告的事项。"


def test_of_two_years_on_one_page_the_first_is_read() -> None:
    this_year, last_year = (figures_of(load_form("2021"), start) for start in (3, 40))
    earlier = page("2021", last_year, a_row_a_line=True)
    earlier[0] = ["青山县财政局2022年政府信息公开工作年度报告"]
    report = recognise(document([*page("2021", this_year, a_row_a_line=True), *earlier]))

    assert report.year == 2023
    assert read(report, this_year) == this_year
    assert report.sections[-1].text == "无其他需要报告的事项。"


def test_last_year_s_report_is_told_by_its_title_where_its_headings_were_lost() -> None:
    this_year, last_year = (figures_of(load_form("2021"), start) for start in (3, 40))
    lines = [line for line in page("2021", this_year, a_row_a_line=True) if line[0] != "行政许可"]
    earlier = [line for line in page("2021", last_year, a_row_a_line=True) if line[0][1:2] != "、"]
    earlier[0] = ["青山县财政局2022年政府信息公开工作年度报告"]
    report = recognise(document([*lines, *earlier]))

    assert report.year == 2023
    assert read(report, this_year) == {
        cell: figure for cell, figure in this_year.items() if cell != "disclosure.licensing.decisions"
    }
    assert report.sections[-1].text == "无其他需要报告的事项。"
