"""A message's life in a stage that runs."""

import asyncio
import itertools
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta, tzinfo

import pytest

import shared.process
import shared.stage.failure_policy
import shared.stage.work
from shared.errors import Rejected, Unavailable
from shared.events import INGESTED, NOTICED, ObjectDiscovered
from shared.process import StageApp
from shared.stage.failure_policy import retry_delay
from shared.stage.stage import Stage
from tests.stage.pipeline import Ledger, running, settings, stage, until


def forward(event: ObjectDiscovered) -> ObjectDiscovered:
    return event


def test_a_batch_moves_to_the_next_stream_and_leaves_nothing_behind(redis_url: str) -> None:
    async def scenario() -> None:
        ledger = Ledger(redis_url)
        await ledger.deliver("a", "b", "c")
        async with running(StageApp(stage(forward), settings(redis_url))):
            await ledger.settled()
            assert await ledger.keys(INGESTED) == ["a", "b", "c"]
            assert (await ledger.client.xpending(NOTICED, "ingest"))["pending"] == 0

    asyncio.run(scenario())


def test_each_stage_adds_its_step(redis_url: str) -> None:
    async def scenario() -> None:
        ledger = Ledger(redis_url)
        await ledger.deliver("a")
        async with running(StageApp(stage(forward), settings(redis_url))) as app:
            await ledger.settled()
            (step,) = (await ledger.events(INGESTED))[0].passages
            assert (step.stage, step.outcome, step.consumer) == ("ingest", "forwarded", app.consumer)

    asyncio.run(scenario())


def test_a_rejected_document_is_a_dead_letter_at_once(redis_url: str) -> None:
    def reject(event: ObjectDiscovered) -> ObjectDiscovered:
        raise Rejected("not_a_report", "通知，不是年报")

    async def scenario() -> None:
        ledger = Ledger(redis_url)
        await ledger.deliver("a")
        async with running(StageApp(stage(reject), settings(redis_url))):
            await ledger.settled()
        (letter,) = await ledger.letters()
        assert (letter.stage, letter.code, letter.message) == ("ingest", "not_a_report", "通知，不是年报")
        assert (letter.key, letter.attempts, letter.traceback) == ("a", 0, None)

    asyncio.run(scenario())


def test_a_handler_that_always_raises_is_tried_five_times_then_dead_with_its_traceback(redis_url: str) -> None:
    calls = []

    def fail(event: ObjectDiscovered) -> ObjectDiscovered:
        calls.append(event.key)
        raise ZeroDivisionError("出错")

    async def scenario() -> None:
        ledger = Ledger(redis_url)
        await ledger.deliver("a")
        async with running(StageApp(stage(fail), settings(redis_url))):
            await ledger.settled()
        (letter,) = await ledger.letters()
        assert calls == ["a"] * 5
        assert (letter.code, letter.attempts) == ("failed", 5)
        assert "ZeroDivisionError: 出错" in str(letter.traceback)
        assert letter.first_failure < letter.last_failure

    asyncio.run(scenario())


def test_one_bad_message_never_fails_its_hundred_neighbours(redis_url: str) -> None:
    def fail_on_bad(event: ObjectDiscovered) -> ObjectDiscovered:
        if event.key == "bad":
            raise Rejected("unreadable", "damaged")
        return event

    async def scenario() -> None:
        ledger = Ledger(redis_url)
        good = [f"good{i}" for i in range(100)]
        await ledger.deliver(*good[:50], "bad", *good[50:])
        async with running(StageApp(stage(fail_on_bad), settings(redis_url, batch_messages=101))):
            await ledger.settled()
        assert await ledger.keys(INGESTED) == good
        assert [letter.key for letter in await ledger.letters()] == ["bad"]

    asyncio.run(scenario())


def test_a_message_that_is_no_event_is_a_dead_letter_and_its_neighbours_pass(redis_url: str) -> None:
    async def scenario() -> None:
        ledger = Ledger(redis_url)
        await ledger.client.xadd(NOTICED, {"__data__": b"\xff not an event"})
        await ledger.client.xadd(NOTICED, {"strange": b"field"})
        await ledger.deliver("a")
        async with running(StageApp(stage(forward), settings(redis_url))):
            await ledger.settled()
        assert await ledger.keys(INGESTED) == ["a"]
        assert [letter.code for letter in await ledger.letters()] == ["malformed", "malformed"]

    asyncio.run(scenario())


def test_while_the_world_is_away_nothing_is_counted_and_the_stage_says_why(redis_url: str) -> None:
    away = True

    def need_database(event: ObjectDiscovered) -> ObjectDiscovered:
        if away:
            raise Unavailable("database", "connection refused")
        return event

    async def scenario() -> None:
        nonlocal away
        ledger = Ledger(redis_url)
        await ledger.deliver("a", "b")
        async with running(StageApp(stage(need_database), settings(redis_url))) as app:

            async def waits() -> bool:
                return app.worker.readiness.reasons == {"database": "connection refused"}

            await until(waits)
            assert await ledger.keys(NOTICED) == ["a", "b"]
            away = False
            await ledger.settled()
            assert app.worker.readiness.reasons == {}
        assert await ledger.keys(INGESTED) == ["a", "b"]
        assert await ledger.letters() == []

    asyncio.run(scenario())


def test_an_object_that_vanished_is_settled_and_forwards_nothing(redis_url: str) -> None:
    async def scenario() -> None:
        ledger = Ledger(redis_url)
        await ledger.deliver("a")
        async with running(StageApp(stage(lambda event: None), settings(redis_url))):
            await ledger.settled()
        assert await ledger.keys(INGESTED) == []
        assert await ledger.letters() == []

    asyncio.run(scenario())


def test_attempts_and_their_delays_are_kept_across_restarts(redis_url: str) -> None:
    calls = []

    def fail(event: ObjectDiscovered) -> ObjectDiscovered:
        calls.append(event.key)
        raise ZeroDivisionError

    async def scenario() -> None:
        ledger = Ledger(redis_url)
        await ledger.deliver("a")
        for tries in range(1, 6):

            async def tried(tries: int = tries) -> bool:
                return len(calls) >= tries

            consumer = f"{tries}-x@here"
            async with running(StageApp(stage(fail), settings(redis_url), consumer=consumer)):
                await until(tried)
        await ledger.settled()
        (letter,) = await ledger.letters()
        assert (letter.attempts, len(calls)) == (5, 5)

    asyncio.run(scenario())


def test_delays_grow_and_the_message_waits_outside_its_stream(redis_url: str) -> None:
    quick = settings(redis_url, retry_seconds=2)
    for attempts, least in ((1, 2), (2, 6), (3, 18), (4, 54)):
        assert least <= retry_delay(quick, attempts) <= least * 1.25


async def looks(ledger: Ledger) -> int:
    """How often somebody has looked how long a stream is."""
    return int((await ledger.client.info("commandstats"))["cmdstat_xlen"]["calls"])


async def looked_again(ledger: Ledger, times: int) -> bool:
    return await looks(ledger) >= times


def test_a_full_stream_holds_up_the_stages_before_it(redis_url: str) -> None:
    async def scenario() -> None:
        ledger = Ledger(redis_url)
        keys = [f"{number:02}" for number in range(40)]
        await ledger.deliver(*keys)
        async with running(StageApp(stage(forward), settings(redis_url, high_water=10, batch_messages=5))):
            await until(lambda: ledger.is_longer(INGESTED, 10))
            looked = await looks(ledger)
            await until(lambda: looked_again(ledger, looked + 3))
            assert await ledger.client.xlen(INGESTED) == 15
            await ledger.client.xtrim(INGESTED, maxlen=0)
            await until(lambda: ledger.is_longer(INGESTED, 10))
            assert await ledger.in_flight() == 10

    asyncio.run(scenario())


def test_a_clock_that_jumps_changes_nothing(redis_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    jumps = itertools.cycle([timedelta(days=400), timedelta(days=-400), timedelta()])

    class Jumping(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) + next(jumps)

    for module in (shared.stage.work, shared.stage.failure_policy, shared.process):
        monkeypatch.setattr(module, "datetime", Jumping)
    calls: list[str] = []

    def fail_twice(event: ObjectDiscovered) -> ObjectDiscovered:
        calls.append(event.key)
        if calls.count(event.key) < 3:
            raise ZeroDivisionError
        return event

    async def scenario() -> None:
        ledger = Ledger(redis_url)
        keys = [str(number) for number in range(10)]
        await ledger.deliver(*keys)
        async with running(StageApp(stage(fail_twice), settings(redis_url))):
            await ledger.settled()
        assert sorted(await ledger.keys(INGESTED)) == keys
        assert await ledger.letters() == []

    asyncio.run(scenario())


def test_a_batch_that_fails_as_a_whole_is_worked_apart_and_one_takes_the_blame(redis_url: str) -> None:
    def commit(events: Iterable[ObjectDiscovered]) -> Sequence[ObjectDiscovered]:
        worked = list(events)
        if any(event.key == "bad" for event in worked):
            raise ZeroDivisionError("the commit failed")
        return worked

    async def scenario() -> None:
        ledger = Ledger(redis_url)
        await ledger.deliver("a", "bad", "b")
        batch = Stage("ingest", source=NOTICED, takes=ObjectDiscovered, sink=INGESTED, work_batch=commit)
        async with running(StageApp(batch, settings(redis_url, max_attempts=1))):
            await ledger.settled()
        assert await ledger.keys(INGESTED) == ["a", "b"]
        assert [letter.key for letter in await ledger.letters()] == ["bad"]

    asyncio.run(scenario())
