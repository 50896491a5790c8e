"""What a stage does beside its work, about once a second: brings back what waited for its next try, takes over from
the dead, and starts consuming again where the broker lost the group."""

import asyncio
import logging
import math
from contextlib import suppress
from importlib.resources import files
from typing import Any

from faststream.redis import RedisBroker
from faststream.redis.subscriber.usecases import StreamBatchSubscriber
from redis.exceptions import ResponseError

from shared.settings import Settings
from shared.stage.failure_policy import longest_delay
from shared.stage.keys import retry_queue
from shared.stage.reclaim import Reclaimer
from shared.stage.stage import Stage
from shared.stage.worker import Worker

_PROMOTE = files(__package__).joinpath("promote.lua").read_text()
_PROMOTED_AT_ONCE = 500  # chosen: while a script runs the broker serves nobody else

logger = logging.getLogger(__name__)


async def create_group(broker: RedisBroker, stage: Stage[Any, Any]) -> None:
    """Creates the stage's stream and group where they are not there, from the stream's very first message on:
    FastStream would begin with the messages to come, and pass over what was emitted before."""
    client = await broker.connect()
    with suppress(ResponseError):  # there is no such stream yet
        if any(group["name"] == stage.name.encode() for group in await client.xinfo_groups(stage.source)):
            return
    try:
        await client.xgroup_create(stage.source, stage.name, id="0", mkstream=True)
    except ResponseError as error:
        if "BUSYGROUP" not in str(error):
            raise


async def promote(broker: RedisBroker, stage: Stage[Any, Any], settings: Settings) -> None:
    """Brings back to the stage's stream what has waited long enough for its next try."""
    client = await broker.connect()
    keys = [retry_queue(stage.source), stage.source]
    arguments = [_PROMOTED_AT_ONCE, math.ceil(longest_delay(settings) * 1000)]
    await client.register_script(_PROMOTE)(keys, arguments)


class Housekeeper:
    """Keeps the stage of ``worker`` in order, until cancelled."""

    def __init__(
        self,
        stage: Stage[Any, Any],
        settings: Settings,
        broker: RedisBroker,
        subscriber: StreamBatchSubscriber,
        worker: Worker[Any, Any],
        reclaimer: Reclaimer,
    ) -> None:
        self._stage = stage
        self._settings = settings
        self._tick = min(1.0, settings.reclaim_seconds / 10)
        self._broker = broker
        self._subscriber = subscriber
        self._worker = worker
        self._reclaimer = reclaimer

    async def keep(self) -> None:
        """Runs until cancelled; an error is logged, and the next round tries again."""
        while True:
            try:
                await self._consume_again()
                await promote(self._broker, self._stage, self._settings)
                await self._reclaimer.sweep(self._worker.in_hand)
            except Exception as error:  # whatever it is, the next round is needed all the more
                logger.warning("housekeeping: %s: %s", type(error).__name__, error)
            await asyncio.sleep(self._tick)

    async def _consume_again(self) -> None:
        await create_group(self._broker, self._stage)
        if not self._subscriber.running:
            await self._subscriber.start()
