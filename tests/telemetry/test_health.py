import asyncio
import time

from shared.errors import Unavailable
from shared.telemetry.health import Pulse, Readiness


async def fine() -> None:
    pass


async def away() -> None:
    raise Unavailable("the database", "connection refused")


async def broken() -> None:
    raise ConnectionResetError("by peer")


async def silent() -> None:
    await asyncio.sleep(60)


def test_a_stage_that_reaches_everything_is_ready() -> None:
    assert asyncio.run(Readiness({"broker": fine, "database": fine}).reasons()) == {}


def test_the_reasons_name_what_cannot_be_reached_and_why() -> None:
    readiness = Readiness({"broker": fine, "database": away, "bucket": broken, "group": silent}, timeout=0.01)
    assert asyncio.run(readiness.reasons()) == {
        "the database": "connection refused",
        "bucket": "ConnectionResetError: by peer",
        "group": "no answer within 0.01 seconds",
    }


def test_many_questions_at_once_are_one_check() -> None:
    asked = 0

    async def count() -> None:
        nonlocal asked
        asked += 1

    async def ask() -> None:
        readiness = Readiness({"broker": count}, every=60)
        await asyncio.gather(*(readiness.reasons() for _ in range(50)))

    asyncio.run(ask())
    assert asked == 1


def test_a_stage_is_ready_again_when_what_it_needs_is_back() -> None:
    answers = [away, fine]

    async def check() -> None:
        await answers.pop(0)()

    async def ask() -> list[dict[str, str]]:
        readiness = Readiness({"database": check}, every=0)
        return [await readiness.reasons(), await readiness.reasons()]

    assert asyncio.run(ask()) == [{"the database": "connection refused"}, {}]


def test_what_the_worker_came_upon_itself_is_a_reason_too() -> None:
    noticed = {"broker": "out of memory"}
    assert asyncio.run(Readiness({"broker": fine}, noticed).reasons()) == noticed


def test_a_loop_in_one_turn_for_too_long_is_stuck_and_one_that_waits_is_not() -> None:
    pulse = Pulse(stuck_seconds=0)
    assert pulse.reason() == ""
    with pulse.turn():
        time.sleep(0.001)
        assert pulse.reason() == "in the same work for 0 seconds"
    assert pulse.reason() == ""
