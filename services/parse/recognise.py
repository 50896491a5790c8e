"""Recognises a report in a stream of blocks."""

from collections.abc import Sequence
from functools import cache
from typing import Literal, NamedTuple

from services.parse.admission import admit
from services.parse.bands import read_bands
from services.parse.entries import gather
from services.parse.essence import essence
from services.parse.lexicon import Lexicon, lexicon_of
from services.parse.metadata import find_authority, find_period, find_year, level_of
from services.parse.reading import Reading, Values, relations_of, values_of
from services.parse.rows import Ground, read_rows
from services.parse.sections import Heading, find_formal_headings, find_outline, write_sections
from services.parse.segments import Evidence, Segment, closers_of, find_evidence
from services.parse.title import find_title
from services.parse.tokens import Token, read_tokens
from shared.blocks import Block, Document
from shared.form import EDITIONS, Form, load_form
from shared.form.model import Edition
from shared.report import Figures, Report

_FEWEST_LABELS = 3  # fewer words of the form occur on any page
_FIRST_YEAR = 2021  # of the edition of that name
_SENTENCE = 15  # characters; a text in a table's place that is longer, or ends a sentence, is prose
_ENDS = ("。", "；", "！", "？")


def recognise(document: Document) -> Report:
    """The report that ``document`` is; raises Rejected(``not_a_report``) where it is none."""
    blocks, headings = _first_report(document.blocks)
    evidence = find_evidence(blocks, headings)
    title = find_title(blocks, 0, headings[0].at if headings else len(blocks))
    year = find_year(title, blocks)
    edition, shown = _edition(blocks, evidence, year)
    tabular: set[int] = set()
    remarks: list[str] = []
    tables = {} if edition == "unknown" else _read_tables(blocks, evidence, load_form(edition), tabular, remarks)
    if not shown:
        tables["disclosure"] = values_of(Reading(), lexicon_of(edition, "disclosure"), blocks)
        remarks.append(f"页面没有显示报告格式的版本，按年份取{edition}年版；各版不同的第二部分表格未读取。")
    formal = find_formal_headings(blocks) if edition == "unknown" else []
    stated = sum(len(values.sources) for values in tables.values())
    admit(
        blocks,
        title=title is not None,
        sections=len(headings),
        labels=evidence.labels,
        figures=stated,
        formal=len(formal),
    )
    authority = find_authority(title, blocks, tabular)
    return Report(
        title=title.text if title else None,
        authority=authority,
        level=level_of(authority),
        year=year,
        period=find_period(blocks, year),
        edition=edition,
        script=document.script,
        format=document.format,
        encoding=document.encoding,
        sections=write_sections(blocks, headings if len(headings) >= len(formal) else formal, tabular),
        disclosure=_flat(tables["disclosure"]) if tables else None,
        applications=_nested(tables["applications"]) if tables else None,
        disputes=_nested(tables["disputes"]) if tables else None,
        sources={cell: source for values in tables.values() for cell, source in values.sources.items()},
        notes={cell: note for values in tables.values() for cell, note in values.notes.items()},
        remarks=tuple(remarks),
    )


def _first_report(blocks: Sequence[Block]) -> tuple[Sequence[Block], list[Heading]]:
    """The page up to where another report begins, and the headings of the first."""
    headings, end = find_outline(blocks)
    if end < len(blocks) and (title := find_title(blocks, headings[-1].at + 1, end)):
        end = title.at
    return blocks[:end], headings


class _Choice(NamedTuple):
    """The edition of a page; ``shown`` where the page itself shows it, else its year decided."""

    edition: Literal["2021", "2019", "unknown"]
    shown: bool = True


def _edition(blocks: Sequence[Block], evidence: Evidence, year: int | None) -> _Choice:
    """The edition whose own words the page shows most."""
    counts = {edition: len(words) for edition, words in evidence.words.items()}
    if not any(counts.values()):
        page = essence("".join(block.text for block in blocks))
        counts = {edition: sum(word in page for word in _own_words(edition)) for edition in EDITIONS}
    if evidence.labels < _FEWEST_LABELS and max(counts.values()) < _FEWEST_LABELS:
        return _Choice("unknown")
    if len(set(counts.values())) == 1:
        return _Choice("2019" if year and year < _FIRST_YEAR else "2021", shown=False)
    best: Edition = max(EDITIONS, key=lambda edition: counts[edition])
    return _Choice(best)


@cache
def _own_words(edition: Edition) -> tuple[str, ...]:
    """The column labels of the table of disclosure that no other edition prints, not even as part of a longer one."""
    labels = {
        other: [essence(column.label) for column in load_form(other).table("disclosure").columns] for other in EDITIONS
    }
    foreign = [label for other in EDITIONS if other != edition for label in labels[other]]
    return tuple(own for own in labels[edition] if not any(own in label for label in foreign))


def _read_tables(
    blocks: Sequence[Block], evidence: Evidence, form: Form, tabular: set[int], remarks: list[str]
) -> dict[str, Values]:
    """Every table's values; adds the blocks of tables to ``tabular``, what is worth a note to ``remarks``."""
    tables: dict[str, Values] = {}
    for table in form.tables:
        lexicon = lexicon_of(form.edition, table.key)
        readings: list[Reading] = []
        for segment in evidence.segments:
            if segment.table == table.key:
                tokens = read_tokens(blocks, segment.start, segment.end, lexicon)
                _mark_tabular(blocks, tokens, tabular)
                readings.append(_read_segment(tokens, segment, lexicon, blocks, form))
        agreed = _agreed(readings)
        remarks += agreed.remarks
        tables[table.key] = values_of(agreed, lexicon, blocks)
    return tables


def _read_segment(
    tokens: list[Token], segment: Segment, lexicon: Lexicon, blocks: Sequence[Block], form: Form
) -> Reading:
    table = lexicon.table
    ground = Ground(lexicon, blocks, closers_of(table.key), relations_of(form, table, "row"))
    if table.layout == "bands":
        return read_bands(tokens, segment.follower, ground)
    return read_rows(gather(tokens, segment.follower), ground)


def _agreed(readings: Sequence[Reading]) -> Reading:
    """One reading of a table that stands in several places of the page: parts of it are put together; of copies the
    first counts that is read as far as any, for the others may be another year's."""
    copies: list[Reading] = []
    for reading in readings:
        if copies and copies[-1].rows.isdisjoint(reading.rows):
            copies[-1].extend(reading)
        elif reading.rows:
            copies.append(reading)
    most = max((len(copy.rows) for copy in copies), default=0)
    return next((copy for copy in copies if 2 * len(copy.rows) >= most), Reading())


def _mark_tabular(blocks: Sequence[Block], tokens: Sequence[Token], tabular: set[int]) -> None:
    for token in tokens:
        text = blocks[token.at].text
        if token.kind != "words" or (len(text) < _SENTENCE and not text.endswith(_ENDS)):
            tabular.add(token.at)


def _flat(values: Values) -> Figures:
    return {f"{row}.{column}": figure for (row, column), figure in values.figures.items()}


def _nested(values: Values) -> dict[str, Figures]:
    rows: dict[str, Figures] = {}
    for (row, column), figure in values.figures.items():
        rows.setdefault(row, {})[column] = figure
    return rows
