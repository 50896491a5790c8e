"""The relations of the form, as a reviewer would check them."""

from services.validate.judge import judge
from shared.report import Number
from tests.validate.reports import report


def test_a_report_of_zeros_is_clean() -> None:
    for edition in ("2021", "2019"):
        judgement = judge(report(edition))
        assert (judgement.verdict, judgement.findings) == ("clean", ())


def test_a_breach_names_both_sides_and_the_place_in_the_words_of_the_form() -> None:
    judgement = judge(
        report(
            cells={
                "applications.received.natural_person": 5,
                "applications.received.total": 5,
                "applications.granted.natural_person": 5,
                "applications.granted.total": 4,
                "applications.concluded.natural_person": 5,
                "applications.concluded.total": 5,
            }
        )
    )

    row, column = judgement.findings
    assert (row.rule, row.at, row.severity) == ("applications.row_total", "granted", "error")
    assert (row.expected, row.actual) == (5, 4)
    assert row.message.startswith("表三“（一）予以公开”一行：各列之和为5，总计填报为4，相差1")
    assert (column.rule, column.at, column.expected, column.actual) == ("applications.concluded", "total", 4, 5)
    assert judgement.verdict == "inconsistent"
    assert judgement.tables["applications"].broken == 2
    assert judgement.tables["disputes"].verdict == "clean"


def test_a_balance_expects_what_came_in_and_states_what_went_out() -> None:
    judgement = judge(
        report(cells={"applications.received.business": 3, "applications.received.total": 3}),
    )

    assert [(f.at, f.expected, f.actual) for f in judgement.findings] == [("business", 3, 0), ("total", 3, 0)]
    assert {f.rule for f in judgement.findings} == {"applications.balance"}


def test_a_dispute_track_adds_up_to_its_total() -> None:
    (found,) = judge(report(cells={"disputes.litigation_direct.upheld": 2})).findings

    assert (found.rule, found.at, found.expected, found.actual) == ("disputes.total", "litigation_direct", 2, 0)
    assert found.cells[0] == "disputes.litigation_direct.total"


def test_a_relation_with_a_null_is_not_judged_and_the_null_is_listed() -> None:
    judgement = judge(
        report(cells={"applications.granted.natural_person": None, "applications.granted.total": 7}),
    )

    nulls = judgement.findings[-1]
    assert (nulls.rule, nulls.at, nulls.severity) == ("completeness.applications", "applications", "warning")
    assert nulls.cells == ("applications.granted.natural_person",)
    assert not [f for f in judgement.findings if f.rule == "applications.row_total"]
    assert judgement.tables["applications"].unknown == 2


def test_a_report_with_only_nulls_to_report_is_incomplete() -> None:
    assert judge(report(cells={"disclosure.fees.amount": None})).verdict == "incomplete"


def test_an_unknown_edition_is_flagged_table_by_table() -> None:
    judgement = judge(report(edition="2021").model_copy(update={"edition": "unknown"}))

    assert [f.rule for f in judgement.findings] == [
        "completeness.disclosure",
        "completeness.applications",
        "completeness.disputes",
    ]


def test_a_sum_may_count_a_row_that_the_form_has_not_or_leave_it_out() -> None:
    row = {"natural_person": 2, "business": 0, "total": 2}
    for concluded in (5, 7):
        cells: dict[str, Number | None] = {
            f"applications.{key}.{column}": figure
            for column in ("natural_person", "total")
            for key, figure in {"received": concluded, "granted": 5, "concluded": concluded}.items()
        }
        added = report(cells=cells).model_copy(update={"additions": {"applications": {"refused.work_secret": row}}})

        assert judge(added).findings == ()


def test_a_sum_that_holds_neither_with_an_added_row_nor_without_is_broken_and_says_so() -> None:
    cells: dict[str, Number | None] = {
        f"applications.{key}.{column}": figure
        for column in ("natural_person", "total")
        for key, figure in {"received": 9, "granted": 5, "concluded": 9}.items()
    }
    row = {"natural_person": 2, "business": 0, "total": 2}
    added = report(cells=cells).model_copy(update={"additions": {"applications": {"refused.work_secret": row}}})

    found = judge(added).findings

    assert [(f.rule, f.at, f.expected, f.actual) for f in found] == [
        ("applications.concluded", "natural_person", 7, 9),
        ("applications.concluded", "total", 7, 9),
    ]
    assert "已计入格式未列的行2" in found[0].message


def test_a_sum_is_not_judged_where_an_added_row_states_no_figure() -> None:
    row = {"natural_person": None, "business": 0, "total": None}
    added = report().model_copy(update={"additions": {"applications": {"refused.work_secret": row}}})

    judgement = judge(added)

    assert judgement.findings == ()
    assert judgement.tables["applications"].unknown == 2
