"""Takes over what dead consumers held, and finds the messages that killed them."""

import time
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any, cast

from faststream.redis import RedisBroker

from shared.stage.bury import letter_of
from shared.stage.dead import POISON
from shared.stage.delivery import Delivery, History
from shared.stage.keys import alive, in_work
from shared.stage.liveness import process_is_gone
from shared.stage.outcome import Buried, Outcome, Released
from shared.stage.settle import Settlement
from shared.stage.stage import Stage

_FORGET = files(__package__).joinpath("forget.lua").read_text()
_PAGE = 100
_DEATHS = 2
"""A message that has killed so many workers is poison."""
_STRAY_MS = 5000
"""After this long a message is a stray that was delivered to this process, but is not in its hands: the broker's
answer was lost on the way."""


class Reclaimer:
    """Watches the other consumers of a stage. ``patience`` is how many seconds a consumer's liveness key must have
    been missing, by this process's own steady clock, before the consumer counts as dead; one whose process is known
    to be gone from this machine counts at once."""

    def __init__(
        self, broker: RedisBroker, stage: Stage[Any, Any], settlement: Settlement, consumer: str, patience: float
    ) -> None:
        self._broker = broker
        self._stage = stage
        self._settlement = settlement
        self._consumer = consumer
        self._patience = patience
        self._missing_since: dict[str, float] = {}

    async def sweep(self, in_hand: Iterable[str]) -> list[Outcome]:
        """Releases what dead consumers held, and what was delivered to this one but is not ``in_hand``, to whoever is
        next; buries poison. Returns what it settled."""
        client = await self._broker.connect()
        consumers = [
            info["name"].decode() for info in await client.xinfo_consumers(self._stage.source, self._stage.name)
        ]
        settled = await self._release(self._consumer, keep=set(in_hand), idle=_STRAY_MS)
        for consumer in consumers:
            if consumer != self._consumer and await self._is_dead(consumer):
                settled += await self._bequeath(consumer)
        return settled

    async def leave(self) -> None:
        """Gives back whatever this consumer still holds, and takes it out of the group."""
        await self._release(self._consumer, keep=set(), idle=0)
        await self._forget(self._consumer)

    async def _is_dead(self, consumer: str) -> bool:
        if process_is_gone(consumer):
            return True
        client = await self._broker.connect()
        if await client.exists(alive(self._stage.name, consumer)):
            self._missing_since.pop(consumer, None)
            return False
        now = time.monotonic()
        return now - self._missing_since.setdefault(consumer, now) > self._patience

    async def _bequeath(self, consumer: str) -> list[Outcome]:
        client = await self._broker.connect()
        marked = await client.hget(in_work(self._stage.name), consumer)
        settled = await self._release(
            consumer, keep=set(), idle=0, blamed=cast("bytes", marked).decode() if marked else None
        )
        await self._forget(consumer)
        self._missing_since.pop(consumer, None)
        return settled

    async def _release(self, consumer: str, keep: set[str], idle: int, blamed: str | None = None) -> list[Outcome]:
        client = await self._broker.connect()
        settled: list[Outcome] = []
        start = "-"
        while True:
            page = await client.xpending_range(
                self._stage.source, self._stage.name, min=start, max="+", count=_PAGE, consumername=consumer, idle=idle
            )
            ids = [cast("bytes", entry["message_id"]).decode() for entry in page]
            outcomes = [await self._fate(id_, id_ == blamed) for id_ in ids if id_ not in keep]
            if outcomes:
                flags = await self._settlement.settle(outcomes)
                settled += [outcome for outcome, flag in zip(outcomes, flags, strict=True) if flag]
            if len(ids) < _PAGE:
                return settled
            start = f"({ids[-1]}"

    async def _fate(self, message_id: str, blamed: bool) -> Outcome:
        if not blamed:
            return Released(Delivery(message_id, b"", {}, History()))
        client = await self._broker.connect()
        entries = await client.xrange(self._stage.source, message_id, message_id)
        delivery = Delivery.of(message_id.encode(), cast("dict[bytes, bytes]", entries[0][1]) if entries else {})
        history = delivery.history._replace(deaths=delivery.history.deaths + 1)
        if history.deaths < _DEATHS:
            return Released(delivery, history)
        message = f"{history.deaths} workers died while they worked on it"
        event = self._stage.takes.model_validate_json(delivery.body)
        letter = letter_of(
            self._stage.name, delivery, POISON, message, event=event, body=delivery.body, failed=datetime.now(UTC)
        )
        return Buried(delivery, letter, 0)

    async def _forget(self, consumer: str) -> None:
        client = await self._broker.connect()
        keys = [self._stage.source, in_work(self._stage.name), alive(self._stage.name, consumer)]
        await client.register_script(_FORGET)(keys, [self._stage.name, consumer])
