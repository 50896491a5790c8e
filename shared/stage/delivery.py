"""A message as a stage holds it, and what it has been through."""

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import NamedTuple

from faststream.redis.message import FAKE_CONSUMER, BatchStreamMessage, RedisBatchStreamMessage, bDATA_KEY
from faststream.redis.parser import BinaryMessageFormatV1

_ATTEMPTS, _DEATHS, _REPLAYS = "gouji-attempts", "gouji-deaths", "gouji-replays"
_FIRST_FAILURE = "gouji-first-failure"
_REWRITTEN = {_ATTEMPTS, _DEATHS, _REPLAYS, _FIRST_FAILURE, "content-type"}
_COUNT = re.compile(r"[0-9]{1,6}")
_SHOWN = 40
"""Characters of a header that are shown."""
_LONGEST_HEADER = 1_000
"""Characters; the longest that is of use, a trace state, has 512 at most (W3C Trace Context, 3.3.1)."""


class Malformed(ValueError):
    """A message that cannot be read: what is wrong with it, in a sentence."""


class History(NamedTuple):
    """What a message has been through. It travels in the message's own headers, so that it survives whoever holds the
    message and is gone when the message is.

    ``attempts``: how often the work on it failed by our fault. ``deaths``: how many workers died while they worked on
    it. ``replays``: how often it came back from the dead letters. ``first_failure``: when it first failed (UTC).
    """

    attempts: int = 0
    deaths: int = 0
    replays: int = 0
    first_failure: datetime | None = None

    @classmethod
    def of(cls, headers: Mapping[str, str]) -> "History":
        """The history that ``headers`` tell; a message without any has seen nothing yet. Raises :class:`Malformed`."""
        return cls(
            attempts=_count(headers, _ATTEMPTS),
            deaths=_count(headers, _DEATHS),
            replays=_count(headers, _REPLAYS),
            first_failure=_moment(headers, _FIRST_FAILURE),
        )

    def headers(self) -> dict[str, str]:
        """The headers that tell this history; none for a message that has seen nothing."""
        told = {_ATTEMPTS: self.attempts, _DEATHS: self.deaths, _REPLAYS: self.replays}
        headers = {name: str(count) for name, count in told.items() if count}
        return headers | ({_FIRST_FAILURE: self.first_failure.isoformat()} if self.first_failure else {})


def _count(headers: Mapping[str, str], name: str) -> int:
    value = headers.get(name, "0")
    if not _COUNT.fullmatch(value):
        raise Malformed(f"its header {name} is {value[:_SHOWN]!r}, which is no count")
    return int(value)


def _moment(headers: Mapping[str, str], name: str) -> datetime | None:
    value = headers.get(name)
    if not value:
        return None
    with suppress(ValueError):
        moment = datetime.fromisoformat(value)
        if moment.tzinfo:
            return moment
    raise Malformed(f"its header {name} is {value[:_SHOWN]!r}, which is no time with a time zone")


class Delivery(NamedTuple):
    """One message of a batch: its id in the stream, its body (an event as JSON), its headers, its history.

    ``fault`` says what is wrong with a message whose headers cannot be read; empty where nothing is."""

    id: str
    body: bytes
    headers: Mapping[str, str]
    history: History
    fault: str = ""

    @classmethod
    def of(cls, message_id: bytes, entry: Mapping[bytes, bytes]) -> "Delivery":
        """Reads one stream entry, which is in FastStream's own format. Raises nothing, whatever the entry holds: an
        error here would fail the whole batch, which would be delivered again and again."""
        body, raw = BinaryMessageFormatV1.parse(entry.get(bDATA_KEY, b""))
        headers = _plain(raw)
        try:
            if not isinstance(raw, dict) or len(headers) < len(raw):
                raise Malformed("its headers are not all texts of printable ASCII characters")
            return cls(message_id.decode(), body, headers, History.of(headers))
        except Malformed as malformed:
            return cls(message_id.decode(), body, headers, History(), str(malformed))

    @property
    def headers_to_keep(self) -> dict[str, str]:
        """The headers that stay with the document wherever it goes: its correlation id and its trace."""
        return {name: value for name, value in self.headers.items() if name not in _REWRITTEN}


def _plain(headers: object) -> dict[str, str]:
    """Those of ``headers`` that FastStream's format can carry on: it counts characters where it means bytes."""
    pairs = headers.items() if isinstance(headers, dict) else ()
    return {
        name: value for name, value in pairs if all(isinstance(each, str) and _is_plain(each) for each in (name, value))
    }


def _is_plain(text: str) -> bool:
    return len(text) <= _LONGEST_HEADER and text.isascii() and text.isprintable()


class DeliveredBatch(RedisBatchStreamMessage):
    """A batch as FastStream carries it, read once into ``deliveries``."""

    deliveries: list[Delivery]


async def parse_batch(message: BatchStreamMessage) -> DeliveredBatch:
    """The parser of a stage's subscriber. FastStream's own decodes every body as JSON and encodes the batch again;
    a stage reads each body once, in its worker thread, so that one that cannot be read fails alone."""
    entries = zip(message["message_ids"], message["data"], strict=True)
    deliveries = [Delivery.of(message_id, entry) for message_id, entry in entries]
    first = deliveries[0].headers
    batch = DeliveredBatch(
        raw_message=message,
        body=b"".join(delivery.body for delivery in deliveries),
        headers=dict(first),
        batch_headers=[dict(delivery.headers) for delivery in deliveries],
        correlation_id=first.get("correlation_id"),
        consumer=FAKE_CONSUMER,
        group=None,
    )
    batch.deliveries = deliveries
    return batch


async def decode_batch(message: DeliveredBatch) -> list[Delivery]:
    """The decoder of a stage's subscriber: what its handler is called with."""
    return message.deliveries
