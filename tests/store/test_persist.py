"""Store: each document is one report, whatever is delivered twice, late or badly."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.event import listen

from services.store.persist import persist
from services.validate.judge import judge
from shared.database import connect as database
from shared.database import queries
from shared.database.schema import create_tables
from shared.errors import Unavailable
from shared.events import ProcessingStep, Validated
from shared.report import Finding
from shared.stage import Batch
from tests.database.reports import plain_report, validated
from tests.validate.reports import report

NOW = datetime(2024, 6, 1, tzinfo=UTC)
BROKEN = Finding(rule="applications.balance", at="total", severity="error", expected=4, actual=5, message="不平")


def store(engine: Engine, *events: Validated) -> None:
    assert persist(engine, events, "tester") == [None] * len(events)


def revisions(engine: Engine) -> dict[str, bool]:
    """Whether each stored document is current."""
    with database.reading(engine) as connection:
        return {found.document_id: found.current for found in queries.reports(connection, current=False)}


def test_the_same_event_twice_is_one_report(engine: Engine) -> None:
    event = validated(plain_report(), BROKEN)

    store(engine, event)
    store(engine, event, event)

    with database.reading(engine) as connection:
        counts = queries.counts(connection)
    assert (counts.reports, counts.objects, counts.findings) == (1, 1, {("applications.balance", "error"): 1})


def test_the_same_bytes_under_two_names_are_one_report_with_both_names(engine: Engine) -> None:
    store(engine, validated(plain_report(), key="a.txt"), validated(plain_report(), key="b/c.txt"))

    with database.reading(engine) as connection:
        [found] = queries.reports(connection)
        assert queries.load(connection, found.id).keys == ("a.txt", "b/c.txt")


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 2, 1), (2, 3, 1)])
def test_of_the_revisions_the_one_whose_file_changed_last_is_current(engine: Engine, order: tuple[int, ...]) -> None:
    for n in order:
        store(engine, validated(plain_report(figure=n), document_id=f"d{n}", key=f"{n}.txt", changed=n))

    assert revisions(engine) == {"d1": False, "d2": False, "d3": True}


def test_a_change_time_in_the_future_does_not_shadow_a_later_correction(engine: Engine) -> None:
    wrong = validated(plain_report(figure=1), document_id="d1", key="1.txt")
    ahead = wrong.origin.model_copy(update={"last_modified": datetime(2099, 1, 1, tzinfo=UTC)})
    store(engine, wrong.model_copy(update={"origin": ahead}))

    right = validated(plain_report(figure=2), document_id="d2", key="2.txt")
    now = right.origin.model_copy(update={"last_modified": datetime.now(UTC)})
    store(engine, right.model_copy(update={"origin": now}))

    assert revisions(engine) == {"d1": False, "d2": True}


def test_a_file_put_back_as_it_was_is_current_again(engine: Engine) -> None:
    first, second = plain_report(figure=1), plain_report(figure=2)
    store(engine, validated(first, document_id="d1", changed=1), validated(second, document_id="d2", changed=2))

    store(engine, validated(first, document_id="d1", changed=3))

    assert revisions(engine) == {"d1": True, "d2": False}


def test_other_years_and_authorities_are_no_revisions(engine: Engine) -> None:
    store(
        engine,
        validated(plain_report(year=2022), document_id="d1"),
        validated(plain_report(year=2023), document_id="d2"),
        validated(plain_report(authority="青龙镇"), document_id="d3"),
        validated(plain_report().model_copy(update={"authority": None}), document_id="d4"),
        validated(plain_report().model_copy(update={"authority": None}), document_id="d5", key="b.txt"),
    )

    assert all(revisions(engine).values())


@pytest.mark.parametrize("other", ["广东省河源市和平县青龙镇人民政府", "和平县青龙镇政府"])
def test_however_the_name_is_written_it_is_a_revision(engine: Engine, other: str) -> None:
    store(
        engine,
        validated(plain_report(authority=other), document_id="d1", changed=1),
        validated(plain_report(), document_id="d2", key="b.txt", changed=2),
    )

    assert revisions(engine) == {"d1": False, "d2": True}


def test_one_name_in_two_provinces_is_two_authorities(engine: Engine) -> None:
    for n, authority in enumerate(("广东省和平县青龙镇", "四川省和平县青龙镇", "广东省和平县青龙镇"), 1):
        store(engine, validated(plain_report(authority=authority), document_id=f"d{n}", key=f"{n}.txt", changed=n))

    assert revisions(engine) == {"d1": False, "d2": True, "d3": True}


def test_a_name_that_many_authorities_have_makes_no_revisions(engine: Engine) -> None:
    store(
        engine,
        validated(plain_report(authority="城关镇", figure=1), document_id="d1", key="甲县/城关镇.txt", changed=1),
        validated(plain_report(authority="城关镇", figure=2), document_id="d2", key="乙县/城关镇.txt", changed=2),
    )

    assert revisions(engine) == {"d1": True, "d2": True}


def test_such_a_name_has_a_revision_where_its_file_is_overwritten(engine: Engine) -> None:
    first, second = (plain_report(authority="城关镇", figure=n) for n in (1, 2))
    store(engine, validated(first, document_id="d1", changed=1), validated(second, document_id="d2", changed=2))
    assert revisions(engine) == {"d1": False, "d2": True}

    store(engine, validated(first, document_id="d1", changed=3))
    assert revisions(engine) == {"d1": True, "d2": False}


def test_a_file_replaced_by_one_with_an_older_date_is_what_it_was_last_read_as(engine: Engine) -> None:
    def read(n: int, figure: int, changed: int) -> Validated:
        event = validated(plain_report(figure=figure), document_id=f"d{figure}", etag=f"{figure}", changed=changed)
        ingest = ProcessingStep(
            stage="ingest", outcome="forwarded", started=NOW.replace(hour=n), took=0, consumer="c", version="1"
        )
        return event.model_copy(update={"passages": (ingest,)})

    store(engine, read(1, figure=1, changed=5), read(2, figure=2, changed=3))
    assert revisions(engine) == {"d1": False, "d2": True}

    store(engine, read(1, figure=1, changed=5))  # again, late: a retry
    assert revisions(engine) == {"d1": False, "d2": True}
    with database.reading(engine) as connection:
        assert [(each.etag, each.document_id) for each in queries.objects(connection)] == [("2", "d2")]


def test_what_a_newer_version_reads_as_before_is_noted_as_read_by_it(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(engine, validated(plain_report()))
    monkeypatch.setattr("services.store.persist.VERSION", "9.9")

    store(engine, validated(plain_report()))

    with database.reading(engine) as connection:
        assert [found.version for found in queries.reports(connection)] == ["9.9"]


def test_a_document_read_differently_replaces_what_was_read_before(engine: Engine) -> None:
    store(engine, validated(plain_report(authority="青龙镇", figure=1), BROKEN))

    store(engine, validated(plain_report(authority="和平县青龙镇", figure=2)))

    with database.reading(engine) as connection:
        [found] = queries.reports(connection, current=False)
        stored = queries.load(connection, found.id)
    assert stored.report == plain_report(authority="和平县青龙镇", figure=2)
    assert (found.verdict, found.errors, stored.findings, found.current) == ("clean", 0, (), True)


def test_one_bad_event_leaves_its_neighbours_alone(engine: Engine) -> None:
    good, other = validated(plain_report(), document_id="d1"), validated(plain_report(year=2022), document_id="d3")
    unknown_column = plain_report(year=2021).model_copy(update={"disputes": {"reconsideration": {"invented": 1}}})

    outcomes = persist(engine, [good, validated(unknown_column, document_id="d2"), other], "tester")

    assert [outcome is None for outcome in outcomes] == [True, False, True]
    assert set(revisions(engine)) == {"d1", "d3"}


def test_each_event_is_finished_before_the_next_is_taken_so_that_a_crash_blames_the_right_one(engine: Engine) -> None:
    events = [validated(plain_report(year=2020 + n), document_id=f"d{n}") for n in range(3)]
    written: list[object] = []
    listen(engine, "after_cursor_execute", lambda *call: written.append(call))
    before_each = []

    def taking() -> Iterator[Validated]:
        for each in events:
            before_each.append(len(written))
            yield each

    assert persist(engine, Batch(events, taking()), "tester") == [None] * 3
    assert before_each[0] < before_each[1] < before_each[2] < len(written)


def test_what_happened_to_a_document_is_recorded_and_no_delivery_records_it_twice(engine: Engine) -> None:
    step = ProcessingStep(stage="parse", outcome="forwarded", started=NOW, took=0.01, consumer="c", version="1")
    event = validated(plain_report()).model_copy(update={"passages": (step,)})

    store(engine, event, event)

    with database.reading(engine) as connection:
        passages = queries.steps_of(connection, "d0")
    assert passages[0] == step
    assert [(each.stage, each.consumer) for each in passages[1:]] == [("store", "tester")] * 2


def test_two_stores_that_race_leave_one_report_each_and_one_current(engine: Engine) -> None:
    events = [validated(plain_report(figure=n), document_id=f"d{n}", key=f"{n}.txt", changed=n) for n in range(8)]

    def race(order: list[Validated]) -> None:
        for event in order:
            # The loser of a race on one revision is tried again, as the stage does.
            assert any(persist(engine, [event], "racer") == [None] for _ in range(20))

    with ThreadPoolExecutor(2) as racers:
        list(racers.map(race, [events, events[::-1]]))

    assert revisions(engine) == {f"d{n}": n == 7 for n in range(8)}


def test_a_database_that_another_holds_is_unavailable_and_nothing_is_stored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.01)
    impatient = database.connect(f"sqlite:///{tmp_path}/held.sqlite")
    create_tables(impatient)

    with database.writing(impatient), pytest.raises(Unavailable, match="locked"):
        persist(impatient, [validated(plain_report())], "tester")

    assert revisions(impatient) == {}


def test_a_database_that_cannot_be_reached_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "gouji.sqlite").mkdir()

    with pytest.raises(Unavailable, match="unable to open"):
        create_tables(database.connect(f"sqlite:///{tmp_path}/gouji.sqlite"))


def part(
    number: int, of: int, *, document_id: str = "d1", key: str = "a.txt", changed: int = 1, **of_report: Any
) -> Validated:
    """An event about one report of a document that holds several."""
    report = plain_report(**{"authority": f"和平县{'青白朱玄'[number]}龙镇"} | of_report)
    event = validated(report.model_copy(update={"part": number}), document_id=document_id, key=key, changed=changed)
    return event.model_copy(update={"part": number, "parts": of})


def parts(engine: Engine) -> dict[tuple[str, int], bool]:
    """Whether each stored part of each document is current."""
    with database.reading(engine) as connection:
        return {(found.document_id, found.part): found.current for found in queries.reports(connection, current=False)}


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 1, 2)])
def test_each_report_of_a_file_is_stored_and_revised_by_itself(engine: Engine, order: tuple[int, ...]) -> None:
    store(engine, *(part(number, 3) for number in order))
    assert parts(engine) == {("d1", 1): True, ("d1", 2): True, ("d1", 3): True}

    store(engine, validated(plain_report(authority="和平县朱龙镇", figure=1), document_id="d2", key="b.txt", changed=2))
    assert parts(engine) == {("d1", 1): True, ("d1", 2): False, ("d1", 3): True, ("d2", 1): True}


def test_a_file_of_several_reports_that_is_overwritten_and_put_back(engine: Engine) -> None:
    store(engine, part(1, 2), part(2, 2))
    store(engine, part(1, 2, document_id="d2", changed=2), part(2, 2, document_id="d2", changed=2))
    assert parts(engine) == {("d1", 1): False, ("d1", 2): False, ("d2", 1): True, ("d2", 2): True}

    store(engine, part(1, 2, changed=3), part(2, 2, changed=3))
    assert parts(engine) == {("d1", 1): True, ("d1", 2): True, ("d2", 1): False, ("d2", 2): False}


def test_one_file_with_two_years_is_judged_from_year_to_year(engine: Engine) -> None:
    same: dict[str, Any] = {"authority": "和平县青龙镇"}
    store(engine, part(1, 2, year=2023, figure=0, **same), part(2, 2, year=2024, figure=1, **same))

    with database.reading(engine) as connection:
        later = max(queries.reports(connection), key=lambda found: found.year or 0)
        rules = {finding.rule for finding in queries.findings_of(connection, later.id)}
    assert "continuity.carried_over" in rules


def test_parts_that_a_document_read_again_has_not_are_gone(engine: Engine) -> None:
    store(engine, part(1, 3), part(2, 3), part(3, 3))

    store(engine, part(1, 1))

    assert parts(engine) == {("d1", 1): True}


def test_what_happened_to_each_part_is_recorded(engine: Engine) -> None:
    def parsed(event: Validated) -> Validated:
        whole = ProcessingStep(stage="ingest", outcome="forwarded", started=NOW, took=0, consumer="c", version="1")
        own = whole.model_copy(update={"stage": "parse", "part": event.part})
        return event.model_copy(update={"passages": (whole, own)})

    store(engine, parsed(part(1, 2)), parsed(part(2, 2)))

    with database.reading(engine) as connection:
        passages = queries.steps_of(connection, "d1")
    assert [(each.stage, each.part) for each in passages] == [
        ("ingest", None),
        ("parse", 1),
        ("parse", 2),
        ("store", 1),
        ("store", 2),
    ]


def test_the_slips_behind_the_findings_are_stored_with_them_and_replaced_with_them(engine: Engine) -> None:
    spoilt = report(cells={"applications.received.total": 3})
    found = judge(spoilt)
    event = validated(spoilt, *found.findings).model_copy(update={"diagnoses": found.diagnoses})
    persist(engine, [event], "tester")

    with database.reading(engine) as connection:
        (summary,) = queries.reports(connection)
        stored = queries.load(connection, summary.id)
    assert stored.diagnoses == found.diagnoses != ()

    persist(engine, [event.model_copy(update={"diagnoses": ()})], "tester")
    with database.reading(engine) as connection:
        assert queries.load(connection, summary.id).diagnoses == ()
