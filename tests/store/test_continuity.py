"""Continuity: this year's report is held against last year's, whichever comes first."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import permutations

import pytest
from sqlalchemy import Engine

from services.store.continuity import continuity
from services.store.persist import persist
from shared.database import connect as database
from shared.database import queries
from shared.events import Validated
from shared.report import Finding, Number, Report
from tests.database.reports import validated
from tests.validate.reports import report

A = "applications."


def year(number: int, cells: Mapping[str, Number | None], authority: str = "静海区独流镇") -> Report:
    return report("2021", dict(cells), year=number, authority=authority)


LAST = year(
    2023, {A + "carried_out.total": 3, "disclosure.regulations.in_force": 5, "disputes.reconsideration.pending": 2}
)
GOOD = year(2024, {A + "carried_in.total": 3, "disclosure.regulations.in_force": 6, "disclosure.regulations.issued": 1})


def test_what_was_carried_out_is_carried_in() -> None:
    found = continuity(year(2024, {A + "carried_in.total": 1}), year(2023, {A + "carried_out.total": 3}))

    assert [(f.rule, f.at, f.expected, f.actual, f.severity) for f in found] == [
        ("continuity.carried_over", "total", 3, 1, "warning")
    ]
    assert found[0].message == ("表三“总计”一列：上年结转填报为1，2023年度报告的结转下年度继续办理为3，相差2。")
    assert found[0].cells == (A + "carried_in.total",)


def test_documents_in_force_move_by_what_was_issued_and_repealed() -> None:
    last = year(2023, {"disclosure.normative_documents.in_force": 5})
    this = {"disclosure.normative_documents.issued": 2, "disclosure.normative_documents.repealed": 1}

    assert not continuity(year(2024, this | {"disclosure.normative_documents.in_force": 6}), last)
    (found,) = continuity(year(2024, this | {"disclosure.normative_documents.in_force": 5}), last)
    assert (found.rule, found.at, found.expected, found.actual) == ("continuity.in_force", "normative_documents", 6, 5)


def test_pending_disputes_reappear_with_others() -> None:
    last = year(2023, {"disputes.reconsideration.pending": 2})

    assert not continuity(year(2024, {"disputes.reconsideration.total": 2}), last)
    assert not continuity(year(2024, {"disputes.reconsideration.total": 9}), last)
    (found,) = continuity(year(2024, {"disputes.reconsideration.total": 1}), last)
    assert (found.rule, found.expected, found.actual) == ("continuity.pending", 2, 1)


def test_items_of_the_2019_edition_follow_last_years_change() -> None:
    last = report("2019", {"disclosure.licensing.previous_items": 5, "disclosure.licensing.change": -2}, year=2019)

    assert not continuity(report("2019", {"disclosure.licensing.previous_items": 3}, year=2020), last)
    (found,) = continuity(report("2019", {"disclosure.licensing.previous_items": 5}, year=2020), last)
    assert (found.rule, found.expected, found.actual) == ("continuity.previous_items", 3, 5)


def test_a_null_on_either_side_and_what_only_one_edition_has_are_not_judged() -> None:
    assert not continuity(year(2024, {A + "carried_in.total": None}), year(2023, {A + "carried_out.total": 3}))
    assert not continuity(year(2024, {A + "carried_in.total": 3}), year(2023, {A + "carried_out.total": None}))
    last = report("2019", {"disclosure.regulations.total": 7}, year=2020)
    assert not continuity(report("2021", {"disclosure.regulations.in_force": 1}, year=2021), last)


def store(engine: Engine, *events: Validated) -> None:
    assert persist(engine, events, "tester") == [None] * len(events)


def rules(engine: Engine) -> dict[int, list[str]]:
    """The rules of the findings of each year's current report."""
    with database.reading(engine) as connection:
        return {
            found.year or 0: [finding.rule for finding in queries.load(connection, found.id).findings]
            for found in queries.reports(connection)
        }


OWN = Finding(rule="completeness.disclosure", at="disclosure", severity="warning", message="缺")
EVENTS = (
    validated(
        year(2022, {A + "carried_out.total": 9, "disclosure.regulations.in_force": 5}, "天津市静海区独流镇"),
        document_id="d2022",
        key="2022",
    ),
    validated(LAST, OWN, document_id="d2023", key="2023"),
    validated(year(2024, {A + "carried_in.total": 1}, "天津市静海区独流镇人民政府"), document_id="d2024", key="2024"),
)


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_findings_are_the_same_whichever_year_arrives_first(engine: Engine, order: tuple[int, ...]) -> None:
    store(engine, *(EVENTS[n] for n in order))

    assert rules(engine) == {
        2022: [],
        2023: ["completeness.disclosure", "continuity.carried_over"],
        2024: ["continuity.carried_over", "continuity.pending", "continuity.in_force"],
    }
    with database.reading(engine) as connection:
        (last,) = queries.reports(connection, year=2023)
    assert (last.verdict, last.warnings) == ("inconsistent", 2)


def test_a_revision_is_judged_again_with_the_year_after_it(engine: Engine) -> None:
    store(engine, *EVENTS)
    store(engine, validated(GOOD, document_id="d2024b", key="2024b", changed=2))
    assert rules(engine)[2024] == ["continuity.pending"]

    store(engine, validated(year(2023, {}), OWN, document_id="d2023b", key="2023b", changed=2))
    assert rules(engine) == {
        2022: [],
        2023: ["completeness.disclosure", "continuity.carried_over", "continuity.in_force"],
        2024: ["continuity.carried_over", "continuity.in_force"],
    }


@pytest.mark.parametrize(
    ("one", "other"), [("城关镇", "城关镇"), ("鼓楼区", "鼓楼区"), ("孟津区城关镇", "大竹县城关镇")]
)
def test_places_that_only_share_a_name_are_never_compared(engine: Engine, one: str, other: str) -> None:
    store(
        engine,
        validated(year(2023, {A + "carried_out.total": 9}, one), document_id="d1", key="1"),
        validated(year(2024, {}, other), document_id="d2", key="2"),
    )

    assert rules(engine) == {2023: [], 2024: []}


def test_neighbours_that_two_stores_write_at_the_same_moment_do_not_miss_each_other(engine: Engine) -> None:
    names = [f"静海区第{n}镇" for n in range(8)]
    last = [
        validated(year(2023, {A + "carried_out.total": 3}, name), document_id=f"a{name}", key=f"a{name}")
        for name in names
    ]
    this = [validated(year(2024, {}, name), document_id=f"b{name}", key=f"b{name}") for name in reversed(names)]

    with ThreadPoolExecutor(2) as stores:
        assert list(stores.map(lambda events: persist(engine, events, "tester"), [last, this])) == [[None] * 8] * 2

    with database.reading(engine) as connection:
        found = [found.authority for found in queries.findings(connection, rule="continuity")]
    assert sorted(name or "" for name in found) == sorted(names)
