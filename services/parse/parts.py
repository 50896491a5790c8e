"""The reports that one file holds: two years as two sheets, a city's page with those of its bureaus, last year's below.

Another report may begin where headings begin again, at a title that names another authority or year, and at a sheet
that states the same rows again. It does where what stands before shows a report by itself; so does what stands behind,
or it is no report: links to others, and text around.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from services.parse.admission import LABELS, SECTIONS
from services.parse.headings import Heading
from services.parse.mending import mend_headings
from services.parse.sections import Outline, find_outline
from services.parse.table.segments import is_table_word
from services.parse.title import Title, find_title, find_titles
from shared.blocks import Block

_PROSE = 200  # characters in sentences, some two paragraphs: more than a link has below it
# Of a sheet's words, for it to state the rows of another again; a table that goes on repeats its header.
_REPEATED = 0.5


class Part(NamedTuple):
    """A report as it stands in a file: its blocks, its headings and title; ``rest`` is the heading that stands first in
    what was found behind it and is no report, empty where nothing with headings is."""

    blocks: Sequence[Block]
    headings: list[Heading]
    title: Title | None
    rest: str = ""


def find_parts(blocks: Sequence[Block], within: bool = False) -> list[Part]:
    """The reports in ``blocks``, in their order; the first of the page where nothing shows that there are several.

    What stands between two places where one begins is looked at again by itself: there other headings may count than
    on the whole page (``within``; once is enough)."""
    blocks, outline = _mended(blocks)
    signs = _Signs(blocks, outline)
    cuts = signs.cuts()
    pieces = [blocks[start:end] for start, end in pairwise([0, *cuts, len(blocks)])]
    rest = ""
    if cuts and not signs.show_report(cuts[-1], len(blocks)):
        rest = next((blocks[first].text for first, _, _ in outline.series if first >= cuts[-1]), "")
        del pieces[-1]
    if len(pieces) == 1:
        found = [_part(blocks, outline)]
    elif within:
        found = [_part(*_mended(piece)) for piece in pieces]
    else:
        found = [part for piece in pieces for part in find_parts(piece, within=True)]
    return [*found[:-1], found[-1]._replace(rest=found[-1].rest or rest.strip())]


def _mended(blocks: Sequence[Block]) -> tuple[Sequence[Block], Outline]:
    """``blocks`` with broken headings put together where that shows no fewer of them, and the outline."""
    outline = find_outline(blocks)
    if (mended := mend_headings(blocks, outline.headings)) is not blocks:
        other = find_outline(mended)
        if len(other.headings) >= len(outline.headings):
            return mended, other
    return blocks, outline


def _part(blocks: Sequence[Block], outline: Outline) -> Part:
    """The first report of ``blocks``, up to where something else begins."""
    headings, end, _ = outline
    title = find_title(blocks, 0, headings[0].at if headings else len(blocks))
    other = find_title(blocks, headings[-1].at + 1, end) if headings else None
    # A link to last year's, mostly.
    if other and (end < len(blocks) or (title and title.year and other.year not in (None, title.year))):
        end = other.at
    return Part(blocks[:end], headings, title)


class _Signs:
    """What on a page shows reports, and where another may begin; linear in its length, whatever it holds."""

    def __init__(self, blocks: Sequence[Block], outline: Outline) -> None:
        self._blocks = blocks
        self._series = outline.series
        self._sheets = _sheets(blocks)
        several = len(self._series) > 1 or len(self._sheets) > 1 or _has_titles_round(blocks, outline)
        self._titles = find_titles(blocks, 0, len(blocks)) if several else []
        self._counts = self._counted() if several else {}

    def cuts(self) -> list[int]:
        """Where another report begins, or what is none and stands behind the last."""
        if not self._counts:
            return []
        cuts: list[int] = []
        for cut in sorted({*self._at_headings(), *self._at_titles(), *self._at_sheets()} - {0}):
            if self.show_report(cuts[-1] if cuts else 0, cut):
                cuts.append(cut)
        return cuts

    def show_report(self, start: int, end: int) -> bool:
        """Whether ``blocks[start:end]`` has what a report has, so that it is one, or one that cannot be read."""
        of = {name: counts[end] - counts[start] for name, counts in self._counts.items()}
        return bool(
            of["labels"] >= LABELS
            or of["sections"]
            or (of["titles"] and of["series"])
            or (of["named"] and of["prose"] >= _PROSE)
        )

    def _counted(self) -> dict[str, list[int]]:
        """How much of each sign stands before each block: words of the tables, characters of prose, titles, titles that
        name whose and which year's, runs of headings, and runs that are long enough to show a report alone."""
        counts = {
            name: [0] * len(self._blocks) for name in ("labels", "prose", "titles", "named", "series", "sections")
        }
        for at, block in enumerate(self._blocks):
            counts["labels"][at] = is_table_word(block.text)
            counts["prose"][at] = len(block.text) if block.text.endswith("。") else 0
        for title in self._titles:
            counts["titles"][title.at] = 1
            counts["named"][title.at] |= bool(title.authority and title.year)
        for series in self._series:
            counts["series"][series.first] = 1
            counts["sections"][series.first] = series.sections >= SECTIONS
        return {name: [0, *accumulate(each)] for name, each in counts.items()}

    def _at_headings(self) -> Iterator[int]:
        """Where headings begin again: at the title above them, else at their sheet, else at the first of them."""
        for before, series in pairwise(self._series):
            title = find_title(self._blocks, before.last + 1, series.first)
            sheet = self._sheets[bisect_right(self._sheets, series.first) - 1]
            yield title.at if title else max(sheet, before.last + 1) if sheet > before.last else series.first

    def _at_titles(self) -> Iterator[int]:
        """The titles of other reports that stand below the headings of one, where the page lost their own headings."""
        titles = [title for title in self._titles if self._is_below(title.at)]
        ends = [*(title.at for title in titles), len(self._blocks)][1:]
        for title, end in zip(titles, ends, strict=True):
            before = self._titles[bisect_left(self._titles, title.at, key=lambda each: each.at) - 1]
            other = (title.authority, title.year) != (before.authority, before.year)
            if other and self._show_content(title.at, end):
                yield title.at

    def _is_below(self, at: int) -> bool:
        """Whether headings, or tables, of a report stand above a block, and no others of its headings below it."""
        series = self._series[: bisect_left(self._series, at, key=lambda each: each.first)]
        return series[-1].last < at if series else self._counts["labels"][at] >= LABELS

    def _show_content(self, start: int, end: int) -> bool:
        """Whether below a title stands what it is the title of."""
        of = {name: counts[end] - counts[start] for name, counts in self._counts.items()}
        return bool(of["labels"] >= LABELS or of["series"] or of["prose"] >= _PROSE)

    def _at_sheets(self) -> Iterator[int]:
        """The sheets that state the rows of a sheet before them again."""
        known: set[str] = set()
        for start, end in pairwise([*self._sheets, len(self._blocks)]):
            words = {block.text for block in self._blocks[start:end] if is_table_word(block.text)}
            if len(words) >= LABELS and len(words & known) >= _REPEATED * len(words):
                yield start
                known = words
            else:
                known |= words


def _has_titles_round(blocks: Sequence[Block], outline: Outline) -> bool:
    """Whether more than one title stands around the headings of the first report."""
    first, last = (outline.headings[0].at, outline.headings[-1].at) if outline.headings else (len(blocks), len(blocks))
    return len(find_titles(blocks, 0, first)) + len(find_titles(blocks, last + 1, len(blocks))) > 1


def _sheets(blocks: Sequence[Block]) -> list[int]:
    """Where the sheets of a workbook begin; one for what is none."""
    names = [block.source.rpartition("!")[0] for block in blocks] if blocks and "!" in blocks[0].source else [""]
    return [0, *(at for at, (before, name) in enumerate(pairwise(names), 1) if name != before)]
