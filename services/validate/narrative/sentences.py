"""The prose as sentences, each with its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from shared.report import Report

# The sections that tell what happened; 二 to 四 are tables.
PROSE_SECTIONS = (1, 5, 6)

# What is longer than any prose a person writes is not read, so that no text can make judging slow: characters of a
# sentence, of what is kept of its paragraph before it, and sentences of a report. Real ones have about 100, 400 and 60.
MAX_SENTENCE = 1000
MAX_BEFORE = 1000
MAX_SENTENCES = 1000

_SENTENCE = re.compile(r"[^。！？!?]+[。！？!?]?[”」』）)]?")
_SPACE = re.compile(r"\s+")
_NUMERALS = "一二三四五六"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence without spaces. ``place`` counts parts, paragraphs and sentences from 1 (第一部分第3段第2句);
    ``before`` is what precedes it in its paragraph."""

    text: str
    place: str
    before: str


def sentences(report: Report) -> Iterator[Sentence]:
    """The sentences of the prose, in order; over-long ones are left out."""
    return islice((s for s in _sentences(report) if len(s.text) <= MAX_SENTENCE), MAX_SENTENCES)


def _sentences(report: Report) -> Iterator[Sentence]:
    for section in report.sections:
        if section.number not in PROSE_SECTIONS:
            continue
        part = f"第{_NUMERALS[section.number - 1]}部分"
        paragraphs = [_SPACE.sub("", line) for line in section.text.splitlines()]
        for row, paragraph in enumerate(filter(None, paragraphs), 1):
            for count, found in enumerate(_SENTENCE.finditer(paragraph), 1):
                before = paragraph[max(0, found.start() - MAX_BEFORE) : found.start()]
                yield Sentence(found[0], f"{part}第{row}段第{count}句", before)
