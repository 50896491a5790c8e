"""Tries a dead letter again: puts it back into the pipeline, once.

What ingest or parse could not read is the object itself: it is read again, as it is now, since it may have been
corrected, and so may the way it is read. The stages after them work again on what was read of it.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Literal, NamedTuple

from redis.asyncio import Redis

from shared.events import NOTICED, SOURCES, Event, ObjectDiscovered, ProcessingStep, StageName
from shared.stage.dead import DeadLetter, DeadLetters
from shared.stage.delivery import History
from shared.stage.envelope import envelope
from shared.stage.liveness import CONSUMER
from shared.version import VERSION

READS: tuple[StageName, ...] = ("ingest", "parse")
"""The stages whose dead letters are about the object itself."""

Head = Callable[[str], ObjectDiscovered | None]
"""The object of that key as it is now, None where there is none. Raises :class:`~shared.errors.Unavailable`."""


class Standing(NamedTuple):
    """What is known of the object of a dead letter: ``unchanged`` since it failed or ``changed`` (``now`` is what it
    is), or ``gone`` from the bucket; ``unasked`` where that does not matter."""

    state: Literal["unchanged", "changed", "gone", "unasked"]
    now: ObjectDiscovered | None = None


UNASKED = Standing("unasked")


def standing(letter: DeadLetter, head: Head) -> Standing:
    """What has become of the object of ``letter`` since it failed, where the letter is about that."""
    if letter.stage not in READS or letter.key is None:
        return UNASKED
    now = head(letter.key)
    if now is None:
        return Standing("gone")
    if now.etag != letter.etag:
        return Standing("changed", now)
    return Standing("unchanged", None if letter.part else now)  # its other parts need not be read again


async def replay(client: Redis, id_: str, letter: DeadLetter, found: Standing = UNASKED) -> bool:
    """Puts ``letter`` back with all its attempts before it again, and removes it from the dead letters, in one atomic
    step: the object that was ``found``, as it is now, into the stream of ingest; else the event into the stream of the
    stage it died in.

    Returns False, and does nothing, where somebody else was first, or the object is ``gone``.
    """
    if found.state == "gone":
        return False
    headers = History(replays=letter.replays + 1).headers()
    if found.now:
        stream, event = NOTICED, _object(letter, found.now, found.state == "unchanged")
    else:
        stream, event = SOURCES[letter.stage], _as_it_was(letter)
        headers = letter.headers | headers
    return await DeadLetters(client).replay(id_, letter, stream, await envelope(event, headers))


def _object(letter: DeadLetter, now: ObjectDiscovered, unchanged: bool) -> bytes:
    """The object of ``letter`` as it is ``now``; where it is ``unchanged``, what happened to it is not forgotten."""
    before: tuple[ProcessingStep, ...] = ()
    with suppress(ValueError):
        before = Event.model_validate_json(letter.event).passages if unchanged else ()
    return now.model_copy(update={"passages": (*before, _step(letter))}).model_dump_json().encode()


def _as_it_was(letter: DeadLetter) -> bytes:
    """The event of ``letter`` with this replay in its passages, where it is an event that can have any."""
    try:
        event = json.loads(letter.event)
        event.setdefault("passages", []).append(_step(letter).model_dump(mode="json"))
    except (ValueError, AttributeError, RecursionError):
        return letter.event.encode()
    return json.dumps(event, ensure_ascii=False).encode()


def _step(letter: DeadLetter) -> ProcessingStep:
    return ProcessingStep(
        stage=letter.stage,
        outcome="replayed",
        started=datetime.now(UTC),
        took=0,
        consumer=CONSUMER,
        version=VERSION,
        detail=f"replay {letter.replays + 1} of {letter.code}",
    )
