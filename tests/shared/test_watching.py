"""Whether the bucket is watched is told from what the leader says, by the clock of the one who asks."""

import asyncio

import pytest
from prometheus_client import CollectorRegistry
from redis import Redis

from shared import watching
from shared.errors import Unavailable
from shared.settings import Settings
from shared.telemetry.metrics import Metrics
from shared.telemetry.watched import watched
from shared.watching import WATCHING, Sentinel, Watching


def told(beat: int, **troubles: str) -> Watching:
    return Watching(leader="1@here", beat=beat, troubles=troubles)


def test_a_leader_that_tells_again_and_again_watches() -> None:
    sentinel = Sentinel(poll_seconds=5)

    assert not any(sentinel.troubles(told(beat), beat * 10.0) for beat in range(100))


def test_a_leader_that_tells_nothing_new_for_a_few_polls_is_none() -> None:
    sentinel = Sentinel(poll_seconds=5)

    assert not sentinel.troubles(told(7), 0.0)
    assert not sentinel.troubles(told(7), 15.0)
    assert sentinel.troubles(told(7), 16.0) == {"leader": "nobody has watched the bucket for 16 seconds"}
    assert not sentinel.troubles(told(8), 17.0)


def test_where_nobody_ever_led_that_is_said_after_a_few_polls() -> None:
    sentinel = Sentinel(poll_seconds=5)

    assert not sentinel.troubles(None, 100.0)
    assert sentinel.troubles(None, 116.0)


def test_what_troubles_the_leader_is_known_to_all() -> None:
    assert Sentinel(5).troubles(told(1, listing="the disk is gone"), 0.0) == {"listing": "the disk is gone"}


def test_a_process_of_ingest_is_not_ready_while_the_leader_cannot_list_and_its_metric_says_so(redis_url: str) -> None:
    metrics = Metrics(CollectorRegistry())
    check = watched(Settings(redis_url=redis_url), metrics.watching)

    def watches(part: str) -> float | None:
        return metrics.registry.get_sample_value("gouji_watching", {"part": part})

    async def story() -> None:
        with Redis.from_url(redis_url) as redis:
            redis.set(WATCHING, told(1).model_dump_json())
            await check()
            assert [watches(part) for part in watching.PARTS] == [1, 1, 1]

            redis.set(WATCHING, told(2, listing="a folder is gone").model_dump_json())
            with pytest.raises(Unavailable, match="the watch over the bucket is unavailable: a folder is gone"):
                await check()
            assert [watches(part) for part in watching.PARTS] == [1, 0, 1]

    asyncio.run(story())
