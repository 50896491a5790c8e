"""Rows whose cells commas or semicolons divide, as spreadsheets export them: ``规章,0,12``, ``行政许可;"1,331";;``."""

import csv
from collections.abc import Sequence
from itertools import islice

from services.ingest.spaces import is_figure

_ROWS = 4  # rows that can be nothing else, from which on a text is taken to hold separated values
_LINE_LENGTH = 1_000  # characters; a longer line is prose
_LABEL_LENGTH = 60  # characters; the longest label of the form has 40
_HEADING_LENGTH = 20  # characters of a column heading


def find_separator(lines: Sequence[str]) -> str:
    """What divides the cells in ``lines``; empty where there are no such rows, but prose or figures with commas.

    Only rows in which it directly follows a label count: ``8,343`` may be one figure with its thousands parted.
    """
    for separator in ",;":
        rows = (_labels(_cells(line, separator)) for line in lines if separator in line)
        labelled = (labels for labels in rows if labels and labels[-1] and not labels[-1][-1].isdigit())
        if len(list(islice(labelled, _ROWS))) == _ROWS:
            return separator
    return ""


def split(line: str, separator: str) -> list[str]:
    """The cells of a row of figures or of headings; the line alone where it is prose."""
    cells = _cells(line, separator)
    headings = len(cells) > 2 and all(len(cell) <= _HEADING_LENGTH and "。" not in cell for cell in cells)
    return cells if headings or _labels(cells) is not None else [line]


def _cells(line: str, separator: str) -> list[str]:
    if len(line) > _LINE_LENGTH:
        return [line]
    try:
        return next(csv.reader([line], delimiter=separator), [line])
    except csv.Error:
        return [line]


def _labels(cells: list[str]) -> list[str] | None:
    """The labels that stand before the figures and blanks of a row; None where it is no such row."""
    first = len(cells)
    while first and (not cells[first - 1].strip() or is_figure(cells[first - 1].strip())):
        first -= 1
    labels, tail = cells[:first], cells[first:]
    stated = any(cell.strip() for cell in tail) or len(tail) > 1
    short = all(len(label) <= _LABEL_LENGTH and "。" not in label for label in labels)
    return labels if stated and short else None
