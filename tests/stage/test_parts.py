"""A message whose parts part ways: each has its own fate, and all leave the stream together."""

import asyncio
from collections import Counter
from typing import Any

from shared.errors import Rejected
from shared.events import INGESTED, NOTICED, ObjectDiscovered
from shared.process import StageApp
from shared.stage.dead import DeadLetters
from shared.stage.delivery import Delivery
from shared.stage.replay import replay
from shared.stage.stage import PartialResult, PartialResults
from shared.stage.work import Workbench
from tests.stage.pipeline import Ledger, running, settings, stage


class InThree:
    """Work that makes three parts of a message, of which the second is ``failing``; a part tried again is one."""

    def __init__(self, failing: Exception | None) -> None:
        self.failing = failing
        self.worked: Counter[int] = Counter()

    def __call__(self, event: ObjectDiscovered) -> PartialResults:
        wanted = (1, 2, 3) if event.part is None else (event.part,)
        return tuple(self._one(event.model_copy(update={"part": part, "parts": 3})) for part in wanted)

    def _one(self, event: ObjectDiscovered) -> PartialResult:
        self.worked[event.part or 0] += 1
        return PartialResult(event, self.failing if self.failing and event.part == 2 else event)


async def parts_in(ledger: Ledger, stream: str) -> list[int | None]:
    return [event.part for event in await ledger.events(stream)]


def test_parts_go_on_as_a_message_each(redis_url: str) -> None:
    async def scenario() -> None:
        ledger = Ledger(redis_url)
        await ledger.deliver("a", "b")
        async with running(StageApp(stage(InThree(None)), settings(redis_url))):
            await ledger.settled()
        assert await ledger.keys(INGESTED) == ["a"] * 3 + ["b"] * 3
        assert await parts_in(ledger, INGESTED) == [1, 2, 3] * 2
        assert [p.part for event in await ledger.events(INGESTED) for p in event.passages] == [1, 2, 3] * 2

    asyncio.run(scenario())


def test_a_part_that_is_rejected_is_a_dead_letter_and_a_replay_does_it_alone(redis_url: str) -> None:
    async def scenario() -> None:
        ledger = Ledger(redis_url)
        work = InThree(Rejected("not_a_report", "空白格式"))
        await ledger.deliver("a")
        async with running(StageApp(stage(work), settings(redis_url))):
            await ledger.settled()
            assert await parts_in(ledger, INGESTED) == [1, 3]
            ((id_, letter),) = [found async for found in DeadLetters(ledger.client).find()]
            assert (letter.part, letter.parts, letter.key, letter.code) == (2, 3, "a", "not_a_report")

            work.failing = None
            assert await replay(ledger.client, id_, letter)
            await ledger.settled()
        assert await parts_in(ledger, INGESTED) == [1, 3, 2]
        assert work.worked == {1: 1, 2: 2, 3: 1}

    asyncio.run(scenario())


def test_a_part_that_fails_by_our_fault_is_tried_again_alone(redis_url: str) -> None:
    async def scenario() -> None:
        ledger = Ledger(redis_url)
        work = InThree(ZeroDivisionError("出错"))
        await ledger.deliver("a")
        async with running(StageApp(stage(work), settings(redis_url))):
            await ledger.settled()
        assert await parts_in(ledger, INGESTED) == [1, 3]
        (letter,) = await ledger.letters()
        assert (letter.code, letter.part, letter.attempts) == ("failed", 2, 5)
        assert work.worked == {1: 1, 2: 5, 3: 1}

    asyncio.run(scenario())


def test_parts_worked_by_two_consumers_are_settled_once(redis_url: str) -> None:
    async def scenario() -> None:
        ledger = Ledger(redis_url)
        await ledger.deliver("a", "b")
        await ledger.create_group()
        await ledger.client.xreadgroup("ingest", "first@elsewhere", {NOTICED: ">"})
        entries: Any = await ledger.client.xrange(NOTICED)
        deliveries = [Delivery.of(id_, fields) for id_, fields in entries]
        work = InThree(Rejected("unreadable", "damaged"))
        for name in ("1-a@here", "2-b@here"):
            app = StageApp(stage(work), settings(redis_url), consumer=name)
            worked = Workbench(app.stage, app.worker.policy, mark=lambda _: None).work(deliveries)
            await app.worker.settle(worked.outcomes)
        assert await parts_in(ledger, INGESTED) == [1, 3, 1, 3]
        assert [letter.part for letter in await ledger.letters()] == [2, 2]
        assert await ledger.in_flight() == 0

    asyncio.run(scenario())
