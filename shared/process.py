"""A stage as a process: FastStream's ASGI application around a worker."""

import asyncio
import logging
import signal
import socket
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import uvicorn
from faststream import AckPolicy
from faststream.asgi import AsgiFastStream
from faststream.redis import RedisBroker, StreamSub
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialWithJitterBackoff
from redis.exceptions import ReadOnlyError, RedisError

from shared.settings import Settings
from shared.stage.delivery import decode_batch, parse_batch
from shared.stage.housekeeping import Housekeeper, create_group
from shared.stage.liveness import CONSUMER, Alive, Heartbeat
from shared.stage.reclaim import Reclaimer
from shared.stage.stage import Stage
from shared.stage.worker import Worker
from shared.tasks import cancel
from shared.telemetry import logs
from shared.telemetry.process import Telemetry

if TYPE_CHECKING:
    from faststream._internal.types import BrokerMiddleware

logger = logging.getLogger(__name__)
"""For FastStream too, whose own writes lines of another form."""

_POLL_MS = 1000
"""How long one read waits for messages; one that arrives ends it at once."""
_LEAVE_SECONDS = 5
"""How long a stopping process tries to give back what it holds; if the broker is away, others will take it over."""


class StageBroker(RedisBroker):
    """FastStream's broker, which outlives the server's restarts and failovers, and starts with the group in place."""

    def __init__(
        self, stage: Stage[Any, Any], settings: Settings, middlewares: "Sequence[BrokerMiddleware[Any, Any]]"
    ) -> None:
        super().__init__(
            settings.redis_url,
            middlewares=middlewares,
            apply_types=False,
            logger=logger,
            log_level=logging.DEBUG,
            socket_timeout=10,
            socket_connect_timeout=5,
            retry=Retry(ExponentialWithJitterBackoff(base=0.05, cap=1), retries=-1),
            retry_on_error=[ReadOnlyError],
        )
        self._stage = stage

    async def start(self) -> None:
        """Waits for the server, creates the group, begins to consume."""
        await self.connect()
        try:
            await create_group(self, self._stage)
            await super().start()
        except TimeoutError:
            logger.warning("the broker is slow to answer; consuming begins when it does")
        except Exception:
            # FastStream starts its brokers in the background: a failure would leave a process that only looks alive.
            logger.critical("cannot consume; ending, to be started again", exc_info=True)
            signal.raise_signal(signal.SIGTERM)


class StageApp(AsgiFastStream):
    """The process of one stage: consumes, and serves ``/metrics``, ``/healthz`` and ``/readyz``.

    Run it with :meth:`serve`, or by ``faststream run``.
    What stands ``beside`` the stage runs from its start until it is cancelled, with the stage's broker.
    """

    def __init__(
        self,
        stage: Stage[Any, Any],
        settings: Settings,
        *,
        beside: Sequence[Callable[[RedisBroker], Coroutine[Any, Any, None]]] = (),
        consumer: str = CONSUMER,
    ) -> None:
        self.stage = stage
        self.settings = settings
        self.consumer = consumer
        self.url = f"http://{settings.host}:{settings.port}"
        self.telemetry = Telemetry(stage, settings, consumer)
        self.stage_broker = broker = StageBroker(stage, settings, self.telemetry.middlewares)
        self.worker = Worker(stage, settings, broker, consumer, self.telemetry)
        self.subscriber = broker.subscriber(
            stream=StreamSub(
                stage.source,
                group=stage.name,
                consumer=consumer,
                batch=True,
                max_records=settings.batch_messages,
                polling_interval=_POLL_MS,
            ),
            parser=parse_batch,
            decoder=decode_batch,
            ack_policy=AckPolicy.MANUAL,
            title=stage.name,
        )
        self.subscriber(self.worker.handle)
        patience = settings.reclaim_seconds / 3
        self.reclaimer = Reclaimer(broker, stage, self.worker.policy, self.worker.settle, consumer, patience)
        self.housekeeper = Housekeeper(stage, settings, broker, self.subscriber, self.worker, self.reclaimer)
        self._beside = [lambda _: self.housekeeper.keep(), lambda _: self.telemetry.readiness.keep(), *beside]
        self._tasks: list[asyncio.Task[None]] = []
        self._heartbeat: Heartbeat | None = None
        super().__init__(
            broker,
            logger=logger,
            asgi_routes=self.telemetry.pages(self.worker.readiness.reasons),
            on_startup=[self._begin],
            after_startup=[self._keep_house],
            on_shutdown=[self._finish],
        )

    def serve(self) -> None:
        """Runs until SIGTERM or SIGINT; with port 0, on a free port."""
        listener = socket.create_server((self.settings.host, self.settings.port))
        host, port = listener.getsockname()[:2]
        self.url = f"http://{host}:{port}"
        logs.configure(self.settings, self.stage.name)
        config = uvicorn.Config(self, log_config=None, access_log=False)
        uvicorn.Server(config).run(sockets=[listener])

    async def _begin(self) -> None:
        value = Alive(pid=int(self.consumer.partition("-")[0]), url=self.url, started=datetime.now(UTC))
        ttl = self.settings.reclaim_seconds / 3
        self._heartbeat = Heartbeat(self.settings.redis_url, self.stage.name, self.consumer, value, ttl)
        self._heartbeat.start()
        self.worker.guard.start()

    async def _keep_house(self) -> None:
        await self.telemetry.started(await self.stage_broker.connect())
        self._tasks = [asyncio.create_task(run(self.stage_broker)) for run in self._beside]

    async def _finish(self) -> None:
        """Finishes the message in work, settles, gives back the rest, says goodbye."""
        self.worker.stopping.set()
        await cancel(self._tasks)
        await self.subscriber.stop()
        with suppress(TimeoutError, RedisError):
            await asyncio.wait_for(self.reclaimer.leave(), _LEAVE_SECONDS)
        if self._heartbeat:
            await asyncio.to_thread(self._heartbeat.stop)
        await asyncio.to_thread(self.worker.close)
        await asyncio.to_thread(self.telemetry.traces.close)
