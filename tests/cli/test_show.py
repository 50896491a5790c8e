"""gouji show draws the three tables as the form lays them out and marks what is wrong."""

from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console
from sqlalchemy import Connection, Engine

from cli.drawing import Drawing
from cli.errors import UserError
from cli.reference import find_report
from services.store.persist import persist
from services.validate.judge import judge
from shared.database.connect import connect, reading
from shared.database.schema import create_tables
from shared.doubt import Doubt, DoubtCode
from shared.form import EDITIONS, load_form
from shared.form.model import Edition
from shared.report import Report
from tests.database.reports import plain_report, validated


def drawn(report: Report, sources: bool = False) -> str:
    console = Console(width=200, record=True, file=StringIO())
    console.print(Drawing(report, judge(report).findings, sources))
    return console.export_text()


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_label_and_every_cell_of_the_form_is_drawn(edition: Edition) -> None:
    shown = drawn(plain_report(edition=edition, figure=7777777))
    squeezed = "".join(shown.split()).replace("│", "")

    form = load_form(edition)
    for table in form.tables:
        assert table.heading in shown
        assert all("".join(row.label.split())[:5] in squeezed for row in table.rows)
    assert shown.count("7,777,777") >= len(list(form.cells()))


def test_an_offending_cell_is_marked_and_the_relation_stands_beside_it() -> None:
    report = plain_report()
    applications = dict(report.applications or {})
    applications["received"] = applications["received"] | {"total": 5}
    shown = drawn(report.model_copy(update={"applications": applications}))

    row = next(line for line in shown.splitlines() if "一、本年新收" in line)
    assert "5①" in row
    assert "① applications.row_total received  0 ≠ 5" in shown


def test_a_figure_that_the_page_does_not_state_is_a_dash_not_a_zero() -> None:
    report = plain_report(figure=3).model_copy(update={"disputes": {"reconsideration": {}}})

    assert drawn(report).count("—") == 15


def test_sources_say_where_the_page_states_a_figure() -> None:
    assert "L45C8" not in drawn(plain_report())
    assert "L45C8" in drawn(plain_report(), sources=True)


def test_sources_say_why_a_cell_is_null() -> None:
    doubts = {"disputes.reconsideration.upheld": Doubt.of(DoubtCode.HIDDEN_TEXT)}
    report = plain_report().model_copy(update={"disputes": {"reconsideration": {"upheld": None}}, "doubts": doubts})

    shown = drawn(report, sources=True)
    assert shown.count("hidden_text") == 2  # in the cell, and below with its sentence
    assert DoubtCode.HIDDEN_TEXT.message in shown
    assert DoubtCode.HIDDEN_TEXT.message.removesuffix("。") in drawn(report)  # in the finding


def test_a_report_of_an_unknown_edition_has_no_tables() -> None:
    blank = {"edition": "unknown", "disclosure": None, "applications": None, "disputes": None}

    assert "edition of the form is unknown" in drawn(plain_report().model_copy(update=blank))


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    engine: Engine = connect(f"sqlite:///{tmp_path}/gouji.sqlite")
    create_tables(engine)
    reports = [("静海区独流镇", 2023, "aaaa1"), ("静海区独流镇", 2024, "aaaa2"), ("独流镇", 2023, "bbbb3")]
    events = [validated(plain_report(authority=a, year=y), document_id=d) for a, y, d in reports]
    assert persist(engine, events, "tester") == [None] * 3
    with reading(engine) as connection:
        yield connection
    engine.dispose()


@pytest.mark.parametrize(
    ("reference", "found"),
    [
        (["bbbb"], "bbbb3"),
        (["aaaa2"], "aaaa2"),
        (["静海区独流镇", "2024"], "aaaa2"),
        (["静海", "2023"], "aaaa1"),
        (["独流镇", "2023"], "bbbb3"),
        (["独流镇"], "bbbb3"),
    ],
)
def test_a_report_is_found_by_id_or_by_authority_and_year(
    connection: Connection, reference: list[str], found: str
) -> None:
    assert find_report(connection, reference).document_id == found


def test_what_means_several_reports_lists_them(connection: Connection) -> None:
    with pytest.raises(UserError, match="means 2 reports") as caught:
        find_report(connection, ["aaaa"])

    assert "aaaa1  静海区独流镇 2023" in caught.value.message


def test_what_means_no_report_says_so(connection: Connection) -> None:
    with pytest.raises(UserError, match="no report is stored under '城关镇 2023'"):
        find_report(connection, ["城关镇", "2023"])
