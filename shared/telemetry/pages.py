"""The three pages every service serves: /metrics, /healthz and /readyz."""

import json
from collections.abc import Callable, Mapping

from faststream.asgi import AsgiResponse, get
from faststream.asgi.types import ASGIApp, Receive, Scope, Send
from prometheus_client import make_asgi_app

from shared.telemetry.health import Pulse
from shared.telemetry.installation import named
from shared.telemetry.metrics import Metrics, StageMetrics


def pages(
    metrics: Metrics,
    installation: str,
    stage: StageMetrics,
    reasons: Callable[[], Mapping[str, str]],
    pulse: Pulse,
) -> list[tuple[str, ASGIApp]]:
    """The routes for ``AsgiFastStream(asgi_routes=...)``. /healthz and /readyz answer 200, or 503 with the reasons;
    ``reasons`` tells those not to be ready."""
    exposition = make_asgi_app(named(metrics.registry, installation))

    async def metrics_page(scope: Scope, receive: Receive, send: Send) -> None:
        stage.ready(not reasons())
        await exposition(scope, receive, send)

    @get
    async def healthz(scope: Scope) -> AsgiResponse:
        """Whether the loop of the stage still turns."""
        stuck = pulse.reason()
        return _answer("healthy", {"loop": stuck} if stuck else {})

    @get
    async def readyz(scope: Scope) -> AsgiResponse:
        """Whether the stage can reach everything it needs."""
        return _answer("ready", reasons())

    return [("/metrics", metrics_page), ("/healthz", healthz), ("/readyz", readyz)]


def _answer(name: str, reasons: Mapping[str, str]) -> AsgiResponse:
    body = json.dumps({name: not reasons, "reasons": dict(reasons)}, ensure_ascii=False)
    return AsgiResponse(
        body.encode(), status_code=503 if reasons else 200, headers={"Content-Type": "application/json"}
    )
