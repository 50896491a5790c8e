"""Pages as one stream of paragraphs and cells."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, islice, pairwise
from typing import NamedTuple

from services.ingest.formats.fixed_layout.broken import join_broken_rows
from services.ingest.formats.fixed_layout.furniture import without_furniture
from services.ingest.formats.fixed_layout.page import Box, Page
from services.ingest.formats.fixed_layout.paragraphs import Margins, find_margins, join_lines
from services.ingest.formats.fixed_layout.ruled import RuledCell, RuledTable, find_tables, merge_places, nearest
from services.ingest.formats.fixed_layout.unruled import is_row, tabulate
from services.ingest.formats.fixed_layout.wrapped import join_wrapped
from services.ingest.formats.fixed_layout.writing import Piece, WrittenLine, write_lines
from shared.blocks import Block
from shared.errors import Rejected
from shared.source import write_source

_NEAR = 3.0  # points; a table goes on over the page where its sides stand no further apart
_SCAN = "a scan has to be recognised (OCR) first."
_RUN_OUT = 4  # characters; a longer line below a table is no rest of a label


_AsShown = Callable[[Box], Box]


class PlacedTable(NamedTuple):
    """A ruled table on its page."""

    page: int
    table: RuledTable


class PlacedLine(NamedTuple):
    """A line on its page, ``source`` such as ``p2 L7``."""

    source: str
    page: int
    line: WrittenLine


def blocks(pages: Iterable[Page]) -> Iterator[Block]:
    """The blocks of ``pages``. Raises Rejected ``unreadable`` where they show pictures only, or pictures of most of
    the text with a text behind them that nobody sees: what a scanner guessed."""
    tables: list[list[RuledTable]] = []
    written: list[tuple[float, list[WrittenLine]]] = []
    shown: list[_AsShown] = []
    seen = behind_pictures = 0
    for page in pages:
        seen += len(page.glyphs)
        behind_pictures += sum(glyph.pictured for glyph in page.hidden)
        found, outside = find_tables(page)
        tables.append(found)
        written.append((page.height, write_lines(outside)))
        shown.append(page._replace(glyphs=(), hidden=(), horizontals=(), verticals=()).as_shown)
    if behind_pictures > seen:
        raise Rejected("unreadable", f"The pages are pictures, with a text behind them that nobody sees; {_SCAN}")
    if not any(tables) and not any(lines for _, lines in written):
        raise Rejected("unreadable", f"The pages hold pictures and no text; {_SCAN}")
    lines = [join_wrapped(page) for page in without_furniture(written)]
    margins = find_margins(line for page in lines for line in page)
    return _sourced(_stream(_without_overflow(list(_in_order(tables, lines))), margins), shown)


def _sourced(placed: Iterable[tuple[Block, int, Box]], shown: Sequence[_AsShown]) -> Iterator[Block]:
    """Each block with the box on its page in its source."""
    for block, page, box in placed:
        yield block._replace(source=write_source(block.source, shown[page - 1](box)))


def _in_order(
    tables: Sequence[list[RuledTable]], lines: Sequence[list[WrittenLine]]
) -> Iterator[PlacedTable | PlacedLine]:
    """What stands on the pages, from top to bottom."""
    for page, (its_tables, its_lines) in enumerate(zip(tables, lines, strict=True), 1):
        parts: list[tuple[float, PlacedTable | PlacedLine]] = []
        parts += [(table.ys[0], PlacedTable(page, table)) for table in its_tables]
        parts += [(line.top, PlacedLine(f"p{page} L{number}", page, line)) for number, line in enumerate(its_lines, 1)]
        yield from (part for _, part in sorted(parts, key=lambda part: part[0]))


def _without_overflow(parts: Sequence[PlacedTable | PlacedLine]) -> list[PlacedTable | PlacedLine]:
    """``parts`` without what ran out of the bottom of a cell, a few characters a line, where its table goes on
    overleaf: the table is one, and a row that the page's end broke is joined."""
    kept: list[PlacedTable | PlacedLine] = []
    for at, part in enumerate(parts):
        above = kept[-1] if kept else None
        if isinstance(above, PlacedTable) and _ran_out(part, above.table):
            ahead = next((other for other in islice(parts, at, None) if not _ran_out(other, above.table)), None)
            if isinstance(ahead, PlacedTable) and _goes_on(above, ahead):
                continue
        kept.append(part)
    return kept


def _ran_out(part: PlacedTable | PlacedLine, table: RuledTable) -> bool:
    """Whether a line is short and stands within one of the table's columns."""
    if isinstance(part, PlacedTable) or len(part.line.text) > _RUN_OUT:
        return False
    return any(left <= part.line.left and part.line.right <= right for left, right in pairwise(table.xs))


def _stream(parts: Sequence[PlacedTable | PlacedLine], margins: Margins) -> Iterator[tuple[Block, int, Box]]:
    """The blocks, each with its page and its box there."""
    number = 0
    for kind, run in groupby(parts, key=type):
        if kind is PlacedTable:
            for chain in _chains([part for part in run if isinstance(part, PlacedTable)]):
                number += 1
                yield from _table(chain, number)
            continue
        for placed in _lines([part for part in run if isinstance(part, PlacedLine)], margins, number):
            number = max(number, placed[0].table)
            yield placed


def _chains(tables: Sequence[PlacedTable]) -> Iterator[list[PlacedTable]]:
    """Tables that follow one another with nothing between, in groups that go on from page to page."""
    chain: list[PlacedTable] = []
    for placed in tables:
        if chain and not _goes_on(chain[-1], placed):
            yield chain
            chain = []
        chain.append(placed)
    if chain:
        yield chain


def _goes_on(above: PlacedTable, below: PlacedTable) -> bool:
    sides = zip((above.table.xs[0], above.table.xs[-1]), (below.table.xs[0], below.table.xs[-1]), strict=True)
    return below.page == above.page + 1 and all(abs(one - other) <= _NEAR for one, other in sides)


def _table(chain: Sequence[PlacedTable], number: int) -> Iterator[tuple[Block, int, Box]]:
    """The cells of a table that may run over several pages: rows go on, columns are those of all its pages."""
    xs = merge_places(x for placed in chain for x in placed.table.xs)
    above = 0
    for (page, table), cells in zip(
        chain, join_broken_rows([_on_columns(xs, each.table) for each in chain]), strict=True
    ):
        for text, top, left, bottom, right, _, _, doubt, box in cells:
            row = above + top
            source = f"p{page} T{number}R{row + 1}C{left + 1}"
            yield Block(text, source, number, row, left, bottom - top, right - left, True, doubt), page, box
        above += len(table.ys) - 1


def _on_columns(xs: Sequence[float], table: RuledTable) -> list[RuledCell]:
    """The cells of a table, their sides counted among ``xs``."""
    columns = [nearest(xs, x) for x in table.xs]
    return [cell._replace(left=columns[cell.left], right=columns[cell.right]) for cell in table.cells]


def _lines(lines: Sequence[PlacedLine], margins: Margins, tables: int) -> Iterator[tuple[Block, int, Box]]:
    """Lines between ruled tables: paragraphs, and rows of tables without rules, numbered from ``tables`` on."""
    rows = zip(lines, tabulate([placed.line for placed in lines]), strict=True)
    for in_table, run in groupby(rows, key=lambda row: is_row(row[0].line)):
        if not in_table:
            members = [placed for placed, _ in run]
            pages = {placed.source: placed.page for placed in members}
            for source, text, box, doubt in join_lines(members, margins):
                yield Block(text, source, doubt=doubt), pages[source], box
            continue
        tables += 1
        for row, (placed, cells) in enumerate(run):
            for column, cell in enumerate(cells):
                block = Block(cell.text, f"{placed.source}C{column + 1}", tables, row, column, doubt=cell.doubt)
                yield block, placed.page, _box(placed.line, cell)


def _box(line: WrittenLine, cell: Piece) -> Box:
    """The box of a cell of a line; that of the line where the cell is blank."""
    return (cell.left, line.top, cell.right, line.bottom) if cell.text else line.box
