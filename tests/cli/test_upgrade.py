"""What ``gouji up`` does with tables of an older version: it upgrades its own, and says so of others."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from cli.errors import UserError
from cli.installation import settings_with
from cli.pipeline import _prepare_database
from shared.database import schema
from shared.database.connect import connect, reading

OLDER = Path(__file__).parents[1] / "database" / "gouji-0.1.0.sql"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """The database of a data folder, as gouji 0.1.0 left it."""
    file = tmp_path / "gouji.sqlite"
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(OLDER.read_text(encoding="utf-8"))
    return file


def state(file: Path) -> str | None:
    with reading(connect(f"sqlite:///{file}")) as connection:
        return schema.state(connection)


def test_its_own_database_is_brought_up_to_date(database: Path) -> None:
    _prepare_database(settings_with(data=database.parent))

    assert state(database) == schema.REVISION


def test_a_database_that_the_operator_named_is_left_to_the_operator(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOUJI_DATABASE_URL", f"sqlite:///{database}")

    with pytest.raises(UserError, match="`gouji migrate`"):
        _prepare_database(settings_with(data=database.parent))

    assert state(database) == "0001"


def test_a_database_that_is_not_there_yet_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOUJI_DATABASE_URL", f"sqlite:///{tmp_path}/mounted later/gouji.sqlite")

    _prepare_database(settings_with(data=tmp_path))
