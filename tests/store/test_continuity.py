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
from shared.report import Finding, Number, Report, Section, verdict_of
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


def test_a_carried_row_that_differs_in_several_columns_is_one_finding() -> None:
    last = {A + f"carried_out.{column}": 3 for column in ("natural_person", "total")}
    this = {A + f"carried_in.{column}": 1 for column in ("natural_person", "total")}

    (found,) = continuity(year(2024, this), year(2023, last))

    assert (found.rule, found.at, found.expected, found.actual) == ("continuity.carried_over", "total", 3, 1)
    assert found.cells == (A + "carried_in.total", A + "carried_in.natural_person")
    assert found.message.endswith("相差2；其中自然人填报为1，应为3。")


IN_FORCE = {"disclosure.normative_documents.issued": 2, "disclosure.normative_documents.in_force": 3}


def explained(prose: str) -> tuple[Finding, ...]:
    """What is found where 5 were in force, 2 were issued, and 3 are in force, 4 fewer than that makes."""
    last = year(2023, {"disclosure.normative_documents.in_force": 5})
    sections = (Section(number=1, heading="总体情况", text=prose),)
    return continuity(year(2024, IN_FORCE).model_copy(update={"sections": sections}), last)


def test_a_difference_for_which_the_prose_accounts_is_no_finding() -> None:
    assert explained("全年制发行政规范性文件2件，另有4件有效期届满自动失效。") == ()


@pytest.mark.parametrize(
    "prose", ["部分规范性文件已自动失效。", "规范性文件3件有效期届满。", "因机构改革，有关文件划转市数据局管理。"]
)
def test_a_difference_for_which_the_prose_gives_a_reason_is_a_note_that_quotes_it(prose: str) -> None:
    (found,) = explained(prose)

    assert (found.rule, found.at, found.expected, found.actual) == (
        "continuity.explained",
        "normative_documents",
        7,
        3,
    )
    assert found.quote == prose.removesuffix("。")
    assert f"正文已说明原因：“{found.quote}”" in found.message
    assert verdict_of([found]) == "clean"


@pytest.mark.parametrize("prose", ["全年制发行政规范性文件2件。", "深化机构改革。", "4件申请材料过期。"])
def test_prose_that_speaks_of_other_things_gives_no_reason(prose: str) -> None:
    (found,) = explained(prose)

    assert found.rule == "continuity.in_force"


COPIED = {
    "disclosure.licensing.decisions": 55,
    "disclosure.penalties.decisions": 12,
    A + "received.total": 7,
    A + "granted.total": 7,
}


def test_a_year_that_repeats_all_figures_of_the_last_is_copied() -> None:
    (found,) = continuity(year(2024, COPIED), year(2023, COPIED))

    assert (found.rule, found.at, found.severity) == ("continuity.copied", "tables", "warning")
    assert "与2023年度报告逐项相同（如“行政许可”55、“行政处罚”12、" in found.message


@pytest.mark.parametrize(
    "cells",
    [
        {**COPIED, "disclosure.penalties.decisions": 13},
        {A + "received.total": 5, A + "granted.total": 5, "disclosure.penalties.decisions": 3},
        {},
    ],
)
def test_figures_that_chance_may_repeat_or_that_differ_are_no_copy(cells: dict[str, Number | None]) -> None:
    last = COPIED if "disclosure.licensing.decisions" in cells else cells

    assert continuity(year(2024, cells), year(2023, last)) == ()


def test_what_stands_at_the_end_of_both_years_is_no_sign_of_a_copy() -> None:
    stock = {"disclosure.normative_documents.in_force": 4321}

    assert continuity(year(2024, stock), year(2023, stock)) == ()


PROSE = "".join(f"第{n}季度召开{n + 3}次会议，研究解决第{n}类公开事项中的{n * 7}个问题。" for n in range(40))


def worded(number: int, prose: str) -> Report:
    return year(number, {}).model_copy(update={"sections": (Section(number=1, heading="总体情况", text=prose),)})


def test_prose_that_is_last_years_is_noted_with_its_share() -> None:
    (found,) = continuity(worded(2024, f"2024年，{PROSE}新增一句。"), worded(2023, f"2023年，{PROSE}"))

    assert (found.rule, found.at) == ("continuity.copied_prose", "prose")
    assert "正文有99%与2023年度报告相同" in found.message


@pytest.mark.parametrize(
    "prose",
    [
        PROSE[: len(PROSE) // 2] + "".join(f"新建第{n}个平台，访问量达{n * 31}万次。" for n in range(40)),
        "".join(f"第{n}季度召开{n + 4}次会议，研究解决第{n}类公开事项中的{n * 9}个问题。" for n in range(40)),
        PROSE[:200],
    ],
    ids=["half new", "new figures", "short"],
)
def test_prose_that_was_brought_up_to_date_is_no_copy(prose: str) -> None:
    assert continuity(worded(2024, prose), worded(2023, PROSE)) == ()


def test_a_summary_and_the_own_report_of_one_name_are_matched_with_no_other_year(engine: Engine) -> None:
    def body(number: int, size: int, carried: str) -> Report:
        return year(number, {A + "received.total": size, A + carried: 9}, "静海区")

    store(
        engine,
        validated(body(2024, 950, "carried_in.total"), document_id="d2024", key="2024"),
        validated(body(2023, 900, "carried_out.natural_person"), document_id="d2023a", key="2023a"),
        validated(body(2023, 20, "carried_out.business"), document_id="d2023b", key="2023b", changed=2),
    )

    assert rules(engine)[2024] == []


def test_a_file_that_was_corrected_by_an_order_of_size_is_matched_as_it_is_now(engine: Engine) -> None:
    store(
        engine,
        validated(year(2024, {A + "received.total": 90, A + "carried_in.total": 2}), document_id="d2024", key="2024"),
        validated(year(2023, {A + "received.total": 9000}), document_id="d2023a", key="2023"),
        validated(year(2023, {A + "received.total": 90}), document_id="d2023b", key="2023", changed=2),
    )

    assert rules(engine)[2024] == ["continuity.carried_over"]


def test_a_committee_is_the_same_by_its_short_name(engine: Engine) -> None:
    store(
        engine,
        validated(year(2023, {A + "carried_out.total": 2}, "子山县经济开发区管理委员会"), document_id="d1", key="1"),
        validated(year(2024, {A + "carried_in.total": 9}, "子山县经济开发区管委会"), document_id="d2", key="2"),
    )

    assert rules(engine)[2024] == ["continuity.carried_over"]
