"""What the watcher found on its way to the stream ``gouji.noticed``: what has been noticed already is left alone, as
the hash ``gouji:noticed`` tells (key -> etag); the rest goes out, in the same MULTI as its line in the hash, while the
stream has room."""

import asyncio
from collections.abc import Iterable, Sequence
from heapq import nlargest
from typing import Any

import structlog
from faststream.redis import RedisBroker
from redis.asyncio import Redis

from shared.events import NOTICED, ObjectDiscovered
from shared.stage.keys import NOTICED_ETAGS

CHUNK = 200
"""So many objects go out at a time."""
MOST_URGENT = 10 * CHUNK
"""So many may be urgent; each takes a kilobyte of memory, and a hundred thousand may be dropped at once."""
_ROOM_SECONDS = 0.05
"""How often it is looked whether there is room again."""

log = structlog.get_logger()


class Outbox:
    """Puts objects on the stream of ``broker`` until that holds ``high_water`` messages. What is urgent goes first, of
    that the newest, so that a new file waits for nobody; there may be :data:`MOST_URGENT`, the others are left to the
    next listing."""

    def __init__(self, broker: RedisBroker, redis: Redis, high_water: int) -> None:
        self._broker = broker
        self._redis = redis
        self._high_water = high_water
        self._urgent: dict[str, ObjectDiscovered] = {}
        self._urged = asyncio.Event()
        self._turn = asyncio.Lock()

    async def fresh(self, found: Sequence[ObjectDiscovered]) -> list[ObjectDiscovered]:
        """Those of ``found`` that have not been noticed as they are now."""
        if not found:
            return []
        known: list[Any] = await self._redis.hmget(NOTICED_ETAGS, [each.key for each in found])
        return [each for each, etag in zip(found, known, strict=True) if etag != each.etag.encode()]

    async def put(self, found: Sequence[ObjectDiscovered]) -> None:
        """Puts the fresh ones of ``found`` on the stream; returns when there was room for all."""
        for start in range(0, len(found), CHUNK):
            left: Sequence[ObjectDiscovered] = found[start : start + CHUNK]
            while self._urgent or (left := await self._put_some(left)):  # noqa: ASYNC110 - the broker tells nobody
                await asyncio.sleep(_ROOM_SECONDS)

    def urge(self, found: Iterable[ObjectDiscovered]) -> None:
        """Has the fresh ones of ``found`` put on the stream before all others, as soon as there is room."""
        self._urgent |= {each.key: each for each in found}
        if len(self._urgent) > MOST_URGENT:
            self._urgent = {each.key: each for each in self._newest(MOST_URGENT)}
        if self._urgent:
            self._urged.set()

    async def keep(self) -> None:
        """Puts on the stream what is urgent, until cancelled."""
        while True:
            await self._urged.wait()
            newest = self._newest(CHUNK)
            left = {each.key for each in await self._put_some(newest)}
            for each in newest:
                if each.key not in left and self._urgent.get(each.key) is each:
                    del self._urgent[each.key]
            if not self._urgent:
                self._urged.clear()
            elif left:
                await asyncio.sleep(_ROOM_SECONDS)

    def _newest(self, number: int) -> list[ObjectDiscovered]:
        return nlargest(number, self._urgent.values(), key=lambda each: each.last_modified)

    async def _put_some(self, found: Sequence[ObjectDiscovered]) -> list[ObjectDiscovered]:
        """Puts on the stream what of ``found`` is fresh and has room; returns what has none."""
        async with self._turn:
            fresh = await self.fresh(found)
            room = max(0, self._high_water - await self._redis.xlen(NOTICED))
            if ready := fresh[:room]:
                await self._emit(ready)
            return fresh[room:]

    async def _emit(self, ready: Sequence[ObjectDiscovered]) -> None:
        async with self._redis.pipeline(transaction=True) as pipe:
            for each in ready:
                await self._broker.publish(each, stream=NOTICED, pipeline=pipe)
                pipe.hset(NOTICED_ETAGS, each.key, each.etag)
            await pipe.execute()
        log.info("noticed", objects=len(ready))
        for each in ready:
            if each.ahead:
                counts_as = each.last_modified.isoformat()
                log.warning("a change time in the future does not count", key=each.key, counts_as=counts_as)
