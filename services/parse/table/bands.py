"""Reads a table whose rows stand side by side as bands (审理情况), one line of figures for all of them.

Offices also print it with a row a band, the bands one below another, or the bands as columns; each arrangement is a
pattern of labels and figures, and only a pattern that is complete is read.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from services.parse.table.entries import gather
from services.parse.table.lexicon import Lexicon
from services.parse.table.reading import Cells, Reading, holds, values_of
from services.parse.table.rows import Ground, read_rows
from services.parse.table.tokens import Token
from shared.blocks import Block

_STRAYS = 3  # figures of a page number such as 第 3 页 共 9 页


def read_bands(tokens: list[Token], follower: str, ground: Ground) -> Reading:
    """The cells of the bands in ``tokens``, which ``follower`` ends."""
    for arrangement in (_by_geometry, _side_by_side, _one_below_another, _bands_as_columns, _without_header):
        if cells := arrangement(tokens, ground):
            return Reading(cells, rows=set(ground.lexicon.rank))
    return read_rows(gather(tokens, follower), ground)


def _by_geometry(tokens: list[Token], ground: Ground) -> dict[str, Cells]:
    """Every figure lies under, or beside, the label of one band and of one column."""
    lexicon, blocks = ground.lexicon, ground.blocks
    figures = [token for token in tokens if token.states]
    labels = [token for token in tokens if token.kind in ("row", "column")]
    if not 0 < len(figures) <= lexicon.count or not all(blocks[token.at].certain for token in (*figures, *labels)):
        return {}
    cells: dict[str, Cells] = {}
    for figure in figures:
        band = _label_of(blocks[figure.at], [t for t in labels if t.kind == "row"], blocks)
        column = _label_of(blocks[figure.at], [t for t in labels if t.kind == "column"], blocks)
        if band is None or column is None or column.key in cells.setdefault(band.key, {}):
            return {}
        cells[band.key][column.key] = figure
    places = {blocks[token.at][2:5] for token in tokens if token.kind == "figure"}
    filled = len(places) >= lexicon.count and len(labels) > len(lexicon.table.rows)
    return cells if filled else {}  # else a cell may have been lost, and have shifted the others


def _label_of(cell: Block, labels: list[Token], blocks: Sequence[Block]) -> Token | None:
    """The nearest of ``labels`` above ``cell``, else the nearest to its left."""
    above: tuple[int, Token] | None = None
    beside: tuple[int, Token] | None = None
    for token in labels:
        label = blocks[token.at]
        if label.table != cell.table:
            continue
        if label.row < cell.row and label.column <= cell.column < label.column + label.colspan:
            above = max(above or (label.row, token), (label.row, token), key=lambda found: found[0])
        elif label.row <= cell.row < label.row + label.rowspan and label.column < cell.column:
            beside = max(beside or (label.column, token), (label.column, token), key=lambda found: found[0])
    found = beside or above
    return found[1] if found else None


def _side_by_side(tokens: list[Token], ground: Ground) -> dict[str, Cells]:
    """All labels, then one figure for every cell of the form.

    Where other figures stand about (a page number), or the header is not whole, the bands' totals must hold, of more
    than noughts if cells stand on lines of their own; where blanks follow those, none may be wrong.
    """
    lexicon, count = ground.lexicon, ground.lexicon.count
    runs = [run for run in _runs(tokens) if any(token.states for token in run)]
    whole = [figures for run in runs if (figures := _whole(run, count, tokens))]
    if len(whole) != 1 or not _bands_in_order(tokens[: tokens.index(whole[0][0])], lexicon):
        return {}
    lines = len({figure.line for figure in whole[0]})
    if lines not in (1, count):
        return {}
    cell = iter(whole[0])
    cells = {row: {column: next(cell) for column, _, _ in own} for row, own in lexicon.cells.items()}
    doubted = lines == count and runs[-1][-1] not in whole[0] and _totals_hold(cells, ground) is False
    named = _header_whole(tokens, lexicon)
    if named and len(runs) == 1 and not doubted:
        return cells
    strays = sum(token.states for run in runs for token in run) - count
    telling = named or lines == 1 or any(figure.figure.amount for figure in whole[0])
    return cells if telling and strays <= _STRAYS and _totals_hold(cells, ground) else {}


def _without_header(tokens: list[Token], ground: Ground) -> dict[str, Cells]:
    """Nothing names the columns, but one line has a figure for every cell of the form, and every band's total holds."""
    figures = [token for token in tokens if token.states]
    labels = any(token.kind in ("column", "either") for token in tokens)
    if len(figures) != ground.lexicon.count or len({figure.line for figure in figures}) != 1 or labels:
        return {}
    if any(token.at > figures[0].at and token.kind != "figure" for token in tokens):
        return {}
    figure = iter(figures)
    cells = {row: {column: next(figure) for column, _, _ in own} for row, own in ground.lexicon.cells.items()}
    return cells if _totals_hold(cells, ground) else {}


def _header_whole(tokens: list[Token], lexicon: Lexicon) -> bool:
    """Whether every column is named, but for those whose broken labels begin alike (结果 | 结果)."""
    named = {token.key for token in tokens if token.kind == "column"}
    broken = any(token.kind == "caption" and token.key == "half" for token in tokens)
    return all(column.key in named or (broken and column.key in lexicon.twins) for column in lexicon.table.columns)


def _widths(tokens: list[Token], run: list[Token]) -> set[int]:
    """How many tokens the lines have, but for those of ``run``."""
    own = {token.line for token in run}
    return set(Counter(token.line for token in tokens if token.line not in own).values())


def _totals_hold(cells: dict[str, Cells], ground: Ground) -> bool | None:
    """Whether the bands' totals hold; None where a figure is missing, and no other total is wrong."""
    bands = values_of(Reading(cells), ground.lexicon, ground.blocks).figures.values()
    results = {holds(relation, band) for relation in ground.totals for band in bands}
    return False if False in results else None if None in results else True


def _runs(tokens: list[Token]) -> list[list[Token]]:
    """The runs of figures between labels."""
    return [list(run) for figures, run in groupby(tokens, key=lambda token: token.kind == "figure") if figures]


def _whole(run: list[Token], count: int, tokens: list[Token]) -> list[Token]:
    """The ``count`` cells of a run: its figures, or where some are blank, all cells of its line; else none.

    A line with other blanks must be as wide as another of ``tokens``; cells a line may have none between.
    """
    stated = [token for token in run if token.states]
    if len(stated) == len(run) == count:
        return stated
    if not len(stated) <= count <= len(run):
        return []
    beside = [token for token in run if token.line == stated[0].line]
    if len(stated) == count:
        between = run[run.index(stated[0]) : run.index(stated[-1]) + 1]
        if len(between) == count if len(beside) == 1 else len(beside) in (count, *_widths(tokens, run)):
            return stated
    for cells in (beside, run, _on_own_lines(run, tokens)):
        if len(cells) == count and all(token in cells for token in stated):
            return cells
    return []


def _on_own_lines(run: list[Token], tokens: list[Token]) -> list[Token]:
    """Those of a run that stand on a line alone; the blanks that fill up a line of the header do not."""
    widths = Counter(token.line for token in tokens)
    return [token for token in run if widths[token.line] == 1]


def _bands_in_order(header: list[Token], lexicon: Lexicon) -> bool:
    """Whether the labels above the figures are those of the bands in the form's order, as far as they are left."""
    bands = [token.key for token in header if token.kind == "row"]
    labels = [token for token in header if token.kind == "column"]
    order = [column.key for column in lexicon.table.columns]
    if not bands or sorted(bands, key=lambda key: lexicon.rank[key]) != bands or len(labels) < len(order) - 2:
        return False
    lines = [[token.key for token in line] for _, line in groupby(labels, key=lambda token: token.line)]
    if len(lines) == len(labels):
        lines = [[token.key for token in labels]]
    return all(_keeps_order(line, order * len(lexicon.table.rows)) for line in lines)


def _keeps_order(labels: list[str], order: list[str]) -> bool:
    """Whether ``labels`` are some of ``order``, in its order."""
    ahead = iter(order)
    return all(label in ahead for label in labels)


def _pattern(tokens: list[Token]) -> str:
    """One letter a token: B a band's label, C a column's, F a figure's cell."""
    letters = {"row": "B", "column": "C", "figure": "F"}
    return "".join(letters[token.kind] for token in tokens)


def _labels_and_figures(tokens: list[Token], *, blanks: bool) -> list[Token]:
    """The labels, each band's once where it is repeated side by side, and the figures; with ``blanks`` also the blank
    cells on the figures' lines."""
    lines = {token.line for token in tokens if token.states}
    kept: list[Token] = []
    for token in tokens:
        cell = token.states or (blanks and token.kind == "figure" and token.line in lines)
        repeated = bool(kept) and (kept[-1].kind, kept[-1].key) == (token.kind, token.key)
        if cell or token.kind == "column" or (token.kind == "row" and not repeated):
            kept.append(token)
    return kept


def _one_below_another(tokens: list[Token], ground: Ground) -> dict[str, Cells]:
    """Each band under its own label: its columns' labels and then its figures, or every figure behind its label, or
    only its figures where a header above them all names the columns."""
    return _in_turn(_labels_and_figures(tokens, blanks=False), ground.lexicon) or _in_turn(
        _labels_and_figures(tokens, blanks=True), ground.lexicon
    )


def _in_turn(tokens: list[Token], lexicon: Lexicon) -> dict[str, Cells]:
    count = len(lexicon.table.columns)
    bands = len(lexicon.table.rows)
    pattern = _pattern(tokens)
    together = re.fullmatch(f"(BC{{{count}}}F{{{count}}}){{{bands}}}", pattern)
    paired = re.fullmatch(f"(B(CF){{{count}}}){{{bands}}}", pattern)
    headed = re.fullmatch(f"C{{{count}}}(BF{{{count}}}){{{bands}}}", pattern)
    if not together and not paired and not headed:
        return {}
    cells: dict[str, Cells] = {}
    band, columns, figures = "", list[str](), list[Token]()
    for token in tokens:
        if token.kind == "row":
            band, columns, figures = token.key, columns if headed else [], []
        elif token.kind == "column":
            columns.append(token.key)
        else:
            figures.append(token)
            cells.setdefault(band, {})[columns[len(figures) - 1]] = token
    in_lines = all(len({token.line for token in own.values()}) in (1, count) for own in cells.values())
    return cells if in_lines and _size(cells) == bands * count else {}


def _bands_as_columns(tokens: list[Token], ground: Ground) -> dict[str, Cells]:
    """A row a column of the form: its label, then its figure for each band."""
    lexicon = ground.lexicon
    count = len(lexicon.table.columns)
    bands = [token.key for token in tokens if token.kind == "row"]
    if not re.fullmatch(
        f"B{{{len(lexicon.table.rows)}}}(CF{{{len(bands)}}}){{{count}}}",
        _pattern(_labels_and_figures(tokens, blanks=False)),
    ):
        return {}
    cells: dict[str, Cells] = {band: {} for band in bands}
    column, seen = "", 0
    for token in tokens:
        if token.kind == "column":
            column, seen = token.key, 0
        elif token.states:
            cells[bands[seen]][column] = token
            seen += 1
    return cells if _size(cells) == len(bands) * count else {}


def _size(cells: dict[str, Cells]) -> int:
    return sum(map(len, cells.values()))
