"""Finds the sections of a report by their headings, and their prose."""

import re
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from typing import NamedTuple

from rapidfuzz import fuzz

from services.parse.essence import essence
from services.parse.memo import Memo
from shared.blocks import Block
from shared.form import EDITIONS, load_form
from shared.report import Section

_NUMERALS = "一二三四五六七八九十"
_ORDINAL = re.compile(rf"\s*(?:第?([{_NUMERALS}])(?:部分)?\s*[、.．,，:：\s]?|([1-6])\s*[、.．])\s*")
_IN_CONTENTS = re.compile(r"[….·]{2,}\s*[0-9]+$")
_PAGE_NUMBER = 8  # characters
_TELLING = 8  # characters; a shorter heading of other words than the decree's is one only behind 一、
_LONGEST_HEADING = 40
_ALIKE = 68.0
_ALIKE_UNNUMBERED = 90.0
_FOOT = re.compile(
    r"(?:【?打印|【?关闭|扫一扫|上一篇|下一篇|分享到|版权所有|主办单位|承办单位|网站标识码|相关链接|责任编辑|备案号|关于我们|网站地图).*"
)


class Heading(NamedTuple):
    """A heading: its number, the block it stands in, its text as published, and what follows it in the same block."""

    number: int
    at: int
    text: str
    rest: str = ""


@cache
def _words() -> dict[str, int]:
    """The essence of every heading of every edition, and its number."""
    return {
        essence(heading): section.number
        for edition in EDITIONS
        for section in load_form(edition).sections
        for heading in (section.heading, *section.aliases)
    }


class Outline(NamedTuple):
    """The headings of a report, ascending, and where what follows it on the page begins."""

    headings: list[Heading]
    end: int


@cache
def _decreed() -> frozenset[str]:
    """The essence of the headings as the decrees word them."""
    return frozenset(essence(section.heading) for edition in EDITIONS for section in load_form(edition).sections)


def find_outline(blocks: Sequence[Block]) -> Outline:
    """The six sections of the first report on the page; a list of contents before it, and a report after it (last
    year's), are told apart by their headings beginning anew."""
    found = [
        heading._replace(at=at)
        for at, block in enumerate(blocks)
        if len(text := block.text) > 3 and (heading := _SHORT[text] if len(text) <= _LONGEST_HEADING else _long(text))
    ]
    series = _series(found)
    told = [own for own in series if not _is_contents(own, blocks)] or series
    if not told:
        return Outline([], len(blocks))
    fullest = max(len(_ascending(own)) for own in told)
    chosen = next(own for own in told if 2 * len(_ascending(own)) >= fullest)
    later = [own[0].at for own in told if own[0].at > chosen[0].at and len(own) > 1]
    return Outline(_ascending(chosen), min(later, default=len(blocks)))


def _series(found: Sequence[Heading]) -> list[list[Heading]]:
    """``found`` in runs, each of which begins with a first section (or at the first heading of all)."""
    series: list[list[Heading]] = []
    for heading in found:
        if not series or heading.number == 1:
            series.append([])
        series[-1].append(heading)
    return series


def _ascending(series: Sequence[Heading]) -> list[Heading]:
    """One heading a number, each after the one before."""
    chosen: list[Heading] = []
    for heading in series:
        if not chosen or heading.number > chosen[-1].number:
            chosen.append(heading)
    return chosen


def _is_contents(series: Sequence[Heading], blocks: Sequence[Block]) -> bool:
    """Whether nothing but page numbers stands between the headings."""
    headings = {heading.at for heading in series}
    between = (blocks[at].text for at in range(series[0].at, series[-1].at) if at not in headings)
    return len(series) > 2 and all(len(text) <= _PAGE_NUMBER for text in between)


@cache
def _stems() -> tuple[tuple[str, int], ...]:
    return tuple(_words().items())


def _long(text: str) -> Heading | None:
    return _run_in(0, text, ordinal) if (ordinal := _ORDINAL.match(text)) else None


def _read_short(text: str) -> Heading | None:
    at = 0
    if (text[0].isdigit() and not text[:2].endswith((".", "、", "．"))) or _IN_CONTENTS.search(text):
        return None
    ordinal = _ORDINAL.match(text)
    stem = essence(text[ordinal.end() :] if ordinal else text)
    formal = ordinal is not None and ordinal[1] is not None
    if (number := _words().get(stem)) is not None and (formal or len(stem) >= _TELLING or stem in _decreed()):
        return Heading(number, at, text.strip())
    if not ordinal and (text[-1] in "。；，！" or text[0] in "（("):
        return None
    if not ordinal:
        return _alike(at, text, stem, 0, _ALIKE_UNNUMBERED)
    number = _NUMERALS.index(ordinal[1]) + 1 if ordinal[1] else int(ordinal[2])
    return _run_in(at, text, ordinal) or _alike(at, text, stem, number, _ALIKE)


_SHORT = Memo(_read_short, _LONGEST_HEADING)


def _alike(at: int, text: str, stem: str, number: int, threshold: float) -> Heading | None:
    """A heading that differs by some words; where numbered, of that number."""
    if len(stem) < 4:
        return None
    words = [(word, own) for word, own in _stems() if own == number or (not number and word in _decreed())]
    best = max(((fuzz.ratio(stem, word), own) for word, own in words), default=(0.0, 0))
    return Heading(best[1], at, text.strip()) if best[0] >= threshold else None


def _run_in(at: int, text: str, ordinal: re.Match[str]) -> Heading | None:
    """A heading that its text follows on the same line: ``六、其他需要报告的事项：无``."""
    number = _NUMERALS.index(ordinal[1]) + 1 if ordinal[1] else int(ordinal[2])
    beginning = essence(text[ordinal.end() : ordinal.end() + 2 * _LONGEST_HEADING])
    for word, own in _stems():
        if own != number or not beginning.startswith(word):
            continue
        end = ordinal.end()
        while essence(text[ordinal.end() : end]) != word:
            end += 1
        rest = text[end:].lstrip(" 　。，：:.").rstrip()
        if rest and text[end] in " 　。：:.\n":
            return Heading(number, at, text[:end].strip(), rest)
    return None


def write_sections(
    blocks: Sequence[Block], headings: Sequence[Heading], tabular: Collection[int]
) -> tuple[Section, ...]:
    """The sections under ``headings``; ``tabular`` are the blocks that belong to tables."""
    sections = []
    ends = [*(heading.at for heading in headings), len(blocks)][1:]
    for heading, end in zip(headings, ends, strict=True):
        last = heading is headings[-1]
        prose = list(_prose(blocks, range(heading.at + 1, end), tabular, last))
        lines = [heading.rest, *prose] if heading.rest else prose
        sections.append(Section(number=heading.number, heading=heading.text, text="\n".join(lines)))
    return tuple(sections)


def _prose(blocks: Sequence[Block], places: Iterable[int], tabular: Collection[int], last: bool) -> Iterable[str]:
    for at in places:
        if at in tabular and not last:
            continue
        text = blocks[at].text.strip()
        if last and _FOOT.fullmatch(text):
            return
        if text and at not in tabular:
            yield text
