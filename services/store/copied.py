"""Whether a report is last year's over again: the same figures where chance would not repeat them, the same prose."""

import re
from collections.abc import Iterator
from math import prod

from shared.finding import finding_of
from shared.form import Cell, Form, load_form
from shared.report import Finding, Number, Report

_BY_CHANCE = 1000
"""A figure of n comes again about once in n + 1 years, and equal figures follow from one another: the different figures
of a table must make its repetition rarer than once in so many years. 999 small offices with one application each year
are no copies; 7 applications, 12 penalties and 55 licences are one."""

_SHARE = 0.9
"""Prose is the same where so much of it stands in last year's. Each figure brought up to date costs eight shingles of
about eighty characters, so that a text whose figures were replaced has less."""

_LEAST = 500
"""Shorter prose, in characters, says the same every year with good reason: nothing was issued, nobody applied."""

_SHINGLE = 8  # characters
_YEAR = re.compile(r"20\d\d年?")
_FIGURE = re.compile(r"\d+")
_STOP = re.compile(r"[。；\n]")


def copied(report: Report, previous: Report) -> Iterator[Finding]:
    """What ``report`` repeats of ``previous``, the same authority's of the year before."""
    if tables := _repeated(report, previous):
        said = "、".join(f"“{label}”{figure}" for label, figure in tables)
        yield finding_of("continuity.copied", "tables", last_year=previous.year, figures=said)
    share = shared_prose(_prose(report), _prose(previous))
    if share >= _SHARE:
        yield finding_of("continuity.copied_prose", "prose", last_year=previous.year, share=f"{int(share * 100)}%")


def _repeated(report: Report, previous: Report) -> list[tuple[str, Number]]:
    """Some figures, the largest first, if all that both pages state of a year's work is the same; none otherwise."""
    if report.edition != previous.edition:
        return []
    form = load_form(report.edition)
    figures, last = report.figures(form), previous.figures(form)
    stocks = _stocks(form)
    different: dict[Number, Cell] = {}
    for cell, figure in figures.items():
        before = last[cell]
        if (cell.table, cell.column) in stocks or figure is None or before is None:
            continue
        if figure != before:
            return []
        if figure:
            different.setdefault(figure, cell)
    if prod(1 + abs(figure) for figure in different) < _BY_CHANCE:
        return []
    return [(_label(form, different[figure]), figure) for figure in sorted(different, reverse=True)[:3]]


def _stocks(form: Form) -> set[tuple[str, str]]:
    """The columns of what stands at the end of a year, which may well be the same as the year before."""
    rules = [rule for rule in form.continuities if rule.each == "row"]
    return {(rule.table, key) for rule in rules for key in (*rule.opening, *rule.closing)}


def _label(form: Form, cell: Cell) -> str:
    return form.table(cell.table).row(cell.row).title


def _prose(report: Report) -> str:
    return _YEAR.sub("", "\n".join(section.text for section in report.sections))


def shared_prose(text: str, last: str) -> float:
    """The share (0 to 1) of ``text`` that stands in ``last``, by shingles of eight characters; 0 where it is short.

    Sentences, figures aside, are compared first: it costs a tenth, and almost all texts are told apart by it."""
    if len(text) < _LEAST:
        return 0
    sentences, known = _sentences(text), set(_sentences(last))
    if sum(len(each) for each in sentences if each in known) < _SHARE * sum(map(len, sentences)) / 2:
        return 0
    shingles, before = _shingles(text), _shingles(last)
    return len(shingles & before) / len(shingles)


def _sentences(text: str) -> list[str]:
    return _STOP.split(_FIGURE.sub("0", text))


def _shingles(text: str) -> set[str]:
    letters = "".join(text.split())
    return {letters[start : start + _SHINGLE] for start in range(len(letters) - _SHINGLE + 1)}
