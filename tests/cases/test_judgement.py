"""What must be found in each case of judgement, and that nothing is where all is well."""

from collections.abc import Iterator

import pytest

from gouji import read
from shared.report import Judgement
from tests.cases.folder import Case, cases


@pytest.mark.parametrize(
    "case", [case for case in cases("judgement") if case.says["kind"] == "false_alarm"], ids=lambda c: c.name
)
def test_no_false_alarm(case: Case) -> None:
    assert [rule for rule in _rules(case) if not rule.startswith("completeness.")] == [], case.says["what"]


@pytest.mark.parametrize(
    "case", [case for case in cases("judgement") if case.says["kind"] == "missed"], ids=lambda c: c.name
)
def test_nothing_is_missed(case: Case) -> None:
    rules = _rules(case)
    expected = [sentence.split(" ")[0] for sentence in case.says["expected_findings"]]
    assert [rule for rule in expected if not any(found.startswith(rule) for found in rules)] == [], case.says["what"]


def _judgements(name: str) -> Iterator[Judgement]:
    for case in cases("judgement"):
        if case.name.startswith(name):
            for outcome in read(case.files[0].read_bytes(), case.files[0].name):
                assert outcome.judgement
                yield outcome.judgement


def test_of_a_late_change_both_readings_are_told_and_no_cell_is_suspected() -> None:
    for judgement in _judgements("50-"):
        (found,) = judgement.diagnoses
        assert (len(found.changes), [len(other.changes) for other in found.alternatives]) == (4, [2])
        assert not any(finding.suspect for finding in judgement.findings)


@pytest.mark.parametrize(("name", "said"), [("52-", "疑漏加“（六）其他处理”"), ("53-", "疑重复计入“（四）无法提供”")])
def test_a_slip_is_named_once_for_all_that_it_breaks(name: str, said: str) -> None:
    for judgement in _judgements(name):
        (found,) = judgement.diagnoses
        assert said in found.message
        assert len(found.resolves) == len(judgement.findings)


def test_a_message_has_no_figure_that_the_sentence_has_not() -> None:
    for judgement in _judgements("55-"):
        (found,) = judgement.findings
        assert "称“均为自然人”" in found.message
        assert "中的0" not in found.message


def _rules(case: Case) -> list[str]:
    return [
        finding.rule
        for file in case.files
        for outcome in read(file.read_bytes(), file.name)
        if outcome.judgement
        for finding in outcome.judgement.findings
    ]
