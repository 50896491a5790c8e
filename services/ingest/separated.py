"""Rows whose cells commas or semicolons divide, as spreadsheets export them: ``规章,0,12``, ``行政许可;"1,331";;``."""

import csv
from collections.abc import Sequence
from itertools import islice

from services.ingest.spaces import is_figure

_ROWS = 4  # lines that can only be rows, from which on a text is taken to hold separated values
_LINE_LENGTH = 1_000  # characters; a longer line is prose
_LABEL_LENGTH = 60  # characters; the longest label of the form has 40
_HEADING_LENGTH = 20  # characters of a column heading


def find_separator(lines: Sequence[str]) -> str:
    """What divides the cells in ``lines``; empty where there are no such rows, but perhaps prose with commas."""
    for separator in ",;":
        rows = (line for line in lines if separator in line and _is_row(_cells(line, separator)))
        if len(list(islice(rows, _ROWS))) == _ROWS:
            return separator
    return ""


def split(line: str, separator: str) -> list[str]:
    """The cells of a row of figures or of headings; the line alone where it is prose."""
    cells = _cells(line, separator)
    headings = len(cells) > 2 and all(len(cell) <= _HEADING_LENGTH and "。" not in cell for cell in cells)
    return cells if headings or _is_row(cells) else [line]


def _cells(line: str, separator: str) -> list[str]:
    if len(line) > _LINE_LENGTH:
        return [line]
    try:
        return next(csv.reader([line], delimiter=separator), [line])
    except csv.Error:
        return [line]


def _is_row(cells: list[str]) -> bool:
    """Whether ``cells`` are labels followed by figures or blanks, as prose never is."""
    first = len(cells)
    while first and (not cells[first - 1].strip() or is_figure(cells[first - 1].strip())):
        first -= 1
    labels, tail = cells[:first], cells[first:]
    stated = any(cell.strip() for cell in tail) or len(tail) > 1
    return stated and all(len(label) <= _LABEL_LENGTH and "。" not in label for label in labels)
