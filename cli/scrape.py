"""What the processes of an installation count, read from their /metrics pages."""

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from http.client import HTTPException
from typing import NamedTuple
from urllib.request import urlopen

from prometheus_client.parser import text_string_to_metric_families

from cli.processes import Process

_ANSWER_SECONDS = 2  # chosen: all processes are asked in turn, and a person waits

Labels = frozenset[tuple[str, str]]


class Sample(NamedTuple):
    """All figures at one moment (``at``, seconds of a clock that never jumps), by URL of the process, name and
    labels."""

    at: float
    figures: dict[tuple[str, str, Labels], float]

    def total(self, name: str, by: str) -> dict[str, float]:
        """The figures called ``name``, added up by the label ``by``."""
        totals: dict[str, float] = defaultdict(float)
        for (_, found, labels), value in self.figures.items():
            if found == name and (label := dict(labels).get(by)) is not None:
                totals[label] += value
        return totals

    def outcomes(self, outcome: str) -> dict[str, float]:
        """Messages with this outcome, by stage."""
        of_outcome = {key: value for key, value in self.figures.items() if ("outcome", outcome) in key[2]}
        return Sample(self.at, of_outcome).total("gouji_messages_total", "stage")

    def settled(self) -> dict[str, float]:
        """Messages that are done with, by stage: all but those that will be tried again."""
        retried = self.outcomes("retried")
        totals = self.total("gouji_messages_total", "stage")
        return {stage: number - retried.get(stage, 0.0) for stage, number in totals.items()}


def scrape(processes: Iterable[Process]) -> Sample:
    """The figures of ``processes``; one that does not answer has none."""
    figures = {}
    for process in processes:
        for name, labels, value in _page(process):
            figures[process.url, name, labels] = value
    return Sample(time.monotonic(), figures)


def since(before: Sample, after: Sample) -> Sample:
    """How much every counter grew from ``before`` to ``after``, each second. A process that started in between (a
    counter that is new, or smaller) grew by what it shows."""
    seconds = max(after.at - before.at, 1e-6)
    grown = {}
    for key, value in after.figures.items():
        grew = value - before.figures.get(key, 0.0)
        grown[key] = (grew if grew >= 0 else value) / seconds
    return Sample(after.at, grown)


def _page(process: Process) -> Iterator[tuple[str, Labels, float]]:
    try:
        with urlopen(f"{process.url}/metrics", timeout=_ANSWER_SECONDS) as answer:  # noqa: S310 - the URL it gave itself
            text = answer.read().decode()
    except (OSError, HTTPException):
        return
    for family in text_string_to_metric_families(text):
        if family.name.startswith("gouji_"):
            for sample in family.samples:
                yield sample.name, frozenset(sample.labels.items()), sample.value
