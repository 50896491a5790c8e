"""A lease in the broker: of several replicas exactly one, the leader, does what must be done once.

1. The lease is a value that its holder writes again at every third of its length: its name, and a count that grows.
2. Who waits for the lease looks at the value just as often. While it changes, the leader is alive.
3. A value that has not changed for a whole length, by the clock of the one who waits, is a dead leader's: the lease is
   taken, by replacing just that value.

It does not expire in the broker, which reckons by the time of day: set back by an hour, that clock would keep a dead
leader in office for an hour. That is why it is not the ``Lock`` of redis-py, a key with a time to live (``SET NX PX``):
how long that is held the broker's clock decides, here the own clock of each who waits.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from itertools import count
from typing import cast

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from shared.tasks import cancel

TTL_SECONDS = 5.0
"""How long a dead leader is missed before another takes its place; chosen: well above a slow answer of the broker."""

_GIVE_BACK_SECONDS = 2  # chosen: a process that ends does not wait for a broker that is away

# Both only where the value is what this replica saw last: it may be another's by now.
_REPLACE = "if redis.call('get', KEYS[1]) ~= ARGV[1] then return 0 end redis.call('set', KEYS[1], ARGV[2]) return 1"
_GIVE_BACK = "return redis.call('get', KEYS[1]) == ARGV[1] and redis.call('del', KEYS[1]) or 0"

log = structlog.get_logger()


class Lease:
    """The lease called ``name``, for ``holder`` (a name that no other process has). Lives ``ttl`` seconds and is
    extended at every third of that. Two may believe they hold it for a moment, when a leader was stopped for longer
    than ``ttl``: what leaders do must bear that."""

    def __init__(self, redis: Redis, name: str, holder: str, ttl: float = TTL_SECONDS) -> None:
        self._redis = redis
        self._key = f"gouji:lease:{name}"
        self._name = f"{holder} ".encode()
        self._numbers = count(1)
        self._ttl = ttl
        self._seen = (b"", 0.0)

    async def lead(self, *duties: Callable[[], Awaitable[None]]) -> None:
        """Waits for the lease and runs ``duties`` side by side while it is held, again and again until cancelled. A
        duty that fails is logged, and all are begun again."""
        try:
            while True:
                if await self._is_mine():
                    await self._run(duties)
                await asyncio.sleep(self._ttl / 3)
        finally:
            with suppress(RedisError, OSError, TimeoutError):  # with the broker away it goes stale by itself
                await asyncio.wait_for(self._give_back(), _GIVE_BACK_SECONDS)

    async def _run(self, duties: tuple[Callable[[], Awaitable[None]], ...]) -> None:
        tasks = [asyncio.ensure_future(duty()) for duty in (*duties, self._until_lost)]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                if error := task.exception():
                    log.warning("the leader stumbled and begins again", error=f"{type(error).__name__}: {error}")
        finally:
            await cancel(tasks)

    async def _until_lost(self) -> None:
        loop = asyncio.get_running_loop()
        extended = loop.time()
        while loop.time() - extended < self._ttl:
            await asyncio.sleep(self._ttl / 3)
            if await self._is_mine():
                extended = loop.time()

    async def _is_mine(self) -> bool:
        """Extends the lease, or takes it where nobody has it; returns whether it is held now."""
        value = self._name + b"%d" % next(self._numbers)
        try:
            held = await self._value()
            if held is None:
                return bool(await self._redis.set(self._key, value, nx=True))
            return self._may_replace(held) and bool(await self._redis.eval(_REPLACE, 1, self._key, held, value))
        except (RedisError, OSError):
            return False

    def _may_replace(self, value: bytes) -> bool:
        """Whether ``value`` is this replica's own, or has been the same for as long as a lease lives."""
        now = asyncio.get_running_loop().time()
        if value != self._seen[0]:
            self._seen = value, now
        return value.startswith(self._name) or now - self._seen[1] >= self._ttl

    async def _give_back(self) -> None:
        value = await self._value()
        if value and value.startswith(self._name):
            await self._redis.eval(_GIVE_BACK, 1, self._key, value)

    async def _value(self) -> bytes | None:
        return cast("bytes | None", await self._redis.get(self._key))
