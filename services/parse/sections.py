"""Finds the sections of a report by their headings, and their prose."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import NamedTuple

from services.parse.furniture import is_foot
from services.parse.headings import Heading, is_decreed, read_heading, read_heading_of_any_ordinal
from services.parse.title import is_title
from shared.blocks import Block
from shared.report import Section

_PAGE_NUMBER = 8  # characters
_SECTIONS = 6  # of the form
_MOSTLY = 4  # of six
_FEWEST = 2  # headings; more of them are no chance


class Outline(NamedTuple):
    """The headings of a report, ascending, and where what follows it on the page begins; ``series`` are all runs of
    headings on the page that begin again, lists of contents left out."""

    headings: list[Heading]
    end: int
    series: tuple["Series", ...] = ()


class Series(NamedTuple):
    """A run of headings: the first and the last block of it, and how many of the six sections it names in order."""

    first: int
    last: int
    sections: int


def find_outline(blocks: Sequence[Block]) -> Outline:
    """The six sections of the first report on the page; a list of contents before it, and a report after it (last
    year's), are told apart by their headings beginning again."""
    outline = _outline(blocks, read_heading)
    if len(outline.headings) < _SECTIONS:
        of_any_ordinal = _outline(blocks, read_heading_of_any_ordinal)
        if len(of_any_ordinal.headings) > max(_FEWEST, len(outline.headings)):
            return of_any_ordinal
    return outline


def _outline(blocks: Sequence[Block], read: Callable[[str], Heading | None]) -> Outline:
    found = [
        heading._replace(at=at)
        for at, block in enumerate(blocks)
        if len(text := block.text) > 3 and (heading := read(text))
    ]
    series = _series(found)
    told = [own for own in series if not _is_contents(own, blocks)] or series
    if not told:
        return Outline([], len(blocks))
    climbing = [_ascending(own) for own in told]
    fullest = max(map(len, climbing))
    chosen, headings = next((own, up) for own, up in zip(told, climbing, strict=True) if 2 * len(up) >= fullest)
    later = [own[0].at for own in told if own[0].at > chosen[0].at and len(own) > 1]
    runs = tuple(Series(own[0].at, own[-1].at, len(up)) for own, up in zip(told, climbing, strict=True) if len(own) > 1)
    return Outline(headings, min(later, default=len(blocks)), runs)


def _series(found: Sequence[Heading]) -> list[list[Heading]]:
    """``found`` in runs, each of which begins with a first section (or at the first heading of all)."""
    series: list[list[Heading]] = []
    for heading in found:
        if not series or heading.number == 1:
            series.append([])
        series[-1].append(heading)
    return series


def _ascending(series: Sequence[Heading]) -> list[Heading]:
    """One heading a number, each after the one before. Where a number stands twice, the decree's own words count: an
    office may number what it tells within a section likewise."""
    chosen = _climbing(series)
    if len(chosen) == len(series):
        return chosen
    decreed = _climbing([heading for heading in series if is_decreed(heading.text)])
    if len(decreed) < _MOSTLY:
        return chosen
    for heading in series:
        before = max((own.at for own in decreed if own.number < heading.number), default=-1)
        after = min((own.at for own in decreed if own.number > heading.number), default=heading.at + 1)
        if before < heading.at < after and all(own.number != heading.number for own in decreed):
            decreed.append(heading)
    return sorted(decreed)


def _climbing(series: Sequence[Heading]) -> list[Heading]:
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
        if last and (is_foot(text) or is_title(text)):
            return
        if text and at not in tabular:
            yield text
