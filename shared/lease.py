"""A lease in the broker: of several replicas exactly one, the leader, does what must be done once."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from shared.tasks import cancel

TTL_SECONDS = 5.0
"""How long a dead leader is missed before another takes its place."""

_GIVE_BACK_SECONDS = 2

# Only the holder may extend or give back: the key may have expired and be another's by now.
_EXTEND = "return redis.call('get', KEYS[1]) == ARGV[1] and redis.call('pexpire', KEYS[1], ARGV[2]) or 0"
_GIVE_BACK = "return redis.call('get', KEYS[1]) == ARGV[1] and redis.call('del', KEYS[1]) or 0"

log = structlog.get_logger()


class Lease:
    """The lease called ``name``, for ``holder`` (a name that no other process has). Lives ``ttl`` seconds and is
    extended at every third of that. Two may believe they hold it for a moment, when a leader was stopped for longer
    than ``ttl``: what leaders do must bear that."""

    def __init__(self, redis: Redis, name: str, holder: str, ttl: float = TTL_SECONDS) -> None:
        self._redis = redis
        self._key = f"gouji:lease:{name}"
        self._holder = holder
        self._ttl = ttl

    async def lead(self, *duties: Callable[[], Awaitable[None]]) -> None:
        """Waits for the lease and runs ``duties`` side by side while it is held, again and again until cancelled. A
        duty that fails is logged, and all are begun again."""
        try:
            while True:
                if await self._is_mine():
                    await self._run(duties)
                await asyncio.sleep(self._ttl / 3)
        finally:
            with suppress(RedisError, OSError, TimeoutError):  # with the broker away it expires by itself
                await asyncio.wait_for(self._redis.eval(_GIVE_BACK, 1, self._key, self._holder), _GIVE_BACK_SECONDS)

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
        milliseconds = int(self._ttl * 1000)
        try:
            if await self._redis.set(self._key, self._holder, nx=True, px=milliseconds):
                return True
            return bool(await self._redis.eval(_EXTEND, 1, self._key, self._holder, milliseconds))
        except (RedisError, OSError):
            return False
