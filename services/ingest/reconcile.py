"""The bucket is the truth: finds what was noticed in it and yet is neither stored, nor a dead letter, nor on its way,
and notices it again.

1. The bucket is listed, part by part, and what is stored is counted, or discarded by an operator: almost everything.
2. The rest is looked at again, in the order in which a document moves: is it on its way, a dead letter, stored by now?
   So none slips through. At worst one that is just being replayed is noticed twice, and stored once.

So no more is held in memory than a part of the listing, and what has not come to its end.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import structlog
from faststream.redis.message import DATA_KEY
from redis.asyncio import Redis
from redis.exceptions import RedisError

from services.ingest.bucket import Bucket
from services.ingest.listing import Listing
from services.ingest.stored import Stored
from shared.errors import Unavailable
from shared.events import NOTICED, ObjectDiscovered
from shared.settings import Settings
from shared.stage.dead import DeadLetters
from shared.stage.envelope import envelope
from shared.stage.in_flight import in_flight
from shared.stage.keys import DISCARDED_ETAGS, NOTICED_ETAGS
from shared.watching import RECONCILED, Reconciled

if TYPE_CHECKING:
    from shared.database.queries import Extent

log = structlog.get_logger()

_CHUNK = 200  # objects in a query or a pipeline, chosen: some kilobytes each

State = tuple[str, str]
"""The key and etag of an object."""


class Comparison(NamedTuple):
    """The objects of the bucket by where they are; an object counts as what it is in its present state (its etag).

    ``unnoticed`` are the watcher's to notice; ``missing`` were noticed, and are nowhere now. ``passed_over`` counts
    what lies in the bucket and is not taken in, by reason.
    """

    stored: int
    dead: int
    discarded: int
    in_flight: int
    unnoticed: int
    missing: tuple[ObjectDiscovered, ...]
    passed_over: Mapping[str, int]

    @property
    def objects(self) -> int:
        """How many there are in the bucket."""
        return self.stored + self.dead + self.discarded + self.in_flight + self.unnoticed + len(self.missing)


class _Left(NamedTuple):
    """An object that was not at its end when it was listed, and whether it had been ``noticed`` by then."""

    found: ObjectDiscovered
    noticed: bool


async def compare(bucket: Bucket, client: Redis, database_url: str) -> Comparison:
    """Compares the bucket with the broker and the database. Raises :class:`~shared.errors.Unavailable` where the
    bucket or the database cannot be reached, RedisError where the broker cannot."""
    with closing(Stored(database_url)) as stored:
        listing, counts = Listing(bucket), Counter[str]()
        left = await _not_at_their_end(listing, client, stored, counts)
        missing = [each async for each in _nowhere(bucket, client, stored, left, counts)]
    return Comparison(
        stored=counts["stored"],
        dead=counts["dead"],
        discarded=counts["discarded"],
        in_flight=counts["in_flight"],
        unnoticed=counts["unnoticed"],
        missing=tuple(missing),
        passed_over=listing.passed_over + Counter(no_key=counts["no_key"]),
    )


async def _not_at_their_end(listing: Listing, client: Redis, stored: Stored, counts: Counter[str]) -> list[_Left]:
    """Goes through the bucket and counts what is stored, discarded, or nobody knows of; returns the others."""
    dead = {(letter.key, letter.etag) async for _, letter in DeadLetters(client).find()}
    left = []
    async for part in listing.parts():
        noticed = await _under_these_etags(client, NOTICED_ETAGS, part)
        discarded = await _under_these_etags(client, DISCARDED_ETAGS, part)
        ended = Ended()
        await _add_stored(ended, stored, part)
        for each in part:
            state = each.key, each.etag
            if state in ended.stored:
                counts["stored"] += 1
            elif each.key in discarded:
                counts["discarded"] += 1
            elif each.key in noticed or state in dead:
                left.append(_Left(each, each.key in noticed))
            else:
                counts["unnoticed"] += 1
    return left


async def _nowhere(
    bucket: Bucket, client: Redis, stored: Stored, left: Sequence[_Left], counts: Counter[str]
) -> AsyncIterator[ObjectDiscovered]:
    """Counts where the objects ``left`` are; gives those that were noticed and are nowhere."""
    if not left:
        return
    places = {"in_flight": {(found.key, found.etag) async for found in in_flight(client)}}
    ended = Ended()
    async for _, letter in DeadLetters(client).find():
        ended.add(ended.dead, (letter.key or "", letter.etag or ""), letter.part, letter.parts)
    places |= {"dead": ended.dead, "stored": ended.stored}
    for start in range(0, len(left), _CHUNK):
        some = left[start : start + _CHUNK]
        await _add_stored(ended, stored, [each.found for each in some])
        for found, noticed in some:
            place = next((name for name, known in places.items() if (found.key, found.etag) in known), None)
            if place or not noticed:
                counts[place or "unnoticed"] += 1
            elif await asyncio.to_thread(bucket.head, found.key):
                yield found
            elif found.size:  # an empty one is how consoles of object stores make a folder
                counts["no_key"] += 1  # a store lists it, and knows nothing of it when asked


class Ended:
    """The objects that ended as ``stored`` or ``dead``: of a document that holds several reports, all of its parts."""

    def __init__(self) -> None:
        self.stored: set[State] = set()
        self.dead: set[State] = set()
        self._parts: dict[State, set[int]] = {}

    def add(self, to: set[State], state: State, part: int | None, parts: int | None) -> None:
        """One of the object's ``parts`` (None: all of it) ended; the object did where that was the last of them."""
        if part is not None and parts is not None and parts > 1:
            known = self._parts.setdefault(state, set())
            known.add(part)
            if len(known) < parts:
                return
        to.add(state)


async def notice_again(client: Redis, missing: Sequence[ObjectDiscovered]) -> None:
    """Puts ``missing`` onto the stream of what was noticed, and remembers that in the same step, as the watcher
    does."""
    for start in range(0, len(missing), _CHUNK):
        async with client.pipeline(transaction=True) as pipe:
            for each in missing[start : start + _CHUNK]:
                pipe.xadd(NOTICED, {DATA_KEY: await envelope(each.model_dump_json().encode())})
                pipe.hset(NOTICED_ETAGS, each.key, each.etag)
            await pipe.execute()


async def keep_reconciling(bucket: Bucket, client: Redis, settings: Settings) -> None:
    """Compares at once, every ``settings.reconcile_seconds``, and when the database was replaced; notices again what is
    missing, and tells what it found, until cancelled. Where this installation of gouji cannot reach a database (the
    extra ``store`` is not there), it does nothing."""
    try:
        stored = Stored(settings.database_url)
    except (ModuleNotFoundError, Unavailable) as error:
        log.info("nothing is reconciled here", error=str(error))
        await asyncio.Future()
        return
    with closing(stored):
        why = "at the start"
        while True:
            try:
                extent = await asyncio.to_thread(stored.extent)
                await reconcile(bucket, client, settings.database_url, why)
                why = await _reason(stored, extent, settings)
            except (Unavailable, RedisError) as error:
                log.warning("could not reconcile; trying again soon", error=str(error))
                why = "after an interruption"
                await asyncio.sleep(settings.poll_seconds)


async def reconcile(bucket: Bucket, client: Redis, database_url: str, why: str) -> Comparison:
    """Compares, notices again what is missing, and tells in the broker ``why`` and what was found. Raises what
    :func:`compare` raises."""
    found = await compare(bucket, client, database_url)
    await notice_again(client, found.missing)
    told = Reconciled(at=datetime.now(UTC), why=why, objects=found.objects, missing=len(found.missing))
    await client.set(RECONCILED, told.model_dump_json())
    log.info("reconciled", why=why, objects=found.objects, missing=len(found.missing))
    return found


async def _reason(stored: Stored, extent: "Extent", settings: Settings) -> str:
    """Waits until it is time to reconcile again, and says why: the time has come, or the database holds less than its
    ``extent`` was, and so is another."""
    loop = asyncio.get_running_loop()
    due = loop.time() + settings.reconcile_seconds
    while (left := due - loop.time()) > 0:
        await asyncio.sleep(min(left, settings.poll_seconds))
        now = await asyncio.to_thread(stored.extent)
        if now.fell(extent):
            return "the database was replaced"
        extent = now
    return "from time to time"


async def _under_these_etags(client: Redis, name: str, found: Sequence[ObjectDiscovered]) -> set[str]:
    """The keys of those objects that stand in the hash ``name`` with their etags."""
    etags: list[Any] = await client.hmget(name, [each.key for each in found]) if found else []
    return {each.key for each, etag in zip(found, etags, strict=True) if etag == each.etag.encode()}


async def _add_stored(ended: Ended, stored: Stored, found: Sequence[ObjectDiscovered]) -> None:
    for seen in await asyncio.to_thread(stored.parts, [each.key for each in found]):
        ended.add(ended.stored, (seen.key, seen.etag), seen.part, seen.parts)
