"""Every metric of gouji, declared once. The names are a contract (design.md): dashboards and alerts query them.

Labels are bounded: a stage, an outcome, a stream, a rule, a code, an edition, a format; never a document id, a path or
an authority. What is not a constant of ours goes through :class:`~shared.telemetry.bounded.Bounded` first.
"""

import platform
from collections import Counter as Tally
from collections.abc import Iterator
from datetime import datetime
from typing import get_args

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info, ProcessCollector

from shared.doubt import DoubtCode
from shared.events import LAST, StageName, Validated
from shared.form.model import TableKey
from shared.report import Report, Verdict
from shared.telemetry.bounded import Bounded
from shared.version import VERSION

OUTCOMES = ("forwarded", "rejected", "retried", "dead")

# A text report takes about a millisecond, a long PDF some seconds: each bucket is twice to three times the one before.
_STAGE_SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
# From a quiet pipeline (under a second) to a night's backlog (hours).
_END_TO_END_SECONDS = (0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 14400)
# Up to GOUJI_BATCH_MESSAGES, 100 unless set otherwise.
_BATCH_MESSAGES = (1, 2, 5, 10, 20, 50, 100, 200, 500)


class Metrics:
    """The metrics of one process, on a registry of its own: a scaled stage is several processes, each scraped by
    itself, so nothing has to be merged between them."""

    def __init__(self, registry: CollectorRegistry | None = None) -> None:
        self.registry = registry or CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self.build = Info("gouji_build", "The software this process runs.", ["stage"], registry=self.registry)
        self.ready = Gauge(
            "gouji_ready", "1 while the stage can reach everything it needs, else 0.", ["stage"], registry=self.registry
        )

        self.watching = Gauge(
            "gouji_watching",
            "1 while the bucket is watched, as this process of ingest sees it, else 0; by what it takes.",
            ["part"],
            registry=self.registry,
        )
        self.messages = Counter(
            "gouji_messages_total",
            "Messages settled by a stage, and tries that are to be repeated (retried).",
            ["stage", "outcome"],
            registry=self.registry,
        )
        self.stage_seconds = Histogram(
            "gouji_stage_seconds",
            "How long a stage worked on one message.",
            ["stage"],
            buckets=_STAGE_SECONDS,
            registry=self.registry,
        )
        self.batch_messages = Histogram(
            "gouji_batch_messages",
            "How many messages a stage took at a time.",
            ["stage"],
            buckets=_BATCH_MESSAGES,
            registry=self.registry,
        )

        self.end_to_end_seconds = Histogram(
            "gouji_end_to_end_seconds",
            "From an object's last change in the bucket to its report committed in the database.",
            buckets=_END_TO_END_SECONDS,
            registry=self.registry,
        )
        self.reports = Counter(
            "gouji_reports_total", "Reports committed.", ["edition", "format"], registry=self.registry
        )
        self.verdicts = Counter("gouji_verdicts_total", "Reports committed.", ["verdict"], registry=self.registry)
        self.findings = Counter(
            "gouji_findings_total", "Findings committed.", ["rule", "severity"], registry=self.registry
        )
        self.cells = Counter(
            "gouji_cells_total",
            "Cells of the reports committed: those with a figure, and those left null.",
            ["table", "state"],
            registry=self.registry,
        )
        self.doubts = Counter(
            "gouji_doubts_total", "Null cells of the reports committed, by why.", ["code"], registry=self.registry
        )
        self._bounded_rule = Bounded()
        self._bounded_format = Bounded(16)

    def start(self, stage: StageName) -> "StageMetrics":
        """Says which stage this process runs, and starts its counters at zero, so that the first message shows."""
        self.build.labels(stage).info({"version": VERSION, "python": platform.python_version()})
        if stage == LAST:
            for verdict in get_args(Verdict):
                self.verdicts.labels(verdict)
            for table in get_args(TableKey):
                self.cells.labels(table, "stated")
                self.cells.labels(table, "null")
            for code in DoubtCode:
                self.doubts.labels(code)
        return StageMetrics(self, stage)

    def committed(self, event: Validated, at: datetime) -> None:
        """A report was committed at ``at`` (UTC): counts it, its findings and its cells, and its way end to end."""
        report = event.report
        self.end_to_end_seconds.observe(max(0.0, (at - event.origin.last_modified).total_seconds()))
        self.reports.labels(report.edition, self._bounded_format(report.format)).inc()
        self.verdicts.labels(event.verdict).inc()
        for finding in event.findings:
            self.findings.labels(self._bounded_rule(finding.rule), finding.severity).inc()
        for table, stated, null in _cells(report):
            self.cells.labels(table, "stated").inc(stated)
            self.cells.labels(table, "null").inc(null)
        for code, number in Tally(doubt.code for doubt in report.doubts.values()).items():
            self.doubts.labels(code).inc(number)


class StageMetrics:
    """What one stage counts, its labels looked up once."""

    def __init__(self, metrics: Metrics, stage: StageName) -> None:
        self._outcomes = {outcome: metrics.messages.labels(stage, outcome) for outcome in OUTCOMES}
        self._seconds = metrics.stage_seconds.labels(stage)
        self._batch = metrics.batch_messages.labels(stage)
        self._ready = metrics.ready.labels(stage)

    def took(self, messages: int) -> None:
        """A batch of ``messages`` was taken from the stream."""
        self._batch.observe(messages)

    def worked(self, outcome: str, seconds: float) -> None:
        """One message was worked for ``seconds`` and settled with ``outcome`` (one of OUTCOMES)."""
        self._outcomes[outcome].inc()
        self._seconds.observe(seconds)

    def ready(self, ready: bool) -> None:
        """The stage can, or cannot, reach everything it needs."""
        self._ready.set(ready)


def _cells(report: Report) -> Iterator[tuple[str, int, int]]:
    """For each table of ``report``: its key, how many cells hold a figure, how many are null."""
    counted = Tally((cell.table, figure is None) for cell, figure in report.stated())
    for table in get_args(TableKey):
        yield table, counted[table, False], counted[table, True]
