"""Reads one file as ``gouji parse`` does, and measures what it cost."""

import time
from pathlib import Path
from threading import Event, Thread
from typing import NamedTuple, Self

from services.ingest.read import read_document
from services.parse.recognise import recognise
from services.validate.judge import judge
from shared.errors import Rejected


class Outcome(NamedTuple):
    """What became of a file: ``parsed``, a rejection code, or ``crashed: …``; and the seconds it took by the clock and
    of this process's processor time."""

    verdict: str
    seconds: float
    processor_seconds: float


def read(data: bytes) -> Outcome:
    """The outcome of a file; never raises."""
    started, busy = time.monotonic(), time.process_time()
    try:
        judge(recognise(read_document(data, "fuzz")))
        verdict = "parsed"
    except Rejected as rejected:
        verdict = rejected.code
    except Exception as error:
        verdict = f"crashed: {type(error).__name__}: {error}"
    return Outcome(verdict, time.monotonic() - started, time.process_time() - busy)


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
