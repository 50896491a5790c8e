"""What a page leaves out, and the traces of text that was copied from another report."""

from datetime import date

import pytest

from services.validate.judge import judge
from shared.doubt import Doubt, DoubtCode
from shared.form import load_form
from shared.report import Number, Period, Report, Section
from tests.validate.reports import report


def rules(judged: Report) -> list[tuple[str, str]]:
    return [(finding.rule, finding.at) for finding in judge(judged).findings]


def opening(text: str, authority: str = "甲县石桥镇") -> Report:
    """A report that begins with ``text``."""
    first = Section(number=1, heading="总体情况", text=text)
    return report(sections=(first, *report().sections[1:]), authority=authority)


def test_missing_sections_are_named_in_one_sentence() -> None:
    whole = report()
    judgement = judge(report(sections=tuple(s for s in whole.sections if s.number not in (4, 6))))

    (found,) = judgement.findings
    assert (found.rule, found.at) == ("completeness.sections", "section.4")
    assert "未见“四、政府信息公开行政复议、行政诉讼情况”、“六、其他需要报告的事项”" in found.message
    assert judgement.verdict == "incomplete"


def test_a_section_with_nothing_but_its_heading_is_named() -> None:
    sections = report().sections
    empty = (*sections[:5], sections[5].model_copy(update={"text": " \n"}))

    assert rules(report(sections=empty)) == [("completeness.sections", "section.6")]


def test_sections_out_of_order_are_told_once() -> None:
    one, two, three, four, five, six = report().sections

    assert rules(report(sections=(one, three, two, five, four, six))) == [("completeness.order", "section.2")]


def test_a_table_of_nulls_is_told_as_missing() -> None:
    cells: dict[str, Number | None] = dict.fromkeys(cell.id for cell in load_form("2021").table("disputes").cells())
    (found,) = judge(report(cells=cells)).findings

    assert (found.rule, found.at, len(found.cells)) == ("completeness.disputes", "disputes", 15)
    assert "全表15个数据均未见填报" in found.message


def test_why_cells_are_null_is_told_the_commonest_reason_first() -> None:
    cells = [cell.id for cell in load_form("2021").table("disputes").cells()][:3]
    nulls: dict[str, Number | None] = dict.fromkeys(cells)
    codes = (DoubtCode.BLANK, DoubtCode.OVERLAPPING_TEXT, DoubtCode.BLANK)
    doubts = {cell: Doubt.of(code) for cell, code in zip(cells, codes, strict=True)}

    (several,) = judge(report(cells=nulls).model_copy(update={"doubts": doubts})).findings
    (one,) = judge(report(cells=nulls).model_copy(update={"doubts": dict.fromkeys(cells, Doubt.of(codes[0]))})).findings

    assert "（单元格为空白：2个；单元格内的文字相互重叠，无法确定所显示的数字：1个）。" in several.message
    assert one.message.endswith("未参与勾稽（单元格为空白）。")


@pytest.mark.parametrize(
    ("start", "end", "wrong"),
    [
        (date(2024, 1, 1), date(2024, 12, 31), False),
        (date(2024, 1, 1), date(2024, 11, 30), True),
        (date(2023, 1, 1), date(2023, 12, 31), True),
    ],
)
def test_the_period_is_the_year(start: date, end: date, wrong: bool) -> None:
    found = rules(report(period=Period(start=start, end=end)))

    assert found == ([("completeness.period", "period")] if wrong else [])


def test_a_text_about_another_year_is_told() -> None:
    copied = "2023年，我镇扎实推进政务公开。2023年全年公开信息30条。"

    assert rules(opening(copied)) == [("completeness.year", "year")]
    assert rules(opening(copied + "2024年，继续推进。")) == []
    assert rules(opening("根据2023年的要求，我镇扎实推进政务公开。")) == []


@pytest.mark.parametrize(
    ("authority", "text", "copied"),
    [
        ("甲县石桥镇", "2024年，青山镇始终坚持以人民为中心。", True),
        ("甲县石桥镇", "现公布2024年度青山镇政府信息公开工作年度报告。", True),
        ("甲县石桥镇", "2024年，石桥镇始终坚持以人民为中心。", False),
        ("甲县石桥镇", "2024年，甲县石桥镇人民政府高度重视政务公开。", False),
        ("甲县石桥镇", "2024年，我镇认真落实条例，全镇积极推进。", False),
        ("甲县石桥镇", "甲县高度重视政务公开，县政府积极推进。", False),
        ("甲县石桥镇", "学习青山镇的做法，各乡镇积极推进。", False),
        ("甲县发展和改革局", "2024年，甲县发改局认真落实条例。", False),
        ("甲县司法局", "2024年，乙县司法局认真落实条例。", True),
        ("甲县司法局", "2024年，下属分局认真落实，财政局积极配合。", False),
        ("甲县石桥镇", "2024年，试点乡镇严格落实，中心城镇积极推进。", False),
        ("甲县人民政府办公室", "2024年，政务公开领导小组办公室认真落实。", False),
        ("兴安区", "兴安区坚决遵循要求，区政府严格执行。", False),
    ],
)
def test_a_report_that_calls_itself_by_another_name_is_told(authority: str, text: str, copied: bool) -> None:
    assert rules(opening(text, authority)) == ([("completeness.authority", "authority")] if copied else [])
