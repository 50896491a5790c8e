"""The prose is held against the tables and against its own sums: precision before recall."""

import pytest

from services.validate.judge import judge
from services.validate.narrative.sentences import MAX_SENTENCES
from shared.report import Claim, Judgement, Number, Section
from tests.validate.prose import CELLS, FALSE, TRAPS, TRUE
from tests.validate.reports import report


def judged(text: str, cells: dict[str, Number | None] = CELLS, authority: str = "甲县石桥镇") -> Judgement:
    sections = (Section(number=1, heading="总体情况", text=text), *report().sections[1:])
    return judge(report("2021", cells, authority=authority, sections=sections))


def claims(text: str) -> list[tuple[str, Number, str]]:
    return [(claim.rule, claim.stated, claim.status) for claim in judged(text).claims]


def contradictions(text: str) -> list[Claim]:
    return [claim for claim in judged(text).claims if claim.status == "contradicts"]


@pytest.mark.parametrize(("text", "count"), FALSE)
def test_a_false_claim_is_found(text: str, count: int) -> None:
    assert len(contradictions(text)) == count, claims(text)


@pytest.mark.parametrize(("text", "count"), TRUE)
def test_a_true_claim_is_recognised(text: str, count: int) -> None:
    assert [status for _, _, status in claims(text)] == ["agrees"] * count, claims(text)


@pytest.mark.parametrize("text", TRAPS)
def test_a_trap_says_nothing(text: str) -> None:
    assert not contradictions(text), claims(text)


def test_prose_that_nobody_writes_costs_no_more_than_a_moment() -> None:
    endless = "其中收到政府信息公开申请5件，均" * 5_000
    many = "2024年收到政府信息公开申请4件。" * 5_000

    assert not judged(endless).claims
    assert len(judged(many).claims) == MAX_SENTENCES


@pytest.mark.parametrize(
    ("text", "likeliest"),
    [("2024年收到政府信息公开申请5件。", "carry_left_at_zero"), ("2024年未收到政府信息公开申请。", "surplus")],
)
def test_the_prose_helps_to_tell_which_of_two_figures_is_wrong(text: str, likeliest: str) -> None:
    """Five came in and nothing went out: either nothing came in, or it is still there."""
    found = judged(text, {f"applications.received.{column}": 5 for column in ("natural_person", "total")}).findings

    balance = next(finding for finding in found if finding.rule == "applications.balance")
    assert balance.explanations[0].slip == likeliest
    assert "；较可能的是表三" in balance.message
    assert balance.suspect is None
