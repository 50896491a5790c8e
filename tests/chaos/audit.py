"""The ledger: is every object a report or a dead letter, each exactly once, and nothing left on the way?"""

import asyncio
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from redis.exceptions import ResponseError
from sqlalchemy import text

from services.ingest.bucket import PassedOver, open_bucket
from shared.database import queries
from shared.database.connect import connect, reading
from shared.events import SOURCES, STAGES
from shared.settings import Settings
from shared.stage.dead import DeadLetter, DeadLetters
from shared.stage.keys import SUPERSEDED, retry_queue
from shared.stage.replay import replay
from tests.chaos.documents import Document
from tests.chaos.messages import names_in, patient


class Audit(NamedTuple):
    """What was found. ``lost`` and ``duplicated`` name keys; ``wrong`` are those that ended otherwise than they must:
    a report as a dead letter, a notice as a report, what is passed over as either. ``bad_messages`` are the dead
    letters of such; ``left`` is what is still in the broker."""

    objects: int
    passed_over: int
    reports: int
    copies: int
    dead: Counter[str]
    superseded: int
    bad_messages: int
    lost: list[str]
    duplicated: list[str]
    wrong: list[str]
    left: int

    @property
    def balanced(self) -> bool:
        """Whether objects in = reports + copies of reports + dead letters, each once, and nothing is left."""
        whole = self.objects == self.reports + self.copies + self.dead.total()
        return whole and not (self.lost or self.duplicated or self.wrong or self.left)


def audit(settings: Settings, dropped: Sequence[Document], sent: Sequence[str] = ()) -> Audit:
    """Compares what was dropped into the bucket, and the bad messages that were ``sent``, with what became of them."""
    engine = connect(settings.database_url)
    with reading(engine) as connection:
        stored = {seen.key: seen.document_id for seen in queries.objects(connection)}
        reports = queries.count_reports(connection)
        twice = connection.execute(text("select document_id from report group by document_id having count(*) > 1"))
        duplicated = [str(row[0]) for row in twice]
    engine.dispose()
    found = asyncio.run(_in_broker(settings))
    bad = [letter for letter in found.letters if names_in(letter.event) and letter.code == "malformed"]
    letters = [letter for letter in found.letters if letter not in bad]
    codes = {letter.key or "": letter.code for letter in letters}
    by_key = Counter(letter.key or "" for letter in letters)
    duplicated += [key for key, times in by_key.items() if times > 1 or key in stored]
    passed_over = {each.key for each in open_bucket(settings.bucket).entries() if isinstance(each, PassedOver)}
    answered = set[str]().union(*(names_in(letter.event) for letter in bad))
    return Audit(
        objects=sum(document.kind != "passed_over" for document in dropped),
        passed_over=len(passed_over),
        reports=reports,
        copies=len(stored) - len(set(stored.values())),
        dead=Counter(f"{letter.stage} {letter.code}" for letter in letters),
        superseded=found.superseded,
        bad_messages=len(bad),
        lost=[each.key for each in dropped if not _is_accounted_for(each, stored, codes, passed_over)]
        + [name for name in sent if name not in answered],
        duplicated=duplicated,
        wrong=[each.key for each in dropped if _ended_wrong(each, stored, codes)],
        left=found.left,
    )


def _is_accounted_for(
    document: Document, stored: Collection[str], codes: Mapping[str, str], passed_over: Collection[str]
) -> bool:
    if document.kind == "passed_over":
        return document.key in passed_over
    if (
        document.kind == "corrected" and codes.get(document.key) != "poison"
    ):  # the dead letter is that of the first state
        return document.key in stored
    return document.key in stored or document.key in codes


def _ended_wrong(document: Document, stored: Collection[str], codes: Mapping[str, str]) -> bool:
    dead, wanted = document.key in codes, document.kind == "notice"
    return dead != wanted or (document.kind == "passed_over" and document.key in stored)


def replay_the_unlucky(settings: Settings) -> int:
    """Replays the dead letters that are nobody's fault: documents that happened to be in work when their worker was
    killed, twice. Returns how many there were."""

    async def unlucky() -> int:
        async with patient(settings) as client:
            found = [pair async for pair in DeadLetters(client).find() if pair[1].code == "poison"]
            return sum([await replay(client, *pair) for pair in found])

    return asyncio.run(unlucky())


def in_flight(settings: Settings) -> int:
    """How many messages are in the streams, or wait for another try."""
    return asyncio.run(_in_broker(settings)).left


class _InBroker(NamedTuple):
    letters: list[DeadLetter]
    superseded: int
    left: int


async def _in_broker(settings: Settings) -> _InBroker:
    async with patient(settings) as client:
        letters = [letter async for _, letter in DeadLetters(client).find()]
        left = 0
        for stage in STAGES:
            try:
                pending: Any = await client.xpending(SOURCES[stage], stage)
                left += pending["pending"]
            except ResponseError:
                left += 1  # the broker lost the group, and the stage has not made it again yet
            left += await client.xlen(SOURCES[stage]) + await client.zcard(retry_queue(SOURCES[stage]))
        return _InBroker(letters, await client.xlen(SUPERSEDED), left)
