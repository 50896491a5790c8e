"""A Redis server of Redis's own (Debian's package), as an operator may bring it."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from redis import Redis
from redis.exceptions import RedisError

from tests.broker import free_port
from tests.patience import until

needs_redis_server = pytest.mark.skipif(not shutil.which("redis-server"), reason="needs Debian's package redis-server")


@contextmanager
def redis_server(folder: Path) -> Iterator[str]:
    """The URL of an empty server of its own, its files in ``folder``."""
    port = free_port()
    url = f"redis://127.0.0.1:{port}/0"
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        until(lambda: _answers(url))
        yield url
    finally:
        process.terminate()
        process.wait()


def _answers(url: str) -> bool:
    try:
        with Redis.from_url(url) as client:
            return bool(client.ping())
    except RedisError:
        return False
