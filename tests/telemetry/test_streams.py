import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from prometheus_client import CollectorRegistry
from redis.asyncio import Redis

from shared.events import INGESTED, PARSED
from shared.stage.keys import DEAD_COUNTS, STARTS, retry_queue
from shared.telemetry.streams import StreamMetrics
from shared.watching import WATCHING, Watching

Act = Callable[[Redis], Awaitable[object]]


def registry_after(act: Act, redis_url: str, data: Path) -> CollectorRegistry:
    """What one refresh shows after ``act`` on the broker."""

    async def run() -> CollectorRegistry:
        registry = CollectorRegistry()
        async with Redis.from_url(redis_url) as redis:
            await act(redis)
            await StreamMetrics(registry).refresh(redis, data)
        return registry

    return asyncio.run(run())


async def three_messages_one_taken(redis: Redis) -> None:
    await redis.xgroup_create(INGESTED, "parse", mkstream=True)
    for n in range(3):
        await redis.xadd(INGESTED, {"n": n})
    await redis.xreadgroup("parse", "one", {INGESTED: ">"}, count=1)


async def one_message_a_minute_old(redis: Redis) -> None:
    seconds, _ = await redis.time()
    await redis.xadd(INGESTED, {"n": 1}, id=f"{(seconds - 60) * 1000}-0")


async def dead_letters(redis: Redis) -> None:
    await redis.hset(DEAD_COUNTS, mapping={"parse not_a_report": 2, "ingest ../../x": 1, "ingest 天津": 1})


async def a_retry_and_three_starts(redis: Redis) -> None:
    await redis.zadd(retry_queue(INGESTED), {"message": 1})
    await redis.hincrby(STARTS, "parse", 3)


async def nothing(redis: Redis) -> None:
    pass


def test_length_counts_all_messages_and_lag_those_nobody_has_taken(redis_url: str, tmp_path: Path) -> None:
    sample = registry_after(three_messages_one_taken, redis_url, tmp_path).get_sample_value
    assert sample("gouji_stream_messages", {"stream": INGESTED}) == 3
    assert sample("gouji_stream_lag_messages", {"stream": INGESTED}) == 2


def test_age_is_that_of_the_oldest_message_by_the_brokers_clock(redis_url: str, tmp_path: Path) -> None:
    age = registry_after(one_message_a_minute_old, redis_url, tmp_path).get_sample_value(
        "gouji_oldest_message_seconds", {"stream": INGESTED}
    )
    assert age is not None
    assert 59 <= age < 62


def test_a_stream_nobody_has_used_yet_is_empty(redis_url: str, tmp_path: Path) -> None:
    sample = registry_after(nothing, redis_url, tmp_path).get_sample_value
    assert sample("gouji_stream_messages", {"stream": PARSED}) == 0
    assert sample("gouji_oldest_message_seconds", {"stream": PARSED}) == 0


def test_dead_letters_are_shown_by_stage_and_code_and_strange_codes_together(redis_url: str, tmp_path: Path) -> None:
    sample = registry_after(dead_letters, redis_url, tmp_path).get_sample_value
    assert sample("gouji_dead_letters", {"stage": "parse", "code": "not_a_report"}) == 2
    assert sample("gouji_dead_letters", {"stage": "ingest", "code": "other"}) == 2


def test_retries_that_wait_and_starts_are_shown(redis_url: str, tmp_path: Path) -> None:
    sample = registry_after(a_retry_and_three_starts, redis_url, tmp_path).get_sample_value
    assert sample("gouji_waiting_messages", {"stream": INGESTED}) == 1
    assert sample("gouji_starts", {"stage": "parse"}) == 3


def test_what_is_passed_over_is_shown_by_reason(redis_url: str, tmp_path: Path) -> None:
    async def tell(redis: Redis) -> None:
        told = Watching(leader="1@here", beat=1, passed_over={"temporary": 3, "link_broken": 1})
        await redis.set(WATCHING, told.model_dump_json())

    sample = registry_after(tell, redis_url, tmp_path).get_sample_value
    assert sample("gouji_passed_over_objects", {"reason": "temporary"}) == 3
    assert sample("gouji_passed_over_objects", {"reason": "link_broken"}) == 1
    assert sample("gouji_passed_over_objects", {"reason": "hidden"}) is None


def test_the_broker_and_the_disk_show_what_is_used_and_what_there_is(redis_url: str, tmp_path: Path) -> None:
    sample = registry_after(nothing, redis_url, tmp_path).get_sample_value
    used = sample("gouji_broker_memory_bytes", {"state": "used"})
    limit = sample("gouji_broker_memory_bytes", {"state": "limit"})
    assert used and limit and 0 < used < limit
    free, size = (sample("gouji_disk_bytes", {"state": state}) for state in ("free", "size"))
    assert free and size and 0 < free <= size


def test_a_process_that_lost_the_lease_takes_its_gauges_off_the_page(redis_url: str, tmp_path: Path) -> None:
    async def run() -> tuple[float | None, float | None]:
        registry = CollectorRegistry()
        streams = StreamMetrics(registry)

        def length() -> float | None:
            return registry.get_sample_value("gouji_stream_messages", {"stream": INGESTED})

        async with Redis.from_url(redis_url) as redis:
            await streams.refresh(redis, tmp_path)
            while_leading = length()
            exporting = asyncio.create_task(streams.export(redis, tmp_path, every=0.01))
            await asyncio.sleep(0)
            exporting.cancel()
            await asyncio.gather(exporting, return_exceptions=True)
        return while_leading, length()

    assert asyncio.run(run()) == (0, None)
