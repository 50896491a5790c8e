"""The life of messages under arbitrary interleavings of deliver, take, work, crash, stall, reclaim, fail and replay.

Two consumers share a stage on a real broker. After every step, each message that was ever delivered is in exactly one
place; at the end, when everybody works on, each has arrived, and none was tried more often than it may be.
"""

import asyncio
import os
import re
from collections import Counter
from collections.abc import Coroutine, Sequence
from typing import Any, TypeVar

import pytest
from faststream.redis.message import DATA_KEY
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from redis import Redis

from shared.errors import Rejected
from shared.events import DEAD, INGESTED, NOTICED, ObjectDiscovered
from shared.process import StageBroker
from shared.stage.dead import DeadLetter
from shared.stage.delivery import Delivery
from shared.stage.failure_policy import FailurePolicy
from shared.stage.housekeeping import create_group, promote
from shared.stage.keys import alive, in_work, retry_queue
from shared.stage.outcome import Outcome
from shared.stage.reclaim import Reclaimer
from shared.stage.replay import replay
from shared.stage.settle import Settlement
from shared.stage.work import Workbench
from shared.telemetry.traces import Traces
from tests.stage import pipeline

T = TypeVar("T")

MAX_ATTEMPTS = 3
DEADLY = 2


_KEY = re.compile(rb'"key":\s*"(\w+)"')


class Killed(BaseException):
    """The worker dies here."""


class Consumer:
    """One of the two consumers: what it holds, and outcomes it has not settled yet."""

    def __init__(self, life: "Life", number: int) -> None:
        self.name = f"{number}@elsewhere"
        self.held: list[Delivery] = []
        self.unsettled: list[Outcome] = []
        stage = pipeline.stage(life.work)
        policy = FailurePolicy(stage, life.settings, self.name)
        self.bench = Workbench(stage, policy, self.mark)
        self.settlement = Settlement(life.broker, NOTICED, "ingest", INGESTED, Traces())
        self.reclaimer = Reclaimer(life.broker, stage, policy, self.settle, self.name, patience=0)
        self._life = life
        self._last = ""
        self.breathe()

    async def settle(self, outcomes: Sequence[Outcome]) -> None:
        """Settles for the reclaimer."""
        await self.settlement.settle(outcomes)

    def breathe(self) -> None:
        """Says that it is alive."""
        self._life.redis.set(alive("ingest", self.name), "{}")

    def stall(self) -> None:
        """Is silent, so that others take it for dead."""
        self._life.redis.delete(alive("ingest", self.name))

    def mark(self, message_id: str | None) -> None:
        self._life.redis.hset(in_work("ingest"), self.name, message_id or "")
        self._last = message_id or self._last

    def die(self, of: Delivery) -> None:
        """Works until the process dies on ``of``. What python does on the way out, a killed process does not do: the
        mark stays."""
        self._life.killer = ObjectDiscovered.model_validate_json(of.body).key
        with pytest.raises(Killed):
            self.bench.work(self.held)
        self._life.killer = None
        self._life.redis.hset(in_work("ingest"), self.name, self._last)


class Life(RuleBasedStateMachine):
    """The rules; ``url`` is set by the test."""

    url = ""

    def __init__(self) -> None:
        super().__init__()
        self.redis = Redis.from_url(self.url)
        self.redis.flushall()
        self.loop = asyncio.new_event_loop()
        self.settings = pipeline.settings(self.url, max_attempts=MAX_ATTEMPTS, retry_seconds=0.0001)
        self.stage = pipeline.stage(self.work)
        self.broker = StageBroker(self.stage, self.settings, ())
        self.run(create_group(self.broker, self.stage))
        self.delivered: list[str] = []
        self.letters: list[tuple[str, DeadLetter]] = []
        self.killer: str | None = None
        self.born = 0
        self.consumers = [self.bear(), self.bear()]

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(coroutine)

    def bear(self) -> Consumer:
        self.born += 1
        return Consumer(self, self.born)

    def work(self, event: ObjectDiscovered) -> ObjectDiscovered:
        """What the key says: ``good``, ``bad`` (rejected), ``bug`` (fails); dies where the rules want it."""
        if event.key == self.killer:
            raise Killed
        if event.key.startswith("bad"):
            raise Rejected("unreadable", "bad")
        if event.key.startswith("bug"):
            raise ZeroDivisionError
        return event

    who = st.integers(0, 1)

    @rule(kind=st.sampled_from(["good", "bad", "bug"]))
    def deliver(self, kind: str) -> None:
        key = f"{kind}{len(self.delivered)}"
        self.redis.xadd(NOTICED, {DATA_KEY: pipeline.noticed(key).model_dump_json()})
        self.delivered.append(key)

    @rule(who=who, count=st.integers(1, 4))
    def take(self, who: int, count: int) -> None:
        consumer = self.consumers[who]
        batch: Any = self.redis.xreadgroup("ingest", consumer.name, {NOTICED: ">"}, count=count)
        for _, entries in batch:
            consumer.held += [Delivery.of(id_, fields) for id_, fields in entries]

    @rule(who=who)
    def work_what_is_held(self, who: int) -> None:
        consumer = self.consumers[who]
        if consumer.held:
            consumer.unsettled += consumer.bench.work(consumer.held).outcomes
        consumer.held = []

    @rule(who=who)
    def settle(self, who: int) -> None:
        consumer = self.consumers[who]
        self.settle_and_lose_the_answer(who)
        consumer.unsettled = []

    @rule(who=who)
    def settle_and_lose_the_answer(self, who: int) -> None:
        consumer = self.consumers[who]
        if consumer.unsettled:
            self.run(consumer.settlement.settle(consumer.unsettled))

    @rule(who=who, at=st.integers(0, 3))
    def crash_in_work(self, who: int, at: int) -> None:
        consumer = self.consumers[who]
        if at < len(consumer.held):
            consumer.die(of=consumer.held[at])
        self.replace(who)

    @rule(who=who)
    def crash_between(self, who: int) -> None:
        self.replace(who)

    def replace(self, who: int) -> None:
        self.consumers[who].stall()
        self.consumers[who] = self.bear()

    @rule(who=who)
    def stall_and_come_back(self, who: int) -> None:
        self.consumers[who].stall()
        self.reclaim(1 - who)
        self.consumers[who].breathe()

    @rule(who=who)
    def reclaim(self, who: int) -> None:
        consumer = self.consumers[who]
        in_hand = {each.id for each in consumer.held} | {each.delivery.id for each in consumer.unsettled}
        for _ in range(2):  # the first time it notices a silence, the second time it calls it death
            self.run(consumer.reclaimer.sweep(in_hand))

    @rule()
    def bring_back(self) -> None:
        self.run(promote(self.broker, self.stage, self.settings))

    @rule(data=st.data())
    def replay_twice_at_once(self, data: st.DataObject) -> None:
        if self.letters:
            id_, letter = data.draw(st.sampled_from(self.letters))
            client: Any = self.run(self.broker.connect())

            async def twice() -> list[bool]:
                return list(await asyncio.gather(replay(client, id_, letter), replay(client, id_, letter)))

            assert sorted(self.run(twice())) == [False, True]

    @invariant()
    def every_message_is_in_exactly_one_place(self) -> None:
        with self.redis.pipeline() as at_once:
            at_once.zrange(retry_queue(NOTICED), 0, -1)
            for stream in (NOTICED, INGESTED, DEAD):
                at_once.xrange(stream)
            waiting, *streams, dead = at_once.execute()
        messages = waiting + [fields[b"__data__"] for entries in streams for _, fields in entries]
        letters = [DeadLetter.model_validate_json(fields[b"letter"]) for _, fields in dead]
        places = Counter(_KEY.search(message)[1].decode() for message in messages)  # type: ignore[index]
        assert places + Counter(letter.key for letter in letters) == Counter(self.delivered)
        assert all(letter.attempts <= MAX_ATTEMPTS for letter in letters)
        self.letters = [(id_.decode(), letter) for (id_, _), letter in zip(dead, letters, strict=True)]

    def teardown(self) -> None:
        """Everybody works on; nobody dies any more. All must arrive, in a bounded number of rounds."""
        for _ in range(2 * MAX_ATTEMPTS + DEADLY + 2):
            for who in (0, 1):
                self.take(who, 100)
                self.work_what_is_held(who)
                self.settle(who)
                self.reclaim(who)
            self.bring_back()
        assert self.redis.xlen(NOTICED) == self.redis.zcard(retry_queue(NOTICED)) == 0
        self.every_message_is_in_exactly_one_place()
        assert self.redis.hlen(in_work("ingest")) <= len(self.consumers)
        self.run(self.broker.stop())
        self.loop.close()
        self.redis.close()


def test_never_lost_never_in_two_places_attempts_bounded(redis_url: str) -> None:
    Life.url = redis_url
    examples = int(os.environ.get("GOUJI_LIFE_EXAMPLES", "40"))
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=examples,
            stateful_step_count=30,
            deadline=None,
            derandomize=examples == 40,
            suppress_health_check=list(HealthCheck),
        ),
    )
