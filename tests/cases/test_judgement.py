"""What must be found in each case of judgement, and that nothing is where all is well."""

import pytest

from gouji import read
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


def _rules(case: Case) -> list[str]:
    return [
        finding.rule
        for file in case.files
        for outcome in read(file.read_bytes(), file.name)
        if outcome.judgement
        for finding in outcome.judgement.findings
    ]
