"""What goes into the tables comes out of them again, to the last figure."""

import pytest
from hypothesis import given, settings
from sqlalchemy import Engine

from services.store.persist import persist
from shared.database import queries
from shared.database.connect import connect, create_tables, reading
from shared.report import Report
from tests.database.reports import reports, validated


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    engine = connect(f"sqlite:///{tmp_path_factory.mktemp('database')}/gouji.sqlite")
    create_tables(engine)
    return engine


@settings(max_examples=40, derandomize=True, deadline=None)
@given(report=reports())
def test_a_report_is_read_back_as_it_was_stored(engine: Engine, report: Report) -> None:
    assert persist(engine, [validated(report)], "tester") == [None]

    with reading(engine) as connection:
        [summary] = queries.reports_starting_with(connection, "d0")
        assert queries.load(connection, summary.id).report == report
