"""What a dead consumer held is taken over, a living one's is left alone, and only the killer is blamed."""

import asyncio
import subprocess
import sys
from typing import Any

from shared.events import INGESTED, NOTICED, ObjectDiscovered
from shared.process import StageApp
from shared.stage.delivery import Delivery
from shared.stage.housekeeping import promote
from shared.stage.keys import alive, in_work
from shared.stage.liveness import CONSUMER
from shared.stage.work import Workbench
from tests.stage.pipeline import Ledger, running, settings, stage, until


def forward(event: ObjectDiscovered) -> ObjectDiscovered:
    return event


async def take(ledger: Ledger, consumer: str, count: int = 10) -> list[str]:
    """Takes messages as ``consumer``, which then does nothing with them; returns their ids."""
    await ledger.create_group()
    ((_, entries),) = await _read(ledger, consumer, count)
    return [id_.decode() for id_, _ in entries]


async def reclaim(redis_url: str) -> None:
    """Another consumer notices the death of all others, and brings back what is to be tried again."""
    app = StageApp(stage(forward), settings(redis_url, reclaim_seconds=0.001), consumer="1-another@here")
    await app.reclaimer.sweep(())
    await asyncio.sleep(0.01)
    await app.reclaimer.sweep(())
    await promote(app.stage_broker, app.stage, app.settings)


async def _read(ledger: Ledger, consumer: str, count: int) -> Any:
    return await ledger.client.xreadgroup("ingest", consumer, {NOTICED: ">"}, count=count)


def test_what_a_dead_consumer_held_is_worked_and_the_consumer_removed(redis_url: str) -> None:
    async def scenario() -> None:
        ledger = Ledger(redis_url)
        await ledger.deliver("a", "b")
        await take(ledger, "dead@elsewhere")
        async with running(StageApp(stage(forward), settings(redis_url, reclaim_seconds=0.3))):
            await ledger.settled()
            assert sorted(await ledger.keys(INGESTED)) == ["a", "b"]
            await until(lambda: ledger.consumers_are([CONSUMER]))

    asyncio.run(scenario())


def test_a_consumer_whose_process_is_gone_from_this_machine_is_dead_at_once(redis_url: str) -> None:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    gone = f"{process.pid}-abc@{CONSUMER.partition('@')[2]}"

    async def scenario() -> None:
        ledger = Ledger(redis_url)
        await ledger.deliver("a")
        await take(ledger, gone)
        await ledger.client.set(alive("ingest", gone), "{}")
        async with running(StageApp(stage(forward), settings(redis_url, reclaim_seconds=600))):
            await ledger.settled()
            assert await ledger.keys(INGESTED) == ["a"]

    asyncio.run(scenario())


def test_work_in_progress_is_never_taken_from_a_living_consumer(redis_url: str) -> None:
    async def scenario() -> None:
        ledger = Ledger(redis_url)
        await ledger.deliver("slow")
        await take(ledger, "busy@elsewhere")
        await ledger.client.set(alive("ingest", "busy@elsewhere"), "{}")
        await ledger.deliver("left")
        await take(ledger, "dead@elsewhere")
        async with running(StageApp(stage(forward), settings(redis_url, reclaim_seconds=0.3))):
            await until(lambda: ledger.holds(INGESTED, ["left"]))  # both were seen at once, and one was found dead
            await until(lambda: ledger.consumers_are(sorted(["busy@elsewhere", CONSUMER])))
            assert await ledger.keys(INGESTED) == ["left"]
            await ledger.client.delete(alive("ingest", "busy@elsewhere"))
            await ledger.settled()

    asyncio.run(scenario())


def test_a_message_that_killed_two_workers_is_poison_and_its_neighbours_are_not(redis_url: str) -> None:
    async def scenario() -> None:
        ledger = Ledger(redis_url)
        await ledger.deliver("before", "killer", "after")
        for victim in ("first@elsewhere", "second@elsewhere"):
            ids = await take(ledger, victim)
            keys = [event.key for event in await ledger.events(NOTICED)]
            await ledger.client.hset(in_work("ingest"), victim, ids[keys.index("killer")])
            await reclaim(redis_url)
        async with running(StageApp(stage(forward), settings(redis_url, reclaim_seconds=0.3))):
            await ledger.settled()
        assert sorted(await ledger.keys(INGESTED)) == ["after", "before"]
        (letter,) = await ledger.letters()
        assert (letter.code, letter.key) == ("poison", "killer")
        assert await ledger.client.hlen(in_work("ingest")) == 0

    asyncio.run(scenario())


def test_a_worker_that_died_between_two_messages_blames_none(redis_url: str) -> None:
    async def scenario() -> None:
        ledger = Ledger(redis_url)
        await ledger.deliver("a", "b")
        for victim in ("first@elsewhere", "second@elsewhere", "third@elsewhere"):
            await take(ledger, victim)
            await ledger.client.hset(in_work("ingest"), victim, "")
            await reclaim(redis_url)
        async with running(StageApp(stage(forward), settings(redis_url, reclaim_seconds=0.3))):
            await ledger.settled()
        assert sorted(await ledger.keys(INGESTED)) == ["a", "b"]

    asyncio.run(scenario())


def test_a_message_worked_by_two_consumers_is_forwarded_once(redis_url: str) -> None:
    async def scenario() -> None:
        ledger = Ledger(redis_url)
        await ledger.deliver("a")
        (id_,) = await take(ledger, "first@elsewhere")
        entries: Any = await ledger.client.xrange(NOTICED)
        delivery = Delivery.of(id_.encode(), entries[0][1])
        apps = [StageApp(stage(forward), settings(redis_url), consumer=f"{name}@here") for name in ("1-a", "2-b")]
        for app in apps:
            worked = Workbench(app.stage, app.worker.policy, mark=lambda _: None).work([delivery])
            await app.worker.settle(worked.outcomes)
            await app.worker.settle(worked.outcomes)
        assert await ledger.keys(INGESTED) == ["a"]
        assert await ledger.in_flight() == 0

    asyncio.run(scenario())
