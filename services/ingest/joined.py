"""Pages whose lines were all joined into one, as some sites' search pages and some converters leave them."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from services.ingest.spaces import is_figure

_SHORTEST = 400  # characters; a paragraph seldom has more, a page always has
_FEWEST_SPACES = 20  # where lines and cells met
_FEWEST_FIGURES = 2  # chosen: one may stand anywhere in prose
_FEWEST_HEADINGS = 4  # of six; chosen: some are worded too freely to be found
_NUMERALS = "一二三四五六七八九十"
# Where a line begins: behind a sentence that a space follows, or where a heading or row is numbered.
_BEGINNING = re.compile(
    rf"(?<=。 )|(?<=[ 。；])(?=(?:[{_NUMERALS}]、|[（(][{_NUMERALS}][）)](?!项)|\d{{1,2}}[.．、](?!\d)))"
)
_HEADING = re.compile(rf"(?:^|(?<=[ 。；]))([{_NUMERALS}])、")
# Behind a heading of its own, or a heading and its sentences.
_AFTER_HEADING = re.compile(rf"^([{_NUMERALS}]、[^ 。，；：]{{2,30}}) (?=[^\s\d])")


def parted(lines: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """``lines`` (source and text of each) with those cut where theirs began that hold a whole page; the pieces keep the
    source."""
    for source, text in lines:
        if len(text) < _SHORTEST or text.count(" ") < _FEWEST_SPACES or not _is_page(text):
            yield source, text
            continue
        for piece in _BEGINNING.split(text):
            for line in _AFTER_HEADING.sub("\\1\n", piece.strip(), count=1).split("\n"):
                yield from ((source, row) for row in _rows(line))


def _is_page(text: str) -> bool:
    """Whether numbered headings follow one another in ``text``."""
    expected = 0
    for match in _HEADING.finditer(text):
        if _NUMERALS.index(match[1]) == expected:
            expected += 1
    return expected >= _FEWEST_HEADINGS


def _rows(line: str) -> Iterator[str]:
    """A line of a page; where it is no sentence, but labels and figures in turn, each label and figure by itself (that
    figures stand beside their label nobody can say any more), and what stands before a label as headings."""
    words = line.split()
    if "。" in line or sum(map(is_figure, words)) < _FEWEST_FIGURES:
        yield line
        return
    label = ""
    for figures, run in groupby(words, key=is_figure):
        cells = list(run)
        if figures:
            yield from (label, *cells)
        else:
            *headings, label = cells
            if headings:
                yield "\t".join(headings)
