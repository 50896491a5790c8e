"""The ledger: is every object a report or a dead letter, each exactly once, and nothing left on the way?"""

import asyncio
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import ConstantBackoff
from redis.exceptions import ResponseError
from sqlalchemy import text

from shared.database import queries
from shared.database.connect import connect, reading
from shared.events import SOURCES, STAGES
from shared.settings import Settings
from shared.stage.dead import DeadLetter, DeadLetters
from shared.stage.keys import retry_queue
from shared.stage.replay import replay
from tests.chaos.documents import Document


class Audit(NamedTuple):
    """What was found. ``lost`` and ``duplicated`` name keys; ``wrong`` are those that ended otherwise than they must:
    a report as a dead letter, a notice as a report. ``left`` is what is still in the broker."""

    objects: int
    reports: int
    copies: int
    dead: Counter[str]
    lost: list[str]
    duplicated: list[str]
    wrong: list[str]
    left: int

    @property
    def balanced(self) -> bool:
        """Whether objects in = reports + copies of reports + dead letters, each once, and nothing is left."""
        whole = self.objects == self.reports + self.copies + self.dead.total()
        return whole and not (self.lost or self.duplicated or self.wrong or self.left)


def audit(settings: Settings, dropped: Sequence[Document]) -> Audit:
    """Compares what was dropped into the bucket with what became of it."""
    engine = connect(settings.database_url)
    with reading(engine) as connection:
        stored = {seen.key: seen.document_id for seen in queries.objects(connection)}
        reports = queries.count_reports(connection)
        twice = connection.execute(text("select document_id from report group by document_id having count(*) > 1"))
        duplicated = [str(row[0]) for row in twice]
    engine.dispose()
    letters, left = asyncio.run(_in_broker(settings))
    by_key = Counter(letter.key or "" for letter in letters)
    duplicated += [key for key, times in by_key.items() if times > 1 or key in stored]
    kinds = {document.key: document.kind for document in dropped}
    return Audit(
        objects=len(dropped),
        reports=reports,
        copies=len(stored) - len(set(stored.values())),
        dead=Counter(f"{letter.stage} {letter.code}" for letter in letters),
        lost=[key for key in kinds if key not in stored and key not in by_key],
        duplicated=duplicated,
        wrong=[key for key, kind in kinds.items() if (key in by_key) != (kind == "notice")],
        left=left,
    )


def replay_the_unlucky(settings: Settings) -> int:
    """Replays the dead letters that are nobody's fault: documents that happened to be in work when their worker was
    killed, twice. Returns how many there were."""

    async def unlucky() -> int:
        async with patient(settings) as client:
            found = [pair async for pair in DeadLetters(client).find() if pair[1].code == "poison"]
            return sum([await replay(client, *pair) for pair in found])

    return asyncio.run(unlucky())


def patient(settings: Settings) -> Redis:
    """A client that waits for a broker that has just been killed."""
    return Redis.from_url(settings.redis_url, retry=Retry(ConstantBackoff(0.2), retries=100))


def in_flight(settings: Settings) -> int:
    """How many messages are in the streams, or wait for another try."""
    return asyncio.run(_in_broker(settings))[1]


async def _in_broker(settings: Settings) -> tuple[list[DeadLetter], int]:
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
        return letters, left
