"""Settles a batch in one atomic step: every message leaves its stream and arrives where it belongs, or neither."""

from collections.abc import Sequence
from importlib.resources import files
from typing import TYPE_CHECKING, Any, cast

from faststream.redis import RedisBroker
from faststream.redis.message import DATA_KEY

from shared.events import DEAD
from shared.stage.dead import count_name
from shared.stage.delivery import Delivery, History
from shared.stage.envelope import CONTENT_TYPE
from shared.stage.keys import DEAD_COUNTS, retry_queue
from shared.stage.outcome import DeadLettered, Forwarded, Outcome, Released, Retried
from shared.telemetry.traces import Traces

if TYPE_CHECKING:
    from redis.asyncio.client import Pipeline

_SCRIPT = files(__package__).joinpath("settle.lua").read_text()


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
        """Moves each message to its new place.

        Returns for each outcome whether this call settled it; False: it had been settled before, so this outcome did
        not happen. May be called again when its reply was lost.
        """
        arguments: list[str | bytes] = [self._group]
        for outcome in outcomes:
            with self._traces.within(outcome):
                arguments += [outcome.delivery.id, *await self._became(outcome)]
        keys = [self._source, self._sink or self._source, retry_queue(self._source), DEAD, DEAD_COUNTS]
        client = await self._broker.connect()
        return [flag == 1 for flag in await client.register_script(_SCRIPT)(keys, arguments)]

    async def _became(self, outcome: Outcome) -> tuple[str, str, bytes]:
        match outcome:
            case Forwarded(delivery, body=bytes() as body) if self._sink:
                history = History(replays=delivery.history.replays)
                return "forwarded", "", await self._envelope(delivery, body, self._sink, history)
            case Forwarded():
                return "done", "", b""
            case Retried(delivery, _, _, body, history, delay):
                return "retried", str(round(delay * 1000)), await self._envelope(delivery, body, self._source, history)
            case DeadLettered(letter=letter):
                return "dead_lettered", count_name(letter), letter.model_dump_json().encode()
            case Released():
                return "released", "", b""

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
