"""Kills whatever runs, on a schedule drawn from a seed, while documents flow."""

import os
import signal
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from random import Random

from cli.pipeline import Pipeline
from cli.processes import broker_pid, processes
from shared.events import STAGES
from tests.chaos.databases import Database
from tests.chaos.documents import Document
from tests.chaos.messages import BadMessages

_CORRECTED_AFTER = 2
"""A file that was wrong is corrected so many kills later, while it may be anywhere."""
VICTIMS = (*STAGES, "broker", "database")


class Monkey:
    """Kills processes of ``pipeline`` and connections of ``database``; counts its ``kills`` by component. Sends
    ``bad`` messages meanwhile."""

    def __init__(self, pipeline: Pipeline, database: Database, random: Random) -> None:
        self.kills: Counter[str] = Counter()
        self.bad = BadMessages(pipeline.settings, random)
        self._pipeline = pipeline
        self._database = database
        self._random = random

    def rage(self, documents: Sequence[Document], kills: int, longest_pause: float) -> None:
        """Drops ``documents`` into the bucket bit by bit, and after each bit kills one component at random, each as
        often as any other, with pauses of up to ``longest_pause`` seconds in between."""
        victims = [VICTIMS[number % len(VICTIMS)] for number in range(kills)]
        self._random.shuffle(victims)
        bucket = Path(self._pipeline.settings.bucket)
        for number, victim in enumerate(victims):
            for document in documents[number::kills]:
                document.drop(bucket)
            self.bad.send()
            time.sleep(self._random.uniform(0, longest_pause))
            self.kill(victim)
            for document in documents[max(0, number - _CORRECTED_AFTER) :: kills] if number >= _CORRECTED_AFTER else ():
                document.correct(bucket)
        for document in documents:
            document.correct(bucket)

    def kill(self, victim: str) -> None:
        """Kills ``victim`` as ``kill -9`` does; waits for it where it is not there just now."""
        if victim == "database":
            self._database.sever()
        else:
            while not self._killed(victim):
                time.sleep(0.05)
        self.kills[victim] += 1

    def _killed(self, victim: str) -> bool:
        settings = self._pipeline.settings
        if victim == "broker":
            pids = [pid] if (pid := broker_pid(settings)) else []
        else:
            pids = [process.pid for process in processes(settings) if process.stage == victim]
        if not pids:
            return False
        with suppress(ProcessLookupError):
            os.kill(self._random.choice(pids), signal.SIGKILL)
            return True
        return False
