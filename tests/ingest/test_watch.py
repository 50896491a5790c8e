"""The watcher puts on the stream what is new or changed in the bucket: all of it, once, and only when it is whole."""

import asyncio
import os
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import suppress
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from faststream.redis import RedisBroker
from redis import Redis
from watchfiles import awatch

from services.ingest import notifications
from services.ingest.bucket import Bucket, Entry, open_bucket
from services.ingest.folder import Folder
from services.ingest.watch import Watcher
from shared.events import NOTICED, ObjectDiscovered
from shared.settings import Settings
from shared.stage.delivery import Delivery
from shared.stage.keys import NOTICED_ETAGS
from shared.watching import WATCHING, Watching
from tests.ingest import odd

QUICK = {"settle_seconds": 0.05, "poll_seconds": 0.1}
NEVER_LISTED = {"settle_seconds": 0.05, "poll_seconds": 3600}


class Running:
    """A watcher at work on ``bucket``, and the stream it writes to."""

    def __init__(self, redis_url: str, bucket: Bucket, settings: dict[str, float]) -> None:
        self.redis = Redis.from_url(redis_url)
        self._broker = RedisBroker(redis_url)
        self._watcher = Watcher(self._broker, bucket, Settings(redis_url=redis_url, **settings))  # type: ignore[arg-type]

    def run(self, story: Callable[["Running"], Awaitable[None]]) -> None:
        """Watches while ``story`` goes on."""
        asyncio.run(self._run(story))

    async def _run(self, story: Callable[["Running"], Awaitable[None]]) -> None:
        async with asyncio.timeout(60), self._broker:
            watching = asyncio.ensure_future(self._watcher.watch())
            acting = asyncio.ensure_future(story(self))
            await asyncio.wait([watching, acting], return_when=asyncio.FIRST_COMPLETED)
            if watching.done():
                acting.cancel()
                watching.result()  # raises what ended it
            watching.cancel()
            with suppress(asyncio.CancelledError):
                await watching
            await acting

    def noticed(self) -> list[ObjectDiscovered]:
        """What stands on the stream."""
        entries: Any = self.redis.xrange(NOTICED)
        return [ObjectDiscovered.model_validate_json(Delivery.of(*entry).body) for entry in entries]

    async def until(self, *keys: str) -> None:
        """Returns when just ``keys`` have been noticed, as often as they are named."""
        for _ in range(1000):
            if sorted(each.key for each in self.noticed()) == sorted(keys):
                return
            await asyncio.sleep(0.02)
        pytest.fail(f"noticed {[each.key for each in self.noticed()]}, not {keys}")

    async def until_full(self, messages: int) -> None:
        """Returns when so many messages stand on the stream."""
        while self.redis.xlen(NOTICED) < messages:  # noqa: ASYNC110 - the broker tells nobody
            await asyncio.sleep(0.02)

    def take(self, messages: int) -> list[str]:
        """Takes the first so many messages from the stream, as ingest does; returns their keys."""
        entries: Any = self.redis.xrange(NOTICED, count=messages)
        if entries:
            self.redis.xdel(NOTICED, *(id_ for id_, _ in entries))
        return [ObjectDiscovered.model_validate_json(Delivery.of(*entry).body).key for entry in entries]

    async def until_told(self, wanted: Callable[[Watching], bool]) -> Watching:
        """Returns what the watcher tells of itself, when that is as ``wanted``."""
        for _ in range(1000):
            told: Any = self.redis.get(WATCHING)
            if told and wanted(found := Watching.model_validate_json(told)):
                return found
            await asyncio.sleep(0.02)
        pytest.fail(f"the watcher tells {told}")

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

    async def story(running: Running) -> None:
        await running.until("before.txt")
        (bucket / "子目录").mkdir()
        (bucket / "子目录" / "after.txt").write_text("22")
        await running.until("before.txt", "子目录/after.txt")
        assert running.noticed()[-1].size == 2

    Running(redis_url, open_bucket(str(bucket)), QUICK).run(story)


def test_the_file_system_tells_before_the_next_listing(redis_url: str, bucket: Path) -> None:
    (bucket / "before.txt").write_text("1")

    async def story(running: Running) -> None:
        await running.until("before.txt")
        (bucket / "after.txt").write_text("2")
        await running.until("before.txt", "after.txt")

    Running(redis_url, open_bucket(str(bucket)), NEVER_LISTED).run(story)


def test_what_has_not_changed_is_noticed_once_also_by_the_next_leader(redis_url: str, bucket: Path) -> None:
    (bucket / "a.txt").write_text("1")

    async def first(running: Running) -> None:
        await running.until("a.txt")

    async def second(running: Running) -> None:
        (bucket / "b.txt").write_text("1")
        await running.until("a.txt", "b.txt")

    Running(redis_url, open_bucket(str(bucket)), QUICK).run(first)
    Running(redis_url, open_bucket(str(bucket)), QUICK).run(second)


def test_a_changed_file_is_noticed_again(redis_url: str, bucket: Path) -> None:
    (bucket / "a.txt").write_text("1")

    async def story(running: Running) -> None:
        await running.until("a.txt")
        (bucket / "a.txt").write_text("changed")
        await running.until("a.txt", "a.txt")
        assert [each.size for each in running.noticed()] == [1, 7]

    Running(redis_url, open_bucket(str(bucket)), QUICK).run(story)


def test_a_file_that_grows_is_noticed_when_it_has_stopped(redis_url: str, bucket: Path) -> None:
    async def story(running: Running) -> None:
        with (bucket / "growing.txt").open("w") as growing:
            for _ in range(10):
                growing.write("x" * 100)
                growing.flush()
                await asyncio.sleep(0.02)
        await running.until("growing.txt")
        assert running.noticed()[0].size == 1000

    Running(redis_url, open_bucket(str(bucket)), {"settle_seconds": 0.5, "poll_seconds": 0.1}).run(story)


def test_a_broker_that_lost_its_data_is_told_everything_again(redis_url: str, bucket: Path) -> None:
    (bucket / "a.txt").write_text("1")

    async def story(running: Running) -> None:
        await running.until("a.txt")
        running.redis.flushall()
        await running.until("a.txt")

    Running(redis_url, open_bucket(str(bucket)), QUICK).run(story)


def test_a_file_that_vanished_and_came_back_is_noticed_again(redis_url: str, bucket: Path, tmp_path: Path) -> None:
    (bucket / "a.txt").write_text("1")

    async def story(running: Running) -> None:
        await running.until("a.txt")
        (bucket / "a.txt").rename(tmp_path / "away.txt")
        await running.until_forgotten("a.txt")
        (tmp_path / "away.txt").rename(bucket / "a.txt")
        await running.until("a.txt", "a.txt")

    Running(redis_url, open_bucket(str(bucket)), QUICK).run(story)


def test_nothing_is_put_on_a_full_stream(redis_url: str, bucket: Path) -> None:
    for number in range(25):
        (bucket / f"{number}.txt").write_text("1")

    async def story(running: Running) -> None:
        seen = 0
        while seen < 25:
            entries: Any = running.redis.xrange(NOTICED)
            assert len(entries) <= 10
            seen += len(entries)
            if entries:
                running.redis.xdel(NOTICED, *(id_ for id_, _ in entries))
            await asyncio.sleep(0.01)

    Running(redis_url, open_bucket(str(bucket)), {**QUICK, "high_water": 10}).run(story)


def test_a_bucket_that_is_away_is_waited_for(redis_url: str, bucket: Path) -> None:
    (bucket / "a.txt").write_text("1")
    away = bucket.rename(bucket.parent / "away")

    async def story(running: Running) -> None:
        await asyncio.sleep(0.05)
        await asyncio.to_thread(away.rename, bucket)
        await running.until("a.txt")

    Running(redis_url, open_bucket(str(bucket)), QUICK).run(story)


class Silent(Folder):
    """A folder whose file system tells nothing, as an object store or a network share does."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.folder = None


def test_odd_objects_neither_end_nor_blind_the_watcher(redis_url: str, bucket: Path) -> None:
    endings = odd.drop_objects(bucket, b"x")
    reasons = odd.drop_passed_over(bucket)

    async def story(running: Running) -> None:
        await running.until(*endings)
        (bucket / "after.txt").write_text("1")
        await running.until("after.txt", *endings)
        told = await running.until_told(lambda told: told.objects == len(endings) + 1)
        assert told.passed_over == Counter(reasons.values())
        assert told.ahead >= 2
        assert not told.troubles

    Running(redis_url, Silent(bucket), QUICK).run(story)


def test_the_pause_between_listings_does_not_count_the_wait_for_room(redis_url: str, bucket: Path) -> None:
    for number in range(60):
        (bucket / f"{number}.txt").write_text("1")

    async def story(running: Running) -> None:
        # A message each tenth of a second, from a stream that is always full: were these six seconds spent on listing,
        # the next would come two minutes later.
        taken: set[str] = set()
        while len(taken) < 60:
            taken.update(running.take(1))
            await asyncio.sleep(0.1)
        (bucket / "new.txt").write_text("1")
        await running.until("new.txt")

    Running(redis_url, Silent(bucket), {**QUICK, "high_water": 1}).run(story)


def test_a_new_object_does_not_wait_behind_those_that_have_no_room(redis_url: str, bucket: Path) -> None:
    for number in range(300):
        (bucket / f"{number}.txt").write_text("1")

    async def story(running: Running) -> None:
        await running.until_full(10)
        (bucket / "new.txt").write_text("1")
        taken: list[str] = []
        while "new.txt" not in taken:
            taken += running.take(1)
            await asyncio.sleep(0.05)
        assert len(taken) < 100

    Running(redis_url, Silent(bucket), {**QUICK, "high_water": 10}).run(story)


def test_what_the_file_system_tells_does_not_wait_behind_a_listing_that_has_no_room(
    redis_url: str, bucket: Path
) -> None:
    for number in range(300):
        (bucket / f"{number}.txt").write_text("1")

    async def story(running: Running) -> None:
        await running.until_full(10)
        await running.until_told(lambda told: told.beat > 1)  # by now it listens, too
        (bucket / "new.txt").write_text("1")
        taken: list[str] = []
        while "new.txt" not in taken:
            taken += running.take(1)
            await asyncio.sleep(0.05)
        assert len(taken) < 50

    Running(redis_url, open_bucket(str(bucket)), {**NEVER_LISTED, "high_water": 10}).run(story)


def test_a_folder_that_comes_with_files_in_it_is_noticed(redis_url: str, bucket: Path, tmp_path: Path) -> None:
    (tmp_path / "2024" / "a").mkdir(parents=True)
    (tmp_path / "2024" / "a" / "1.txt").write_text("1")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "2.txt").write_text("2")
    (bucket / "before.txt").write_text("1")

    async def story(running: Running) -> None:
        await running.until("before.txt")
        (tmp_path / ".git").rename(bucket / ".git")
        (tmp_path / "2024").rename(bucket / "2024")
        await running.until("before.txt", "2024/a/1.txt")

    Running(redis_url, open_bucket(str(bucket)), NEVER_LISTED).run(story)


def test_a_listener_that_dies_of_whatever_is_started_again(
    redis_url: str, bucket: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deaths: list[BaseException] = [
        ExceptionGroup("in a task group", [RuntimeError("lost")]),
        OSError("no space left on device"),
        BaseException("a panic in Rust"),
    ]

    async def dying(*arguments: Any, **named: Any) -> AsyncIterator[Any]:
        if deaths:
            raise deaths.pop()
        async for changes in awatch(*arguments, **named):
            yield changes

    monkeypatch.setattr("services.ingest.notifications.awatch", dying)
    monkeypatch.setattr("services.ingest.watch.Listener", partial(_impatient, 0.05))
    (bucket / "before.txt").write_text("1")

    async def story(running: Running) -> None:
        await running.until("before.txt")
        for number in count():  # until it hears again
            (bucket / f"{number}.txt").write_text("1")
            await asyncio.sleep(0.1)
            if len(running.noticed()) > 1:
                assert not deaths
                return

    Running(redis_url, open_bucket(str(bucket)), NEVER_LISTED).run(story)


def _impatient(pause: float, folder: Path, heard: Any, begun: Any, _: float) -> notifications.Listener:
    return notifications.Listener(folder, heard, begun, pause)


def test_a_bucket_that_was_replaced_is_listened_to_again(
    redis_url: str, bucket: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.ingest.watch.Listener", partial(_impatient, 0.05))
    (bucket / "before.txt").write_text("1")

    async def story(running: Running) -> None:
        await running.until("before.txt")
        await asyncio.to_thread(bucket.rename, bucket.parent / "old")
        await asyncio.to_thread(bucket.mkdir)
        for number in count():
            (bucket / f"{number}.txt").write_text("1")
            await asyncio.sleep(0.1)
            if len(running.noticed()) > 1:
                return

    Running(redis_url, open_bucket(str(bucket)), NEVER_LISTED).run(story)


def test_a_watcher_that_cannot_list_says_so_until_it_can(redis_url: str, bucket: Path) -> None:
    (bucket / "a.txt").write_text("1")

    class Broken(Silent):
        broken = True

        def entries(self) -> Iterator[Entry]:
            if self.broken:
                raise ValueError("year 30828 is out of range")
            return super().entries()

    broken = Broken(bucket)

    async def story(running: Running) -> None:
        told = await running.until_told(lambda told: "listing" in told.troubles)
        assert "year 30828" in told.troubles["listing"]
        broken.broken = False
        await running.until("a.txt")
        assert (await running.until_told(lambda told: not told.troubles)).objects == 1

    Running(redis_url, broken, QUICK).run(story)


def test_a_name_that_is_no_utf_8_costs_nobody_else_his_notification(redis_url: str, bucket: Path) -> None:
    (bucket / "before.txt").write_text("1")

    async def story(running: Running) -> None:
        await running.until("before.txt")
        await running.until_told(lambda told: told.beat > 1)  # by now it listens, too
        (bucket / os.fsdecode("报告.txt".encode("gbk"))).write_text("1")
        (bucket / "beside.txt").write_text("1")
        await running.until("before.txt", "beside.txt", "\\xb1\\xa8\\xb8\\xe6.txt")
        (bucket / "after.txt").write_text("1")
        await running.until("before.txt", "beside.txt", "\\xb1\\xa8\\xb8\\xe6.txt", "after.txt")

    Running(redis_url, open_bucket(str(bucket)), NEVER_LISTED).run(story)
