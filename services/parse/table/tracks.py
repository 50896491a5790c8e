"""Reads a table whose rows stand side by side as tracks (审理情况), one line of figures for all of them.

Offices also print it with a row a track, the tracks one below another, or a row an outcome. Where the format vouches
for its geometry that tells which figure is whose; else the sequence of the labels does.
"""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations, groupby, pairwise
from typing import NamedTuple

from rapidfuzz import fuzz

from services.parse.label_key import label_key
from services.parse.table.lexer import PieceKind
from services.parse.table.reader import Ground, read_rows
from services.parse.table.reading import Cells, Reading, holds, values_of
from services.parse.table.tokens import Token
from services.parse.table.vocabulary import Vocabulary
from shared.blocks import Block
from shared.form import Column, Row, Table

_STRAYS = 3  # figures of a page number such as 第 3 页 共 9 页
_ALIKE = 66.0  # of 100, as for labels elsewhere
_LONGEST_LABEL = 20  # characters
_FEWEST_LABELS = 3  # of outcomes, for a header that lost others still to show their order


def read_tracks(tokens: Sequence[Token], next_key: str, ground: Ground) -> Reading:
    """The cells of the tracks in ``tokens``, which ``next_key`` ends."""
    for arrangement in (_by_place, _side_by_side):
        if cells := arrangement(tokens, ground):
            return Reading(cells, rows=set(ground.vocabulary.rank))
    if _lists_outcomes(tokens):
        return _transposed(tokens, next_key, ground)
    return read_rows(tokens, next_key, ground)


def _by_place(tokens: Sequence[Token], ground: Ground) -> dict[str, Cells]:
    """Every figure lies under, or beside, the label of one track and of one outcome."""
    vocabulary, blocks = ground.vocabulary, ground.blocks
    figures = [token for token in tokens if token.states]
    labels = [token for token in tokens if token.kind in ("row", "column")]
    if not 0 < len(figures) <= vocabulary.count or not all(blocks[token.at].certain for token in (*figures, *labels)):
        return {}
    cells: dict[str, Cells] = {}
    for figure in figures:
        track = _label_of(blocks[figure.at], [label for label in labels if label.kind == "row"], blocks)
        outcome = _label_of(blocks[figure.at], [label for label in labels if label.kind == "column"], blocks)
        if track is None or outcome is None or outcome.key in cells.setdefault(track.key, {}):
            return {}
        cells[track.key][outcome.key] = figure
    places = {blocks[token.at][2:5] for token in tokens if token.kind == "figure"}
    filled = len(places) >= vocabulary.count and len(labels) > len(vocabulary.table.rows)
    return cells if filled else {}  # else a cell may have been lost, and have shifted the others


def _label_of(cell: Block, labels: Sequence[Token], blocks: Sequence[Block]) -> Token | None:
    """The nearest of ``labels`` above ``cell``, else the nearest to its left."""
    own = [(blocks[token.at], token) for token in labels if blocks[token.at].table == cell.table]
    beside = [
        (label.column, token)
        for label, token in own
        if label.row <= cell.row < label.row + label.rowspan and label.column < cell.column
    ]
    above = [
        (label.row, token)
        for label, token in own
        if label.row < cell.row and label.column <= cell.column < label.column + label.colspan
    ]
    found = beside or above
    return max(found, key=lambda place: place[0])[1] if found else None


def _side_by_side(tokens: Sequence[Token], ground: Ground) -> dict[str, Cells]:
    """All labels, then one figure for every cell of the form.

    Where other figures stand about (a page number), or the header is not whole, the tracks' totals must hold, of more
    than zeros if cells stand on lines of their own; where blanks follow those, none may be wrong.
    """
    vocabulary, count = ground.vocabulary, ground.vocabulary.count
    runs = [run for run in _runs(tokens) if any(token.states for token in run)]
    whole = [figures for run in runs if (figures := _whole(run, count, tokens))]
    if len(whole) != 1:
        return {}
    figures = whole[0]
    header = tokens[: tokens.index(figures[0])]
    lines = len({figure.line for figure in figures})
    order = _order_of_tracks(header, vocabulary)
    outcomes = _outcomes_in(header, vocabulary)
    if lines not in (1, count) or order is None or not outcomes:
        return {}
    cell = iter(figures)
    cells = {track: {outcome: next(cell) for outcome in outcomes} for track in order.tracks}
    totals = _totals_hold(cells, ground)
    cells_of = len({figure.at for figure in figures})
    named = (
        order.told and _names_all(header, vocabulary) and cells_of in (1, count)
    )  # else a figure may have come apart
    doubted = lines == count and runs[-1][-1] not in figures and totals is False
    if named and len(runs) == 1 and not doubted:
        return cells
    strays = sum(token.states for run in runs for token in run) - count
    labels = any(token.kind in ("row", "column") for token in header)
    attributable = (cells_of in (1, count) and (named or lines == 1)) or (
        labels and any(figure.figure.amount for figure in figures)
    )
    return cells if attributable and strays <= _STRAYS and totals else {}


class Order(NamedTuple):
    """The tracks from left to right, and whether the header tells it."""

    tracks: list[str]
    told: bool


def _order_of_tracks(header: Sequence[Token], vocabulary: Vocabulary) -> Order | None:
    """The tracks as the header prints them, the form's where it does not say; None where it contradicts itself."""
    form = [row.key for row in vocabulary.table.rows]
    (lone,) = (row.key for row in vocabulary.table.rows if not row.groups)
    first = {token.key: at for at, token in reversed(list(enumerate(header))) if token.kind in ("row", "group")}
    members = [key for key in form if key != lone]
    if all(key in first for key in members):
        members.sort(key=first.__getitem__)
    elif any(_may_be(token, key, vocabulary) for key in form if key not in first for token in header):
        return None
    told = _lone_comes_first(lone, form, first, header)
    if len(told) > 1:
        return None
    return Order([*members, lone] if told == {False} else [lone, *members], told=bool(told))


def _may_be(token: Token, track: str, vocabulary: Vocabulary) -> bool:
    """Whether words may be the label of ``track`` misprinted, which so has a place though it was not known by it."""
    if token.kind != "words" or len(word := label_key(token.text)) > _LONGEST_LABEL:
        return False
    return fuzz.ratio(word, vocabulary.wholes[track]) >= _ALIKE


def _lone_comes_first(lone: str, form: list[str], first: dict[str, int], header: Sequence[Token]) -> set[bool]:
    """What the header says of whether the track that stands alone (行政复议) comes before those of a group (行政诉讼):
    by its label and the group's, or the others' where the group has none; and by the first outcome, for its outcomes
    stand on the line on which the others have their labels. ``first`` is where each label stands first."""
    told: set[bool] = set()
    others = [at for key, at in first.items() if key in form and key != lone]
    group = [at for key, at in first.items() if key not in form]
    outcome = next((at for at, token in enumerate(header) if token.kind == "column"), None)
    if lone in first and group:
        told.add(first[lone] < group[0])
    elif (
        lone in first and others and (min(others) < first[lone] or header[min(others)].line == header[first[lone]].line)
    ):
        told.add(first[lone] < min(others))
    if outcome is not None and others:
        if outcome < min(others):
            told.add(True)
        elif header[min(others)].line == header[outcome].line:
            told.add(False)
    return told


def _outcomes_in(header: Sequence[Token], vocabulary: Vocabulary) -> list[str]:
    """The outcomes of each track from left to right, as the header prints them, or as the form does where it lost some;
    none where it has another order."""
    form = [column.key for column in vocabulary.table.columns]
    keys = [token.key for token in header if token.kind == "column"]
    printed = keys[: len(form)]
    if sorted(printed) == sorted(form) and keys == printed * (len(keys) // len(form)):
        return printed
    lines = [_places_on(list(line), vocabulary) for _, line in groupby(header, key=lambda token: token.line)]
    lines = [line for line in lines if line]
    if len(lines) == len(keys):
        lines = [[form.index(key) for key in keys]]
    kept = all(_keeps_order(line, len(vocabulary.table.rows)) for line in lines)
    return form if kept and (len(keys) >= _FEWEST_LABELS or not keys) else []


def _places_on(line: Sequence[Token], vocabulary: Vocabulary) -> list[int]:
    """The places in the form of the outcomes that a line of a header names; those whose broken labels begin alike
    (结果 | 结果) by turns."""
    form = [column.key for column in vocabulary.table.columns]
    alike_at = [at for at, key in enumerate(form) if key in vocabulary.alike_columns]
    places = []
    alike = 0
    ends = {at for at, token in enumerate(line) if token.key == "half" and not vocabulary.begins_several(token.text)}
    named = {token.key for token in line if token.kind == "column"}
    whole = all(vocabulary.half(label_key(token.text)) for token in line if token.key == "half")
    broken = bool(named) and whole and named.isdisjoint(vocabulary.alike_columns)
    for at, token in enumerate(line):
        if token.kind == "column":
            places.append(form.index(token.key))
        elif broken and alike_at and token.key == "half" and ends.isdisjoint((at - 1, at, at + 1)):
            places.append(alike_at[alike % len(alike_at)])
            alike += 1
    return places


def _keeps_order(places: Sequence[int], tracks: int) -> bool:
    """Whether a line names the outcomes of at most so many tracks, one after the other, each in the form's order. What
    stands there less often than others was broken over lines, and of some tracks stands at another height."""
    if sum(place >= after for place, after in pairwise(places)) >= tracks:
        return False
    times = Counter(places)
    pairs = [(one, other, min(times[one], times[other])) for one, other in combinations(sorted(times), 2)]
    told = [(one, other, least) for one, other, least in pairs if least > 1 or times[one] == times[other]]
    return all(_is_within((one, other) * least, places) for one, other, least in told)


def _is_within(few: Sequence[int], many: Sequence[int]) -> bool:
    ahead = iter(many)
    return all(place in ahead for place in few)


def _names_all(header: Sequence[Token], vocabulary: Vocabulary) -> bool:
    """Whether every outcome is named, but for those whose broken labels begin alike (结果 | 结果)."""
    named = {token.key for token in header if token.kind == "column"}
    broken = any(token.kind == "caption" and token.key == "half" for token in header)
    return all(
        column.key in named or (broken and column.key in vocabulary.alike_columns)
        for column in vocabulary.table.columns
    )


def _totals_hold(cells: dict[str, Cells], ground: Ground) -> bool | None:
    """Whether the tracks' totals hold; None where a figure is missing, and no other total is wrong."""
    tracks = values_of(Reading(cells), ground.vocabulary, ground.blocks).figures.values()
    results = {holds(relation, track) for relation in ground.totals for track in tracks}
    return False if False in results else None if None in results else True


def _runs(tokens: Sequence[Token]) -> list[list[Token]]:
    """The runs of figures between labels."""
    return [list(run) for figures, run in groupby(tokens, key=lambda token: token.kind == "figure") if figures]


def _whole(run: list[Token], count: int, tokens: Sequence[Token]) -> list[Token]:
    """The ``count`` cells of a run: its figures, or where some are blank, all cells of its line; else none.

    A line with other blanks must be as wide as another of ``tokens``; cells a line may have none between.
    """
    stated = [token for token in run if token.states]
    if len(stated) == len(run) == count:
        return stated
    if not len(stated) <= count <= len(run):
        return []
    beside = [token for token in run if token.line == stated[0].line]
    widths = Counter(token.line for token in tokens)
    if len(stated) == count:
        between = run[run.index(stated[0]) : run.index(stated[-1]) + 1]
        others = {width for line, width in widths.items() if line not in {token.line for token in run}}
        if len(between) == count if len(beside) == 1 else len(beside) in (count, *others):
            return stated
    alone = [token for token in run if widths[token.line] == 1]  # blanks that fill up a line of the header are not
    for cells in (beside, run, alone):
        if len(cells) == count and all(token in cells for token in stated):
            return cells
    return []


def _lists_outcomes(tokens: Sequence[Token]) -> bool:
    """Whether every figure follows the label of an outcome, under the labels of all tracks."""
    first = next((at for at, token in enumerate(tokens) if token.states), 0)
    above = [token.kind for token in tokens[:first] if token.kind in ("row", "column")]
    return above.count("row") > 1 and above[-1] == "column" and above.count("column") == 1


def _transposed(tokens: Sequence[Token], next_key: str, ground: Ground) -> Reading:
    """A row an outcome: the table with its rows for columns, read, and turned back."""
    kinds: dict[str, PieceKind] = {"row": "column", "column": "row"}
    turned = [token._replace(kind=kinds.get(token.kind, token.kind)) for token in tokens]
    found = read_rows(turned, next_key, ground._replace(vocabulary=_turned(ground.vocabulary), totals=()))
    cells: dict[str, Cells] = {}
    for outcome, tracks in found.cells.items():
        for track, cell in tracks.items():
            cells.setdefault(track, {})[outcome] = cell
    doubts = dict.fromkeys(ground.vocabulary.rank, next(iter(found.doubts.values()))) if found.doubts else {}
    return Reading(cells, rows=set(ground.vocabulary.rank), doubts=doubts)


@lru_cache(maxsize=16)
def _turned(vocabulary: Vocabulary) -> Vocabulary:
    table = vocabulary.table
    rows = tuple(Row(key=column.key, label=column.label, aliases=column.aliases) for column in table.columns)
    columns = tuple(Column(key=row.key, label=row.label, aliases=row.aliases) for row in table.rows)
    turned = {**dict(table), "layout": "matrix", "rows": rows, "columns": columns, "captions": ()}
    return Vocabulary(Table(**turned))
