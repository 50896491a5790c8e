"""The pages of a stage at work, asked as a server would ask."""

import asyncio
import json
import threading
from typing import Any

from redis.asyncio import Redis

from shared.errors import Unavailable
from shared.events import NOTICED, ObjectDiscovered
from shared.process import StageApp
from shared.telemetry.health import ReadinessChecks
from shared.telemetry.probes import probes
from tests.stage.pipeline import Ledger, Work, running, settings, stage


async def ask(app: StageApp, path: str) -> tuple[int, str]:
    """Status and body of the page at ``path``."""
    answer: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request"}

    async def send(message: Any) -> None:
        answer.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "headers": [], "query_string": b""}
    await app(scope, receive, send)
    return answer[0]["status"], answer[1]["body"].decode()


def pages_of(redis_url: str, *paths: str, **declared: Any) -> list[tuple[int, str]]:
    """The pages of a stage that has its group and has just checked what it needs."""
    work: Work = lambda event: event  # noqa: E731

    async def run() -> list[tuple[int, str]]:
        async with Redis.from_url(redis_url) as redis:
            await redis.xgroup_create(NOTICED, "ingest", mkstream=True)
        app = StageApp(stage(work, **declared), settings(redis_url))
        await app.telemetry.readiness.check()
        return [await ask(app, path) for path in paths]

    return asyncio.run(run())


def test_a_stage_that_reaches_all_it_needs_is_ready_and_healthy(redis_url: str) -> None:
    ready, healthy, metrics = pages_of(redis_url, "/readyz", "/healthz", "/metrics")
    assert (ready[0], json.loads(ready[1])) == (200, {"ready": True, "reasons": {}})
    assert (healthy[0], json.loads(healthy[1])) == (200, {"healthy": True, "reasons": {}})
    assert 'gouji_ready{installation="data",stage="ingest"} 1.0' in metrics[1]


def test_a_stage_without_its_bucket_says_so_and_stays_healthy(redis_url: str) -> None:
    async def away() -> None:
        raise Unavailable("the bucket", "no such folder")

    ready, healthy, metrics = pages_of(redis_url, "/readyz", "/healthz", "/metrics", check=away)
    assert (ready[0], json.loads(ready[1])["reasons"]) == (503, {"the bucket": "no such folder"})
    assert healthy[0] == 200
    assert 'gouji_ready{installation="data",stage="ingest"} 0.0' in metrics[1]


def test_a_stage_whose_work_never_ends_is_not_healthy(redis_url: str) -> None:
    async def run() -> tuple[int, str]:
        begun, end = threading.Event(), threading.Event()

        def hang(event: ObjectDiscovered) -> ObjectDiscovered:
            begun.set()
            end.wait(30)
            return event

        async with running(StageApp(stage(hang), settings(redis_url, stuck_seconds=0.001))) as app:
            await Ledger(redis_url).deliver("a")
            assert await asyncio.to_thread(begun.wait, 30)
            answer = await ask(app, "/healthz")
            end.set()
        return answer

    status, body = asyncio.run(run())
    assert (status, json.loads(body)["reasons"]) == (503, {"loop": "in the same work for 0 seconds"})


def reasons_of(redis_url: str) -> dict[str, str]:
    """Why a stage whose process is not at work yet would not be ready."""
    readiness = ReadinessChecks(probes(stage(lambda event: event), redis_url))
    asyncio.run(readiness.check())
    return readiness.reasons


def test_without_the_group_a_stage_is_not_ready(redis_url: str) -> None:
    assert reasons_of(redis_url) == {"group": "gouji.noticed has no group ingest"}


def test_without_the_broker_a_stage_is_not_ready() -> None:
    assert list(reasons_of("redis://127.0.0.1:1/0")) == ["broker"]
