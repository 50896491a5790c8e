"""Which cell is wrong: found exactly, named only when it is certain, and told as the slip it looks like."""

from itertools import combinations, product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.localisation import (
    SLIPS,
    Spoil,
    all_totals,
    measure,
    measure_slip,
    one_cell,
    one_cell_beside_nulls,
    one_dispute,
    swapped_in_a_column,
    swapped_in_a_row,
    three_cells,
    two_cells,
)
from gouji import read
from services.validate.judge import judge
from services.validate.localise.search import smallest_changes
from services.validate.localise.system import System
from services.validate.relations import evaluate
from shared.form import EDITIONS, Cell, Equation, Form, Relation, load_form
from shared.form.model import Edition
from shared.report import Diagnosis, Finding, Number, Section
from tests.corpus.spec import Spec, render
from tests.validate.reports import report
from tests.validate.spoiling import Figures, consistent, late_change, row_moved_without_total

A = "applications."


def errors(cells: dict[str, Number | None]) -> list[Finding]:
    return [finding for finding in judge(report(cells=cells)).findings if finding.severity == "error"]


def granted(persons: int = 21, businesses: int = 0) -> dict[str, Number | None]:
    """A consistent form: so many applications received, and all granted."""
    return {
        f"{A}{row}.{column}": figure
        for row in ("received", "granted", "concluded")
        for column, figure in (
            ("natural_person", persons),
            ("business", businesses),
            ("total", persons + businesses),
        )
    }


@settings(max_examples=20, deadline=None, derandomize=True)
@given(st.sampled_from(EDITIONS), st.integers(0, 10_000))
def test_a_consistent_form_has_no_error(edition: Edition, seed: int) -> None:
    form = load_form(edition)
    figures = consistent(form, Random(seed))

    judgement = judge(report(form.edition, {cell.id: figure for cell, figure in figures.items()}))

    assert [finding for finding in judgement.findings if finding.severity == "error"] == []


@pytest.mark.parametrize(
    ("spoil", "unique"),
    [
        (one_cell, 0.99),
        (two_cells, 0.9),
        (three_cells, 0.8),
        (one_cell_beside_nulls, 0.3),
        (one_dispute, 0),
        (swapped_in_a_row, 0),
        (swapped_in_a_column, 0),
    ],
)
def test_the_truth_is_always_listed_and_no_innocent_cell_is_named(spoil: Spoil, unique: float) -> None:
    outcomes, _ = measure(spoil, 60)

    assert (outcomes["missing"], outcomes["innocent"]) == (0, 0)
    assert outcomes["unique"] >= unique * 60


def test_a_whole_column_of_totals_gone_wrong_is_told_as_such() -> None:
    outcomes, _ = measure(all_totals, 3)

    assert outcomes == {"listed": 3}


@pytest.mark.parametrize("spoil", [spoil for _, spoil in SLIPS], ids=[name for name, _ in SLIPS])
def test_a_human_slip_gets_one_diagnosis_that_names_it(spoil: Spoil) -> None:
    outcomes = measure_slip(spoil, 40)

    # Of two rows exchanged but for their totals, nobody can tell whether the totals are.
    named = "listed" if spoil is row_moved_without_total else "first"
    assert set(outcomes) <= {"first", "listed", "silent"}
    assert outcomes[named] + outcomes["silent"] >= 36


def test_a_late_change_beside_a_wrong_cell_blames_no_right_one_for_certain() -> None:
    def both(form: Form, figures: Figures, random: Random) -> None:
        late_change(form, figures, random)
        one_cell(form, figures, random)

    outcomes, _ = measure(both, 20)

    assert outcomes["innocent"] == 0


def test_the_search_finds_exactly_what_trying_everything_finds() -> None:
    """A table of 2 x 2 with totals, small enough to try every change of up to three cells."""
    rows, columns = ("a", "b", "sum"), ("x", "y", "sum")
    relation = {
        each: Relation(
            id=each,
            name=each,
            table="disputes",
            each=each,
            stated=("sum",),
            computed=("-",),
            severity="error",
            source="",
            message="",
        )
        for each in ("row", "column")
    }

    def cells(row: str, column: str) -> Cell:
        return Cell("disputes", row, column)

    equations = tuple(
        Equation(relation["row"], row, (cells(row, "sum"),), (cells(row, "x"), cells(row, "y"))) for row in rows
    ) + tuple(Equation(relation["column"], c, (cells("sum", c),), (cells("a", c), cells("b", c))) for c in columns)
    everything = [cells(*place) for place in product(rows, columns)]
    random = Random(5)
    for _ in range(3):
        figures: dict[Cell, Number | None] = {cell: random.randint(0, 3) for cell in everything}
        broken = {equations.index(b.equation): b.residual for b in evaluate(equations, figures).breaches}
        found = smallest_changes(System.of(equations), figures, broken)
        sets = {frozenset(changes) for changes in found.changes}
        size = len(next(iter(sets))) if sets else 4

        for smaller in range(1, min(size, 3) + 1):
            tried = {
                frozenset(zip(chosen, values, strict=True))
                for chosen in combinations(everything, smaller)
                for values in product(range(13 if smaller < 3 else 7), repeat=smaller)
                if all(figures[c] != v for c, v in zip(chosen, values, strict=True))
                if not evaluate(equations, {**figures, **dict(zip(chosen, values, strict=True))}).breaches
            }
            assert tried == (sets if smaller == size else set())


@pytest.mark.parametrize(
    ("spoilt", "slip", "suspect", "words"),
    [
        ({"granted.total": 12}, "transposed_digits", "granted.total", "疑数字前后颠倒：12应为21"),
        ({"received.total": 2}, "missing_digit", "received.total", "疑漏写一位数字"),
        ({"received.total": 211}, "extra_digit", "received.total", "疑多写一位数字"),
        ({"received.total": 27}, "mistyped_digit", "received.total", "疑一位数字有误"),
        ({"granted.total": 0}, "part_left_out", "granted.total", "疑漏加“自然人”"),
        ({"granted.total": 5}, "total_not_updated", "granted.total", "疑总计未随各项更新"),
        ({"granted.natural_person": 0}, "omitted", "granted.natural_person", "疑漏填"),
        ({"granted.business": 3}, "surplus", "granted.business", "疑多填"),
        ({"granted.natural_person": 0, "granted.business": 21}, "shifted_column", None, "疑填错一列"),
        ({"granted.natural_person": 0, "partially_granted.natural_person": 21}, "shifted_row", None, "疑填错一行"),
    ],
)
def test_a_slip_is_recognised_and_named(spoilt: dict[str, Number], slip: str, suspect: str | None, words: str) -> None:
    for finding in errors({**granted(), **{A + cell: figure for cell, figure in spoilt.items()}}):
        assert finding.explanations[0].slip == slip
        assert words in finding.explanations[0].message
        if suspect:
            assert finding.suspect is not None
            assert finding.suspect.cell == A + suspect


def test_two_figures_exchanged_are_told_from_their_ties() -> None:
    findings = errors({**granted(3, 8), A + "granted.natural_person": 8, A + "granted.business": 3})

    assert {finding.explanations[0].slip for finding in findings} == {"swapped"}
    assert {change.cell for finding in findings for change in finding.explanations[0].changes} == {
        A + "granted.natural_person",
        A + "granted.business",
    }


def test_a_row_of_figures_one_column_off_is_told_as_such() -> None:
    row = dict.fromkeys((A + f"granted.{column}" for column in ("natural_person", "business", "research")), 0)
    findings = errors({**granted(3, 8), **row, A + "granted.business": 3, A + "granted.research": 8})

    assert {finding.explanations[0].slip for finding in findings} == {"shifted_column"}
    assert "疑整行填错一列" in findings[0].explanations[0].message


def test_a_subtotal_counted_twice_is_named() -> None:
    refused = {
        f"{A}{row}.{column}": figure
        for row, figure in (("refused.state_secret", 2), ("received", 23), ("concluded", 25))
        for column in ("natural_person", "total")
    }
    findings = errors({**granted(), **refused})

    assert {finding.explanations[0].slip for finding in findings} == {"subtotal_counted_twice"}
    assert "疑重复计入“（三）不予公开”小计" in findings[0].message


def test_all_groups_summed_with_their_leaves_are_named() -> None:
    grouped = {
        f"{A}{row}.{column}": figure
        for row, figure in (
            ("refused.state_secret", 2),
            ("unavailable.not_held", 4),
            ("received", 27),
            ("concluded", 33),
        )
        for column in ("natural_person", "total")
    }

    assert {f.explanations[0].slip for f in errors({**granted(), **grouped})} == {"groups_summed_as_leaves"}


def test_the_subtotal_of_organisations_counted_twice_is_named() -> None:
    (row, _) = errors({**granted(3, 8), A + "granted.total": 19})

    assert row.explanations[0].slip == "subtotal_counted_twice"
    assert "“法人或其他组织”小计" in row.message


def test_what_is_carried_out_counted_among_the_concluded_is_named() -> None:
    carried = {
        f"{A}{row}.{column}": figure
        for row, figure in (("carried_out", 2), ("received", 23), ("concluded", 23))
        for column in ("natural_person", "total")
    }

    assert {f.explanations[0].slip for f in errors({**granted(), **carried})} == {"carried_out_counted"}


def test_a_dispute_names_no_suspect_but_ranks_what_it_can_be() -> None:
    (finding,) = errors({"disputes.reconsideration.upheld": 2, "disputes.reconsideration.total": 1})

    assert finding.suspect is None
    assert [found.slip for found in finding.explanations] == ["total_not_updated", None]
    assert finding.message.endswith("相差1；较可能的是表四“行政复议”一行“总计”一列疑总计未随各项更新：1应为2。")


def test_no_suspect_rests_on_a_single_relation() -> None:
    """With its column silenced by a null, only its row speaks for a cell, and the row does not say which."""
    cells = {**granted(), A + "granted.total": 20, A + "partially_granted.total": None}
    for finding in errors(cells):
        assert finding.suspect is None


def diagnoses(cells: dict[str, Number | None]) -> tuple[Diagnosis, ...]:
    return judge(report(cells=cells)).diagnoses


def changed(found: Diagnosis) -> dict[str, tuple[Number, Number]]:
    return {change.cell.removeprefix(A): (change.stated, change.expected) for change in found.changes}


def test_a_slip_is_one_diagnosis_of_all_that_it_breaks() -> None:
    spoilt: dict[str, Number | None] = {A + "concluded.natural_person": 42, A + "concluded.total": 42}
    judgement = judge(report(cells={**granted(), **spoilt}))

    (found,) = judgement.diagnoses
    assert [judgement.findings[index].rule for index in found.resolves] == [
        "applications.concluded",
        "applications.concluded",
        "applications.balance",
        "applications.balance",
    ]
    assert changed(found) == {"concluded.natural_person": (42, 21), "concluded.total": (42, 21)}
    assert found.alternatives == ()
    assert found.message == (
        "表三“（七）总计”一行疑总计未随各项更新：自然人42应为21、总计42应为21。改正后，第（七）项与平衡关系4处均成立。"
    )


def test_two_mistakes_that_share_nothing_are_two_diagnoses() -> None:
    found = diagnoses({**granted(), A + "granted.natural_person": 27, A + "received.business": 5})

    assert [set(changed(each)) for each in found] == [{"received.business"}, {"granted.natural_person"}]
    assert not any(set(one.resolves) & set(two.resolves) for one, two in combinations(found, 2))


def test_a_late_change_is_told_beside_its_reversal_and_nothing_is_certain() -> None:
    late: dict[str, Number | None] = {A + "received.natural_person": 24, A + "granted.natural_person": 24}
    judgement = judge(report(cells={**granted(), **late}))

    (found,) = judgement.diagnoses
    assert set(changed(found)) == {"received.total", "granted.total", "concluded.natural_person", "concluded.total"}
    ((other,),) = [found.alternatives]
    assert {change.cell for change in other.changes} == set(late)
    assert "也可能是表三“自然人”一列疑有误" in found.message
    assert not any(finding.suspect for finding in judgement.findings)


def test_what_is_carried_out_left_at_zero_is_the_first_of_several_readings() -> None:
    received: dict[str, Number | None] = {A + "received.natural_person": 24, A + "received.total": 24}
    (found,) = diagnoses({**granted(), **received})

    assert found.slip == "carry_left_at_zero"
    assert changed(found) == {"carried_out.natural_person": (0, 3), "carried_out.total": (0, 3)}
    assert "“四、结转下年度继续办理”一行疑漏填：自然人0应为3、总计0应为3" in found.message
    assert len(found.alternatives) == 1


def test_a_group_left_out_of_the_sum_is_named() -> None:
    other = {f"{A}other.other.{c}": 3 for c in ("natural_person", "total")}
    (found,) = diagnoses({**granted(), **other, **{f"{A}received.{c}": 24 for c in ("natural_person", "total")}})

    assert found.slip == "part_left_out"
    assert "疑漏加“（六）其他处理”" in found.message


def test_rows_of_what_is_carried_that_were_exchanged_are_named() -> None:
    swapped = {f"{A}{row}.{c}": n for row, n in (("received", 18), ("carried_out", 3)) for c in ("business", "total")}
    (found,) = diagnoses({**granted(0, 21), **swapped})

    assert found.slip == "carry_swapped"
    assert "“二、上年结转政府信息公开申请数量”与“四、结转下年度继续办理”两行填反" in found.message
    assert found.alternatives


def test_a_sum_whose_fault_the_balance_took_up_is_no_certain_fault_of_a_row() -> None:
    short = {f"{A}{row}.{c}": n for row, n in (("concluded", 18), ("carried_out", 3)) for c in ("business", "total")}
    judgement = judge(report(cells={**granted(0, 21), **short}))

    (found,) = judgement.diagnoses
    assert "carry_from_balance" in {each.slip for each in judgement.findings[0].explanations}
    assert found.alternatives
    assert not any(finding.suspect for finding in judgement.findings)


def test_readings_of_which_none_is_likelier_are_all_alternatives() -> None:
    moved: dict[str, Number | None] = {A + "granted.natural_person": 0, A + "partially_granted.natural_person": 21}
    (found,) = diagnoses({**granted(), **moved})

    assert (found.slip, found.changes) == (None, ())
    assert len(found.alternatives) > 1
    assert "种改法均能使其成立，请核对原始登记：" in found.message


def test_a_claim_that_agrees_after_the_correction_is_resolved_too() -> None:
    spoilt: dict[str, Number | None] = {A + "received.total": 12}
    prose = (Section(number=1, heading="总体情况", text="2024年收到政府信息公开申请21件。"),)
    judgement = judge(report(cells={**granted(), **spoilt}).model_copy(update={"sections": prose}))

    (found,) = judgement.diagnoses
    claim = next(n for n, each in enumerate(judgement.findings) if each.rule == "narrative.applications")
    assert claim in found.resolves
    assert found.message.endswith("改正后也与正文（第一部分第1段第1句）一致。")


def test_a_page_with_rows_missing_and_slips_that_meet_is_explained() -> None:
    page = render(Spec(seed=3000937, figures="contradictory", contents="worded", arrangement="rows_missing"))
    (outcome,) = read(page.data, page.name)
    assert outcome.failure is None
    assert outcome.judgement is not None
    assert all(diagnosis.message for diagnosis in outcome.judgement.diagnoses)
