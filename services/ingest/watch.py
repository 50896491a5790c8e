"""Notices what is new or changed in the bucket and puts it on the stream ``gouji.noticed``.

1. The file system tells of a change (where it can), and the bucket is listed from time to time (always).
2. A file that changed a moment ago is looked at again until it rests: somebody may still be writing it.
3. What has been noticed already, as the hash ``gouji:noticed`` tells (key -> etag), is left alone.
4. The rest goes onto the stream, in the same MULTI as its line in the hash, while the stream has room.

So a broker that lost its data is told everything again, and an object that vanished and came back is noticed again.
"""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import structlog
from faststream.redis import RedisBroker
from redis.asyncio import Redis
from watchfiles import awatch

from services.ingest.bucket import Bucket
from services.ingest.folder import Folder
from services.ingest.settling import Settling
from shared.errors import Unavailable
from shared.events import NOTICED, Noticed
from shared.settings import Settings
from shared.stage.keys import NOTICED_ETAGS

_CHUNK = 200
_ROOM_SECONDS = 0.05
_LISTING_SHARE = 0.05
"""At most this share of the time is spent on listing, however large the bucket."""

log = structlog.get_logger()


class Watcher:
    """Watches ``bucket`` and publishes with ``broker``; one at a time (see :class:`shared.lease.Lease`)."""

    def __init__(self, broker: RedisBroker, bucket: Bucket, settings: Settings) -> None:
        self._broker = broker
        self._redis: Redis
        self._bucket = bucket
        self._settings = settings
        self._settling = Settling(settings.settle_seconds if bucket.folder else 0)
        self._touched: set[str] = set()
        self._listing_due = 0.0
        self._wake = asyncio.Event()

    async def watch(self) -> None:
        """Watches until cancelled; waits where the bucket cannot be reached. Raises RedisError where the broker cannot
        be reached: by then another may lead."""
        self._redis = await self._broker.connect()
        self._listing_due = 0.0
        listening = asyncio.ensure_future(self._listen())
        try:
            while True:
                await self._look()
                with suppress(TimeoutError):
                    async with asyncio.timeout(self._rest()):  # wait_for may swallow a cancellation (Python 3.11)
                        await self._wake.wait()
        finally:
            listening.cancel()

    def _rest(self) -> float:
        if self._settling.keys:
            return self._settings.settle_seconds / 4
        return max(0.0, self._listing_due - asyncio.get_running_loop().time())

    async def _listen(self) -> None:
        """Collects what the file system tells; where it cannot tell, the listings have to do."""
        folder = self._bucket.folder
        while isinstance(self._bucket, Folder) and folder:
            try:
                async for changes in awatch(folder, watch_filter=None, debounce=100, step=20):
                    self._touch(self._bucket, [path for _, path in changes])
            except (OSError, RuntimeError) as error:
                log.warning("no notifications from the bucket; it is listed only", error=str(error))
            await asyncio.sleep(self._settings.poll_seconds)

    def _touch(self, bucket: Folder, paths: list[str]) -> None:
        for path in paths:
            if Path(path).is_dir():
                self._listing_due = 0.0  # it may have come with files in it
            else:
                self._touched.add(bucket.key_of(path))
        self._wake.set()

    async def _look(self) -> None:
        loop = asyncio.get_running_loop()
        self._wake.clear()
        touched, self._touched = self._touched | set(self._settling.keys), set()
        try:
            await self._notice([found for key in touched if (found := await self._head(key))])
            if loop.time() >= self._listing_due:
                started = loop.time()
                self._listing_due = float("inf")
                await self._list()
                took = loop.time() - started
                pause = max(self._settings.poll_seconds, took / _LISTING_SHARE)
                self._listing_due = min(self._listing_due, loop.time() + pause)
        except Unavailable as unavailable:
            log.warning("the bucket cannot be listed", error=unavailable.why)
            self._listing_due = loop.time() + self._settings.poll_seconds

    async def _head(self, key: str) -> Noticed | None:
        found = await asyncio.to_thread(self._bucket.head, key)
        if found is None:
            self._settling.forget(key)
        return found

    async def _list(self) -> None:
        objects: Iterator[Noticed] = iter(self._bucket.objects())
        listed = 0
        while chunk := await asyncio.to_thread(lambda: list(islice(objects, _CHUNK))):
            listed += len(chunk)
            await self._notice(chunk)
        if await self._redis.hlen(NOTICED_ETAGS) > listed:
            await self._forget_vanished()

    async def _forget_vanished(self) -> None:
        async for key, _ in self._redis.hscan_iter(NOTICED_ETAGS, count=_CHUNK):
            if await self._head(bytes(key).decode()) is None:
                await self._redis.hdel(NOTICED_ETAGS, key)

    async def _notice(self, found: Sequence[Noticed]) -> None:
        if not found:
            return
        known = await self._redis.hmget(NOTICED_ETAGS, [each.key for each in found])
        now = datetime.now(UTC)
        fresh = [each for each, etag in zip(found, known, strict=True) if etag != each.etag.encode()]
        ready = [each for each in fresh if self._settling.rests(each, now)]
        while ready:
            room = await self._room()
            await self._emit(ready[:room])
            ready = ready[room:]

    async def _room(self) -> int:
        """How many messages may be put on the stream; waits until there is room for one (backpressure)."""
        while (room := self._settings.high_water - await self._redis.xlen(NOTICED)) <= 0:  # noqa: ASYNC110
            await asyncio.sleep(_ROOM_SECONDS)
        return min(room, _CHUNK)

    async def _emit(self, ready: Sequence[Noticed]) -> None:
        async with self._redis.pipeline(transaction=True) as pipe:
            for each in ready:
                await self._broker.publish(each, stream=NOTICED, pipeline=pipe)
                pipe.hset(NOTICED_ETAGS, each.key, each.etag)
            await pipe.execute()
        log.info("noticed", objects=len(ready))
