"""Recognises a report in a stream of blocks."""

from collections.abc import Sequence

from services.parse.admission import Signs, admit
from services.parse.authority import find_authority
from services.parse.editions import choose_edition
from services.parse.headings import Heading
from services.parse.mending import mend_headings
from services.parse.metadata import find_period, find_year, level_of
from services.parse.older import count_known, find_formal_headings, statistics
from services.parse.sections import find_outline, write_sections
from services.parse.table.segments import find_evidence
from services.parse.table.tables import Tables
from services.parse.title import Title, find_title
from shared.blocks import Block, Document
from shared.report import Report


def recognise(document: Document) -> Report:
    """The report that ``document`` is; raises Rejected(``not_a_report``) where it is none."""
    blocks, headings, title = _first_report(document.blocks)
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
        disclosure=tables.disclosure,
        applications=tables.figures.get("applications"),
        disputes=tables.figures.get("disputes"),
        sources=tables.sources,
        notes=tables.notes,
        doubts=tables.doubts,
        additions=tables.additions,
        remarks=tuple(tables.remarks),
    )


def _first_report(blocks: Sequence[Block]) -> tuple[Sequence[Block], list[Heading], Title | None]:
    """The page up to where another report begins, and the headings and title of the first."""
    headings, end = find_outline(blocks)
    if (mended := mend_headings(blocks, headings)) is not blocks:
        outline = find_outline(mended)
        if len(outline.headings) >= len(headings):
            blocks, (headings, end) = mended, outline
    title = find_title(blocks, 0, headings[0].at if headings else len(blocks))
    other = find_title(blocks, headings[-1].at + 1, end) if headings else None
    # A page may have lost the headings of the second report: then only its year tells.
    if other and (end < len(blocks) or (title and title.year and other.year not in (None, title.year))):
        end = other.at
    return blocks[:end], headings, title
