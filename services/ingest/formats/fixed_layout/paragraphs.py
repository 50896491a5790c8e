"""Lines of prose become paragraphs: a line that fills the page's width goes on in the next."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from services.ingest.formats.fixed_layout.page import Box, around
from services.ingest.formats.fixed_layout.writing import WrittenLine
from shared.doubt import DoubtCode

_EM = 1.5  # of a line's height; what a line may lack at the right and still be full
_INDENT = 2.5  # of a line's height; what begins further right is centred, and no prose
_LARGER = 1.15  # ratio of heights from which on two lines are not of one paragraph
# A line that begins so is the first of its paragraph, however full the line above it is.
_OPENING = re.compile(
    r"[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）]|第[一二三四五六七八九十]+[条章节]|\d+[、.．](?!\d)"
)
# A line that is a title from end to end: it may fill its width, and prose stand below it.
_TITLE = re.compile(r"[^，。；：、！？]+(?:年度报告|年報|年报|年度報告)")
_ENDING = "。！？"  # after which a full line may be the last of its paragraph, and a heading follow


class Margins(NamedTuple):
    """Where the lines of a page begin and end."""

    left: float
    right: float


def find_margins(lines: Iterable[WrittenLine]) -> Margins:
    """The leftmost and the rightmost that any of ``lines`` reaches; 0 where there is none."""
    lines = list(lines)
    return Margins(min((line.left for line in lines), default=0), max((line.right for line in lines), default=0))


class Paragraph(NamedTuple):
    """Lines of prose that go on with one another: the ``source`` of the first, and the ``box`` around those of its
    page."""

    source: str
    text: str
    box: Box
    doubt: DoubtCode | None


def join_lines(lines: Iterable[tuple[str, int, WrittenLine]], margins: Margins) -> Iterator[Paragraph]:
    """The paragraphs that lines make, each with its source and page."""
    run: list[tuple[str, int, WrittenLine]] = []
    for placed in lines:
        if run and not _goes_on([line for _, _, line in run], placed[2], margins):
            yield _paragraph(run)
            run = []
        run.append(placed)
    if run:
        yield _paragraph(run)


def _paragraph(run: Sequence[tuple[str, int, WrittenLine]]) -> Paragraph:
    source, page, first = run[0]
    text = first.text
    for _, _, line in run[1:]:
        text += f" {line.text}" if text[-1].isascii() and line.text[0].isascii() else line.text
    doubt = next((line.doubt for _, _, line in run if line.doubt), None)
    return Paragraph(source, text, around([line.box for _, at, line in run if at == page]), doubt)


def _goes_on(run: Sequence[WrittenLine], line: WrittenLine, margins: Margins) -> bool:
    above = run[-1]
    em = min(above.height, line.height)
    return (
        above.right > margins.right - _EM * em
        and above.left < margins.left + _INDENT * em
        and line.left < margins.left + em
        and max(above.height, line.height) < _LARGER * em
        and not _OPENING.match(line.text)
        and above.text[-1] not in _ENDING
        and not (len(run) == 1 and _TITLE.fullmatch(above.text))
    )
