"""A lease: of several replicas exactly one leads, and another takes over when it is gone."""

import asyncio

from redis.asyncio import Redis

from shared.lease import Lease

TTL = 0.6


class Replica:
    """A process that would lead; ``leading`` while its duty runs."""

    def __init__(self, redis: Redis, name: str) -> None:
        self.leading = asyncio.Event()
        self.resigned = asyncio.Event()
        self.led = 0
        self.task = asyncio.create_task(Lease(redis, "test", name, TTL).lead(self._duty))

    async def _duty(self) -> None:
        self.leading.set()
        self.led += 1
        try:
            await asyncio.Event().wait()
        finally:
            self.leading.clear()
            self.resigned.set()

    async def stop(self) -> None:
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)


def test_one_of_two_leads_and_the_other_follows_at_once_when_it_resigns(redis_url: str) -> None:
    async def story() -> None:
        async with Redis.from_url(redis_url) as redis:
            first = Replica(redis, "first")
            await asyncio.wait_for(first.leading.wait(), 10)
            second = Replica(redis, "second")
            await asyncio.sleep(TTL * 2)
            assert first.leading.is_set() and not second.leading.is_set()

            await first.stop()
            await asyncio.wait_for(second.leading.wait(), 10)
            assert not first.leading.is_set()
            await second.stop()

    asyncio.run(story())


def test_a_leader_whose_lease_is_taken_stops(redis_url: str) -> None:
    async def story() -> None:
        async with Redis.from_url(redis_url) as redis:
            replica = Replica(redis, "first")
            await asyncio.wait_for(replica.leading.wait(), 10)
            await redis.set("gouji:lease:test", "somebody else")
            await asyncio.wait_for(replica.resigned.wait(), 10)
            await replica.stop()
            assert await redis.get("gouji:lease:test") == b"somebody else"

    asyncio.run(story())


def test_a_dead_leader_is_replaced_within_the_length_of_a_lease_whatever_the_broker_s_clock_did(redis_url: str) -> None:
    async def story() -> None:
        async with Redis.from_url(redis_url) as redis:
            # What a leader left that wrote with the clock an hour ahead, and was killed; then the clock was set back.
            await redis.set("gouji:lease:test", "dead", px=3_601_000)
            started = asyncio.get_running_loop().time()
            replica = Replica(redis, "alive")
            await asyncio.wait_for(replica.leading.wait(), 10 * TTL)
            assert asyncio.get_running_loop().time() - started >= TTL

            assert await redis.pttl("gouji:lease:test") == -1  # nothing of it hangs on the broker's clock
            await replica.stop()

    asyncio.run(story())


def test_a_living_leader_is_not_replaced_by_one_who_waits_for_long(redis_url: str) -> None:
    async def story() -> None:
        async with Redis.from_url(redis_url) as redis:
            first, second = Replica(redis, "first"), Replica(redis, "second")
            await asyncio.wait(
                {asyncio.ensure_future(each.leading.wait()) for each in (first, second)},
                timeout=10,
                return_when=asyncio.FIRST_COMPLETED,
            )
            await asyncio.sleep(4 * TTL)
            assert first.led + second.led == 1
            for each in (first, second):
                await each.stop()

    asyncio.run(story())


def test_a_duty_that_fails_is_begun_again(redis_url: str) -> None:
    async def story() -> None:
        begun = asyncio.Queue[int]()

        async def stumble() -> None:
            begun.put_nowait(1)
            raise RuntimeError("stumbled")

        async with Redis.from_url(redis_url) as redis:
            task = asyncio.create_task(Lease(redis, "test", "first", TTL).lead(stumble))
            for _ in range(3):
                await asyncio.wait_for(begun.get(), 10)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    asyncio.run(story())
