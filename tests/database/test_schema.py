"""The tables of every version become those of this one, with all that is in them."""

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, inspect, text
from sqlmodel import SQLModel

from services.store.persist import persist
from shared.database import queries, schema, tables
from shared.database.connect import connect, reading, writing
from shared.errors import Unavailable
from tests.database.reports import plain_report, validated

FIRST = Path(__file__).with_name("gouji-0.1.0.sql")


@pytest.fixture
def empty(engine: Engine) -> Engine:
    """A database with nothing in it."""
    with writing(engine) as connection:
        SQLModel.metadata.drop_all(connection)
        schema.STATE.drop(connection)
    return engine


@pytest.fixture
def first(tmp_path: Path) -> Iterator[Engine]:
    """The database that gouji 0.1.0 made of two samples."""
    file = tmp_path / "first.sqlite"
    with sqlite3.connect(file) as connection:
        connection.executescript(FIRST.read_text(encoding="utf-8"))
    connection.close()
    engine = connect(f"sqlite:///{file}")
    yield engine
    engine.dispose()


def shape(engine: Engine) -> dict[str, Any]:
    """The tables as the database describes them."""
    found = inspect(engine)
    return {
        table.name: (
            sorted((c["name"], str(c["type"]), c["nullable"]) for c in found.get_columns(table.name)),
            sorted(found.get_pk_constraint(table.name)["constrained_columns"]),
            sorted(tuple(unique["column_names"]) for unique in found.get_unique_constraints(table.name)),
            sorted(
                (str(index["name"]), tuple(index["column_names"]))
                for index in found.get_indexes(table.name)
                if not index["unique"]
            ),
            sorted(key["referred_table"] for key in found.get_foreign_keys(table.name)),
        )
        for table in tables.ALL
        if found.has_table(table.name)
    }


def test_the_steps_lead_to_the_tables_that_the_code_describes(engine: Engine) -> None:
    described = shape(engine)
    with writing(engine) as connection:
        SQLModel.metadata.drop_all(connection)
        schema.STATE.drop(connection)

    schema.upgrade(engine, "0001")
    assert schema.upgrade(engine) == ("0001", schema.REVISION)

    assert shape(engine) == described


def test_the_last_step_is_the_state_that_the_code_names() -> None:
    folder = Path(schema.__file__).parent / "migrations" / "versions"
    assert max(file.name[1:5] for file in folder.glob("r*.py")) == schema.REVISION


def test_a_database_of_the_first_version_is_read_after_the_upgrade(first: Engine) -> None:
    assert schema.upgrade(first) == ("0001", schema.REVISION)

    with reading(first) as connection:
        found = {each.document_id[:4]: each for each in queries.reports(connection)}
        clean, broken = (queries.load(connection, found[id_].id) for id_ in ("ab47", "96a5"))
        passages = queries.steps_of(connection, clean.summary.document_id)
    assert (clean.summary.part, clean.summary.parts, clean.summary.verdict) == (1, 1, "clean")
    assert clean.report.authority == "青石县柳林镇人民政府"
    assert clean.report.figure("applications.received.total") == 18
    assert clean.report.sources["disclosure.regulations.issued"] == "L19C2"
    assert (clean.report.doubts, clean.report.additions) == ({}, {})
    assert clean.keys == ("01-一行一条.txt",)
    assert [each.rule for each in broken.findings] == [
        "applications.row_total",
        "applications.concluded",
        "applications.balance",
    ]
    assert [(each.stage, each.part) for each in passages] == [
        ("ingest", None),
        ("parse", None),
        ("validate", None),
        ("store", None),
    ]


def test_an_upgraded_database_takes_reports_and_their_parts(first: Engine) -> None:
    schema.upgrade(first)
    events = [
        validated(plain_report(authority=authority).model_copy(update={"part": part})).model_copy(
            update={"part": part, "parts": 2}
        )
        for part, authority in ((1, "和平县青龙镇"), (2, "和平县白虎镇"))
    ]

    assert persist(first, events, "tester") == [None, None]

    with reading(first) as connection:
        found = queries.reports_starting_with(connection, "d0")
    assert sorted((each.part, each.parts, each.authority) for each in found) == [
        (1, 2, "和平县青龙镇"),
        (2, 2, "和平县白虎镇"),
    ]


def test_store_waits_for_the_upgrade_and_says_so(first: Engine) -> None:
    with pytest.raises(Unavailable, match=r"state 0001.*`gouji migrate`"):
        schema.be_ready(first)

    schema.upgrade(first)
    schema.be_ready(first)


def test_a_database_of_a_newer_gouji_is_left_alone(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(schema.STATE.update().values(version_num="9999"))
    before = shape(engine)

    for attempt in (schema.be_ready, schema.upgrade):
        with pytest.raises(Unavailable, match=r"9999.*newer"):
            attempt(engine)

    assert shape(engine) == before


def test_an_upgrade_that_fails_changes_nothing(first: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    before = shape(first)

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(schema, "_add_figures", fail)
    with pytest.raises(ZeroDivisionError):
        schema.upgrade(first)

    assert shape(first) == before


def test_a_column_that_an_edition_added_is_added(engine: Engine) -> None:
    described = shape(engine)
    with writing(engine) as connection:
        connection.execute(text("ALTER TABLE application DROP COLUMN research"))

    schema.upgrade(engine)

    assert shape(engine) == described


def test_an_upgrade_of_an_empty_database_makes_the_tables(empty: Engine) -> None:
    assert schema.upgrade(empty) == (None, schema.REVISION)
    schema.be_ready(empty)


@pytest.mark.skipif("GOUJI_TEST_DATABASE_URL" in os.environ, reason="SQLite's own: what a copied table took with it")
def test_no_row_is_lost_on_the_way(first: Engine) -> None:
    def rows() -> dict[str, int]:
        with reading(first) as connection:
            return {
                table.name: connection.execute(text(f'SELECT count(*) FROM "{table.name}"')).scalar_one()
                for table in tables.ALL
                if inspect(connection).has_table(table.name)
            }

    before = rows()
    schema.upgrade(first)
    after = rows()
    assert {name: after.pop(name) for name in before} == before
    assert not any(after.values())
    assert before["application"] == 50
