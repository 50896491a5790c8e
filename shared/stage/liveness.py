"""Who is at work: every process says so in the broker, and is taken for dead when it no longer does."""

import os
import secrets
import socket
import threading
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict
from redis import Redis
from redis.exceptions import RedisError

from shared.events import StageName
from shared.stage.keys import alive, known
from shared.version import VERSION


def _host() -> str:
    """This machine, as far as process ids mean the same: two containers may share a host name, not their processes."""
    processes = Path("/proc/self/ns/pid")
    return f"{socket.gethostname()}/{processes.stat().st_ino if processes.exists() else 0}"


def _born(pid: int) -> str:
    """When a process of this machine started (ticks since the machine did), which tells it from an earlier one of the
    same id; empty where that cannot be found out: it is gone, or this is no Linux."""
    try:
        facts = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    return "ended" if facts[0] == "Z" else facts[19]


def name_of(pid: int) -> str:
    """A process of this machine as a consumer: process id, a token since ids come round again, and host."""
    return f"{pid}-{_born(pid) or secrets.token_hex(3)}@{_host()}"


CONSUMER = name_of(os.getpid())
"""This process."""


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def process_is_here(consumer: str) -> bool | None:
    """Whether ``consumer`` (named like :data:`CONSUMER`) is a process of this machine; False where it was one and is no
    more, None where that cannot be told from here: it is elsewhere, or named otherwise."""
    process, _, host = consumer.partition("@")
    pid, _, token = process.partition("-")
    if host != _host() or not pid.isdigit():
        return None
    return _exists(int(pid)) and _born(int(pid)) in ("", token)


class Alive(BaseModel):
    """What a process says of itself: its process id, the URL ``/metrics`` hangs under, since when, its version."""

    model_config = ConfigDict(frozen=True)

    pid: int
    url: str
    started: datetime
    version: str = VERSION


class Heartbeat:
    """Keeps the liveness key of a consumer from expiring, in a thread of its own, so that a document that takes
    minutes does not look like death. ``ttl`` in seconds; the key is written every quarter of it."""

    def __init__(self, redis_url: str, stage: StageName, consumer: str, value: Alive, ttl: float) -> None:
        self._client = Redis.from_url(redis_url, socket_timeout=ttl / 4, socket_connect_timeout=ttl / 4)
        self._key = alive(stage, consumer)
        self._known = known(stage)
        self._consumer = consumer
        self._value = value.model_dump_json()
        self._ttl = ttl
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="heartbeat", daemon=True)

    def start(self) -> None:
        """Says that this consumer is alive, from now until :meth:`stop`."""
        self._thread.start()

    def stop(self) -> None:
        """Takes the key back. The broker may be away; then the key expires."""
        self._stopped.set()
        self._thread.join(self._ttl)
        with suppress(RedisError):
            self._client.delete(self._key)
            self._client.hdel(self._known, self._consumer)
        self._client.close()

    def _beat(self) -> None:
        while not self._stopped.is_set():
            with suppress(RedisError), self._client.pipeline(transaction=True) as pipe:
                pipe.set(self._key, self._value, px=int(self._ttl * 1000))
                pipe.hset(self._known, self._consumer, self._value)
                pipe.execute()
            self._stopped.wait(self._ttl / 4)
