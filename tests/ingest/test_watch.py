"""The watcher puts on the stream what is new or changed in the bucket: all of it, once, and only when it is whole."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from faststream.redis import RedisBroker
from redis import Redis

from services.ingest.bucket import Bucket, open_bucket
from services.ingest.watch import Watcher
from shared.events import NOTICED, Noticed
from shared.settings import Settings
from shared.stage.delivery import Delivery
from shared.stage.keys import NOTICED_ETAGS

QUICK = {"settle_seconds": 0.05, "poll_seconds": 0.1}
NEVER_LISTED = {"settle_seconds": 0.05, "poll_seconds": 3600}


class Watching:
    """A watcher at work on ``bucket``, and the stream it writes to."""

    def __init__(self, redis_url: str, bucket: Bucket, settings: dict[str, float]) -> None:
        self.redis = Redis.from_url(redis_url)
        self._broker = RedisBroker(redis_url)
        self._watcher = Watcher(self._broker, bucket, Settings(redis_url=redis_url, **settings))  # type: ignore[arg-type]

    def run(self, story: Callable[["Watching"], Awaitable[None]]) -> None:
        """Watches while ``story`` goes on."""
        asyncio.run(self._run(story))

    async def _run(self, story: Callable[["Watching"], Awaitable[None]]) -> None:
        async with asyncio.timeout(60), self._broker:
            watching = asyncio.ensure_future(self._watcher.watch())
            telling = asyncio.ensure_future(story(self))
            await asyncio.wait([watching, telling], return_when=asyncio.FIRST_COMPLETED)
            if watching.done():
                telling.cancel()
                watching.result()  # raises what ended it
            watching.cancel()
            with suppress(asyncio.CancelledError):
                await watching
            await telling

    def noticed(self) -> list[Noticed]:
        """What stands on the stream."""
        entries: Any = self.redis.xrange(NOTICED)
        return [Noticed.model_validate_json(Delivery.of(*entry).body) for entry in entries]

    async def until(self, *keys: str) -> None:
        """Returns when just ``keys`` have been noticed, as often as they are named."""
        for _ in range(1000):
            if sorted(each.key for each in self.noticed()) == sorted(keys):
                return
            await asyncio.sleep(0.02)
        pytest.fail(f"noticed {[each.key for each in self.noticed()]}, not {keys}")

    async def until_forgotten(self, key: str) -> None:
        """Returns when it is no longer remembered that ``key`` was noticed."""
        while self.redis.hexists(NOTICED_ETAGS, key):  # noqa: ASYNC110 - the broker tells nobody
            await asyncio.sleep(0.02)


@pytest.fixture
def bucket(tmp_path: Path) -> Path:
    folder = tmp_path / "bucket"
    folder.mkdir()
    return folder


def test_what_is_there_and_what_is_dropped_are_noticed(redis_url: str, bucket: Path) -> None:
    (bucket / "before.txt").write_text("1")

    async def story(watching: Watching) -> None:
        await watching.until("before.txt")
        (bucket / "子目录").mkdir()
        (bucket / "子目录" / "after.txt").write_text("22")
        await watching.until("before.txt", "子目录/after.txt")
        assert watching.noticed()[-1].size == 2

    Watching(redis_url, open_bucket(str(bucket)), QUICK).run(story)


def test_the_file_system_tells_before_the_next_listing(redis_url: str, bucket: Path) -> None:
    (bucket / "before.txt").write_text("1")

    async def story(watching: Watching) -> None:
        await watching.until("before.txt")
        (bucket / "after.txt").write_text("2")
        await watching.until("before.txt", "after.txt")

    Watching(redis_url, open_bucket(str(bucket)), NEVER_LISTED).run(story)


def test_what_has_not_changed_is_noticed_once_also_by_the_next_leader(redis_url: str, bucket: Path) -> None:
    (bucket / "a.txt").write_text("1")

    async def first(watching: Watching) -> None:
        await watching.until("a.txt")

    async def second(watching: Watching) -> None:
        (bucket / "b.txt").write_text("1")
        await watching.until("a.txt", "b.txt")

    Watching(redis_url, open_bucket(str(bucket)), QUICK).run(first)
    Watching(redis_url, open_bucket(str(bucket)), QUICK).run(second)


def test_a_changed_file_is_noticed_again(redis_url: str, bucket: Path) -> None:
    (bucket / "a.txt").write_text("1")

    async def story(watching: Watching) -> None:
        await watching.until("a.txt")
        (bucket / "a.txt").write_text("changed")
        await watching.until("a.txt", "a.txt")
        assert [each.size for each in watching.noticed()] == [1, 7]

    Watching(redis_url, open_bucket(str(bucket)), QUICK).run(story)


def test_a_file_that_grows_is_noticed_when_it_has_stopped(redis_url: str, bucket: Path) -> None:
    async def story(watching: Watching) -> None:
        with (bucket / "growing.txt").open("w") as growing:
            for _ in range(10):
                growing.write("x" * 100)
                growing.flush()
                await asyncio.sleep(0.02)
        await watching.until("growing.txt")
        assert watching.noticed()[0].size == 1000

    Watching(redis_url, open_bucket(str(bucket)), {"settle_seconds": 0.5, "poll_seconds": 0.1}).run(story)


def test_a_broker_that_lost_its_data_is_told_everything_again(redis_url: str, bucket: Path) -> None:
    (bucket / "a.txt").write_text("1")

    async def story(watching: Watching) -> None:
        await watching.until("a.txt")
        watching.redis.flushall()
        await watching.until("a.txt")

    Watching(redis_url, open_bucket(str(bucket)), QUICK).run(story)


def test_a_file_that_vanished_and_came_back_is_noticed_again(redis_url: str, bucket: Path, tmp_path: Path) -> None:
    (bucket / "a.txt").write_text("1")

    async def story(watching: Watching) -> None:
        await watching.until("a.txt")
        (bucket / "a.txt").rename(tmp_path / "away.txt")
        await watching.until_forgotten("a.txt")
        (tmp_path / "away.txt").rename(bucket / "a.txt")
        await watching.until("a.txt", "a.txt")

    Watching(redis_url, open_bucket(str(bucket)), QUICK).run(story)


def test_nothing_is_put_on_a_full_stream(redis_url: str, bucket: Path) -> None:
    for number in range(25):
        (bucket / f"{number}.txt").write_text("1")

    async def story(watching: Watching) -> None:
        seen = 0
        while seen < 25:
            entries: Any = watching.redis.xrange(NOTICED)
            assert len(entries) <= 10
            seen += len(entries)
            if entries:
                watching.redis.xdel(NOTICED, *(id_ for id_, _ in entries))
            await asyncio.sleep(0.01)

    Watching(redis_url, open_bucket(str(bucket)), {**QUICK, "high_water": 10}).run(story)


def test_a_bucket_that_is_away_is_waited_for(redis_url: str, bucket: Path) -> None:
    (bucket / "a.txt").write_text("1")
    away = bucket.rename(bucket.parent / "away")

    async def story(watching: Watching) -> None:
        await asyncio.sleep(0.05)
        await asyncio.to_thread(away.rename, bucket)
        await watching.until("a.txt")

    Watching(redis_url, open_bucket(str(bucket)), QUICK).run(story)
