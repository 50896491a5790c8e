"""Damages a page as converters and crawlers do. What is lost must come back null; what is left may be read or not.

One kind of damage a page: two kinds together can forge a whole row (a figure lost and another doubled), and then
nobody could tell.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Literal, get_args

from tests.corpus.contents import Expected
from tests.corpus.grid import Grid
from tests.corpus.page import Truth

Damage = Literal[
    "none",
    "lines_dropped",
    "lines_repeated",
    "lines_swapped",
    "lines_merged",
    "cells_merged",
    "cells_dropped",
    "figures_split",
    "header_lost",
    "label_run_lost",
    "labels_lost",
    "figures_lost",
    "repeats_lost",
    "neighbours_lost",
    "truncated",
    "furniture",
]
DAMAGES: tuple[Damage, ...] = get_args(Damage)

_FIGURE = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?![\d.])")
_LABEL = re.compile(r"[\u4e00-\u9fff][\u4e00-\u9fff“”（）、]+")
_CELL = re.compile(r"(?<![\d.])\d+(?:\.\d+)? ?(?:[|｜│\t,;] ?| +|$)")
_LONG_FIGURE = re.compile(r"(?<![\d.])\d{2,}(?![\d.])")
_SEPARATOR = re.compile(r" ?[|｜│\t,;] ?| +")
_MARKUP_CELL = re.compile(r"<td[^>]*>(?:(?!<td|</td).)*</td>")
_MARKUP_EDGE = re.compile(r"</td><td[^>]*>")
_FURNITURE = [
    "— 4 —",
    "7",
    "12",
    "http://www.example.gov.cn/art/2024/1/18/art_1229.html",
    "【打印】 【关闭】",
    "2024-01-18 10:23",
    "浏览次数：123",
    "第 3 页 共 7 页",
    "6 / 9",
    "政府信息公开工作年度报告",
    "3",
]


def damage_table(lines: list[str], kind: Damage, rng: Random) -> list[str]:
    """The lines of one table after ``kind`` has struck it up to three times."""
    strike = _STRIKES.get(kind)
    damaged = list(lines)
    for _ in range(rng.randint(0, 3) if strike else 0):
        if strike and len(damaged) > 2:
            damaged = strike(damaged, rng)
    return damaged


def damage_page(lines: list[str], kind: Damage, rng: Random) -> list[str]:
    """The lines of the page after a ``kind`` that strikes it whole."""
    match kind:
        case "repeats_lost":
            return list(dict.fromkeys(lines))
        case "neighbours_lost":
            return [line for at, line in enumerate(lines) if at == 0 or line != lines[at - 1]]
        case "truncated":
            return lines[: rng.randint(len(lines) // 3, len(lines))]
        case _:
            return lines


def damage_markup(markup: str, kind: Damage, rng: Random) -> str:
    """HTML whose rows, one a line, or cells have been struck by ``kind``."""
    lines = markup.split("\n")
    rows = [at for at, line in enumerate(lines) if _MARKUP_CELL.search(line)]
    if len(rows) < 3:
        return markup
    at = rng.choice(rows[:-1])
    match kind:
        case "lines_dropped":
            del lines[at]
        case "lines_repeated":
            lines.insert(at, lines[at])
        case "lines_swapped" if at + 1 in rows:
            lines[at : at + 2] = lines[at + 1], lines[at]
        case "cells_merged" | "cells_dropped":
            pattern, new = (_MARKUP_EDGE, "") if kind == "cells_merged" else (_MARKUP_CELL, "")
            lines = _replaced(lines, pattern, new, rng)
        case _:
            pass
    return "\n".join(lines)


def damage_grid(grid: Grid, kind: Damage, rng: Random) -> Grid:
    """A table with a few labels or figures lost; other kinds leave it as it is."""
    if kind not in ("labels_lost", "figures_lost"):
        return grid
    struck = rng.uniform(0, 0.2)
    return grid.mapped(
        lambda cell: (
            replace(cell, text="") if bool(cell.cell) == (kind == "figures_lost") and rng.random() < struck else cell
        )
    )


def damaged_truth(truth: Truth, text: str) -> Truth:
    """What may be read from the damaged ``text``: null everywhere, what the author meant only where it still stands
    there."""
    standing = set(_FIGURE.findall(text.replace("−", "-").replace("－", "-")))
    cells = {
        cell: expected if expected.value is None else _left(expected, standing)
        for cell, expected in truth.cells.items()
    }
    return replace(truth, cells=cells, damaged=True)


def _left(expected: Expected, standing: set[str]) -> Expected:
    lost = expected.value is not None and str(abs(expected.value)) not in standing
    return Expected(None) if lost else expected._replace(or_null=True)


def _drop(lines: list[str], rng: Random) -> list[str]:
    at = rng.randrange(len(lines))
    return lines[:at] + lines[at + 1 :]


def _repeat(lines: list[str], rng: Random) -> list[str]:
    at = rng.randrange(len(lines))
    return [*lines[:at], lines[at], *lines[at:]]


def _swap(lines: list[str], rng: Random) -> list[str]:
    """Two neighbours change places, unless both are figures or both are labels: the page would then lie, and no
    reader could know."""
    at = rng.randrange(len(lines) - 1)
    first, second = lines[at : at + 2]
    if _kind(first) == _kind(second) != "row":
        return lines
    return [*lines[:at], second, first, *lines[at + 2 :]]


def _kind(line: str) -> Literal["label", "figure", "row"]:
    has_label, has_figure = bool(_LABEL.search(line)), bool(_FIGURE.search(line))
    return "row" if has_label and has_figure else "label" if has_label else "figure"


def _merge_lines(lines: list[str], rng: Random) -> list[str]:
    at = rng.randrange(len(lines) - 1)
    return [*lines[:at], lines[at] + rng.choice(["", " "]) + lines[at + 1], *lines[at + 2 :]]


def _merge_cells(lines: list[str], rng: Random) -> list[str]:
    return _replaced(lines, _SEPARATOR, rng.choice(["", " "]), rng)


def _drop_cell(lines: list[str], rng: Random) -> list[str]:
    return _replaced(lines, _CELL, "", rng)


def _split_figure(lines: list[str], rng: Random) -> list[str]:
    """A space inside a figure, as a narrow column or a careless converter leaves it."""
    return _replaced(lines, _LONG_FIGURE, lambda match: f"{match[0][:1]} {match[0][1:]}", rng)


def _lose_header(lines: list[str], rng: Random) -> list[str]:
    """The first lines of the table."""
    return lines[rng.randint(1, 3) :]


def _lose_label_run(lines: list[str], rng: Random) -> list[str]:
    """The labels of a few rows in a row, their figures kept."""
    first = rng.randrange(len(lines))
    last = first + rng.randint(2, 40)
    return [*lines[:first], *(_LABEL.sub("", line) for line in lines[first:last]), *lines[last:]]


def _lose_label(lines: list[str], rng: Random) -> list[str]:
    return _replaced(lines, _LABEL, "", rng)


def _lose_figure(lines: list[str], rng: Random) -> list[str]:
    return _replaced(lines, _FIGURE, "", rng)


def _insert_furniture(lines: list[str], rng: Random) -> list[str]:
    at = rng.randint(1, len(lines) - 1)
    return [*lines[:at], rng.choice(_FURNITURE), *lines[at:]]


def _replaced(
    lines: list[str], pattern: re.Pattern[str], by: str | Callable[[re.Match[str]], str], rng: Random
) -> list[str]:
    """The lines with one match of ``pattern``, anywhere, replaced."""
    matches = [(at, match) for at, line in enumerate(lines) for match in pattern.finditer(line)]
    if not matches:
        return lines
    at, match = rng.choice(matches)
    line, new = lines[at], by if isinstance(by, str) else by(match)
    return [*lines[:at], line[: match.start()] + new + line[match.end() :], *lines[at + 1 :]]


_STRIKES: dict[Damage, Callable[[list[str], Random], list[str]]] = {
    "lines_dropped": _drop,
    "lines_repeated": _repeat,
    "lines_swapped": _swap,
    "lines_merged": _merge_lines,
    "cells_merged": _merge_cells,
    "cells_dropped": _drop_cell,
    "figures_split": _split_figure,
    "header_lost": _lose_header,
    "label_run_lost": _lose_label_run,
    "labels_lost": _lose_label,
    "figures_lost": _lose_figure,
    "furniture": _insert_furniture,
}
