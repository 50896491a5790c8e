"""A corrected file supersedes its dead letter: when a later state of an object is stored, those of earlier states leave
the list."""

import asyncio
from datetime import UTC, datetime, timedelta

from shared.events import VALIDATED, ProcessingStep, Validated
from shared.process import StageApp
from shared.stage.dead import DeadLetter, DeadLetters
from shared.stage.replay import replay
from shared.stage.stage import Stage
from tests.chaos.conftest import judged
from tests.stage.pipeline import Ledger, running, settings
from tests.stage.test_dead import dead_letter


def read(key: str, at: datetime) -> Validated:
    """A report from the object ``key``, which ingest read ``at`` that time."""
    step = ProcessingStep(stage="ingest", outcome="forwarded", started=at, took=0, consumer="1@here", version="1")
    return judged(key, "b" * 64).model_copy(update={"passages": (step,)})


def store(event: Validated) -> None:
    """Does nothing: what matters is that the message is settled by the last stage."""


async def store_it(redis_url: str, *events: Validated) -> None:
    ledger = Ledger(redis_url)
    for event in events:
        await ledger.client.xadd(VALIDATED, {"__data__": event.model_dump_json()})
    async with running(StageApp(Stage("store", VALIDATED, Validated, work=store), settings(redis_url))):
        await ledger.settled(VALIDATED)


async def left(redis_url: str) -> list[str | None]:
    return [letter.key async for _, letter in DeadLetters(Ledger(redis_url).client).find()]


def test_a_later_state_that_is_stored_takes_the_earlier_dead_letters_off_the_list_and_the_count(redis_url: str) -> None:
    async def scenario() -> None:
        letters = DeadLetters(Ledger(redis_url).client)
        await dead_letter(redis_url, "bug.txt", "bug.txt", "bug.txt.bak", "bug")
        ids = [id_ async for id_, letter in letters.find() if letter.key == "bug.txt"]
        await store_it(redis_url, read("bug.txt", datetime.now(UTC)))

        assert await left(redis_url) == ["bug.txt.bak", "bug"]
        assert await letters.counts() == {("ingest", "failed"): 2}
        recorded: list[tuple[str, DeadLetter]] = [pair async for pair in letters.superseded()]
        assert [(id_, letter.key, letter.superseded_by) for id_, letter in recorded] == [
            (id_, "bug.txt", "b" * 64) for id_ in ids
        ]

    asyncio.run(scenario())


def test_an_earlier_state_and_another_report_in_the_same_state_leave_it_on_the_list(redis_url: str) -> None:
    async def scenario() -> None:
        ((_, letter),) = await dead_letter(redis_url, "bug.txt")
        assert letter.read_at
        earlier = read("bug.txt", letter.read_at - timedelta(hours=1))
        await store_it(redis_url, earlier, read("bug.txt", letter.read_at), judged("bug.txt", "c" * 64))
        assert await left(redis_url) == ["bug.txt"]

    asyncio.run(scenario())


def test_the_dead_letter_of_a_state_that_was_overtaken_goes_for_the_record(redis_url: str) -> None:
    """Messages that are tried again, or were taken over from the dead, go to the end of their stream."""

    async def scenario() -> None:
        await store_it(redis_url, read("bug.txt", datetime.now(UTC) + timedelta(minutes=1)))
        await dead_letter(redis_url, "bug.txt", "bug")
        assert await left(redis_url) == ["bug"]
        letters = DeadLetters(Ledger(redis_url).client)
        assert await letters.counts() == {("ingest", "failed"): 1}
        assert [letter.key async for _, letter in letters.superseded()] == ["bug.txt"]

    asyncio.run(scenario())


def test_one_that_was_replayed_or_discarded_meanwhile_is_no_hindrance(redis_url: str) -> None:
    async def scenario() -> None:
        client = Ledger(redis_url).client
        (first, letter), (second, _) = await dead_letter(redis_url, "bug.txt", "bug.txt")
        assert await replay(client, first, letter)
        assert await DeadLetters(client).discard(second)
        await store_it(redis_url, read("bug.txt", datetime.now(UTC)))
        assert await DeadLetters(client).counts() == {}
        assert [pair async for pair in DeadLetters(client).superseded()] == []

    asyncio.run(scenario())
