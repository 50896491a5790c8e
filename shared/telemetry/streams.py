"""What the installation holds: messages in each stream, how many nobody has taken yet, how old the oldest is; the dead
letters; the broker's memory and the disk.

These are facts of the installation, not of a process, so one process exports them: the one that holds the ingest
leader's lease. From several they would be counted several times.
"""

import asyncio
import shutil
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import cast

from prometheus_client import CollectorRegistry, Gauge
from redis.asyncio import Redis
from redis.exceptions import RedisError, ResponseError

from shared.events import INGESTED, NOTICED, PARSED, VALIDATED
from shared.telemetry.bounded import Bounded

STREAMS = (NOTICED, INGESTED, PARSED, VALIDATED)

DeadCounts = Callable[[], Awaitable[Mapping[tuple[str, str], int]]]
"""Counts the dead letters by (stage, code)."""


class StreamMetrics:
    """The gauges of one installation, on ``registry``. Empty unless :meth:`export` runs."""

    def __init__(self, registry: CollectorRegistry) -> None:
        def gauge(name: str, description: str, *labels: str) -> Gauge:
            return Gauge(name, description, labels, registry=registry)

        self.messages = gauge("gouji_stream_messages", "Messages in a stream: its true backlog.", "stream")
        self.lag = gauge("gouji_stream_lag_messages", "Messages of a stream that no consumer has taken.", "stream")
        self.oldest = gauge(
            "gouji_oldest_message_seconds", "Age of the oldest message of a stream, 0 when it is empty.", "stream"
        )
        self.dead = gauge("gouji_dead_letters", "Dead letters waiting for a person.", "stage", "code")
        # With a label, so that a process that does not export them shows no series rather than a false zero.
        self.memory = gauge("gouji_broker_memory_bytes", "Memory of the broker: in use, and its limit.", "state")
        self.disk = gauge("gouji_disk_bytes", "The disk that holds the data folder: free, and its size.", "state")
        self._bounded_code = Bounded()

    async def export(self, redis: Redis, dead: DeadCounts, data: Path, every: float = 1.0) -> None:
        """Refreshes the gauges each ``every`` seconds until cancelled, then takes them off the page."""
        this = cast("asyncio.Task[None]", asyncio.current_task())
        try:
            # On Python 3.11 redis-py can swallow a cancellation (asyncio.wait_for does, around its writes), so we ask.
            while not this.cancelling():
                with suppress(RedisError):
                    await self.refresh(redis, dead, data)
                await asyncio.sleep(every)
        finally:
            for gauge in (self.messages, self.lag, self.oldest, self.dead, self.memory, self.disk):
                gauge.clear()

    async def refresh(self, redis: Redis, dead: DeadCounts, data: Path) -> None:
        """Reads everything once; raises RedisError while the broker cannot be reached."""
        seconds, microseconds = await redis.time()
        now = seconds + microseconds / 1e6
        for stream in STREAMS:
            length, pending, first = await _facts(redis, stream)
            self.messages.labels(stream).set(length)
            # What is settled is deleted, so what is left is either taken (pending) or not.
            self.lag.labels(stream).set(max(0, length - pending))
            self.oldest.labels(stream).set(max(0.0, now - first) if first else 0.0)
        self._dead_letters(await dead())
        memory = await redis.info("memory")
        self.memory.labels("used").set(memory["used_memory"])
        self.memory.labels("limit").set(memory.get("maxmemory") or memory.get("total_system_memory", 0))
        disk = await asyncio.to_thread(shutil.disk_usage, data)
        self.disk.labels("free").set(disk.free)
        self.disk.labels("size").set(disk.total)

    def _dead_letters(self, counts: Mapping[tuple[str, str], int]) -> None:
        by_label: dict[tuple[str, str], int] = {}
        for (stage, code), count in counts.items():
            label = (stage, self._bounded_code(code))
            by_label[label] = by_label.get(label, 0) + count
        self.dead.clear()
        for label, count in by_label.items():
            self.dead.labels(*label).set(count)


async def _facts(redis: Redis, stream: str) -> tuple[int, int, float | None]:
    """Of ``stream``: its length, how many of its messages are with a consumer, and when its first was added (Unix
    seconds by the broker's clock), None when it is empty."""
    async with redis.pipeline(transaction=True) as pipe:
        pipe.xlen(stream)
        pipe.xrange(stream, count=1)
        pipe.xinfo_groups(stream)
        length, entries, groups = await pipe.execute(raise_on_error=False)
    for answer in (length, entries):
        if isinstance(answer, Exception):
            raise answer
    # A stream that nobody has used yet does not exist, and so has no group.
    pending = 0 if isinstance(groups, ResponseError) else sum(group["pending"] for group in groups)
    first = int(entries[0][0].partition(b"-")[0]) / 1000 if entries else None
    return length, pending, first
