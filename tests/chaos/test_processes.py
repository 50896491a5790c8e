"""Deaths that only a real process can die."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from shared.database import queries
from shared.database.connect import connect, reading
from shared.database.schema import create_tables
from shared.events import INGESTED, VALIDATED, Validated
from shared.stage.dead import DeadLetter, DeadLetters
from shared.stage.guard_process import is_stopped
from tests.patience import until
from tests.stage.pipeline import Ledger


@pytest.fixture
def start(redis_url: str, tmp_path: Path) -> Iterator[Callable[[str], "subprocess.Popen[bytes]"]]:
    """Starts a stage of tests.chaos.deadly as a process."""
    started: list[subprocess.Popen[bytes]] = []

    def run(name: str) -> subprocess.Popen[bytes]:
        environment = os.environ | {
            "GOUJI_REDIS_URL": redis_url,
            "GOUJI_DATA": str(tmp_path),
            "GOUJI_LOG_LEVEL": "WARNING",
        }
        started.append(subprocess.Popen([sys.executable, "-m", "tests.chaos.deadly", name], env=environment))
        return started[-1]

    yield run
    for process in started:
        process.kill()
        process.wait()


@contextmanager
def supervised(start: Callable[[], "subprocess.Popen[bytes]"]) -> Iterator[Callable[[], int]]:
    """Starts a process, and starts it again whenever the function given is called and it has died; that function
    returns how often it died."""
    process, deaths = start(), 0

    def look() -> int:
        nonlocal process, deaths
        if process.poll() is not None:
            process, deaths = start(), deaths + 1
        return deaths

    yield look


def test_a_message_that_kills_its_process_does_so_twice_and_its_neighbours_pass(
    redis_url: str, start: Callable[[str], "subprocess.Popen[bytes]"]
) -> None:
    async def deliver() -> None:
        await Ledger(redis_url).deliver("a", "kill", "b", "c")

    async def outcome() -> tuple[int, list[str], list[str]]:
        ledger = Ledger(redis_url)
        letters = [letter.code async for _, letter in DeadLetters(ledger.client).find()]
        return await ledger.in_flight(), sorted(await ledger.keys(INGESTED)), letters

    asyncio.run(deliver())
    with supervised(lambda: start("killed_by_message")) as deaths:
        until(lambda: deaths() >= 0 and asyncio.run(outcome())[0] == 0)
        assert deaths() == 2
    assert asyncio.run(outcome()) == (0, ["a", "b", "c"], ["poison"])


def test_a_message_whose_work_takes_too_long_is_a_dead_letter_that_says_where_and_its_neighbours_pass(
    redis_url: str, start: Callable[[str], "subprocess.Popen[bytes]"], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether it waits, loops, or is in C code that holds the interpreter."""
    monkeypatch.setenv("GOUJI_WORK_SECONDS", "0.5")

    async def deliver() -> None:
        await Ledger(redis_url).deliver("a", "wait", "b", "loop", "c", "match", "d")

    async def outcome() -> tuple[int, list[str], dict[str | None, DeadLetter]]:
        ledger = Ledger(redis_url)
        letters = {letter.key: letter async for _, letter in DeadLetters(ledger.client).find()}
        return await ledger.in_flight(), sorted(await ledger.keys(INGESTED)), letters

    asyncio.run(deliver())
    with supervised(lambda: start("never_done")) as deaths:
        until(lambda: deaths() >= 0 and asyncio.run(outcome())[0] == 0)
        assert deaths() == 3
    _, done, letters = asyncio.run(outcome())
    assert done == ["a", "b", "c", "d"]
    assert {key: letter.code for key, letter in letters.items()} == dict.fromkeys(
        ("wait", "loop", "match"), "work_timeout"
    )
    assert all(letter.message.endswith("longer than 0.5 seconds (GOUJI_WORK_SECONDS)") for letter in letters.values())
    assert all("in work" in str(letter.traceback) for letter in letters.values())


def test_a_process_that_somebody_stopped_is_not_taken_for_slow() -> None:
    process = subprocess.Popen(["sleep", "60"])
    assert not is_stopped(process.pid)
    process.send_signal(signal.SIGSTOP)
    until(lambda: is_stopped(process.pid))
    process.kill()
    process.wait()


def test_a_store_killed_between_commit_and_acknowledgement_stores_once(
    redis_url: str, tmp_path: Path, start: Callable[[str], "subprocess.Popen[bytes]"], validated: Validated
) -> None:
    url = f"sqlite:///{tmp_path / 'gouji.sqlite'}"

    async def deliver() -> None:
        await Ledger(redis_url).client.xadd(VALIDATED, {"__data__": validated.model_dump_json()})

    def left() -> int:
        return asyncio.run(Ledger(redis_url).in_flight(VALIDATED))

    create_tables(connect(url))
    asyncio.run(deliver())
    with supervised(lambda: start("killed_after_commit")) as deaths:
        until(lambda: deaths() == 1 and left() == 0)
    with reading(connect(url)) as connection:
        assert queries.count_reports(connection) == 1
        assert [seen.key for seen in queries.objects(connection)] == [validated.origin.key]
