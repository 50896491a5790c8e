"""Which state the tables are in, and how they come into the present one.

An empty database gets the present tables at once. One that holds something is only changed when somebody says so
(``gouji migrate``; ``gouji up`` for the SQLite file that is its own), step by step, in one transaction: until then
store waits, and nothing is consumed.
"""

import re
from functools import cache
from pathlib import Path

from sqlalchemy import Column, Connection, Engine, MetaData, String, Table, func, insert, inspect, select
from sqlmodel import SQLModel

from shared.database import tables
from shared.database.connect import changing_tables, ensure_file, reading, writing
from shared.errors import Unavailable

REVISION = "0003"
"""The last of ``migrations/versions``: the state that ``tables`` describes."""
_FIRST = "0001"
"""What gouji 0.1.0 made, which did not say so."""

STATE = Table("alembic_version", MetaData(), Column("version_num", String(32), primary_key=True))
"""Alembic's own table."""


class OutOfDate(Unavailable):
    """The tables are of another version of gouji; the sentence says what to do."""

    def __init__(self, found: str) -> None:
        known = re.fullmatch(r"\d{4}", found) and found < REVISION
        remedy = "`gouji migrate` brings it up to date" if known else "a newer gouji wrote it: use that"
        super().__init__("the database", f"its tables are in state {found}, and this gouji needs {REVISION}; {remedy}")


def state(connection: Connection) -> str | None:
    """The state of the tables, None where there are none."""
    existing = inspect(connection)
    if existing.has_table(STATE.name):
        found: str | None = connection.execute(select(func.max(STATE.c.version_num))).scalar_one()
        return found
    return _FIRST if existing.has_table(tables.REPORT.name) else None


def be_ready(engine: Engine) -> None:
    """Creates the tables in an empty database, once for each engine. Raises :class:`OutOfDate` where they are in
    another state than the present one, :class:`Unavailable` where the database cannot be reached, or is no longer
    there: what vanished is to be put back, not begun from nothing."""
    _create_once(engine)
    with reading(engine) as connection:
        found = state(connection)
    if found is None:
        raise Unavailable("the database", "its tables are gone")
    if found != REVISION:
        raise OutOfDate(found)


@cache
def _create_once(engine: Engine) -> None:
    create_tables(engine)


def create_tables(engine: Engine) -> None:
    """Creates the tables in an empty database. Raises :class:`OutOfDate` where they are in another state than the
    present one, :class:`Unavailable` where the database cannot be reached."""
    ensure_file(engine)
    with reading(engine) as connection:
        found = state(connection)
    if found is None:
        with writing(engine) as connection:  # two stores may start at once: the second finds the tables
            _create(connection)
    elif found != REVISION:
        raise OutOfDate(found)


def _create(connection: Connection) -> None:
    SQLModel.metadata.create_all(connection, tables=tables.ALL)
    STATE.create(connection, checkfirst=True)
    if state(connection) is None:
        connection.execute(insert(STATE), {"version_num": REVISION})


def upgrade(engine: Engine, to: str = REVISION) -> tuple[str | None, str]:
    """Brings the tables into the state ``to``, and adds the columns for figures that an edition's data has and they
    have not. Returns the states before and after.

    Raises :class:`OutOfDate` where a newer gouji wrote them, :class:`Unavailable` where the database cannot be
    reached; then nothing is changed."""
    ensure_file(engine)
    with changing_tables(engine) as connection:
        before = state(connection)
        if before is not None and before > to:
            raise OutOfDate(before)
        if before == _FIRST and not inspect(connection).has_table(STATE.name):
            STATE.create(connection)
            connection.execute(insert(STATE), {"version_num": _FIRST})
        if before is None and to == REVISION:
            _create(connection)
        elif before != to:
            _migrate(connection, to)
        if to == REVISION:
            _add_figures(connection)
    return before, to


def _migrate(connection: Connection, to: str) -> None:
    # Imported here, since only this needs them.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def _add_figures(connection: Connection) -> None:
    """Columns of figures may be null, so that adding one changes nothing that is stored."""
    existing = inspect(connection)
    preparer = connection.dialect.identifier_preparer
    for table in (tables.DISCLOSURE, tables.APPLICATION, tables.DISPUTE):
        known = {column["name"] for column in existing.get_columns(table.name)}
        for column in table.columns:
            if column.name not in known:
                kind = column.type.compile(connection.dialect)
                name = preparer.format_column(column)
                connection.exec_driver_sql(f"ALTER TABLE {preparer.format_table(table)} ADD COLUMN {name} {kind}")
