"""What one process of a stage shows of itself, put together: the stage's observer, its pages, its middlewares."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import structlog
from faststream.redis.prometheus import RedisPrometheusMiddleware
from redis.asyncio import Redis
from redis.exceptions import RedisError

from shared.errors import Unavailable
from shared.events import LAST, Validated
from shared.settings import Settings
from shared.stage.keys import STARTS
from shared.stage.outcome import DeadLettered, Forwarded, Settled
from shared.stage.stage import Stage
from shared.telemetry import logs, traces
from shared.telemetry.health import Pulse, ReadinessChecks
from shared.telemetry.metrics import Metrics
from shared.telemetry.pages import pages
from shared.telemetry.probes import probes
from shared.telemetry.streams import StreamMetrics
from shared.telemetry.subject import subject

if TYPE_CHECKING:
    from faststream._internal.types import BrokerMiddleware
    from faststream.asgi.types import ASGIApp

log = structlog.get_logger()


class Telemetry:
    """The telemetry of a process of ``stage`` that consumes as ``consumer``; an
    :class:`~shared.stage.observer.Observer`."""

    def __init__(self, stage: Stage[Any, Any], settings: Settings, consumer: str) -> None:
        self.metrics = Metrics()
        self.traces = traces.start(settings, stage.name, consumer)
        self.pulse = Pulse(settings.stuck_seconds)
        self.readiness = ReadinessChecks(probes(stage, settings.redis_url))
        self._stage = stage.name
        self._settings = settings
        self._counts = self.metrics.start(stage.name)
        self._streams = StreamMetrics(self.metrics.registry)
        prometheus = RedisPrometheusMiddleware(registry=self.metrics.registry, app_name=stage.name)
        self.middlewares: tuple[BrokerMiddleware[Any, Any], ...] = (prometheus, *self.traces.middlewares)

    def pages(self, noticed: Mapping[str, str]) -> "list[tuple[str, ASGIApp]]":
        """The pages of this process. ``noticed`` are the reasons not to be ready that the worker itself came upon."""
        return pages(
            self.metrics,
            self._settings.installation,
            self._counts,
            lambda: self.readiness.reasons | dict(noticed),
            self.pulse,
        )

    async def started(self, redis: Redis) -> None:
        """Counts this start, in the broker: the process that counted would not outlive a restart. A broker that refuses
        (out of memory, a replica) costs the count, not the start."""
        try:
            await redis.hincrby(STARTS, self._stage, 1)
        except RedisError as error:
            log.warning("start not counted", error=str(error))

    async def export_streams(self, redis: Redis) -> None:
        """Exports the gauges of the whole installation until cancelled; for the leader only."""
        await self._streams.export(redis, self._settings.data)

    def on_batch(self, messages: int) -> None:
        """Counts a batch."""
        self._counts.took(messages)

    def on_outcome(self, outcome: Settled) -> None:
        """Counts a message that is settled, and writes its line."""
        self._counts.worked(outcome.step.outcome, outcome.step.took)
        if self._stage == LAST and isinstance(outcome, Forwarded) and isinstance(outcome.event, Validated):
            self.metrics.committed(outcome.event, datetime.now(UTC))
        self._log(outcome)

    def on_unavailable(self, unavailable: Unavailable) -> None:
        """Writes a line for each try to reach what is away."""
        log.warning("waiting", what=unavailable.what, why=unavailable.why)

    def _log(self, outcome: Settled) -> None:
        name, (document_id, key) = outcome.step.outcome, subject(outcome)
        if name == "forwarded" and not logs.is_sampled(document_id, self._settings.log_sample):
            return
        trace_id = self.traces.trace_id(outcome.delivery.headers)
        with logs.about(document_id, key=key, **({"trace_id": trace_id} if trace_id else {})):
            if isinstance(outcome, DeadLettered):
                letter = outcome.letter
                write = log.info if name == "rejected" else log.error
                write(name, code=letter.code, message=letter.message, attempts=letter.attempts)
            elif name == "retried":
                log.warning(name, error=outcome.step.detail)
            else:
                log.info(name, seconds=outcome.step.took)
