"""Settles a batch in one atomic step: every message leaves its stream and arrives where it belongs, or neither."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from faststream.redis import RedisBroker
from faststream.redis.message import DATA_KEY

from shared.events import DEAD, Validated
from shared.stage.dead import count_name, script
from shared.stage.delivery import Delivery, History
from shared.stage.envelope import CONTENT_TYPE
from shared.stage.keys import DEAD_COUNTS, DEAD_INDEX, STORED, SUPERSEDED, retry_queue
from shared.stage.observer import Traces
from shared.stage.outcome import DeadLettered, Forwarded, Outcome, Released, Retried

if TYPE_CHECKING:
    from redis.asyncio.client import Pipeline

_SCRIPT = script("settle.lua")


class _Became(NamedTuple):
    """What the script is told of a message; see settle.lua."""

    became: str
    bytes: bytes = b""
    argument: str = ""
    key: str = ""
    read_ms: str = "0"


class _Envelopes:
    """Stands where FastStream expects a pipeline: a publish with its middlewares runs as always, and the bytes it
    would have added to a stream are kept for the script that settles the batch."""

    def __init__(self) -> None:
        self.last = b""

    async def xadd(self, name: str, fields: dict[str, bytes], **_: Any) -> bytes:
        self.last = fields[DATA_KEY]
        return b""


class Settlement:
    """Settles what a stage has worked. ``sink`` is None for the last stage."""

    def __init__(self, broker: RedisBroker, source: str, group: str, sink: str | None, traces: Traces) -> None:
        self._broker = broker
        self._source = source
        self._group = group
        self._sink = sink
        self._traces = traces

    async def settle(self, outcomes: Sequence[Outcome]) -> list[bool]:
        """Moves each message to its new place; outcomes of one delivery, its parts, stand one after another.

        Returns for each outcome whether this call settled it; False: it had been settled before, so this outcome did
        not happen. May be called again when its reply was lost.
        """
        arguments: list[str | bytes] = [self._group]
        for outcome in outcomes:
            with self._traces.within(outcome):
                arguments += [outcome.delivery.id, *await self._became(outcome)]
        streams = [self._source, self._sink or self._source, retry_queue(self._source)]
        keys = [*streams, DEAD, DEAD_COUNTS, DEAD_INDEX, SUPERSEDED, STORED]
        client = await self._broker.connect()
        return [flag == 1 for flag in await client.register_script(_SCRIPT)(keys, arguments)]

    async def _became(self, outcome: Outcome) -> _Became:
        match outcome:
            case Forwarded(delivery, body=bytes() as body) if self._sink:
                history = History(replays=delivery.history.replays)
                return _Became("forwarded", await self._envelope(delivery, body, self._sink, history))
            case Forwarded(event=Validated() as event):
                return _Became("stored", b"", event.document_id, event.origin.key, _milliseconds(event.read_at))
            case Forwarded():
                return _Became("done")
            case Retried(delivery, _, _, body, history, delay):
                envelope = await self._envelope(delivery, body, self._source, history)
                return _Became("retried", envelope, str(round(delay * 1000)))
            case DeadLettered(letter=letter):
                body = letter.model_dump_json().encode()
                read_ms = _milliseconds(letter.read_at)
                return _Became("dead_lettered", body, count_name(letter), letter.key or "", read_ms)
            case Released():
                return _Became("released")

    async def _envelope(self, delivery: Delivery, body: bytes, stream: str, history: History) -> bytes:
        envelopes = _Envelopes()
        await self._broker.publish(
            body,
            stream=stream,
            headers=delivery.headers_to_keep | history.headers() | CONTENT_TYPE,
            correlation_id=delivery.headers.get("correlation_id"),
            pipeline=cast("Pipeline", envelopes),
        )
        return envelopes.last


def _milliseconds(moment: datetime | None) -> str:
    """Since 1970; 0, before everything, where the moment is not known."""
    return str(round(moment.timestamp() * 1000)) if moment else "0"
