"""The three pages every service serves: /metrics, /healthz and /readyz."""

import json

from faststream.asgi import AsgiResponse, get
from faststream.asgi.types import ASGIApp, Receive, Scope, Send
from prometheus_client import make_asgi_app

from shared.telemetry.health import Pulse, Readiness
from shared.telemetry.metrics import Metrics, StageMetrics


def routes(metrics: Metrics, stage: StageMetrics, readiness: Readiness, pulse: Pulse) -> list[tuple[str, ASGIApp]]:
    """The routes for ``AsgiFastStream(asgi_routes=...)``. /healthz and /readyz answer 200, or 503 with the reasons."""

    page = make_asgi_app(metrics.registry)

    async def reasons() -> dict[str, str]:
        found = await readiness.reasons()
        stage.ready(not found)
        return found

    async def metrics_page(scope: Scope, receive: Receive, send: Send) -> None:
        await reasons()  # so that gouji_ready is true at every scrape, whether anybody asks /readyz or not
        await page(scope, receive, send)

    @get
    async def healthz(scope: Scope) -> AsgiResponse:
        """Whether the loop of the stage still turns."""
        stuck = pulse.reason()
        return _answer("healthy", {"loop": stuck} if stuck else {})

    @get
    async def readyz(scope: Scope) -> AsgiResponse:
        """Whether the stage can reach everything it needs."""
        return _answer("ready", await reasons())

    return [("/metrics", metrics_page), ("/healthz", healthz), ("/readyz", readyz)]


def _answer(name: str, reasons: dict[str, str]) -> AsgiResponse:
    body = json.dumps({name: not reasons, "reasons": reasons}, ensure_ascii=False)
    return AsgiResponse(
        body.encode(), status_code=503 if reasons else 200, headers={"Content-Type": "application/json"}
    )
