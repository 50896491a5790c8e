"""The bucket is the truth: finds what was noticed in it and yet is neither stored, nor a dead letter, nor on its way,
and notices it again.

What is on its way is looked at before the dead letters, and those before the database: in the order in which a
document moves, so that none slips through. At worst one that is just being replayed is noticed twice, and stored once.
"""

import asyncio
from collections.abc import Sequence
from typing import Any, NamedTuple

import structlog
from faststream.redis.message import DATA_KEY
from redis.asyncio import Redis
from redis.exceptions import RedisError

from services.ingest.bucket import Bucket
from shared.errors import Unavailable
from shared.events import NOTICED, Noticed
from shared.settings import Settings
from shared.stage.dead import DeadLetters
from shared.stage.envelope import envelope
from shared.stage.in_flight import in_flight
from shared.stage.keys import DISCARDED_ETAGS, NOTICED_ETAGS

log = structlog.get_logger()

_CHUNK = 200

State = tuple[str, str]
"""The key and etag of an object."""


class Comparison(NamedTuple):
    """The objects of the bucket by where they are; an object counts as what it is in its present state (its etag).

    ``unnoticed`` are the watcher's to notice; ``missing`` were noticed, and are nowhere now.
    """

    stored: int
    dead: int
    discarded: int
    in_flight: int
    unnoticed: int
    missing: tuple[Noticed, ...]

    @property
    def objects(self) -> int:
        """How many there are in the bucket."""
        return self.stored + self.dead + self.discarded + self.in_flight + self.unnoticed + len(self.missing)


async def compare(bucket: Bucket, client: Redis, database_url: str) -> Comparison:
    """Compares the bucket with the broker and the database. Raises :class:`~shared.errors.Unavailable` where the
    bucket or the database cannot be reached, RedisError where the broker cannot."""
    noticed = await _etags(client, NOTICED_ETAGS)
    objects = await asyncio.to_thread(lambda: list(bucket.objects()))
    ended = Ended()
    places: dict[str, set[State]] = {
        "in_flight": {(found.key, found.etag) async for found in in_flight(client)},
        "dead": ended.dead,
        "discarded": await _etags(client, DISCARDED_ETAGS),
        "stored": ended.stored,
    }
    async for _, letter in DeadLetters(client).find():
        ended.add(ended.dead, (letter.key or "", letter.etag or ""), letter.part, letter.parts)
    await asyncio.to_thread(_add_stored, ended, database_url)
    counts = dict.fromkeys((*places, "unnoticed"), 0)
    missing: list[Noticed] = []
    for each in objects:
        state = each.key, each.etag
        place = next((name for name, known in places.items() if state in known), None)
        if place or state not in noticed:
            counts[place or "unnoticed"] += 1
        else:
            missing.append(each)
    return Comparison(**counts, missing=tuple(missing))


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


async def notice_again(client: Redis, missing: Sequence[Noticed]) -> None:
    """Puts ``missing`` onto the stream of what was noticed, and remembers that in the same step, as the watcher
    does."""
    for start in range(0, len(missing), _CHUNK):
        async with client.pipeline(transaction=True) as pipe:
            for each in missing[start : start + _CHUNK]:
                pipe.xadd(NOTICED, {DATA_KEY: await envelope(each.model_dump_json().encode())})
                pipe.hset(NOTICED_ETAGS, each.key, each.etag)
            await pipe.execute()


async def keep_reconciling(bucket: Bucket, client: Redis, settings: Settings) -> None:
    """Compares every ``settings.reconcile_seconds`` and notices again what is missing, until cancelled. Where this
    installation of gouji cannot reach a database (the extra ``store`` is not there), it does nothing."""
    while True:
        await asyncio.sleep(settings.reconcile_seconds)
        try:
            found = await compare(bucket, client, settings.database_url)
            await notice_again(client, found.missing)
        except ModuleNotFoundError as error:
            log.info("nothing is reconciled here", error=str(error))
            await asyncio.Future()
        except (Unavailable, RedisError) as error:
            log.warning("could not reconcile; trying again later", error=str(error))
        else:
            log.info("reconciled", objects=found.objects, missing=len(found.missing))


async def _etags(client: Redis, name: str) -> set[State]:
    states: Any = await client.hgetall(name)
    return {(key.decode(), etag.decode()) for key, etag in states.items()}


def _add_stored(ended: Ended, database_url: str) -> None:
    """Adds what is stored. The database is imported only here: it takes a second, and ingest has no other use for
    it."""
    from shared.database import queries
    from shared.database.connect import connect, reading

    engine = connect(database_url)
    try:
        with reading(engine) as connection:
            for seen in queries.stored_parts(connection):
                ended.add(ended.stored, (seen.key, seen.etag), seen.part, seen.parts)
    finally:
        engine.dispose()
