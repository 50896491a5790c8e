"""What a stage lives through without human help."""

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from faststream.redis.message import DATA_KEY

from shared.events import INGESTED, NOTICED, ObjectDiscovered
from shared.process import StageApp
from tests.broker import Broker
from tests.stage.pipeline import Ledger, noticed, running, settings, stage, until


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    """A broker with an append-only file."""
    broker = Broker(tmp_path).start()
    yield broker
    broker.kill()


class Gate:
    """Work that has ``begun`` and does not end before it may ``go_on``."""

    def __init__(self) -> None:
        self.begun, self.go_on = threading.Event(), threading.Event()

    def pass_through(self, event: ObjectDiscovered) -> ObjectDiscovered:
        self.begun.set()
        self.go_on.wait(10)
        return event


async def has_let_go(app: StageApp) -> bool:
    return not app.worker.in_hand


def forward(event: ObjectDiscovered) -> ObjectDiscovered:
    return event


def test_messages_emitted_before_the_group_existed_are_consumed(redis_url: str) -> None:
    async def scenario() -> None:
        ledger = Ledger(redis_url)
        async with running(StageApp(stage(forward), settings(redis_url))):
            await ledger.client.flushall()
            await ledger.deliver("a", "b")
            await ledger.settled()
        assert await ledger.keys(INGESTED) == ["a", "b"]

    asyncio.run(scenario())


def test_a_flushed_broker_is_survived_again_and_again(redis_url: str) -> None:
    async def scenario() -> None:
        ledger = Ledger(redis_url)
        async with running(StageApp(stage(forward), settings(redis_url))):
            for round_ in ("a", "b", "c"):
                await ledger.deliver(round_)
                await ledger.settled()
                assert await ledger.keys(INGESTED) == [round_]
                await ledger.client.flushall()

    asyncio.run(scenario())


def test_a_broker_killed_while_a_batch_is_in_work_forwards_every_message_once(broker: Broker) -> None:
    gate = Gate()

    async def scenario() -> None:
        ledger = Ledger(broker.url)
        keys = [str(number) for number in range(20)]
        await ledger.deliver(*keys)
        async with running(StageApp(stage(gate.pass_through), settings(broker.url))):
            await asyncio.to_thread(gate.begun.wait, 10)
            broker.kill()
            gate.go_on.set()
            await asyncio.to_thread(broker.start)
            await ledger.settled()
        assert sorted(await ledger.keys(INGESTED)) == sorted(keys)

    asyncio.run(scenario())


def test_a_stage_that_starts_before_its_broker_waits_for_it(broker: Broker) -> None:
    async def scenario() -> None:
        broker.kill()
        async with running(StageApp(stage(forward), settings(broker.url))):
            await asyncio.to_thread(broker.start)
            ledger = Ledger(broker.url)
            await ledger.deliver("a")
            await ledger.settled()
            assert await ledger.keys(INGESTED) == ["a"]

    asyncio.run(scenario())


def test_a_failover_to_a_read_only_replica_and_back_is_survived(broker: Broker) -> None:
    async def scenario() -> None:
        ledger = Ledger(broker.url)

        async def refused() -> bool:
            return "errorstat_READONLY" in await ledger.client.info("errorstats")

        async with running(StageApp(stage(forward), settings(broker.url))):
            await ledger.deliver("a")
            await ledger.settled()
            await ledger.client.replicaof("127.0.0.1", "1")
            await until(refused)
            await ledger.client.replicaof("NO", "ONE")
            await ledger.deliver("b")
            await ledger.settled()
        assert await ledger.keys(INGESTED) == ["a", "b"]

    asyncio.run(scenario())


def test_a_broker_out_of_memory_is_waited_for_and_the_stage_says_so(broker: Broker) -> None:
    gate = Gate()

    async def scenario() -> None:
        ledger = Ledger(broker.url)
        await ledger.deliver("a")
        async with running(StageApp(stage(gate.pass_through), settings(broker.url))) as app:

            async def says_why() -> bool:
                return "maxmemory" in app.worker.readiness.reasons.get("broker", "")

            await asyncio.to_thread(gate.begun.wait, 10)
            await ledger.client.config_set("maxmemory", 1)
            gate.go_on.set()
            await until(says_why)
            await ledger.client.config_set("maxmemory", 0)
            await ledger.settled()
            assert app.worker.readiness.reasons == {}
        assert await ledger.keys(INGESTED) == ["a"]

    asyncio.run(scenario())


def test_a_start_that_a_full_broker_will_not_count_is_a_start_all_the_same(broker: Broker) -> None:
    async def scenario() -> None:
        ledger = Ledger(broker.url)
        await ledger.client.config_set("maxmemory", 1)
        await StageApp(stage(forward), settings(broker.url)).telemetry.started(ledger.client)
        await ledger.client.config_set("maxmemory", 0)

    asyncio.run(scenario())


def test_a_delivery_whose_answer_was_lost_is_delivered_again(redis_url: str) -> None:
    async def scenario() -> None:
        ledger = Ledger(redis_url)
        async with running(StageApp(stage(forward), settings(redis_url))) as app:
            await ledger.deliver("before")
            await ledger.settled()
            async with ledger.client.pipeline() as at_once:
                at_once.xadd(NOTICED, {DATA_KEY: noticed("lost").model_dump_json()})
                at_once.xreadgroup("ingest", app.consumer, {NOTICED: ">"})
                _, lost = await at_once.execute()
            assert lost
            await ledger.settled()
        assert await ledger.keys(INGESTED) == ["before", "lost"]

    asyncio.run(scenario())


def test_a_stage_that_stops_gives_back_what_it_has_not_worked(redis_url: str) -> None:
    gate = Gate()

    async def scenario() -> None:
        ledger = Ledger(redis_url)
        await ledger.deliver("a", "b", "c")
        app = StageApp(stage(gate.pass_through), settings(redis_url))
        async with running(app):
            await asyncio.to_thread(gate.begun.wait, 10)
            app.worker.stopping.set()
            gate.go_on.set()
            await until(lambda: has_let_go(app))
        in_sink, in_source = await ledger.keys(INGESTED), await ledger.keys(NOTICED)
        assert sorted(in_sink + in_source) == ["a", "b", "c"]
        assert "a" in in_sink
        assert await ledger.client.xinfo_consumers(NOTICED, "ingest") == []
        assert [key async for key in ledger.client.scan_iter("gouji:alive:*")] == []

    asyncio.run(scenario())
