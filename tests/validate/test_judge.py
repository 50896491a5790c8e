"""Whatever was read, it is judged: no figures and no words make the judge stumble."""

from hypothesis import given, settings
from hypothesis import strategies as st

from services.validate.judge import judge
from shared.report import Judgement, Report, Section, verdict_of
from tests.database.reports import reports as any_report
from tests.validate.reports import report

WORDS = [
    *("2024年", "2023年", "全年", "累计", "全县", "我镇", "教育局", "其中", "，", "、", "；", "。", "（", "）", "\n"),
    *(
        "收到",
        "未收到",
        "政府信息公开申请",
        "依申请公开",
        "予以公开",
        "部分公开",
        "自然人",
        "结转下年度",
        "办结率",
        "占",
    ),
    *(
        "行政复议",
        "行政诉讼",
        "均为",
        "行政规范性文件",
        "制发",
        "行政事业性收费",
        "其他",
        "5件",
        "十二件",
        "100%",
        "1,200余条",
    ),
    *("一百零五件", "1.2万元", "〇件", "零", "3.5件", "0", "99999999999999999999件"),
]


@settings(max_examples=20, deadline=None, derandomize=True)
@given(any_report())
def test_any_figures_are_judged(drawn: Report) -> None:
    judgement = judge(drawn)

    assert judgement.verdict == verdict_of(judgement.findings)
    assert Judgement.model_validate_json(judgement.model_dump_json()) == judgement
    assert judge(drawn) == judgement


@settings(max_examples=80, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_any_words_are_judged(words: list[str]) -> None:
    sections = (Section(number=1, heading="总体情况", text="".join(words)), *report().sections[1:])

    judgement = judge(report(sections=sections))

    assert all(claim.quote and claim.place and claim.message.endswith("。") for claim in judgement.claims)


def test_rows_that_the_page_lacks_are_nulls() -> None:
    whole = report()
    rows = {key: row for key, row in (whole.applications or {}).items() if key != "granted"}

    (found,) = judge(whole.model_copy(update={"applications": rows})).findings

    assert (found.rule, len(found.cells)) == ("completeness.applications", 7)
