"""One run of the real pipeline, seen through Prometheus, its exposition, its traces and its log."""

import hashlib
import json
import re
import shutil
import subprocess
from collections import Counter, defaultdict
from collections.abc import Iterator
from urllib.request import urlopen

import pytest

from cli.installation import settings_of
from cli.live import Live
from deploy.preview.panels import boards
from shared.errors import REJECTION_CODES
from shared.events import STAGES
from tests.telemetry.observed import HOSTILE_NAMES, Run, observed
from tests.telemetry.rendered import rendered

pytestmark = [
    pytest.mark.skipif(not shutil.which("prometheus"), reason="needs Debian's package prometheus"),
    pytest.mark.xdist_group("observed"),
]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """The run; one for all tests of this module."""
    with observed(tmp_path_factory.mktemp("observed")) as run:
        yield run


def counted(run: Run, metric: str, *labels: str) -> Counter[tuple[str, ...]]:
    """What Prometheus says ``metric`` counted, by ``labels``; nothing where it counted nothing."""
    series = run.prometheus.instant(f"sum by ({', '.join(labels)}) ({metric}) > 0")
    return Counter({tuple(s["metric"][label] for label in labels): int(float(s["value"][1])) for s in series})


def expositions(run: Run) -> list[str]:
    """The /metrics page of every process."""
    targets = run.prometheus.get("targets")["activeTargets"]
    return [urlopen(target["scrapeUrl"], timeout=5).read().decode() for target in targets]


def test_every_document_is_counted_once_at_every_stage_by_its_outcome(run: Run) -> None:
    assert counted(run, "gouji_messages_total", "stage", "outcome") == run.expected.outcomes


def test_dead_letters_are_shown_once_by_stage_and_code(run: Run) -> None:
    assert counted(run, "gouji_dead_letters", "stage", "code") == run.expected.dead


def test_reports_verdicts_findings_and_null_cells_agree_with_what_was_sent(run: Run) -> None:
    assert counted(run, "gouji_reports_total", "edition", "format") == run.expected.reports
    assert counted(run, "gouji_verdicts_total", "verdict") == {(v,): n for v, n in run.expected.verdicts.items()}
    assert counted(run, "gouji_findings_total", "rule", "severity") == run.expected.findings
    assert run.prometheus.value('sum(gouji_cells_total{state="null"})') == run.expected.nulls
    assert run.prometheus.value("sum(gouji_doubts_total)") == run.expected.nulls
    assert run.prometheus.value("sum(gouji_end_to_end_seconds_count)") == run.expected.reports.total()


def test_the_streams_are_exported_by_one_of_two_ingest_processes_only_and_are_empty(run: Run) -> None:
    assert run.prometheus.value('count(gouji_stream_messages{stream="gouji.noticed"})') == 1
    assert run.prometheus.value("sum(gouji_stream_messages) + sum(gouji_waiting_messages)") == 0


@pytest.mark.parametrize("stage", STAGES)
def test_every_query_of_every_panel_gives_series(run: Run, stage: str) -> None:
    empty = [
        f"{board.title}, {panel.title}: {target.expr}"
        for board in boards(installation="data", stage=stage, instance=".*", __range="5m", __rate_interval="1m")
        for panel in board.panels
        for target in panel.targets
        if not run.prometheus.instant(target.expr)
    ]
    assert empty == []


def test_every_alert_and_recording_rule_is_evaluated_and_only_the_one_that_should_fires(run: Run) -> None:
    rules = [rule for group in run.prometheus.get("rules")["groups"] for rule in group["rules"]]
    assert len(rules) >= 20
    for rule in rules:
        run.prometheus.instant(rule["query"])
    assert [rule["name"] for rule in rules if rule["health"] != "ok"] == []
    alerts = run.prometheus.get("alerts")["alerts"]
    firing = [
        (each["labels"]["alertname"], each["labels"].get("stage")) for each in alerts if each["state"] == "firing"
    ]
    assert firing == [("GoujiDeadLettersArriving", "parse")]  # the message that was no event


def test_no_label_holds_anything_that_a_document_says_or_is_called(run: Run) -> None:
    words = {"job", "instance", "installation", "__name__", "le", "version", "python"}
    allowed = re.compile(r"[a-z][a-z_.]{0,40}(2019|2021)?|2019|2021")
    for exposition in expositions(run):
        labels = re.findall(r'[{,]([a-z_]+)="((?:[^"\\]|\\.)*)"', exposition)
        strange = {(name, value) for name, value in labels if name not in words and not allowed.fullmatch(value)}
        assert strange == set()
        assert not any(name in exposition for name in HOSTILE_NAMES)
    codes = {code for _, code in run.expected.dead}
    assert codes <= {*REJECTION_CODES, "malformed"}


def test_the_number_of_series_of_a_process_stays_small(run: Run) -> None:
    lines = [page.count("\n") for page in expositions(run)]
    assert max(lines) < 500


def test_promtool_finds_nothing_to_say_about_the_metrics(run: Run) -> None:
    for page in expositions(run):
        ours = "".join(line for line in page.splitlines(keepends=True) if "faststream_" not in line)
        checked = subprocess.run(["promtool", "check", "metrics"], input=ours, capture_output=True, text=True)
        assert checked.stderr + checked.stdout == ""


def test_the_terminal_shows_the_same_figures(run: Run) -> None:
    text = rendered(Live(settings_of(run.data)).look())
    assert re.search(r"ingest +│ +2 │ +2 │", text)
    assert re.search(r" 0 waiting ", text)
    for (stage, code), number in run.expected.dead.items():
        assert f"{stage} {code}: {number}" in text


def test_one_document_is_one_trace_through_four_processes(run: Run) -> None:
    spans_of = defaultdict(list)
    for span in run.collector.spans:
        spans_of[span.trace].append(span)
    document = hashlib.sha256(run.documents[HOSTILE_NAMES[0]]).hexdigest()
    (trace,) = {span.trace for span in run.collector.spans if span.attributes.get("gouji.document_id") == document}
    spans = spans_of[trace]
    assert len(spans) >= 8
    assert {span.service for span in spans} == set(STAGES)
    assert len({span.process for span in spans}) >= 4  # one of the two ingest processes notices, either may read
    ids = {span.id for span in spans}
    assert [span.name for span in spans if span.parent and span.parent not in ids] == []
    assert [span.name for span in spans if not span.parent] == ["gouji.noticed create"]


def test_the_span_of_a_document_links_to_the_batch_it_was_in(run: Run) -> None:
    batches = {span.id for span in run.collector.spans if span.name.endswith(" process")}
    documents = [span for span in run.collector.spans if span.name.endswith(" document")]
    assert documents
    assert all(set(span.links) & batches for span in documents)


def test_the_span_of_a_rejected_document_is_an_error(run: Run) -> None:
    failed = [
        span for span in run.collector.spans if span.failed and span.attributes.get("gouji.outcome") == "rejected"
    ]
    assert len(failed) == sum(n for (_, outcome), n in run.expected.outcomes.items() if outcome == "rejected")


def test_the_log_lines_of_a_document_carry_its_id_and_its_trace_in_every_service(run: Run) -> None:
    stages = defaultdict(set)
    for stage in STAGES:
        for path in (run.data / "log").glob(f"{stage}_*.log"):
            for text in path.read_text(encoding="utf-8").splitlines():
                line = json.loads(text)
                if line.get("document_id"):
                    stages[line["document_id"], line["trace_id"]].add(stage)
    whole = [found for found in stages.values() if found == set(STAGES)]
    assert len(whole) == run.expected.reports.total()
