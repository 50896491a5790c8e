"""Which documents are on their way just now, and where."""

from collections.abc import AsyncIterator, Iterable
from typing import NamedTuple

from faststream.redis.message import bDATA_KEY
from faststream.redis.parser import BinaryMessageFormatV1
from redis.asyncio import Redis

from shared.events import SOURCES, STAGES, StageName
from shared.stage.decode import Subject
from shared.stage.keys import retry_queue


class InFlight(NamedTuple):
    """A document before ``stage``: in its stream, or (``waits``) until its next try. ``key`` and ``etag`` are those of
    its object; ``document_id`` is None until its bytes have been read."""

    stage: StageName
    waits: bool
    key: str
    etag: str
    document_id: str | None


async def in_flight(client: Redis) -> AsyncIterator[InFlight]:
    """Every document that is on its way, stage by stage in the order of the pipeline, so that one that moves on
    meanwhile is met further down; some are met twice. Messages that are no events are left out."""
    for stage in STAGES:
        async with client.pipeline(transaction=True) as at_once:
            at_once.zrange(retry_queue(SOURCES[stage]), 0, -1)
            at_once.xrange(SOURCES[stage])
            waiting, entries = await at_once.execute()
        for found in _read(stage, True, waiting):
            yield found
        for found in _read(stage, False, (fields.get(bDATA_KEY, b"") for _, fields in entries)):
            yield found


def _read(stage: StageName, waits: bool, messages: Iterable[bytes]) -> Iterable[InFlight]:
    for message in messages:
        body, _ = BinaryMessageFormatV1.parse(message)
        if subject := Subject.of(body):
            yield InFlight(stage, waits, *subject)
