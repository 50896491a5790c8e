"""The prose as sentences, each with its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from shared.report import Report

# The sections that tell what happened; 二 to 四 are tables.
PROSE_SECTIONS = (1, 5, 6)

# What is longer than any prose a person writes is not read, so that no text can make judging slow: characters of a
# sentence, and sentences of a report. Real ones have about 100 and 60.
MAX_SENTENCE = 1000
MAX_SENTENCES = 1000

_SENTENCE = re.compile(r"[^。！？!?]+[。！？!?]?[”」』）)]?")
_EMPHASIS = re.compile(r"\*+|__+|~~+|`+")
_ENDS = tuple("。！？!?；;：:”")
# How a paragraph begins that is no line of the one above: an ordinal, a date in its own right, a heading.
_BEGINS = re.compile(
    r"(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]|[①-⑳]|第[一二三四五六七八九十]+[，、]|[一二三四五六]是|[#>*·•－-])"
)
# A line is wrapped only if it is about as long as the paragraph's longest: pages break lines at 20 characters or more.
_SHORTEST_WRAPPED = 20
_FILLED = 0.75  # of that; chosen: the last word of a full line may have gone to the next
_NUMERALS = "一二三四五六"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence without spaces. ``place`` counts parts, paragraphs and sentences from 1 (第一部分第3段第2句);
    ``opens`` says whether it is the first of its paragraph."""

    text: str
    place: str
    opens: bool


def sentences(report: Report) -> Iterator[Sentence]:
    """The sentences of the prose, in order; over-long ones are left out."""
    return islice((s for s in _sentences(report) if len(s.text) <= MAX_SENTENCE), MAX_SENTENCES)


def _sentences(report: Report) -> Iterator[Sentence]:
    for section in report.sections:
        if section.number not in PROSE_SECTIONS:
            continue
        part = f"第{_NUMERALS[section.number - 1]}部分"
        for row, paragraph in enumerate(paragraphs(section.text), 1):
            for count, found in enumerate(_SENTENCE.finditer(paragraph), 1):
                yield Sentence(found[0], f"{part}第{row}段第{count}句", count == 1)


def paragraphs(text: str) -> Iterator[str]:
    """The paragraphs of a section without spaces and emphasis, lines that extraction wrapped joined again."""
    lines = ["".join(line.split()) for line in _EMPHASIS.sub("", text).splitlines()]
    lines = list(filter(None, lines))
    longest = max(map(len, lines), default=0)
    held, last = "", 0
    for line in lines:
        if held and _goes_on(held, last, longest) and not _BEGINS.match(line):
            held += line
        else:
            if held:
                yield held
            held = line
        last = len(line)
    if held:
        yield held


def _goes_on(held: str, last: int, longest: int) -> bool:
    """Whether a paragraph whose last line has ``last`` characters may go on in the next line."""
    return not held.endswith(_ENDS) and last >= max(_SHORTEST_WRAPPED, _FILLED * longest)
