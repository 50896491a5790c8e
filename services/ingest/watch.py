"""Notices what is new or changed in the bucket and puts it on the stream ``gouji.noticed``.

1. The file system tells of a change (where it can), and the bucket is listed from time to time (always).
2. A file that changed a moment ago is looked at again until it rests: somebody may still be writing it.
3. What is fresh goes onto the stream while that has room (see :mod:`services.ingest.outbox`): what the file system told
   before what a listing found, so that a new file does not wait behind a backlog. Where a listing has to wait for room,
   the newest objects are looked for meanwhile: an object store tells nothing.
4. How it fares is told in the broker (see :mod:`shared.watching`).

So a broker that lost its data is told everything again, and an object that vanished and came back is noticed again.
"""

import asyncio
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from itertools import islice

import structlog
from faststream.redis import RedisBroker
from redis.asyncio import Redis
from redis.exceptions import RedisError

from services.ingest.bucket import Bucket
from services.ingest.folder import Folder
from services.ingest.listing import Listing, newest
from services.ingest.notifications import Listener
from services.ingest.outbox import CHUNK, Outbox
from services.ingest.stability import Stability
from shared.errors import Unavailable
from shared.events import ObjectDiscovered
from shared.settings import Settings
from shared.stage.keys import NOTICED_ETAGS
from shared.stage.liveness import CONSUMER
from shared.tasks import cancel, together
from shared.watching import REPORT_SECONDS, WATCHING, Watching, patience

_LISTING_SHARE = 0.05
"""At most this share of the time is spent on listing, however large the bucket."""

log = structlog.get_logger()


class Watcher:
    """Watches ``bucket`` and publishes with ``broker``; one at a time (see :class:`shared.lease.Lease`)."""

    def __init__(self, broker: RedisBroker, bucket: Bucket, settings: Settings) -> None:
        self._broker = broker
        self._redis: Redis
        self._outbox: Outbox
        self._bucket = bucket
        self._settings = settings
        self._stability = Stability(settings.settle_seconds if bucket.folder else 0)
        self._due = asyncio.Event()
        self._listener = (
            Listener(bucket.folder, self._touch, self._due.set, settings.poll_seconds) if bucket.folder else None
        )
        self._touched: set[str] = set()
        self._wake = asyncio.Event()
        self._told = Watching(leader=CONSUMER, beat=0)
        self._blind = ""
        self._overdue = 0.0

    async def watch(self) -> None:
        """Watches until cancelled; waits where the bucket cannot be reached. Raises RedisError where the broker cannot
        be reached: by then another may lead."""
        self._redis = await self._broker.connect()
        self._outbox = Outbox(self._broker, self._redis, self._settings.high_water)
        duties = [self._attend, self._keep_listing, self._outbox.keep, self._keep_reporting]
        await together(*duties, *([self._listener.keep] if self._listener else []))

    # What the file system tells, and files that do not rest yet.

    def _touch(self, paths: Collection[str]) -> None:
        self._touched.update(paths)
        self._wake.set()

    async def _attend(self) -> None:
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(self._settings.settle_seconds / 4 if self._stability.keys else None):
                    await self._wake.wait()
            self._wake.clear()
            touched, self._touched = self._touched, set()
            found = self._found(touched, self._stability.keys)
            while part := await asyncio.to_thread(_some, found):
                self._outbox.urge(self._rested(part))

    def _found(self, touched: Collection[str], restless: Collection[str]) -> Iterator[ObjectDiscovered]:
        """The objects at the paths that were ``touched``, and those called ``restless``."""
        keys = set(restless)
        if isinstance(self._bucket, Folder):
            for path in touched:
                if self._bucket.is_folder(path):
                    yield from self._bucket.objects_in(path)  # it may have come with files in it
                else:
                    keys.add(self._bucket.key_of(path))
        for key in keys:
            if found := self._bucket.head(key):
                yield found
            else:
                self._stability.forget(key)

    def _rested(self, found: Sequence[ObjectDiscovered]) -> list[ObjectDiscovered]:
        now = datetime.now(UTC)
        return [each for each in found if self._stability.is_stable(each, now)]

    # Listings.

    async def _keep_listing(self) -> None:
        while True:
            least = pause = self._settings.poll_seconds
            self._due.clear()
            try:
                least = await self._list() / _LISTING_SHARE
                self._blind = ""
            except Unavailable as unavailable:
                self._is_blind(unavailable.why)
            except RedisError:
                raise
            except Exception as error:  # whatever it is, the next listing is needed all the more
                self._is_blind(f"{type(error).__name__}: {error}")
            self._moves(max(least, pause))
            await asyncio.sleep(least)
            with suppress(TimeoutError):
                async with asyncio.timeout(pause - least):
                    await self._due.wait()

    def _is_blind(self, why: str) -> None:
        log.warning("the bucket cannot be listed", error=why)
        self._blind = f"the bucket cannot be listed: {why}"

    def _moves(self, pause: float = 0.0) -> None:
        """Listing goes on, and will again after ``pause`` at the latest."""
        self._overdue = asyncio.get_running_loop().time() + pause + patience(self._settings.poll_seconds)

    async def _list(self) -> float:
        """Lists the whole bucket; returns how many seconds that took, without the wait for room on the stream."""
        self._moves()
        listing = Listing(self._bucket)
        async for part in listing.parts():
            self._moves()
            await self._offer(await self._outbox.fresh(part))
        self._told = self._told.model_copy(
            update={
                "listed": datetime.now(UTC),
                "objects": listing.objects,
                "passed_over": dict(listing.passed_over),
                "ahead": listing.ahead,
            }
        )
        if await self._redis.hlen(NOTICED_ETAGS) > listing.objects:
            await self._forget_vanished(listing)
        return listing.seconds

    async def _offer(self, fresh: Sequence[ObjectDiscovered]) -> None:
        """Puts on the stream what of a listing is ``fresh``; while that has no room, looks for what is newer still."""
        putting = asyncio.ensure_future(self._outbox.put(self._rested(fresh)))
        if self._stability.keys:
            self._wake.set()
        pause = self._settings.poll_seconds
        try:
            while not (await asyncio.wait([putting], timeout=pause))[0]:
                self._moves()
                found, seconds = await newest(self._bucket, self._outbox)
                pause = max(self._settings.poll_seconds, seconds / _LISTING_SHARE)
                self._moves(pause)
                self._outbox.urge(self._rested(found))
            putting.result()
        finally:
            await cancel([putting])

    async def _forget_vanished(self, listing: Listing) -> None:
        async for name, _ in self._redis.hscan_iter(NOTICED_ETAGS, count=CHUNK):
            self._moves()
            key = bytes(name).decode()
            if not listing.may_have(key) and await asyncio.to_thread(self._bucket.head, key) is None:
                self._stability.forget(key)
                await self._redis.hdel(NOTICED_ETAGS, key)

    # How it fares.

    async def _keep_reporting(self) -> None:
        self._moves()
        while True:
            troubles = {part: why for part, why in self._troubles() if why}
            self._told = self._told.model_copy(update={"beat": self._told.beat + 1, "troubles": troubles})
            await self._redis.set(WATCHING, self._told.model_dump_json())
            await asyncio.sleep(REPORT_SECONDS)

    def _troubles(self) -> Iterator[tuple[str, str]]:
        hangs = asyncio.get_running_loop().time() > self._overdue
        yield "listing", self._blind or ("the bucket does not answer while it is listed" if hangs else "")
        if self._listener:
            yield "notifications", self._listener.trouble(patience(self._settings.poll_seconds))


def _some(found: Iterator[ObjectDiscovered]) -> list[ObjectDiscovered]:
    return list(islice(found, CHUNK))
