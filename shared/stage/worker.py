"""A stage at work in this process: what happens to a batch from its delivery to its settlement."""

import asyncio
import contextvars
import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import Generic

from faststream.redis import RedisBroker
from redis.exceptions import ResponseError
from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception_type,
    wait_random_exponential,
)

from shared.errors import Unavailable
from shared.settings import Settings
from shared.stage.delivery import Delivery
from shared.stage.failure_policy import FailurePolicy
from shared.stage.guard import Guard
from shared.stage.mark import Mark
from shared.stage.observer import Observer
from shared.stage.outcome import Outcome, Released
from shared.stage.readiness import Readiness
from shared.stage.settle import Settlement
from shared.stage.stage import In, Out, Stage
from shared.stage.work import Workbench

_LONGEST_WAIT = 10.0
"""Seconds between two looks at something that is away."""
_ROOM_SECONDS = 0.05
"""Seconds between two looks at a stream that is too long."""

logger = logging.getLogger(__name__)


class Worker(Generic[In, Out]):
    """Works the batches of ``stage`` as ``consumer``, and settles them."""

    def __init__(
        self, stage: Stage[In, Out], settings: Settings, broker: RedisBroker, consumer: str, observer: Observer
    ) -> None:
        self.readiness = Readiness()
        self.in_hand: set[str] = set()
        self.stopping = asyncio.Event()
        self.policy = FailurePolicy(stage, settings, consumer)
        self._stage = stage
        self._settings = settings
        self._broker = broker
        self._observer = observer
        self._settlement = Settlement(broker, stage.source, stage.name, stage.sink, observer.traces)
        self.guard = Guard(settings, stage.name, consumer)
        self._mark = Mark(settings.redis_url, stage.name, consumer)
        self._workbench = Workbench(stage, self.policy, self._begin)
        self._checked = False
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=stage.name)

    async def handle(self, deliveries: Sequence[Delivery]) -> None:
        """The handler of the stage's subscriber. Returns when every message is settled and the next stream has room;
        where the process is stopping, what has not been worked goes back to the stream."""
        self._observer.on_batch(len(deliveries))
        with self._holding(deliveries):
            left = list(deliveries)
            with suppress(Unavailable):
                async for attempt in self._while_unavailable():
                    with attempt:
                        await self._work_all(left)
            if left:
                await self.settle([Released(delivery) for delivery in left])
        await self._wait_for_room()

    async def settle(self, outcomes: Sequence[Outcome]) -> None:
        """Settles ``outcomes``, however long the broker refuses (out of memory, disk full). Where the group itself is
        gone, so are its messages: the bucket is the truth, and what is missing will be noticed again."""
        async for attempt in self._while_refused():
            with attempt:
                try:
                    settled = await self._settlement.settle(outcomes)
                except ResponseError as error:
                    if "NOGROUP" not in str(error):
                        raise
                    logger.warning("group lost: %d messages went with it", len(outcomes))
                    return
        self.readiness.has("broker")
        for outcome, happened in zip(outcomes, settled, strict=True):
            if happened and not isinstance(outcome, Released):
                self._observer.on_outcome(outcome)

    def _begin(self, message_id: str | None) -> None:
        self._mark(message_id)
        self.guard(message_id)

    def close(self) -> None:
        """Lets go of the thread, of the guard and of the connection of the marks."""
        self._thread.shutdown(wait=False, cancel_futures=True)
        self.guard.close()
        self._mark.close()

    async def _work_all(self, left: list[Delivery]) -> None:
        """Works and settles what is ``left``, taking from it what is settled. Raises Unavailable."""
        await self._check()
        while left and not self.stopping.is_set():
            context = contextvars.copy_context()
            loop = asyncio.get_running_loop()
            with self._observer.pulse.turn():
                worked = await loop.run_in_executor(self._thread, context.run, self._workbench.work, left)
            if worked.outcomes:
                await self.settle(worked.outcomes)
            done = {outcome.delivery.id for outcome in worked.outcomes}
            left[:] = [delivery for delivery in left if delivery.id not in done]
            if worked.unavailable:
                raise worked.unavailable
            self.readiness.clear()

    async def _check(self) -> None:
        """Asks whether what the stage needs is there: before its first work, and after it was away."""
        if self._stage.check and (self.readiness.reasons or not self._checked):
            try:
                await self._stage.check()
            except Unavailable:
                raise
            except Exception as error:  # whatever a driver raises, the stage cannot use what it stands for
                raise Unavailable(self._stage.name, f"{type(error).__name__}: {error}") from error
            self._checked = True

    @contextmanager
    def _holding(self, deliveries: Sequence[Delivery]) -> Iterator[None]:
        ids = {delivery.id for delivery in deliveries}
        self.in_hand |= ids
        try:
            yield
        finally:
            self.in_hand -= ids

    def _while_unavailable(self) -> AsyncRetrying:
        def wait(state: RetryCallState) -> None:
            error = state.outcome and state.outcome.exception()
            if isinstance(error, Unavailable):
                self.readiness.lacks(error.what, error.why)
                self._observer.on_unavailable(error)

        return self._retrying(Unavailable, wait)

    def _while_refused(self) -> AsyncRetrying:
        def wait(state: RetryCallState) -> None:
            self.readiness.lacks("broker", str(state.outcome and state.outcome.exception()))

        return self._retrying(ResponseError, wait)

    def _retrying(self, error: type[Exception], before_sleep: Callable[[RetryCallState], None]) -> AsyncRetrying:
        return AsyncRetrying(
            retry=retry_if_exception_type(error),
            wait=wait_random_exponential(multiplier=0.2, max=_LONGEST_WAIT),
            stop=lambda _: self.stopping.is_set(),
            sleep=self._sleep,
            before_sleep=before_sleep,
            reraise=True,
        )

    async def _sleep(self, seconds: float) -> None:
        """Sleeps, unless the process is to stop."""
        try:
            await asyncio.wait_for(self.stopping.wait(), seconds)
        except TimeoutError:
            return

    async def _wait_for_room(self) -> None:
        if self._stage.sink is None:
            return
        client = await self._broker.connect()
        while not self.stopping.is_set() and await client.xlen(self._stage.sink) > self._settings.high_water:
            await self._sleep(_ROOM_SECONDS)
