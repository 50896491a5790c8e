"""Reads one file as ``gouji parse`` does, and measures what it cost."""

import time
from pathlib import Path
from threading import Event, Thread
from typing import NamedTuple, Self

import gouji


class Outcome(NamedTuple):
    """What became of a file: ``parsed``, a rejection code, or ``crashed: …``; and the seconds it took by the clock and
    of this process's processor time."""

    verdict: str
    seconds: float
    processor_seconds: float


def read(data: bytes) -> Outcome:
    """The outcome of a file; never raises."""
    started, busy = time.monotonic(), time.process_time()
    outcomes = gouji.read(data, "fuzz")
    took = time.monotonic() - started, time.process_time() - busy
    crashes = [each.failure for each in outcomes if each.failure and not isinstance(each.failure, gouji.Rejected)]
    if crashes:
        return Outcome(f"crashed: {type(crashes[0]).__name__}: {crashes[0]}", *took)
    rejection = outcomes[0].rejection
    return Outcome(rejection.code if rejection else "parsed", *took)


class MemoryWatch(Thread):
    """Watches how much memory any descendant of this process holds at once; ``peak`` in megabytes (Linux)."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak = 0.0
        self._over = Event()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self.join()

    def run(self) -> None:
        while not self._over.wait(0.02):
            self.peak = max([self.peak, *map(_megabytes, _descendants(Path("/proc/self")))])


def _descendants(process: Path) -> list[Path]:
    """The processes below ``process``; one may end while it is looked at."""
    try:
        tasks = [(task / "children").read_text() for task in (process / "task").iterdir()]
    except OSError:
        return []
    children = [Path("/proc", number) for numbers in tasks for number in numbers.split()]
    return children + [each for child in children for each in _descendants(child)]


def _megabytes(process: Path) -> float:
    try:
        pages = int((process / "statm").read_text().split()[1])
    except (OSError, IndexError, ValueError):
        return 0
    return pages * 4096 / 1_000_000
