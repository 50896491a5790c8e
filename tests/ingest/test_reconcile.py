"""Reconcile: the bucket is the truth."""

import asyncio
import shutil
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from redis.asyncio import Redis

from services.ingest.bucket import open_bucket
from services.ingest.folder import Folder
from services.ingest.reconcile import Comparison, compare, keep_reconciling, notice_again
from services.store.persist import persist
from shared.database.connect import connect
from shared.database.schema import create_tables
from shared.events import DEAD, INGESTED, NOTICED, ObjectDiscovered, Validated
from shared.settings import Settings
from shared.stage.dead import DeadLetter, DeadLetters
from shared.stage.keys import DISCARDED_ETAGS, NOTICED_ETAGS, retry_queue
from shared.tasks import cancel
from shared.watching import RECONCILED, Reconciled
from tests.ingest import odd
from tests.stage.pipeline import Ledger
from tests.validate.reports import report


class Installation:
    """A bucket with one object, ``a.txt``, that was noticed; a broker and a database."""

    def __init__(self, redis_url: str, folder: Path) -> None:
        (folder / "bucket").mkdir()
        (folder / "bucket" / "a.txt").write_text("a")
        self.bucket = open_bucket(str(folder / "bucket"))
        self.database_url = f"sqlite:///{folder / 'gouji.sqlite'}"
        self.engine = connect(self.database_url)
        create_tables(self.engine)
        self.client = Redis.from_url(redis_url)
        self.ledger = Ledger(redis_url)
        (self.object,) = self.bucket.objects()

    async def compare(self) -> Comparison:
        return await compare(self.bucket, self.client, self.database_url)

    async def noticed(self) -> None:
        await self.client.hset(NOTICED_ETAGS, self.object.key, self.object.etag)

    def letter(self) -> DeadLetter:
        now = datetime.now(UTC)
        event = self.object.model_dump_json()
        known = {"key": self.object.key, "etag": self.object.etag, "event": event}
        return DeadLetter(
            stage="ingest", code="empty", message="", attempts=0, first_failure=now, last_failure=now, **known
        )


def check(redis_url: str, folder: Path, prepare: Callable[[Installation], Awaitable[object]]) -> Comparison:
    async def scenario() -> Comparison:
        installation = Installation(redis_url, folder)
        await installation.noticed()
        await prepare(installation)
        return await installation.compare()

    found = asyncio.run(scenario())
    assert found.objects == 1
    return found


async def store(installation: Installation) -> None:
    event = Validated(origin=installation.object, document_id="a", report=report(), findings=(), verdict="clean")
    assert persist(installation.engine, [event], "tester") == [None]


async def dead_letter(installation: Installation) -> None:
    await installation.client.xadd(DEAD, {"letter": installation.letter().model_dump_json()})


async def discard(installation: Installation) -> None:
    await dead_letter(installation)
    async for id_, _ in DeadLetters(installation.client).find():
        assert await DeadLetters(installation.client).discard(id_)


async def nothing(_: Installation) -> None:
    return


def test_what_is_stored_is_not_missing(redis_url: str, tmp_path: Path) -> None:
    assert check(redis_url, tmp_path, store).stored == 1


def test_a_dead_letter_is_not_missing(redis_url: str, tmp_path: Path) -> None:
    assert check(redis_url, tmp_path, dead_letter).dead == 1


def test_what_an_operator_discarded_is_not_missing(redis_url: str, tmp_path: Path) -> None:
    assert check(redis_url, tmp_path, discard).discarded == 1


def test_what_waits_in_a_stream_is_not_missing(redis_url: str, tmp_path: Path) -> None:
    async def emit(installation: Installation) -> None:
        await installation.client.xadd(INGESTED, {"__data__": f'{{"origin": {installation.object.model_dump_json()}}}'})

    assert check(redis_url, tmp_path, emit).in_flight == 1


def test_what_waits_for_another_try_is_not_missing(redis_url: str, tmp_path: Path) -> None:
    async def wait(installation: Installation) -> None:
        await installation.client.zadd(retry_queue(NOTICED), {installation.object.model_dump_json(): 1})

    assert check(redis_url, tmp_path, wait).in_flight == 1


def part(installation: Installation, number: int) -> Validated:
    """One of three reports that the object holds."""
    read = report().model_copy(update={"part": number})
    event = Validated(origin=installation.object, document_id="a", report=read, findings=(), verdict="clean")
    return event.model_copy(update={"part": number, "parts": 3})


def test_of_a_file_with_several_reports_all_must_be_stored_or_dead(redis_url: str, tmp_path: Path) -> None:
    async def two_of_three(installation: Installation) -> None:
        events = [part(installation, number) for number in (1, 3)]
        assert persist(installation.engine, events, "tester") == [None, None]

    async def the_second_is_dead(installation: Installation) -> None:
        await two_of_three(installation)
        letter = installation.letter().model_copy(update={"part": 2, "parts": 3})
        await installation.client.xadd(DEAD, {"letter": letter.model_dump_json()})

    (tmp_path / "one").mkdir()
    (tmp_path / "other").mkdir()
    assert len(check(redis_url, tmp_path / "one", two_of_three).missing) == 1
    found = check(redis_url, tmp_path / "other", the_second_is_dead)
    assert (found.stored, found.missing) == (1, ())


def test_what_nobody_noticed_yet_is_left_to_the_watcher(redis_url: str, tmp_path: Path) -> None:
    async def forget(installation: Installation) -> None:
        await installation.client.delete(NOTICED_ETAGS)

    assert check(redis_url, tmp_path, forget).unnoticed == 1


def test_an_object_that_changed_since_it_was_stored_or_discarded_counts_as_what_it_is_now(
    redis_url: str, tmp_path: Path
) -> None:
    async def change(installation: Installation) -> None:
        await installation.client.hset(DISCARDED_ETAGS, "a.txt", "an earlier etag")

    assert check(redis_url, tmp_path, change).missing


def test_what_was_noticed_and_is_nowhere_is_noticed_again_once(redis_url: str, tmp_path: Path) -> None:
    assert [each.key for each in check(redis_url, tmp_path, nothing).missing] == ["a.txt"]

    async def again() -> tuple[list[ObjectDiscovered], Comparison]:
        ledger = Ledger(redis_url)
        bucket = open_bucket(str(tmp_path / "bucket"))
        url = f"sqlite:///{tmp_path / 'gouji.sqlite'}"
        found = await compare(bucket, ledger.client, url)
        await notice_again(ledger.client, found.missing)
        return await ledger.events(NOTICED), await compare(bucket, ledger.client, url)

    events, found = asyncio.run(again())
    assert [event.key for event in events] == ["a.txt"]
    assert (found.in_flight, found.missing) == (1, ())


class Reconciling:
    """``keep_reconciling`` at work on an installation."""

    def __init__(self, redis_url: str, folder: Path) -> None:
        self.installation = Installation(redis_url, folder)
        self._settings = Settings(
            redis_url=redis_url, database_url=self.installation.database_url, reconcile_seconds=3600, poll_seconds=0.05
        )

    def run(self, story: Callable[["Reconciling"], Awaitable[None]]) -> None:
        asyncio.run(self._run(story))

    async def _run(self, story: Callable[["Reconciling"], Awaitable[None]]) -> None:
        installation = self.installation
        await installation.noticed()
        keeping = asyncio.ensure_future(keep_reconciling(installation.bucket, installation.client, self._settings))
        try:
            async with asyncio.timeout(30):
                await story(self)
        finally:
            await cancel([keeping])

    async def until(self, why: str) -> Reconciled:
        """Returns what was told of a reconciliation made ``why``."""
        while True:
            told: Any = await self.installation.client.get(RECONCILED)
            if told and (found := Reconciled.model_validate_json(told)).why == why:
                return found
            await asyncio.sleep(0.02)


def test_what_is_missing_at_the_start_is_noticed_again_at_once_and_told(redis_url: str, tmp_path: Path) -> None:
    async def story(reconciling: Reconciling) -> None:
        found = await reconciling.until("at the start")
        assert (found.objects, found.missing) == (1, 1)
        assert [event.key for event in await reconciling.installation.ledger.events(NOTICED)] == ["a.txt"]

    Reconciling(redis_url, tmp_path).run(story)


def test_when_the_database_was_replaced_by_an_older_one_what_it_lacks_is_noticed_again_at_once(
    redis_url: str, tmp_path: Path
) -> None:
    async def story(reconciling: Reconciling) -> None:
        assert (await reconciling.until("at the start")).missing == 0
        for log in ("gouji.sqlite-wal", "gouji.sqlite-shm"):
            (tmp_path / log).unlink(missing_ok=True)
        (tmp_path / "backup").replace(tmp_path / "gouji.sqlite")

        assert (await reconciling.until("the database was replaced")).missing == 1
        assert [event.key for event in await reconciling.installation.ledger.events(NOTICED)] == ["a.txt"]

    reconciling = Reconciling(redis_url, tmp_path)
    reconciling.installation.engine.dispose()
    shutil.copy(tmp_path / "gouji.sqlite", tmp_path / "backup")
    asyncio.run(store(reconciling.installation))
    reconciling.run(story)


def test_what_a_store_lists_and_does_not_know_when_asked_is_passed_over(redis_url: str, tmp_path: Path) -> None:
    installation = Installation(redis_url, tmp_path)

    class Forgetful(Folder):
        def head(self, key: str) -> None:
            return None

    async def story() -> Comparison:
        await installation.noticed()
        return await compare(Forgetful(tmp_path / "bucket"), installation.client, installation.database_url)

    found = asyncio.run(story())
    assert (found.objects, found.missing, dict(found.passed_over)) == (0, (), {"no_key": 1})


def test_reconcile_tells_what_is_passed_over(redis_url: str, tmp_path: Path) -> None:
    async def drop(_: Installation) -> None:
        reasons.update(odd.drop_passed_over(tmp_path / "bucket"))

    reasons: dict[str, str] = {}
    assert check(redis_url, tmp_path, drop).passed_over == Counter(reasons.values())
