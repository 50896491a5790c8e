"""What the installation holds: messages in each stream, how many nobody has taken yet, how old the oldest is; the dead
letters; what is passed over in the bucket; the broker's memory and the disk.

These are facts of the installation, not of a process, so one process exports them: the one that holds the ingest
leader's lease. From several they would be counted several times.
"""

import asyncio
import shutil
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, cast

from prometheus_client import CollectorRegistry, Gauge
from redis.asyncio import Redis
from redis.exceptions import RedisError, ResponseError

from shared.events import PIPELINE
from shared.stage.keys import DEAD_COUNTS, STARTS, retry_queue
from shared.telemetry.bounded import Bounded
from shared.watching import watching

STREAMS = tuple(each.stream for each in PIPELINE)


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
        self.waiting = gauge("gouji_waiting_messages", "Messages that failed and wait for their next try.", "stream")
        self.dead = gauge("gouji_dead_letters", "Dead letters waiting for a person.", "stage", "code")
        self.starts = gauge("gouji_starts", "How often processes of a stage have started, ever.", "stage")
        self.passed_over = gauge("gouji_passed_over_objects", "What lies in the bucket and is not taken in.", "reason")
        # With a label, so that a process that does not export them shows no series rather than a false zero.
        self.memory = gauge("gouji_broker_memory_bytes", "Memory of the broker: in use, and its limit.", "state")
        self.disk = gauge("gouji_disk_bytes", "The disk that holds the data folder: free, and its size.", "state")
        of_streams = (self.messages, self.lag, self.oldest, self.waiting)
        self._all = (*of_streams, self.dead, self.starts, self.passed_over, self.memory, self.disk)
        self._bounded_code = Bounded()

    async def export(self, redis: Redis, data: Path, every: float = 1.0) -> None:
        """Refreshes the gauges each ``every`` seconds until cancelled, then takes them off the page."""
        this = cast("asyncio.Task[None]", asyncio.current_task())
        try:
            # On Python 3.11 redis-py can swallow a cancellation (asyncio.wait_for does, around its writes), so we ask.
            while not this.cancelling():
                with suppress(RedisError):
                    await self.refresh(redis, data)
                await asyncio.sleep(every)
        finally:
            for gauge in self._all:
                gauge.clear()

    async def refresh(self, redis: Redis, data: Path) -> None:
        """Reads everything once; raises RedisError while the broker cannot be reached."""
        seconds, microseconds = await redis.time()
        now = seconds + microseconds / 1e6
        for stream in STREAMS:
            facts = await _facts(redis, stream)
            self.messages.labels(stream).set(facts.length)
            # What is settled is deleted, so what is left is either taken or not.
            self.lag.labels(stream).set(max(0, facts.length - facts.taken))
            self.waiting.labels(stream).set(facts.waiting)
            self.oldest.labels(stream).set(max(0.0, now - facts.first) if facts.first else 0.0)
        await self._kept_counts(redis)
        told = await watching(redis)
        self.passed_over.clear()
        for reason, count in (told.passed_over if told else {}).items():
            self.passed_over.labels(reason).set(count)
        memory = await redis.info("memory")
        self.memory.labels("used").set(memory["used_memory"])
        self.memory.labels("limit").set(memory.get("maxmemory") or memory.get("total_system_memory", 0))
        disk = await asyncio.to_thread(shutil.disk_usage, data)
        self.disk.labels("free").set(disk.free)
        self.disk.labels("size").set(disk.total)

    async def _kept_counts(self, redis: Redis) -> None:
        """What the stages count in the broker themselves: dead letters, and starts."""
        dead: Counter[tuple[str, str]] = Counter()
        for name, count in (await _counts(redis, DEAD_COUNTS)).items():
            stage, _, code = name.partition(" ")
            dead[stage, self._bounded_code(code)] += count
        self.dead.clear()
        for (stage, code), count in dead.items():
            self.dead.labels(stage, code).set(count)
        for stage, count in (await _counts(redis, STARTS)).items():
            self.starts.labels(stage).set(count)


async def _counts(redis: Redis, key: str) -> dict[str, int]:
    counts = cast("dict[bytes, bytes]", await redis.hgetall(key))
    return {name.decode(): int(count) for name, count in counts.items()}


class _Facts(NamedTuple):
    """Of a stream: its length, how many of its messages are with a consumer, how many failed and wait for their next
    try, and when its first was added (Unix seconds by the broker's clock), None when it is empty."""

    length: int
    taken: int
    waiting: int
    first: float | None


async def _facts(redis: Redis, stream: str) -> _Facts:
    async with redis.pipeline(transaction=True) as pipe:
        pipe.xlen(stream)
        pipe.xrange(stream, count=1)
        pipe.zcard(retry_queue(stream))
        pipe.xinfo_groups(stream)
        length, entries, waiting, groups = await pipe.execute(raise_on_error=False)
    for answer in (length, entries, waiting):
        if isinstance(answer, Exception):
            raise answer
    # A stream that nobody has used yet does not exist, and so has no group.
    taken = 0 if isinstance(groups, ResponseError) else sum(group["pending"] for group in groups)
    first = int(entries[0][0].partition(b"-")[0]) / 1000 if entries else None
    return _Facts(length, taken, waiting, first)
