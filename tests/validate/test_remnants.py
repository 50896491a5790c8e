"""Traces that a text should have lost before it was published, and figures beyond what a body can do."""

from typing import Any

import pytest

from services.validate.judge import judge
from shared.report import Finding, Number, Report, Section
from tests.validate.reports import report


def with_text(number: int, text: str, **fields: Any) -> Report:
    """A report whose section ``number`` says ``text``."""
    sections = tuple(
        Section(number=each.number, heading=each.heading, text=text if each.number == number else each.text)
        for each in report().sections
    )
    return report(sections=sections, **fields)


def found(judged: Report, rule: str) -> list[Finding]:
    return [finding for finding in judge(judged).findings if finding.rule == rule]


@pytest.mark.parametrize("text", ["2024年，XX镇共公开信息××条。", "问题是公开不够及时（待补充）。", "共收到____件。"])
def test_a_placeholder_is_quoted(text: str) -> None:
    (finding,) = found(with_text(1, text), "completeness.placeholder")
    assert finding.quote is not None
    assert finding.quote in text
    assert finding.quote in finding.message
    assert finding.quote in finding.message_en


@pytest.mark.parametrize("text", ["见 http://www.example.gov.cn/xxgk/ 的专栏。", "某公司提出申请。", "面积为3×4米。"])
def test_what_only_looks_like_a_placeholder_is_none(text: str) -> None:
    assert not found(with_text(1, text), "completeness.placeholder")


def test_personal_data_is_masked() -> None:
    (finding,) = found(with_text(1, "申请人张某（11010519491231002X）要求公开。"), "completeness.personal_data")
    assert "身份证号码" in finding.message
    assert "11010519491231002X" not in finding.model_dump_json()

    (finding,) = found(with_text(5, "经办人13812345678未及时答复。"), "completeness.personal_data")
    assert "138****5678" in finding.message
    assert "13812345678" not in finding.model_dump_json()


@pytest.mark.parametrize(
    "text", ["编号110105194912310021不是身份证。", "联系电话：13812345678。", "统一社会信用代码91110105MA0012345X。"]
)
def test_numbers_that_are_nobodys_secret_are_left_alone(text: str) -> None:
    assert not found(with_text(6, f"{text}未收取信息处理费。"), "completeness.personal_data")


@pytest.mark.parametrize("text", ["根据《信息公开条例》编制。", "根据国务院令第492号编制。"])
def test_a_wrong_citation_is_told(text: str) -> None:
    assert len(found(with_text(1, text), "completeness.law")) == 1
    assert not found(with_text(1, "根据《中华人民共和国政府信息公开条例》编制。"), "completeness.law")


def test_plans_for_a_year_that_is_past_are_told() -> None:
    (finding,) = found(with_text(5, "2024年，我局将加强培训。"), "completeness.plans")
    assert "报告年度是2024年" in finding.message
    assert not found(with_text(5, "2025年，我局将加强培训。"), "completeness.plans")
    assert not found(with_text(5, "2024年工作中存在公开不够及时的问题。"), "completeness.plans")


def test_the_sixth_section_speaks_of_the_processing_fee() -> None:
    silent = with_text(6, "无其他需要报告的事项。")
    assert len(found(silent, "completeness.processing_fee")) == 1
    assert judge(silent).verdict == "clean"
    assert not found(report(), "completeness.processing_fee")


@pytest.mark.parametrize(
    ("signed", "late"),
    [("2025年1月20日", False), ("2025年3月31日", False), ("2025年4月2日", True), ("2024年4月2日", False)],
)
def test_a_report_signed_after_march_is_late(signed: str, late: bool) -> None:
    judged = with_text(6, f"未收取信息处理费。\n甲县乙镇人民政府\n{signed}")
    assert bool(found(judged, "completeness.publication")) == late


@pytest.mark.parametrize(
    ("authority", "competent"),
    [
        ("青石县柳林镇", False),
        ("青石县财政局", False),
        ("云溪市人民政府", True),
        ("江东省人民政府", True),
        ("国家税务总局", True),
    ],
)
def test_only_some_bodies_make_regulations(authority: str, competent: bool) -> None:
    cells: dict[str, Number | None] = {"disclosure.regulations.in_force": 5}
    assert bool(found(report(cells=cells, authority=authority), "figures.regulations")) != competent


def test_documents_issued_and_neither_repealed_nor_in_force_want_a_word() -> None:
    cells: dict[str, Number | None] = {
        "disclosure.normative_documents.issued": 9,
        "disclosure.normative_documents.in_force": 2,
    }
    (finding,) = found(report(cells=cells), "disclosure.in_force")
    assert "本年制发9、废止0，现行有效填报为2" in finding.message
    assert not found(with_text(1, "另有7件有效期届满自动失效。", cells=cells), "disclosure.in_force")
    assert judge(report(cells=cells)).verdict == "clean"
