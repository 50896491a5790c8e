from datetime import UTC, datetime, timedelta

from prometheus_client.exposition import generate_latest

from shared.doubt import Doubt, DoubtCode
from shared.events import ObjectDiscovered, Validated
from shared.report import Finding, Report
from shared.telemetry.bounded import Bounded
from shared.telemetry.metrics import Metrics

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def validated() -> Validated:
    report = {
        "title": None,
        "authority": None,
        "year": 2025,
        "edition": "2021",
        "script": "simplified",
        "format": "text",
        "encoding": "utf-8",
        "sections": (),
        "disclosure": {"fees.amount": 1.5, "penalties.decisions": None},
        "applications": {"received": {"natural_person": 4, "total": 4}},
        "disputes": None,
        "doubts": {"disclosure.penalties.decisions": Doubt.of(DoubtCode.BLANK)},
    }
    return Validated(
        origin=ObjectDiscovered(key="某某.txt", etag="1", size=1, last_modified=NOW - timedelta(seconds=3)),
        document_id="ab" * 32,
        report=Report.model_validate(report),
        verdict="inconsistent",
        findings=(Finding(rule="applications.balance", at="total", severity="error", message="不平"),),
    )


def test_counters_of_a_stage_start_at_zero_so_that_the_first_message_shows() -> None:
    metrics = Metrics()
    metrics.start("parse")
    assert metrics.registry.get_sample_value("gouji_messages_total", {"stage": "parse", "outcome": "dead"}) == 0


def test_a_worked_message_is_counted_by_outcome_and_timed() -> None:
    metrics = Metrics()
    stage = metrics.start("parse")
    stage.took(2)
    stage.worked("forwarded", 0.002)
    stage.worked("rejected", 0.001)
    sample = metrics.registry.get_sample_value
    assert sample("gouji_messages_total", {"stage": "parse", "outcome": "forwarded"}) == 1
    assert sample("gouji_messages_total", {"stage": "parse", "outcome": "rejected"}) == 1
    assert sample("gouji_stage_seconds_count", {"stage": "parse"}) == 2
    assert sample("gouji_batch_messages_sum", {"stage": "parse"}) == 2


def test_a_committed_report_is_counted_with_its_findings_cells_verdict_and_way_end_to_end() -> None:
    metrics = Metrics()
    metrics.committed(validated(), NOW)
    sample = metrics.registry.get_sample_value
    assert sample("gouji_reports_total", {"edition": "2021", "format": "text"}) == 1
    assert sample("gouji_verdicts_total", {"verdict": "inconsistent"}) == 1
    assert sample("gouji_findings_total", {"rule": "applications.balance", "severity": "error"}) == 1
    assert sample("gouji_cells_total", {"table": "disclosure", "state": "null"}) == 1
    assert sample("gouji_cells_total", {"table": "applications", "state": "stated"}) == 2
    assert sample("gouji_doubts_total", {"code": "blank"}) == 1
    assert sample("gouji_end_to_end_seconds_sum") == 3


def test_a_clock_that_jumped_back_does_not_count_negative_seconds() -> None:
    metrics = Metrics()
    metrics.committed(validated(), NOW - timedelta(days=1))
    assert metrics.registry.get_sample_value("gouji_end_to_end_seconds_sum") == 0


def test_a_label_keeps_few_plain_values_whatever_it_is_given() -> None:
    bounded = Bounded(most=3)
    hostile = ["../../etc/passwd", "天津市静海区", "a" * 500, 'x"} evil 1', "", "ab" * 32]
    assert {bounded(value) for value in hostile} == {"other"}
    seen = [bounded(value) for value in ("text", "html", "pdf", "docx", "text")]
    assert seen == ["text", "html", "pdf", "other", "text"]


def test_two_processes_keep_registries_of_their_own() -> None:
    one, other = Metrics(), Metrics()
    one.start("parse").worked("forwarded", 0.1)
    assert b'outcome="forwarded",stage="parse"} 1.0' not in generate_latest(other.registry)
