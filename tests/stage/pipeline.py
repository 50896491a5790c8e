"""A stage for tests: takes ``ObjectDiscovered`` events whose key says what is to happen, and gives them back."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from typing import Any

from faststream.redis.message import DATA_KEY
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import ConstantBackoff
from redis.exceptions import ResponseError

from shared.events import DEAD, INGESTED, NOTICED, ObjectDiscovered
from shared.process import StageApp
from shared.settings import Settings
from shared.stage.dead import DeadLetter
from shared.stage.delivery import Delivery
from shared.stage.keys import retry_queue
from shared.stage.stage import PartialResults, Stage

Work = Callable[[ObjectDiscovered], ObjectDiscovered | PartialResults | None]


def noticed(key: str) -> ObjectDiscovered:
    """An event whose key is ``key``."""
    return ObjectDiscovered(key=key, etag="1", size=1, last_modified=datetime(2025, 1, 2, tzinfo=UTC))


def stage(work: Work, **declared: Any) -> Stage[ObjectDiscovered, ObjectDiscovered]:
    """A stage called ingest from ``gouji.noticed`` to ``gouji.ingested``."""
    return Stage("ingest", source=NOTICED, takes=ObjectDiscovered, sink=INGESTED, work=work, **declared)


def settings(redis_url: str, **changed: Any) -> Settings:
    """Settings with delays that suit a test."""
    quick = {"redis_url": redis_url, "retry_seconds": 0.01, "reclaim_seconds": 1.0}
    return Settings.model_validate(quick | changed)


@asynccontextmanager
async def running(app: StageApp) -> AsyncIterator[StageApp]:
    """``app`` at work, without its HTTP server."""
    async with app.start_lifespan_context():
        yield app


class Ledger:
    """Looks into the broker: where is which message?"""

    def __init__(self, redis_url: str) -> None:
        self.client: Redis = Redis.from_url(redis_url, retry=Retry(ConstantBackoff(0.05), retries=100))

    async def deliver(self, *objects: str | ObjectDiscovered, stream: str = NOTICED) -> None:
        """Adds an event for each of ``objects``, or of these keys, as a plain client would: without FastStream's
        envelope."""
        for each in objects:
            event = each if isinstance(each, ObjectDiscovered) else noticed(each)
            await self.client.xadd(stream, {DATA_KEY: event.model_dump_json()})

    async def keys(self, stream: str) -> list[str]:
        """The keys of the events in ``stream``, in order."""
        return [event.key for event in await self.events(stream)]

    async def events(self, stream: str) -> list[ObjectDiscovered]:
        """The events in ``stream``, in order."""
        entries: Any = await self.client.xrange(stream)
        return [ObjectDiscovered.model_validate_json(Delivery.of(id_, fields).body) for id_, fields in entries]

    async def letters(self) -> list[DeadLetter]:
        """The dead letters."""
        entries: Any = await self.client.xrange(DEAD)
        return [DeadLetter.model_validate_json(fields[b"letter"]) for _, fields in entries]

    async def create_group(self) -> None:
        """Creates the group of the stage, where it is not there."""
        with suppress(ResponseError):
            await self.client.xgroup_create(NOTICED, "ingest", id="0", mkstream=True)

    async def holds(self, stream: str, keys: list[str]) -> bool:
        """Whether ``stream`` holds exactly the events with these ``keys``."""
        return await self.keys(stream) == keys

    async def is_longer(self, stream: str, than: int) -> bool:
        """Whether ``stream`` holds more than so many messages."""
        return int(await self.client.xlen(stream)) > than

    async def consumers_are(self, names: list[str]) -> bool:
        """Whether exactly these consumers are in the group."""
        known: Any = await self.client.xinfo_consumers(NOTICED, "ingest")
        return [consumer["name"].decode() for consumer in known] == names

    async def in_flight(self, stream: str = NOTICED) -> int:
        """How many messages are in ``stream`` or wait for their next try."""
        async with self.client.pipeline() as both:
            both.xlen(stream)
            both.zcard(retry_queue(stream))
            return sum(await both.execute())

    async def settled(self, stream: str = NOTICED) -> None:
        """Waits until nothing is in flight."""
        await until(lambda: self._is_empty(stream))

    async def _is_empty(self, stream: str) -> bool:
        return await self.in_flight(stream) == 0


async def until(condition: Callable[[], Awaitable[bool]], seconds: float = 20) -> None:
    """Waits until ``condition`` holds; fails after ``seconds``."""
    async with asyncio.timeout(seconds):
        while not await condition():  # noqa: ASYNC110
            await asyncio.sleep(0.01)
