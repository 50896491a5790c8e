"""Whole reports as text, with tables, for tests of what surrounds the tables."""

from collections.abc import Callable, Sequence

from services.ingest.read import read_document
from services.parse.recognise import recognise
from shared.form import load_form
from shared.report import Report
from tests.parse.pages import TITLE, Figures, figures_of, read, rows_of

FORM = load_form("2021")
FIGURES: Figures = figures_of(FORM)
NUMERALS = "一二三四五六"
WORDS = tuple(section.heading for section in FORM.sections)
PROSE = {
    1: ["2023年，青山县财政局认真贯彻条例。", "（一）主动公开。全年发布信息120条。"],
    5: ["时效还不够。"],
    6: ["无其他需要报告的事项。"],
}


def decreed(number: int) -> list[str]:
    """The heading of a section as the decree words it."""
    return [f"{NUMERALS[number - 1]}、{WORDS[number - 1]}"]


def write(
    heading: Callable[[int], Sequence[str]] = decreed,
    *,
    opening: Sequence[str] = (TITLE,),
    above: dict[int, list[str]] | None = None,
    below: dict[int, list[str]] | None = None,
    ending: Sequence[str] = (),
) -> str:
    """A report, a row a line: ``heading`` gives the lines of a heading, ``above`` and ``below`` what stands round the
    tables of a section."""
    rows = {table.section: rows_of(table, FIGURES) for table in FORM.tables}
    lines = [*opening]
    for number in range(1, 7):
        lines += [*heading(number), *(above or {}).get(number, [])]
        lines += [" | ".join(row) + " |" for row in rows.get(number, [])]
        lines += [*(below or {}).get(number, []), *PROSE.get(number, [])]
    return "\n".join([*lines, *ending])


def recognised(text: str) -> Report:
    """The report that ``text`` is; all its figures must have been read."""
    report = recognise(read_document(text.encode(), "page.txt"))
    assert read(report, FIGURES) == FIGURES
    return report


def texts(report: Report) -> dict[int, list[str]]:
    """The paragraphs of each section that has any."""
    return {section.number: section.text.split("\n") for section in report.sections if section.text}
