"""Connections: SQLite on one machine, PostgreSQL in production, and what it means when neither can be reached."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, func, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, InterfaceError, OperationalError
from sqlalchemy.pool import NullPool

from shared.errors import Unavailable

BUSY_SECONDS = 10
"""How long SQLite waits for another writer before it gives up; a batch commits in well under one."""
_LACKING = re.compile("no such (?:table|column)")
_OLDER = "; is it of an older version? `gouji migrate` brings it up to date"
_CHANGING = 0x676F756A69
"""The advisory lock of who changes the tables: ``gouji`` in ASCII."""


def connect(url: str) -> Engine:
    """An engine for ``url``; connects only when used.

    SQLite waits for other writers, checks foreign keys, and takes its write lock when a transaction begins, so that
    two stores queue up instead of failing half-way. Its file is opened for each transaction, and never made by
    opening it: one that was moved away is missed at once, not written to where it is or begun from nothing.
    Raises :class:`Unavailable` where ``url`` means no database that can be spoken to here.
    """
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() != "sqlite":
            return create_engine(url, pool_pre_ping=True)
    except ArgumentError as error:
        raise Unavailable("the database", f"GOUJI_DATABASE_URL: {error}") from error
    except ModuleNotFoundError as error:
        hint = "gouji[postgresql] brings pg8000: postgresql+pg8000://…"
        raise Unavailable("the database", f"the driver {error.name} is not installed ({hint})") from error
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS}, poolclass=NullPool)

    @event.listens_for(engine, "do_connect")
    def find(_dialect: Any, _record: Any, _arguments: Any, _parameters: Any) -> None:
        if parsed.database and not Path(parsed.database).exists():
            raise sqlite3.OperationalError(f"there is no {parsed.database}")

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # else Python's driver begins, and ends, transactions of its own
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")  # an acknowledged message must survive a power cut

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if options.get("changing_tables", False):
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")  # has no effect once a transaction has begun
        connection.exec_driver_sql("BEGIN" if options.get("reading", False) else "BEGIN IMMEDIATE")

    return engine


def ensure_file(engine: Engine) -> None:
    """Makes the file of an SQLite database where it is missing; raises :class:`Unavailable` where that cannot be."""
    if engine.dialect.name != "sqlite" or not engine.url.database:
        return
    with _world_failures():
        _make(Path(engine.url.database))
        with engine.connect() as connection:
            # Readers never wait for the writer; recorded in the file, so once is enough.
            connection.connection.cursor().execute("PRAGMA journal_mode = WAL")


def _make(file: Path) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    except OSError as error:
        raise Unavailable("the database", str(error)) from error


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction, committed at the end; raises :class:`Unavailable` where the database cannot be reached. What else
    fails within it (printing into a closed pipe, say) is not the database's fault, and is raised as it is."""
    with _world_failures(), engine.begin() as connection:
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that only reads, and so never waits for a writer; raises :class:`Unavailable` as above."""
    with _world_failures(), engine.connect().execution_options(reading=True) as connection, connection.begin():
        yield connection


@contextmanager
def changing_tables(engine: Engine) -> Iterator[Connection]:
    """A transaction that changes the tables themselves, committed at the end; raises :class:`Unavailable` as above.

    SQLite changes a table by copying it, and would take the rows that refer to the old one with it: references are not
    enforced meanwhile, and checked at the end. PostgreSQL lets nobody else change the tables at the same time."""
    changing = engine.execution_options(changing_tables=True)
    with _world_failures(), changing.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(select(func.pg_advisory_xact_lock(_CHANGING)))
        yield connection
        if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
            raise RuntimeError("rows refer to others that are not there")


@contextmanager
def _world_failures() -> Iterator[None]:
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        why = str(error.orig)
        raise Unavailable("the database", f"{why}{_OLDER if _LACKING.match(why) else ''}") from error
