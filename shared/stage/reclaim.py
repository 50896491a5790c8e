"""Takes over what dead consumers held, and finds the messages that killed them."""

import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from importlib.resources import files
from typing import Any, cast

from faststream.redis import RedisBroker

from shared.stage.delivery import Delivery, History
from shared.stage.failure_policy import FailurePolicy
from shared.stage.keys import alive, in_work, known
from shared.stage.liveness import process_is_here
from shared.stage.mark import InWork
from shared.stage.outcome import Outcome, Released
from shared.stage.stage import Stage

_FORGET = files(__package__).joinpath("forget.lua").read_text()
_PAGE = 100  # messages, chosen: as many as a stage takes at a time
_NOTHING = InWork()


class Reclaimer:
    """Watches the other consumers of a stage, on behalf of ``consumer``.

    ``patience`` is how many seconds a consumer's liveness key must have been missing, by this process's own steady
    clock, before the consumer counts as dead; one whose process is known to be gone from this machine counts at once.
    A message that was delivered to this process half that time ago, and is not in its hands, is a stray: the broker's
    answer was lost on the way. What is found is settled by ``settle``.
    """

    def __init__(
        self,
        broker: RedisBroker,
        stage: Stage[Any, Any],
        policy: FailurePolicy,
        settle: Callable[[Sequence[Outcome]], Awaitable[None]],
        consumer: str,
        patience: float,
    ) -> None:
        self._broker = broker
        self._stage = stage
        self._policy = policy
        self._settle = settle
        self._consumer = consumer
        self._patience = patience
        self._missing_since: dict[str, float] = {}

    async def sweep(self, in_hand: Iterable[str]) -> None:
        """Gives what dead consumers held, and what was delivered to this one but is not ``in_hand``, to whoever is
        next; counts the death of the message each dead one was working on."""
        await self._release(self._consumer, keep=frozenset(in_hand), idle_ms=round(self._patience * 500))
        client = await self._broker.connect()
        for member in await client.xinfo_consumers(self._stage.source, self._stage.name):
            consumer = member["name"].decode()
            if consumer != self._consumer and await self._is_dead(consumer):
                mark = await client.hget(in_work(self._stage.name), consumer)
                await self._release(consumer, blamed=InWork.of(cast("bytes | None", mark)))
                await self._forget(consumer)
        await self._strike_off()

    async def leave(self) -> None:
        """Gives back whatever this consumer still holds, and takes it out of the group."""
        await self._release(self._consumer)
        await self._forget(self._consumer)

    async def _is_dead(self, consumer: str) -> bool:
        if process_is_here(consumer) is False:
            return True
        client = await self._broker.connect()
        if await client.exists(alive(self._stage.name, consumer)):
            self._missing_since.pop(consumer, None)
            return False
        now = time.monotonic()
        return now - self._missing_since.setdefault(consumer, now) > self._patience

    async def _strike_off(self) -> None:
        """Of the processes that are known, leaves those that are alive, or hang on this machine."""
        client = await self._broker.connect()
        for member in await client.hkeys(known(self._stage.name)):
            consumer = cast("bytes", member).decode()
            if await self._is_dead(consumer) and not process_is_here(consumer):
                await client.hdel(known(self._stage.name), consumer)

    async def _release(
        self, consumer: str, *, keep: frozenset[str] = frozenset(), idle_ms: int = 0, blamed: InWork = _NOTHING
    ) -> None:
        client = await self._broker.connect()
        stream, group, start = self._stage.source, self._stage.name, "-"
        while True:
            page = await client.xpending_range(stream, group, start, "+", _PAGE, consumer, idle_ms)
            ids = [cast("bytes", entry["message_id"]).decode() for entry in page]
            outcomes = [await self._outcome(id_, blamed) for id_ in ids if id_ not in keep]
            if outcomes:
                await self._settle(outcomes)
            if len(ids) < _PAGE:
                return
            start = f"({ids[-1]}"

    async def _outcome(self, message_id: str, blamed: InWork) -> Outcome:
        if message_id != blamed.message_id:
            return Released(Delivery(message_id, b"", {}, History()))
        client = await self._broker.connect()
        entries: Any = await client.xrange(self._stage.source, message_id, message_id)
        delivery = Delivery.of(message_id.encode(), entries[0][1] if entries else {})
        return self._policy.died(delivery, blamed.overtime)

    async def _forget(self, consumer: str) -> None:
        client = await self._broker.connect()
        keys = [self._stage.source, in_work(self._stage.name), alive(self._stage.name, consumer)]
        await client.register_script(_FORGET)(keys, [self._stage.name, consumer])
        self._missing_since.pop(consumer, None)
