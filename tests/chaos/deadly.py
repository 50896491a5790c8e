"""Stages that die at a chosen moment: ``python -m tests.chaos.deadly NAME``."""

import os
import re
import sys
import threading
from collections.abc import Sequence
from typing import Any

from shared.events import INGESTED, NOTICED, VALIDATED, Event, ObjectDiscovered, Validated
from shared.process import StageApp
from shared.settings import Settings
from shared.stage import Batch, Stage
from shared.stage.liveness import CONSUMER

settings = Settings()


def killed_by_message() -> Stage[Any, Any]:
    """Ends its process, without a word, on the message called ``kill``."""

    def work(event: ObjectDiscovered) -> ObjectDiscovered:
        if event.key == "kill":
            os._exit(9)
        return event

    return Stage("ingest", source=NOTICED, takes=ObjectDiscovered, sink=INGESTED, work=work)


def never_done() -> Stage[Any, Any]:
    """Never finishes some messages: waiting, in a loop of Python, or in C code that holds the interpreter."""

    def work(event: ObjectDiscovered) -> ObjectDiscovered:
        match event.key:
            case "wait":
                threading.Event().wait()
            case "loop":
                while True:
                    pass
            case "match":
                re.match("(a+)+b", "a" * 60)
        return event

    return Stage("ingest", source=NOTICED, takes=ObjectDiscovered, sink=INGESTED, work=work)


def killed_after_commit() -> Stage[Any, Any]:
    """Stores, and the first time ends its process before anything is acknowledged."""
    from services.store.persist import persist  # SQLModel takes a second, and only this stage needs it
    from shared.database.connect import connect

    died = settings.data / "died"

    def work(events: Batch[Validated]) -> Sequence[Event | Exception | None]:
        results = persist(connect(settings.database_url), events, CONSUMER)
        if not died.exists():
            died.touch()
            os._exit(9)
        return results

    return Stage("store", source=VALIDATED, takes=Validated, work_batch=work)


if __name__ == "__main__":
    stages = {each.__name__: each for each in (killed_by_message, killed_after_commit, never_done)}
    StageApp(stages[sys.argv[1]](), settings).serve()
