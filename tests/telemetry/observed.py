"""A run of the real pipeline under a real Prometheus and an OTLP collector, and what it should have shown."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from redis import Redis

import gouji
from deploy.preview.prometheus import Prometheus
from deploy.preview.prometheus import running as prometheus_running
from shared.events import INGESTED
from tests.telemetry.collector import Collector, collecting

SAMPLES = Path(__file__).parents[2] / "samples" / "bucket"
HOSTILE_NAMES = ('x"} evil 1.txt', "new\nline.txt", "%2e%2e%2fpasswd.txt", "a" * 200 + ".txt", "{{.}}$(id)`id`.txt")
_SECONDS = 60


class Expected(NamedTuple):
    """What the documents sent should count as, by the pure functions and without the pipeline."""

    outcomes: Counter[tuple[str, str]]
    dead: Counter[tuple[str, str]]
    reports: Counter[tuple[str, str]]
    verdicts: Counter[str]
    findings: Counter[tuple[str, str]]
    nulls: int

    @property
    def settled(self) -> int:
        """How many messages the stages settle together."""
        return self.outcomes.total()


class Run(NamedTuple):
    """The run, over and still up: every document is settled, and Prometheus has seen it."""

    prometheus: Prometheus
    collector: Collector
    expected: Expected
    data: Path
    documents: dict[str, bytes]


def documents() -> dict[str, bytes]:
    """The samples, some again under hostile names, and two files that are no documents."""
    samples = {path.name: path.read_bytes() for path in sorted(SAMPLES.iterdir())}
    text = next(data for name, data in samples.items() if name.endswith(".txt"))
    hostile = {name: text + b"\n" * n for n, name in enumerate(HOSTILE_NAMES, start=1)}
    return samples | hostile | {"empty.txt": b"", "noise.bin": bytes(range(256)) * 8}


def expected(files: dict[str, bytes]) -> Expected:
    """What ``files`` and one message that is no event should count as."""
    found = Expected(Counter(), Counter(), Counter(), Counter(), Counter(), 0)
    nulls = 0
    for name, data in files.items():
        (outcome,) = gouji.read(data, name)
        report, judgement, rejection = outcome.report, outcome.judgement, outcome.rejection
        if rejection:
            stage = "parse" if rejection.code == "not_a_report" else "ingest"
            found.outcomes["ingest", "forwarded"] += stage == "parse"
            found.outcomes[stage, "rejected"] += 1
            found.dead[stage, rejection.code] += 1
        if report is None or judgement is None:
            continue
        for stage in ("ingest", "parse", "validate", "store"):
            found.outcomes[stage, "forwarded"] += 1
        found.reports[report.edition, report.format] += 1
        found.verdicts[judgement.verdict] += 1
        found.findings.update((finding.rule, finding.severity) for finding in judgement.findings)
        nulls += judgement.whole.cells - judgement.whole.stated
    found.outcomes["parse", "dead"] += 1
    found.dead["parse", "malformed"] += 1
    return found._replace(nulls=nulls)


@contextmanager
def observed(folder: Path) -> Iterator[Run]:
    """Starts everything in ``folder``, sends the documents, waits until all is settled and seen."""
    bucket, data = folder / "bucket", folder / "data"
    files = documents()
    bucket.mkdir()
    with (
        collecting() as collector,
        _pipeline(bucket, data, collector),
        prometheus_running(folder, data / "prometheus" / "targets.json", "250ms") as prometheus,
    ):
        wanted = expected(files)
        _until(prometheus.value, "count(gouji_build_info)", 5)
        _until(prometheus.value, "count(gouji_starts)", 4)
        _send(files, bucket, data)
        _until(prometheus.value, 'sum(gouji_messages_total{outcome!="retried"})', wanted.settled)
        _until(prometheus.value, "sum(gouji_dead_letters)", wanted.dead.total())
        _until(prometheus.value, "sum(gouji_stream_messages) == bool 0", 1)
        _until(
            prometheus.value, "count(gouji:end_to_end_late:ratio_rate1h) + 0 * count(rate(gouji_reports_total[1m]))", 1
        )
        _until(collector.count, " document", wanted.settled)
        yield Run(prometheus, collector, wanted, data, files)


@contextmanager
def _pipeline(bucket: Path, data: Path, collector: Collector) -> Iterator[None]:
    gouji = str(Path(sys.executable).with_name("gouji"))
    command = [gouji, "up", "--bucket", str(bucket), "--data", str(data), "--scale", "ingest=2"]
    variables = {"GOUJI_OTLP_ENDPOINT": collector.endpoint, "OTEL_BSP_SCHEDULE_DELAY": "100"}
    variables |= {"GOUJI_TRACE_SAMPLE": "1", "GOUJI_LOG_SAMPLE": "1"}
    process = subprocess.Popen(command, env=os.environ | variables, stdout=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)


def _send(files: dict[str, bytes], bucket: Path, data: Path) -> None:
    for name, content in files.items():
        (bucket / name).write_bytes(content)
    url = json.loads((data / "gouji.json").read_text())["redis_url"]
    with Redis.from_url(url) as broker:
        broker.xadd(INGESTED, {"__data__": b"no event"})


def _until(figure: Callable[[str], float], of: str, value: float) -> None:
    """Waits until the ``figure`` of something is at least ``value``."""
    deadline = time.monotonic() + _SECONDS
    while (now := figure(of)) < value:
        if time.monotonic() > deadline:
            raise TimeoutError(f"{of} is {now:g}, not {value:g}")
        time.sleep(0.1)
