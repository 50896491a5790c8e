"""What a single figure must be."""

import pytest

from services.validate.judge import judge
from shared.form.model import Edition
from shared.report import Finding, Number
from tests.validate.reports import report


def found(edition: Edition, cells: dict[str, Number | None], **fields: object) -> list[Finding]:
    return [f for f in judge(report(edition, cells, **fields)).findings if not f.rule.startswith("applications.")]


def test_a_count_is_not_negative() -> None:
    (negative,) = found("2021", {"disclosure.penalties.decisions": -3})

    assert (negative.rule, negative.at, negative.actual) == ("figures.negative", "disclosure.penalties.decisions", -3)
    assert negative.message == "表二“行政处罚”一行“本年处理决定数量”一列填报为-3，件数和金额不应为负数。"


def test_a_count_is_whole_and_an_amount_need_not_be() -> None:
    (broken,) = found("2021", {"disclosure.licensing.decisions": 1.5, "disclosure.fees.amount": 1.2})

    assert (broken.rule, broken.severity) == ("figures.not_whole", "error")


def test_a_change_may_be_negative_but_not_below_what_was_there() -> None:
    assert not found("2019", {"disclosure.licensing.previous_items": 4, "disclosure.licensing.change": -4})
    (overdrawn,) = found("2019", {"disclosure.licensing.previous_items": 3, "disclosure.licensing.change": -4})
    assert (overdrawn.rule, overdrawn.at, overdrawn.actual) == ("disclosure.remaining_items", "licensing", -1)


@pytest.mark.parametrize(("level", "rules"), [("township", ["figures.unit"]), ("county", []), (None, [])])
def test_an_amount_in_yuan_is_suspected_only_where_the_level_makes_it_implausible(
    level: str | None, rules: list[str]
) -> None:
    assert [f.rule for f in found("2021", {"disclosure.fees.amount": 38000}, level=level)] == rules
