"""Lines of text: each is a paragraph, or a row of cells where it has bars, tabs, wide gaps or a tail of figures.

What the text shows of its tables is kept and nothing is added: a cell's row is the place of its line in the run of cell
lines, its column the place in that line, blanks included. Merged and lost cells may have shifted both, so no cell of
a text is ``certain``. Habits of extractors that are told apart:

- bars after cells, ``规章 | 0 | 0 | 0 |``: where most lines of a run end so, the last bar adds no cell, and ``0 | ||``
  is a figure and two blanks; elsewhere bars stand between cells, and one at the end has a blank cell after it;
- bars before cells, ``| 规章 | 0 | 0``: where most lines of a run begin so, the first bar has no blank cell before it;
- bars on lines of their own between cells: the bar closes the line above it;
- tabs between cells: two tabs in a row are a blank cell;
- a tab before each cell, a cell a line and a blank line after each row, as Word writes: a line without a tab goes on
  with the cell above it, and row and column are those of the table;
- spaces between cells (see :mod:`services.ingest.spaces`), or commas or semicolons (:mod:`services.ingest.separated`).

Page numbers and drawn rules are dropped.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Literal, NamedTuple

from services.ingest.furniture import is_page_number
from services.ingest.joined import parted
from services.ingest.limits import MOST_COLUMNS
from services.ingest.separated import find_separator, split
from services.ingest.spaces import divide, is_figure
from shared.blocks import Block
from shared.errors import Rejected

Kind = Literal["bars", "tabs", "values", "spaces", "prose"]

_RULE = re.compile(r"(?=.*[-=─━═]{3}|.*[┼┬┴╬])[-=─━═+:|┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝ \t]+")
_FURNITURE = frozenset("-=─━═+:|┌├└╔╠╚—–－·•~第共Pp")  # what rules and page numbers begin with
_CELL_LENGTH = 80  # characters; a tab-indented line with more is a paragraph, not a cell


class Line(NamedTuple):
    """A line: where it stands in its file, what it says, what divides it (blank lines: as the one above) into what.

    The cells of lines that bars divide, or that tabs indent, depend on their neighbours and are told later.
    """

    source: str
    text: str
    kind: Kind
    cells: Sequence[str] = ()


_KIND = attrgetter("kind")
_new = tuple.__new__  # makes named tuples, of which a page has hundreds, in a third of the time of calling their class


def tables_in(lines: Iterable[tuple[str, str]], tables: int = 0) -> Iterator[Block]:
    """The paragraphs and cells of ``lines`` (source and text of each), in order.

    Each run of lines with cells is a table of its own, numbered from ``tables`` on; a cell's source is its line's and
    its place there, ``L45C3``. Raises Rejected ``hostile`` for a line with more cells than any table.
    """
    for kind, run in groupby(_of_kinds(list(parted(lines))), key=_KIND):
        members = list(run)
        if cells := _cells(kind, members, tables + 1):
            tables += 1
            yield from cells
        else:
            yield from (Block(line.text.strip(), line.source) for line in members if line.text.strip())


def _of_kinds(lines: list[tuple[str, str]]) -> Iterator[Line]:
    texts = [text.strip(" ") for _, text in lines]
    if any(text[:1] == "|" for text in texts):
        _close_cells(texts)
    separator = find_separator(texts)
    line = Line("", "", "prose")
    for (source, _), text in zip(lines, texts, strict=True):
        if not text or (text[0] in _FURNITURE and (is_page_number(text) or _RULE.fullmatch(text))):
            line = _new(Line, (source, "", line.kind, ()))
        elif line.kind == "tabs" and _goes_on(line, text):
            line = Line(source, text, "tabs")
        else:
            line = _line(source, text, separator)
        yield line


def _line(source: str, text: str, separator: str) -> Line:
    if "|" in text:
        return _new(Line, (source, text, "bars", ()))
    if "\t" in text:
        indented = "\t" not in text.strip("\t")
        return Line(source, text, "prose" if indented and len(text) > _CELL_LENGTH else "tabs", text.split("\t"))
    if separator and separator in text and len(cells := split(text, separator)) > 1:
        return Line(source, text, "values", cells)
    if " " in text and len(cells := divide(text)) > 1:
        return Line(source, text, "spaces", cells)
    return Line(source, text, "prose")


def _goes_on(above: Line, text: str) -> bool:
    """Whether ``text`` is the rest of the tab-indented cell above it; figures neither go on nor are gone on with, and
    sentences are no cells."""
    if "\t" in text or "|" in text or not above.text or text[-1] == "。":
        return False
    cell = above.text.strip("\t")
    return (
        "\t" not in cell
        and len(cell) + len(text) <= _CELL_LENGTH
        and not is_figure(cell.strip())
        and not is_figure(text)
    )


def _close_cells(lines: list[str]) -> None:
    """Where bars mostly stand on lines of their own, puts each behind the cell that it closes; no line moves."""
    filled = [number for number, line in enumerate(lines) if line]
    pairs = [(a, b) for a, b in pairwise(filled) if "|" not in lines[a] and lines[b][0] == "|"]
    pairs = [(a, b) for a, b in pairs if not lines[b].strip("| ")]
    if len(pairs) <= sum("|" in line and line.strip("| ") != "" for line in lines):
        return
    for cell, bars in pairs:
        lines[cell] += " |"
        lines[bars] = lines[bars][1:].strip(" ")


def _cells(kind: Kind, lines: list[Line], table: int) -> list[Block]:
    """The cells of a run of lines, as those of ``table``; none where they turn out to be paragraphs."""
    if kind == "prose":
        return []
    if kind == "tabs" and not any("\t" in line.text[1:] for line in lines):
        return _indented_by_tabs(lines, table)
    rows = (
        _divided_by_bars(lines)
        if kind == "bars"
        else [(line, line.cells or (line.text,)) for line in lines if line.text]
    )
    blocks: list[Block] = []
    for row, (line, cells) in enumerate(rows):
        if len(cells) > MOST_COLUMNS:
            raise Rejected("hostile", f"A line has more than {MOST_COLUMNS} cells.")
        for column, cell in enumerate(cells):
            source = f"{line.source}C{column + 1}"
            blocks.append(_new(Block, (cell.strip(), source, table, row, column, 1, 1, False, None)))
    return blocks


def _divided_by_bars(lines: list[Line]) -> list[tuple[Line, Sequence[str]]]:
    lines = [line for line in lines if line.text]
    filled = [line.text for line in lines if line.text.strip("| ")]
    opened = 2 * sum(text[0] == "|" for text in filled) > len(filled)
    closed = 2 * sum(text[-1] == "|" for text in filled) >= len(filled)
    rows: list[tuple[Line, Sequence[str]]] = []
    for line in lines:
        cells = line.text.split("|")
        if opened and not cells[0].strip():
            del cells[0]
        if closed and len(cells) > 1 and not cells[-1].strip():
            del cells[-1]
        rows.append((line, cells))
    return rows


def _indented_by_tabs(lines: list[Line], table: int) -> list[Block]:
    """The cells of a Word table, each on a line; none where no row has two (then the lines are indented prose)."""
    blocks: list[Block] = []
    rows = (list(group) for filled, group in groupby(lines, key=lambda line: line.text != "") if filled)
    for row, members in enumerate(rows):
        column = 0
        for line in members:
            if column and line.text[0] != "\t":
                blocks[-1] = blocks[-1]._replace(text=f"{blocks[-1].text} {line.text}")
            else:
                blocks.append(_new(Block, (line.text.strip(), line.source, table, row, column, 1, 1, False, None)))
                column += 1
    return blocks if any(block.column for block in blocks) else []
