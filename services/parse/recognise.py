"""Recognises a report in a stream of blocks."""

from typing import NamedTuple

from services.parse.admission import Signs, admit
from services.parse.authority import find_authority
from services.parse.before_2019 import count_known, find_formal_headings, statistics
from services.parse.copies import without_copies
from services.parse.editions import choose_edition
from services.parse.metadata import find_period, find_year, level_of
from services.parse.parts import Part, find_parts
from services.parse.sections import write_sections
from services.parse.table.segments import find_evidence
from services.parse.table.tables import Tables
from shared.blocks import Document
from shared.cells import Shape
from shared.errors import Rejected
from shared.report import Report

MOST_PARTS = 200
"""A file with more reports is refused: a province has some hundred counties, a city fewer offices."""
_REST = "本报告之后另有“{}”等内容，不是一份年度报告，未读取。"


class Recognised(NamedTuple):
    """What one of the ``parts`` of a document turned out to be: ``part`` counts from 1, ``outcome`` is the report, or
    the exception that reading it raised (Rejected where it is none)."""

    part: int
    parts: int
    outcome: Report | Exception


def recognise_all(document: Document, only: int | None = None) -> list[Recognised]:
    """What each report that ``document`` holds turned out to be, or the one called ``only``. Never empty; a document
    none of whose parts is a report counts as one part, that is none."""
    parts = find_parts(document.blocks)
    if len(parts) > MOST_PARTS:
        return [Recognised(1, 1, Rejected("too_large", f"文件中有{len(parts)}份年度报告，超过{MOST_PARTS}份。"))]
    outcomes = without_copies([_outcome(document, part) for part in parts])
    if all(isinstance(outcome, Rejected) for outcome in outcomes):
        return [Recognised(1, 1, outcomes[0])]
    found = [
        Recognised(number, len(outcomes), _numbered(outcome, number))
        for number, outcome in enumerate(outcomes, 1)
        if only in (None, number)
    ]
    missing = Rejected("not_a_report", f"文件中没有第{only}份年度报告。")
    return found or [Recognised(only or 1, len(outcomes), missing)]


def recognise(document: Document) -> Report:
    """The first report that ``document`` holds; raises Rejected(``not_a_report``) where it is none."""
    return _recognise(document, find_parts(document.blocks)[0])


def _outcome(document: Document, part: Part) -> Report | Exception:
    try:
        return _recognise(document, part)
    except Exception as error:  # whatever it is, it fails this part alone
        return error


def _numbered(outcome: Report | Exception, number: int) -> Report | Exception:
    if isinstance(outcome, Exception) or number == 1:
        return outcome
    return outcome.model_copy(update={"part": number})


def _recognise(document: Document, part: Part) -> Report:
    """The report that ``part`` of ``document`` is; raises Rejected(``not_a_report``) where it is none."""
    blocks, headings, title = part.blocks, part.headings, part.title
    evidence = find_evidence(blocks, headings)
    year = find_year(title, blocks)
    choice = choose_edition(blocks, evidence, year)
    tables = Tables(blocks, evidence, choice)
    formal = find_formal_headings(blocks) if choice.edition == "unknown" else []
    figures = len(tables.sources)
    admit(blocks, Signs(title, year, len(headings), evidence.labels, figures, len(formal), count_known(formal)))
    authority = find_authority(title, blocks, tables.blocks)
    return Report(
        title=title.text if title else None,
        authority=authority,
        level=level_of(authority),
        year=year,
        period=find_period(blocks, year),
        edition=choice.edition,
        script=document.script,
        format=document.format,
        encoding=document.encoding,
        sections=write_sections(
            blocks,
            headings if len(headings) >= len(formal) else formal,
            statistics(blocks) if choice.edition == "unknown" else tables.blocks,
        ),
        **Shape.of_rows(tables.figures)._asdict(),
        sources=tables.sources,
        notes=tables.notes,
        doubts=tables.doubts,
        additions=tables.additions,
        remarks=(*tables.remarks, *([_REST.format(part.rest)] if part.rest else [])),
    )
