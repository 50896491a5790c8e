"""What must be found in each case of judgement, and that nothing is where all is well."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from gouji import read
from services.store.persist import persist
from shared.database import queries
from shared.database.connect import connect, reading
from shared.database.schema import create_tables
from shared.report import Judgement
from tests.cases.folder import Case, cases
from tests.database.reports import validated


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


@pytest.mark.parametrize(
    "case", [case for case in cases("judgement") if case.says["kind"] == "continuity"], ids=lambda c: c.name
)
def test_years_are_held_against_one_another_in_whatever_order_they_arrive(case: Case, tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'cases.sqlite'}")
    create_tables(engine)
    events = [
        validated(outcome.report, *outcome.judgement.findings, document_id=file.name, key=file.name, changed=number)
        for number, file in enumerate(case.files)
        for outcome in read(file.read_bytes(), file.name)
        if outcome.report and outcome.judgement
    ]
    assert persist(engine, events, "tester") == [None] * len(events)
    with reading(engine) as connection:
        found = [each.finding.rule for each in queries.findings(connection, rule="continuity")]
    engine.dispose()

    expected = [sentence.split(" ")[0] for sentence in case.says["expected_findings"]]
    assert len(found) == len(expected), case.says["what"]
    assert all(rule in found for rule in expected if rule.startswith("continuity.")), case.says["what"]


def _rules(case: Case) -> list[str]:
    return [
        finding.rule
        for file in case.files
        for outcome in read(file.read_bytes(), file.name)
        if outcome.judgement
        for finding in outcome.judgement.findings
    ]
