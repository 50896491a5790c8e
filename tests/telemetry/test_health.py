import asyncio
import time

from shared.errors import Unavailable
from shared.telemetry.health import Pulse, ReadinessChecks


async def fine() -> None:
    pass


async def away() -> None:
    raise Unavailable("the database", "connection refused")


async def broken() -> None:
    raise ConnectionResetError("by peer")


async def silent() -> None:
    await asyncio.sleep(60)


def reasons_of(readiness: ReadinessChecks) -> dict[str, str]:
    """What ``readiness`` says after one check."""
    asyncio.run(readiness.check())
    return readiness.reasons


def test_a_stage_that_has_checked_nothing_yet_is_not_ready() -> None:
    assert list(ReadinessChecks({}).reasons) == ["start"]


def test_a_stage_that_reaches_everything_is_ready() -> None:
    assert reasons_of(ReadinessChecks({"broker": fine, "database": fine})) == {}


def test_the_reasons_name_what_cannot_be_reached_and_why() -> None:
    readiness = ReadinessChecks({"broker": fine, "database": away, "bucket": broken, "group": silent}, timeout=0.01)
    assert reasons_of(readiness) == {
        "the database": "connection refused",
        "bucket": "ConnectionResetError: by peer",
        "group": "no answer within 0.01 seconds",
    }


def test_a_stage_is_ready_again_when_what_it_needs_is_back() -> None:
    answers = [away, fine]

    async def check() -> None:
        await answers.pop(0)()

    readiness = ReadinessChecks({"database": check})
    assert reasons_of(readiness) == {"the database": "connection refused"}
    assert reasons_of(readiness) == {}


def test_checks_go_on_until_cancelled() -> None:
    async def run() -> int:
        asked = 0
        thrice = asyncio.Event()

        async def count() -> None:
            nonlocal asked
            asked += 1
            if asked == 3:
                thrice.set()

        keeping = asyncio.create_task(ReadinessChecks({"broker": count}, every=0).keep())
        await asyncio.wait_for(thrice.wait(), 5)
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)
        return asked

    assert asyncio.run(run()) >= 3


def test_a_loop_in_one_turn_for_too_long_is_stuck_and_one_that_waits_is_not() -> None:
    pulse = Pulse(stuck_seconds=0)
    assert pulse.reason() == ""
    with pulse.turn():
        time.sleep(0.001)
        assert pulse.reason() == "in the same work for 0 seconds"
    assert pulse.reason() == ""
