"""Reconcile: the bucket is the truth."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

from redis.asyncio import Redis

from services.ingest.bucket import open_bucket
from services.ingest.reconcile import Comparison, compare, notice_again
from services.store.persist import persist
from shared.database.connect import connect
from shared.database.schema import create_tables
from shared.events import DEAD, INGESTED, NOTICED, Noticed, Validated
from shared.stage.dead import DeadLetter, DeadLetters
from shared.stage.keys import DISCARDED_ETAGS, NOTICED_ETAGS, retry_queue
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

    async def again() -> tuple[list[Noticed], Comparison]:
        ledger = Ledger(redis_url)
        bucket = open_bucket(str(tmp_path / "bucket"))
        url = f"sqlite:///{tmp_path / 'gouji.sqlite'}"
        found = await compare(bucket, ledger.client, url)
        await notice_again(ledger.client, found.missing)
        return await ledger.events(NOTICED), await compare(bucket, ledger.client, url)

    events, found = asyncio.run(again())
    assert [event.key for event in events] == ["a.txt"]
    assert (found.in_flight, found.missing) == (1, ())
