"""Finds the claims of the prose and holds them against the tables and against their own parts."""

import re
from collections.abc import Iterable, Iterator, Mapping

from services.validate.narrative.plainness import Plainness, is_about_others, plainness
from services.validate.narrative.quantities import Quantity, quantity
from services.validate.narrative.rates import rates
from services.validate.narrative.sentences import Sentence, sentences
from services.validate.narrative.subjects import Cells, Subject, subjects
from services.validate.narrative.sums import sums
from services.validate.narrative.telling import Status, claim, sum_of
from shared.form import Cell, Form
from shared.form.wording import number
from shared.report import Claim, Finding, Number, Report

Figures = Mapping[Cell, Number | None]

# A sentence without a figure, or words for none, claims nothing.
_MAY_CLAIM = re.compile(r"\d|[零一二三四五六七八九十百两](?:件|份|宗|起|条|次|项|个)|未|没有|无|零|均")
_ABOUT_APPLICATIONS = re.compile(r"公开.{0,6}申请|申请.{0,4}公开|依申请")
_NONE = Quantity(0, "件", True, 0, 0)


def claims(report: Report, form: Form, figures: Figures) -> tuple[Claim, ...]:
    """Every claim of the prose that can be checked: those that agree, that contradict, and (``unknown``) those about a
    cell that is null. What is not plain enough to contradict is listed only where it agrees."""
    found: list[Claim] = []
    previous = None
    for sentence in sentences(report):
        if _MAY_CLAIM.search(sentence.text):
            found += _about_cells(sentence, report, form, figures)
            found += _of_rates(sentence, report, figures)
        found += _of_sums(sentence, previous)
        previous = sentence
    return tuple(found)


def claimed(checked: Iterable[Claim]) -> dict[str, Number]:
    """What the prose says of single cells, by cell id: evidence on which of two figures is the wrong one."""
    return {claim.cells[0]: claim.stated for claim in checked if len(claim.cells) == 1}


def finding(contradicting: Claim) -> Finding:
    """A claim that contradicts, as a finding: ``expected`` is what the table or the parts say, ``actual`` the prose."""
    return Finding(
        rule=contradicting.rule,
        at=contradicting.at,
        severity="warning",
        expected=contradicting.expected,
        actual=contradicting.stated,
        cells=contradicting.cells,
        message=contradicting.message,
        quote=contradicting.quote,
        place=contradicting.place,
    )


def _about_cells(sentence: Sentence, report: Report, form: Form, figures: Figures) -> Iterator[Claim]:
    taken: set[int] = set()  # the spots that an earlier, plainer subject has claimed
    for subject in subjects(form.edition):
        if subject.keyword not in sentence.text:
            continue
        for match in subject.find(sentence.text):
            start = match.start() if subject.zero else match.start("number")
            if start in taken or not _in_context(subject, sentence, match):
                continue
            taken.update(range(start, match.end()))
            stated = _NONE if subject.zero else quantity(match)
            how_plain = _plainness(subject, sentence, match, report)
            if stated.exact and how_plain != "foreign" and (value := _in_unit_of(subject, stated)) is not None:
                yield from _compare(subject, sentence, form, figures, value, how_plain)


def _plainness(subject: Subject, sentence: Sentence, match: re.Match[str], report: Report) -> Plainness:
    return plainness(
        sentence, match.start(), match.end(), report.year, report.authority, dependent=subject.context == "applications"
    )


def _in_context(subject: Subject, sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether what stands before the claim, or in it, is about what the subject needs."""
    if subject.context == "applications":
        return bool(_ABOUT_APPLICATIONS.search(sentence.before + sentence.text))
    return subject.context == "" or "公开" in sentence.text[: match.end()]


def _in_unit_of(subject: Subject, stated: Quantity) -> Number | None:
    """The stated value in the unit of the subject's cells: 元 becomes 万元; money is no count, nor a count money."""
    money = any(cell.column == "amount" for cell in subject.readings[0])
    if subject.zero or money != (stated.unit == "元"):
        return 0 if subject.zero else None
    return round(stated.value / 10_000, 6) if money else stated.value


def _compare(
    subject: Subject, sentence: Sentence, form: Form, figures: Figures, stated: Number, how_plain: Plainness
) -> Iterator[Claim]:
    totals = [(cells, _sum(cells, figures)) for cells in subject.readings]
    fitting = next((cells for cells, total in totals if total == stated), None)
    cells, expected = (fitting, stated) if fitting else totals[0]
    status: Status = "agrees" if fitting else "unknown" if any(total is None for _, total in totals) else "contradicts"
    if status != "contradicts" or how_plain == "plain":
        yield claim(
            subject.rule,
            sentence,
            stated=stated,
            expected=expected,
            status=status,
            against=sum_of(form, cells),
            cells=cells,
            unit="万元" if cells[0].column == "amount" else "",
        )


def _of_rates(sentence: Sentence, report: Report, figures: Figures) -> Iterator[Claim]:
    handled = (Cell("applications", "concluded", "total"),)
    came_in = tuple(Cell("applications", row, "total") for row in ("received", "carried_in"))
    for rate in rates(sentence.text):
        before = sentence.text[: rate.start]
        if not _ABOUT_APPLICATIONS.search(sentence.before + before) or is_about_others(before):
            continue
        how_plain = plainness(sentence, rate.start, rate.end, report.year, report.authority, dependent=True)
        part = _sum(handled, figures) if rate.part is None else rate.part
        # A share may be of all that came in, of what came in this year, or of what was concluded.
        wholes = [
            _sum(cells, figures) for cells in ((came_in,) if rate.part is None else (came_in, came_in[:1], handled))
        ]
        known = [whole for whole in wholes if whole]
        if part is None or not known or how_plain == "foreign":
            continue
        agrees = any(rate.fits(part, whole) for whole in known)
        if agrees or how_plain == "plain":
            yield claim(
                "narrative.rate",
                sentence,
                stated=rate.percent,
                expected=rate.percent if agrees else round(100 * part / known[0], 2),
                status="agrees" if agrees else "contradicts",
                against="按表三总计列计算的比例",
                cells=handled + came_in if rate.part is None else came_in,
                unit="%",
            )


def _of_sums(sentence: Sentence, previous: Sentence | None) -> Iterator[Claim]:
    for found in sums(sentence, previous):
        agrees = found.total == found.whole.value
        if agrees or found.exhaustive:
            parts = "+".join(number(part.value) for part in found.parts)
            yield claim(
                "narrative.sum",
                found.sentence,
                stated=found.whole.value,
                expected=found.total,
                status="agrees" if agrees else "contradicts",
                against=f"其各项之和{parts}=" + (number(found.total) if agrees else ""),
                unit=found.whole.unit,
            )


def _sum(cells: Cells, figures: Figures) -> Number | None:
    stated = [figures.get(cell) for cell in cells]
    return None if None in stated else sum(figure or 0 for figure in stated)
