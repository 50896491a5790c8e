"""Scores the judgement on labelled passages: false alarms, and recall by kind."""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from services.validate.judge import judge
from shared.report import Finding, Section
from tests.validate.prose import CELLS, FALSE, TRAPS, TRUE
from tests.validate.reports import report

AUTHORITY = "甲县石桥镇"
_BLIND = {"blind.toml": AUTHORITY, "blind-2.toml": "青石县石桥镇人民政府"}
"""The files of who had not seen the reader, and whose report theirs is."""
MOST_ALARMS = 0.01
"""Of the passages with nothing false, at most so many may be objected to."""
LEAST_RECALL = 0.85
"""Of the false statements, at least so many must be found."""


@dataclass(frozen=True)
class Passage:
    """A passage of a report of ``authority`` with so many ``false`` statements, of a ``kind``."""

    text: str
    false: int
    kind: str
    authority: str = AUTHORITY

    def findings(self) -> list[Finding]:
        """What is objected to in it."""
        sections = (Section(number=1, heading="总体情况", text=self.text), *report().sections[1:])
        judged = judge(report("2021", CELLS, authority=self.authority, sections=sections))
        return [finding for finding in judged.findings if finding.rule.startswith("narrative.")]


@dataclass
class Score:
    """``alarms`` and ``missed`` passages, and by kind how many false statements were found of how many."""

    passages: int = 0
    innocent: int = 0
    alarms: list[Passage] = field(default_factory=list)
    missed: list[Passage] = field(default_factory=list)
    kinds: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))

    @property
    def alarm_rate(self) -> float:
        """The share of innocent passages that were objected to."""
        return len(self.alarms) / self.innocent

    @property
    def recall(self) -> float:
        """The share of false statements that were found."""
        return sum(found for found, _ in self.kinds.values()) / sum(stated for _, stated in self.kinds.values())


def written() -> Iterator[Passage]:
    """The passages of who wrote the reader."""
    yield from (Passage(text, false, "") for text, false in FALSE)
    yield from (Passage(text, 0, "") for text in (*(text for text, _ in TRUE), *TRAPS))


def blind() -> Iterator[Passage]:
    """The passages of somebody who had not seen it."""
    for name, authority in _BLIND.items():
        text = (Path(__file__).parent / name).read_text(encoding="utf-8")
        yield from (Passage(**{"authority": authority} | each) for each in tomllib.loads(text)["passages"])


def score(passages: Iterable[Passage]) -> Score:
    """The score on ``passages``."""
    result = Score()
    for passage in passages:
        found = len(passage.findings())
        result.passages += 1
        if passage.false == 0:
            result.innocent += 1
            result.alarms += [passage] if found else []
            continue
        kind = result.kinds[passage.kind]
        kind[0] += min(found, passage.false)
        kind[1] += passage.false
        result.missed += [passage] if found < passage.false else []
    return result
