"""A message's life in a stage that runs."""

import asyncio

from shared.errors import Rejected, Unavailable
from shared.events import INGESTED, NOTICED, Noticed
from shared.stage.app import StageApp
from tests.stage.pipeline import Ledger, running, settings, stage, until


def forward(event: Noticed) -> Noticed:
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


def test_each_stage_adds_its_passage(redis_url: str) -> None:
    async def scenario() -> None:
        ledger = Ledger(redis_url)
        await ledger.deliver("a")
        async with running(StageApp(stage(forward), settings(redis_url))) as app:
            await ledger.settled()
            (passage,) = (await ledger.events(INGESTED))[0].passages
            assert (passage.stage, passage.outcome, passage.consumer) == ("ingest", "forwarded", app.consumer)

    asyncio.run(scenario())


def test_a_rejected_document_is_a_dead_letter_at_once(redis_url: str) -> None:
    def reject(event: Noticed) -> Noticed:
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

    def fail(event: Noticed) -> Noticed:
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
    def fail_on_bad(event: Noticed) -> Noticed:
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

    def need_database(event: Noticed) -> Noticed:
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
