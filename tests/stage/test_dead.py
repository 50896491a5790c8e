"""Dead letters: found, discarded, and replayed once."""

import asyncio
from datetime import timedelta
from typing import Any

from shared.errors import Rejected
from shared.events import DEAD, INGESTED, NOTICED, PARSED, Ingested, ObjectDiscovered
from shared.process import StageApp
from shared.stage.dead import DeadLetter, DeadLetters, Search
from shared.stage.replay import replay
from shared.stage.stage import Stage
from tests.stage.pipeline import Ledger, running, settings, stage


def forward(event: ObjectDiscovered) -> ObjectDiscovered:
    return event


def fail(event: ObjectDiscovered) -> ObjectDiscovered:
    if event.key.startswith("bug"):
        raise ZeroDivisionError("出错")
    raise Rejected("not_a_report", f"{event.key} 是通知")


async def dead_letter(redis_url: str, *objects: str | ObjectDiscovered) -> list[tuple[str, DeadLetter]]:
    """Makes dead letters of ``objects``, or of events with these keys, and finds them."""
    ledger = Ledger(redis_url)
    await ledger.deliver(*objects)
    async with running(StageApp(stage(fail), settings(redis_url, max_attempts=1))):
        await ledger.settled()
    return await found(ledger)


async def dead_letter_of_parse(redis_url: str, event: Ingested) -> None:
    """Makes a dead letter of what ingest made of an object."""

    def reject(event: Ingested) -> None:
        raise Rejected("not_a_report", "是通知")

    ledger = Ledger(redis_url)
    await ledger.client.xadd(INGESTED, {"__data__": event.model_dump_json()})
    async with running(StageApp(Stage("parse", INGESTED, Ingested, PARSED, work=reject), settings(redis_url))):
        await ledger.settled(INGESTED)


async def found(ledger: Ledger, **wanted: Any) -> list[tuple[str, DeadLetter]]:
    return [pair async for pair in DeadLetters(ledger.client).find(Search(**wanted))]


def test_they_are_found_by_stage_code_time_and_text(redis_url: str) -> None:
    async def scenario() -> None:
        ledger = Ledger(redis_url)
        (_, first), (_, second) = await dead_letter(redis_url, "bug.txt", "notice.txt")
        cases: list[tuple[dict[str, Any], list[str]]] = [
            ({}, ["bug.txt", "notice.txt"]),
            ({"stage": "ingest"}, ["bug.txt", "notice.txt"]),
            ({"stage": "store"}, []),
            ({"code": "failed"}, ["bug.txt"]),
            ({"text": "通知"}, ["notice.txt"]),
            ({"text": "zerodivision"}, ["bug.txt"]),
            ({"since": second.last_failure}, ["notice.txt"]),
            ({"until": first.last_failure}, ["bug.txt"]),
            ({"until": first.last_failure - timedelta(seconds=1)}, []),
        ]
        for wanted, keys in cases:
            assert [letter.key for _, letter in await found(ledger, **wanted)] == keys, wanted

    asyncio.run(scenario())


def test_their_counts_follow_them(redis_url: str) -> None:
    async def scenario() -> None:
        letters = DeadLetters(Ledger(redis_url).client)
        (bug, _), (notice, letter) = await dead_letter(redis_url, "bug", "notice")
        assert await letters.counts() == {("ingest", "failed"): 1, ("ingest", "not_a_report"): 1}
        assert await letters.discard(bug)
        assert await letters.counts() == {("ingest", "not_a_report"): 1}
        assert await replay(Ledger(redis_url).client, notice, letter)
        assert await letters.counts() == {}

    asyncio.run(scenario())


def test_a_replayed_letter_is_tried_again_and_remembers(redis_url: str) -> None:
    async def scenario() -> None:
        ledger = Ledger(redis_url)
        ((id_, letter),) = await dead_letter(redis_url, "bug")
        assert await replay(ledger.client, id_, letter)
        assert await ledger.client.xlen(DEAD) == 0
        async with running(StageApp(stage(fail), settings(redis_url, max_attempts=2))):
            await ledger.settled()
        ((id_, letter),) = await found(ledger)
        assert (letter.replays, letter.attempts) == (1, 2)
        assert await replay(ledger.client, id_, letter)
        async with running(StageApp(stage(forward), settings(redis_url))):
            await ledger.settled()
        (event,) = await ledger.events(INGESTED)
        outcomes = [step.outcome for step in event.passages]
        assert outcomes == ["dead", "replayed", "retried", "dead", "replayed", "forwarded"]

    asyncio.run(scenario())


def test_replaying_one_letter_twice_at_the_same_moment_processes_it_once(redis_url: str) -> None:
    async def scenario() -> None:
        ledger = Ledger(redis_url)
        ((id_, letter),) = await dead_letter(redis_url, "notice")
        terminals = [Ledger(redis_url).client for _ in range(8)]
        done = await asyncio.gather(*(replay(terminal, id_, letter) for terminal in terminals))
        assert sorted(done) == [False] * 7 + [True]
        assert await ledger.keys(NOTICED) == ["notice"]

    asyncio.run(scenario())


def test_what_was_no_event_is_replayed_as_it_came(redis_url: str) -> None:
    async def scenario() -> None:
        ledger = Ledger(redis_url)
        await ledger.client.xadd(NOTICED, {"__data__": b"not an event"})
        async with running(StageApp(stage(forward), settings(redis_url))):
            await ledger.settled()
            ((id_, letter),) = await found(ledger)
            assert (letter.code, letter.event) == ("malformed", "not an event")
            assert await replay(ledger.client, id_, letter)
            await ledger.settled()
        ((_, letter),) = await found(ledger)
        assert (letter.code, letter.event, letter.replays) == ("malformed", "not an event", 1)

    asyncio.run(scenario())
