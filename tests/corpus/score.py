"""Holds what gouji reads from a document of the corpus against its truth."""

from dataclasses import dataclass

import gouji
from shared.form import load_form
from shared.report import Finding, Report
from tests.corpus.page import Truth
from tests.corpus.spec import Rendered


@dataclass(frozen=True)
class Score:
    """``cells`` that the form has; ``stated``: how many of them the page's author filled; ``wrong``: sentences on
    figures that the page's author did not mean, metadata misread, or a table that hides its gaps; ``missing``: ids of
    cells stated on the page and not read; ``declined``: how many more were not read, where a reader may decline."""

    cells: int
    wrong: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    declined: int = 0
    stated: int = 0


def score(rendered: Rendered) -> Score:
    """Reads ``rendered`` as ``gouji parse`` does and scores it."""
    truth = rendered.truth
    stated = [cell for cell, expected in truth.cells.items() if expected.value is not None]
    outcome = gouji.read(rendered.data, rendered.name)[0]
    report, judgement = outcome.report, outcome.judgement
    if report is None or judgement is None:
        if truth.damaged and isinstance(outcome.failure, gouji.Rejected):
            return Score(len(truth.cells), declined=len(stated), stated=len(stated))
        return Score(len(truth.cells), (f"not read: {outcome.failure}",), tuple(stated), stated=len(stated))
    unread = [cell for cell in stated if report.figure(cell) is None]
    missing = tuple(cell for cell in unread if not truth.cells[cell].or_null)
    wrong = (*_wrong_cells(report, truth), *_hidden_gaps(report, judgement.findings))
    if not truth.damaged:
        wrong = (*wrong, *_wrong_words(report, truth))
    return Score(len(truth.cells), wrong, missing, len(unread) - len(missing), len(stated))


def _wrong_cells(report: Report, truth: Truth) -> list[str]:
    """Cells that are neither null nor what the author meant, of either edition."""
    if report.edition != truth.edition:
        read = [cell.id for cell in load_form(report.edition).cells()] if report.edition != "unknown" else []
        strangers = [cell for cell in read if cell not in truth.cells and report.figure(cell) is not None]
    else:
        strangers = []
    return [f"{cell} is {report.figure(cell)}, the page does not have it" for cell in strangers] + [
        f"{cell} is {report.figure(cell)}, not {expected.value}"
        for cell, expected in truth.cells.items()
        if report.figure(cell) is not None and not expected.admits(report.figure(cell))
    ]


def _hidden_gaps(report: Report, findings: tuple[Finding, ...]) -> list[str]:
    """Tables with a null cell and no finding of completeness."""
    flagged = {finding.rule for finding in findings}
    if report.edition == "unknown":
        tables = {"disclosure", "applications", "disputes"}
    else:
        tables = {cell.table for cell in load_form(report.edition).cells() if report.figure(cell.id) is None}
    return [
        f"{table} has gaps and no finding says so" for table in sorted(tables) if f"completeness.{table}" not in flagged
    ]


def _wrong_words(report: Report, truth: Truth) -> list[str]:
    """Metadata and sections that differ from what the page says."""
    read = {"title": report.title, "year": report.year, "edition": report.edition, "script": report.script}
    meant = {"title": truth.title, "year": truth.year, "edition": truth.edition, "script": truth.script}
    if report.edition == "unknown" and all(expected.admits(None) for expected in truth.cells.values()):
        del read["edition"]
    faults = [f"{name} is {read[name]!r}, not {meant[name]!r}" for name in read if read[name] != meant[name]]
    if report.authority != truth.authority:
        faults.append(f"authority is {report.authority!r}, not {truth.authority!r}")
    numbers = [section.number for section in report.sections]
    if numbers != [1, 2, 3, 4, 5, 6] and truth.edition != "unknown":
        faults.append(f"sections {numbers}")
    texts = {section.number: "".join(section.text.split()) for section in report.sections}
    for number, words in truth.marks.items():
        if "".join(words.split()) not in texts.get(number, ""):
            faults.append(f"section {number} lacks {words!r}")
    return faults
