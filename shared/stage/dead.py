"""Dead letters: messages that failed for good, with all that is needed to judge them and to try them again.

The operator's view of them. The command line uses it, and whatever else shows dead letters should; trying them again
is :mod:`shared.stage.replay`.
"""

from collections.abc import AsyncIterator, Mapping
from datetime import datetime
from importlib.resources import files
from typing import Any, NamedTuple, cast

import structlog
from pydantic import BaseModel, ConfigDict
from redis.asyncio import Redis

from shared.errors import REJECTION_CODES
from shared.events import DEAD, KnownStage, StageName
from shared.stage.keys import DEAD_COUNTS, DEAD_INDEX, DISCARDED_ETAGS, SUPERSEDED

log = structlog.get_logger()

FAILED = "failed"
"""Code of a dead letter whose work failed by our fault as often as it may; the traceback says how."""
POISON = "poison"
"""Code of a dead letter that killed two workers."""
WORK_TIMEOUT = "work_timeout"
"""Code of a dead letter that took longer than ``GOUJI_WORK_SECONDS`` in a stage; the traceback says where."""
MALFORMED = "malformed"
"""Code of a dead letter that is no event of its stage."""
CODES = (*REJECTION_CODES, FAILED, POISON, WORK_TIMEOUT, MALFORMED)
"""Every code that a dead letter can have."""


class DeadLetter(BaseModel):
    """A message that failed for good.

    ``code`` is a rejection code where the fault is the document's, else :data:`FAILED`, :data:`POISON`,
    :data:`WORK_TIMEOUT` or :data:`MALFORMED`; ``message`` is a sentence for people; ``traceback`` is there where the
    fault is ours.
    ``document_id``, and ``key`` and ``etag`` of its object in the bucket, are None where the message does not tell.
    ``part`` says which of the document's ``parts`` failed, where that is not all of it.
    ``event`` is the original event, as JSON text; ``headers`` are those it travelled with. ``read_at`` is when the
    object was read, or was to be read; ``superseded_by`` the document of a later state of it that was stored, empty
    where that was stored before this failed.
    """

    model_config = ConfigDict(frozen=True)

    stage: KnownStage
    code: str
    message: str
    traceback: str | None = None
    attempts: int
    first_failure: datetime
    last_failure: datetime
    document_id: str | None = None
    part: int | None = None
    parts: int | None = None
    key: str | None = None
    etag: str | None = None
    replays: int = 0
    event: str
    headers: dict[str, str] = {}
    read_at: datetime | None = None
    superseded_by: str | None = None


class Search(NamedTuple):
    """Which dead letters are wanted; None wants all. ``since`` and ``until`` bound the time of the last failure, both
    included; ``text`` stands, in whatever case, in the message, the traceback, the key, the document id or the
    event."""

    stage: StageName | None = None
    code: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    text: str | None = None

    def wants(self, letter: DeadLetter) -> bool:
        """Whether ``letter`` is one of them."""
        return (
            self.stage in (None, letter.stage)
            and self.code in (None, letter.code)
            and (self.since is None or letter.last_failure >= self.since)
            and (self.until is None or letter.last_failure <= self.until)
            and (self.text is None or self.text.casefold() in _searched(letter))
        )


def _searched(letter: DeadLetter) -> str:
    texts = (letter.message, letter.traceback, letter.key, letter.document_id, letter.event)
    return "\n".join(text for text in texts if text).casefold()


class DeadLetters:
    """The dead letters in the broker behind ``client``. An id is that of the entry in the stream ``gouji.dead``."""

    _PAGE = 100

    def __init__(self, client: Redis) -> None:
        self._client = client

    async def find(self, search: Search = Search()) -> AsyncIterator[tuple[str, DeadLetter]]:  # noqa: B008
        """The dead letters that ``search`` wants with their ids, oldest first."""
        async for id_, fields in self._entries(DEAD):
            if (letter := _read(id_, fields)) and search.wants(letter):
                yield id_.decode(), letter

    async def get(self, id_: str) -> DeadLetter | None:
        """The dead letter ``id_``; None where there is none (any more)."""
        entries: Any = await self._client.xrange(DEAD, id_, id_)
        return _read(*entries[0]) if entries else None

    async def counts(self) -> dict[tuple[StageName, str], int]:
        """How many there are by stage and code; does not read them."""
        counts = cast("dict[bytes, bytes]", await self._client.hgetall(DEAD_COUNTS))
        named = {tuple(name.decode().split(" ", 1)): int(count) for name, count in counts.items()}
        return cast("dict[tuple[StageName, str], int]", named)

    async def discard(self, id_: str) -> bool:
        """Removes the dead letter ``id_`` for good, and remembers that its object is not wanted until it changes.

        Returns False where it is gone already.
        """
        letter = await self.get(id_)
        return letter is not None and await self._remove(id_, letter, "discard", DISCARDED_ETAGS, letter.etag or "")

    async def replay(self, id_: str, letter: DeadLetter, stream: str, message: bytes) -> bool:
        """Removes the dead letter and adds ``message`` to ``stream``, in one atomic step.

        Returns False, and does nothing, where somebody else was first. See :func:`shared.stage.replay.replay`.
        """
        return await self._remove(id_, letter, "replay", stream, message)

    async def supersede(self, id_: str, letter: DeadLetter, by: str) -> bool:
        """Takes the dead letter off the list for the record, since a later state of its object is stored as the
        document ``by``. Returns False where it is gone already. Store does so itself as it settles a message."""
        return await self._remove(id_, letter, "supersede", SUPERSEDED, by)

    async def superseded(self, search: Search = Search()) -> AsyncIterator[tuple[str, DeadLetter]]:  # noqa: B008
        """The latest that were superseded, of those that ``search`` wants, oldest first."""
        async for id_, fields in self._entries(SUPERSEDED):
            if (letter := _read(id_, fields)) and search.wants(letter):
                yield fields[b"id"].decode(), letter.model_copy(update={"superseded_by": fields[b"by"].decode()})

    async def _entries(self, stream: str) -> AsyncIterator[tuple[bytes, dict[bytes, bytes]]]:
        start = "-"
        while True:
            page: Any = await self._client.xrange(stream, start, "+", self._PAGE)
            for id_, fields in page:
                yield id_, fields
            if len(page) < self._PAGE:
                return
            start = f"({page[-1][0].decode()}"

    async def _remove(self, id_: str, letter: DeadLetter, done: str, target: str, argument: str | bytes) -> bool:
        keys = [DEAD, DEAD_COUNTS, DEAD_INDEX, target]
        arguments: list[str | bytes] = [id_, count_name(letter), letter.key or "", done, argument]
        return bool(await self._client.register_script(script("remove.lua"))(keys, arguments))


def script(name: str) -> str:
    """The Lua script called ``name``, with what the scripts have in common before it."""
    return "".join(files(__package__).joinpath(each).read_text() for each in ("dead_letters.lua", name))


def _read(id_: bytes, fields: Mapping[bytes, bytes]) -> DeadLetter | None:
    """The dead letter in an entry of the stream; None, with a word in the log, where it holds none (a later version of
    gouji may have written it), since the others are wanted all the same."""
    try:
        return DeadLetter.model_validate_json(fields.get(b"letter", b""))
    except ValueError as error:
        log.warning("no dead letter that this version can read", id=id_.decode(), error=str(error).partition("\n")[0])
        return None


def count_name(letter: DeadLetter) -> str:
    """The field of :data:`~shared.stage.keys.DEAD_COUNTS` that counts ``letter``."""
    return f"{letter.stage} {letter.code}"
