"""Lines of prose become paragraphs: a line that fills the page's width goes on in the next."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from services.ingest.formats.pdf.writing import WrittenLine

_EM = 1.5  # of a line's height; what a line may lack at the right and still be full
_INDENT = 2.5  # of a line's height; what begins further right is centred, and no prose
_LARGER = 1.15  # ratio of heights from which on two lines are not of one paragraph
# A line that begins so is the first of its paragraph, however full the line above it is.
_OPENING = re.compile(
    r"[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）]|第[一二三四五六七八九十]+[条章节]|\d+[、.．](?!\d)"
)
_ENDING = "。！？"  # after which a full line may be the last of its paragraph, and a heading follow


class Margins(NamedTuple):
    """Where the lines of a page begin and end."""

    left: float
    right: float


def find_margins(lines: Iterable[WrittenLine]) -> Margins:
    lines = list(lines)
    return Margins(min((line.left for line in lines), default=0), max((line.right for line in lines), default=0))


def join_lines(lines: Iterable[tuple[str, WrittenLine]], margins: Margins) -> Iterator[tuple[str, str]]:
    """The source and text of each paragraph; the source is that of its first line."""
    source, text = "", ""
    above: WrittenLine | None = None
    for where, line in lines:
        if above is not None and _goes_on(above, line, margins):
            text += f" {line.text}" if text[-1].isascii() and line.text[0].isascii() else line.text
        else:
            if above is not None:
                yield source, text
            source, text = where, line.text
        above = line
    if above is not None:
        yield source, text


def _goes_on(above: WrittenLine, line: WrittenLine, margins: Margins) -> bool:
    em = min(above.height, line.height)
    return (
        above.right > margins.right - _EM * em
        and above.left < margins.left + _INDENT * em
        and line.left < margins.left + em
        and max(above.height, line.height) < _LARGER * em
        and not _OPENING.match(line.text)
        and above.text[-1] not in _ENDING
    )
