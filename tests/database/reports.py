"""Reports for the tests of the database, drawn at random or plain."""

from datetime import UTC, date, datetime
from random import Random
from typing import Any

from hypothesis import strategies as st

from shared.doubt import Doubt, DoubtCode
from shared.events import ObjectDiscovered, Validated
from shared.form import EDITIONS, load_form
from shared.form.model import Edition
from shared.report import Figures, Finding, Period, Report, Section, verdict_of

TEXTS = st.text(st.characters(exclude_categories=["C"]), max_size=20)


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """A report of any edition, with any figures and words."""
    edition = draw(st.sampled_from(EDITIONS))
    plain = plain_report(edition=edition)
    random = Random(draw(st.integers(0, 2**32)))  # drawing 200 figures one by one would take seconds
    words = st.builds(Section, number=st.integers(1, 6), heading=TEXTS, text=TEXTS)
    return plain.model_copy(
        update={
            "title": draw(st.none() | TEXTS),
            "sections": tuple(draw(st.lists(words, max_size=6))),
            "period": draw(st.none() | st.just(Period(start=date(2023, 1, 1), end=date(2023, 12, 31)))),
            "disclosure": _figures(plain.disclosure, random),
            "applications": {key: _figures(row, random) for key, row in (plain.applications or {}).items()},
            "disputes": {key: _figures(row, random) for key, row in (plain.disputes or {}).items()},
            "notes": draw(st.dictionaries(TEXTS, TEXTS, max_size=3)),
            "doubts": draw(st.dictionaries(TEXTS, st.sampled_from(DoubtCode).map(Doubt.of), max_size=9)),
            "additions": draw(
                st.sampled_from([{}, {"applications": {"refused.work_secret": {"total": 2, "other": None}}}])
            ),
            "remarks": tuple(draw(st.lists(TEXTS, max_size=2))),
        }
    )


def _figures(row: Figures | None, random: Random) -> Figures:
    kinds = (lambda: None, lambda: random.randint(0, 10**12), lambda: random.randint(0, 10**6) / 10**4)
    return {key: random.choice(kinds)() for key in row or {}}


def plain_report(
    *, authority: str = "和平县青龙镇", year: int = 2023, edition: Edition = "2021", figure: int = 0
) -> Report:
    """A report in which every figure is ``figure``."""
    form = load_form(edition)
    tables: dict[str, Any] = {
        key: {row.key: dict.fromkeys(form.table(key).columns_of(row), figure) for row in form.table(key).rows}
        for key in ("applications", "disputes")
    }
    return Report(
        title=f"{authority}{year}年政府信息公开工作年度报告",
        authority=authority,
        year=year,
        edition=edition,
        script="simplified",
        format="text",
        encoding="utf-8",
        sections=(Section(number=1, heading="一、总体情况", text="本年度依法公开。"),),
        disclosure={f"{cell.row}.{cell.column}": figure for cell in form.table("disclosure").cells()},
        sources={"applications.received.total": "L45C8"},
        **tables,
    )


def validated(
    report: Report, *findings: Finding, document_id: str = "d0", key: str = "a.txt", etag: str = "1", changed: int = 1
) -> Validated:
    """An event about ``report``, from an object that changed at second ``changed`` of 2024."""
    last_modified = datetime(2024, 1, 1, 0, 0, changed, tzinfo=UTC)
    origin = ObjectDiscovered(key=key, etag=etag, size=1, last_modified=last_modified)
    verdict = verdict_of(findings)
    return Validated(origin=origin, document_id=document_id, report=report, findings=findings, verdict=verdict)
