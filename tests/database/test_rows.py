"""What goes into the tables comes out of them again, to the last figure."""

from hypothesis import HealthCheck, given, settings
from sqlalchemy import Engine

from services.store.persist import persist
from shared.database import queries
from shared.database.connect import reading
from shared.report import Report
from tests.database.reports import reports, validated


# The fixture is one database for all examples: each replaces the report before it.
@settings(
    max_examples=40,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(report=reports())
def test_a_report_is_read_back_as_it_was_stored(engine: Engine, report: Report) -> None:
    assert persist(engine, [validated(report)], "tester") == [None]

    with reading(engine) as connection:
        [summary] = queries.reports_starting_with(connection, "d0")
        assert queries.load(connection, summary.id).report == report
