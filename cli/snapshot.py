"""A picture of an installation at one moment: what runs, what waits, what is stored, what failed."""

from collections.abc import Sequence
from typing import NamedTuple

from redis import Redis
from redis.exceptions import RedisError

from cli.broker import hung_pid
from cli.broker_trouble import examine, hint
from cli.processes import Process, broker_pid, lacking, processes, states
from cli.watched import Watched, watched
from shared.database import queries
from shared.database.connect import connect, reading
from shared.errors import Unavailable
from shared.events import DEAD, PIPELINE, STAGES, StageName
from shared.settings import Settings
from shared.stage.keys import retry_queue

STREAMS: dict[str, StageName] = {each.stream: each.stage for each in PIPELINE}
"""The streams in order, and the stage that each feeds."""


class Waiting(NamedTuple):
    """What is in the broker: messages by stream, messages that wait for their next try, dead letters; and
    whether it could write to its disk."""

    streams: dict[str, int]
    retries: int
    dead_letters: int
    written: bool

    @property
    def backlog(self) -> int:
        """Messages that are still to be worked."""
        return sum(self.streams.values()) + self.retries


class Snapshot(NamedTuple):
    """What is known of an installation. ``waiting`` is None where the broker cannot be reached, ``stored`` where the
    database cannot; ``reasons`` says why it is not ready, and is empty where it is. ``hung`` are those of the processes
    that run and do nothing, ``hung_broker`` is the broker where it does."""

    waiting: Waiting | None
    stored: queries.Counts | None
    broker: int | None
    processes: list[Process]
    reasons: list[str]
    hung: Sequence[Process] = ()
    hung_broker: int | None = None
    watched: Watched = Watched()

    def as_json(self) -> dict[str, object]:
        """What ``gouji status --json`` prints."""
        by_stage: dict[str, list[int]] = {
            stage: [each.pid for each in self.processes if each.stage == stage] for stage in STAGES
        }
        return {
            "ready": not self.reasons,
            "reasons": self.reasons,
            "reports": self.stored.reports if self.stored else None,
            "dead_letters": self.waiting.dead_letters if self.waiting else None,
            "backlog": self.waiting.backlog if self.waiting else None,
            "streams": self.waiting.streams if self.waiting else {},
            "processes": {"broker": [self.broker] if self.broker else [], **by_stage},
            "hung": [*([self.hung_broker] if self.hung_broker else []), *(process.pid for process in self.hung)],
            "metrics": [f"{process.url}/metrics" for process in self.processes],
            **self.watched.as_json(),
        }


def take(settings: Settings) -> Snapshot:
    """The picture of the installation that ``settings`` point to."""
    found = processes(settings)
    known = states(found)
    reasons = lacking(known, dict.fromkeys(STAGES, 1))
    hung = [each.process for each in known if each.hangs]
    waiting = waiting_in(settings)
    try:
        stored = _stored(settings)
    except Unavailable as unavailable:
        stored = None
        reasons.append(str(unavailable))
    if trouble := examine(settings.redis_url):
        reasons.insert(0, f"{trouble.sentence}{hint(trouble, settings)}")
    elif waiting is None:
        reasons.insert(0, "the broker was away for a moment")
    elif not waiting.written:  # then the others cannot even say that they are alive
        reasons.insert(0, "the broker cannot write to its disk: is it full?")
    stuck = hung_pid(settings) if waiting is None else None
    if stuck:
        reasons.insert(0, f"the broker (process {stuck}) hangs")
    return Snapshot(waiting, stored, stuck or broker_pid(settings), found, reasons, hung, stuck, watched(settings))


def waiting_in(settings: Settings) -> Waiting | None:
    """What is in the broker, None where it cannot be reached."""
    try:
        with Redis.from_url(settings.redis_url, socket_timeout=3) as client, client.pipeline() as pipe:
            for stream in STREAMS:
                pipe.xlen(stream)
            for stream in STREAMS:
                pipe.zcard(retry_queue(stream))
            pipe.xlen(DEAD)
            pipe.info("persistence")
            *lengths, dead, persistence = pipe.execute()
    except RedisError:
        return None
    written = persistence.get("aof_last_write_status", "ok") == "ok"
    streams: dict[str, int] = dict(zip(STREAMS, lengths, strict=False))
    return Waiting(streams, retries=sum(lengths[len(STREAMS) :]), dead_letters=dead, written=written)


def _stored(settings: Settings) -> queries.Counts:
    engine = connect(settings.database_url)
    try:
        with reading(engine) as connection:
            return queries.counts(connection)
    finally:
        engine.dispose()
