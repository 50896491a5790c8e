"""Which processes of a pipeline are there, as they say themselves in the broker, and how they are."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from typing import NamedTuple
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from redis import Redis
from redis.exceptions import RedisError

from shared.events import STAGES, StageName
from shared.settings import Settings
from shared.stage.keys import alive, known
from shared.stage.liveness import Alive, process_is_here

_ANSWER_SECONDS = 3  # chosen: a process that is well answers within milliseconds


class Process(NamedTuple):
    """A process of a stage: its process id, and the URL under which its /metrics, /healthz and /readyz hang."""

    stage: StageName
    pid: int
    url: str


class Answer(NamedTuple):
    """What one of its pages says of a process: ``why`` all is not well, empty where it is. ``given`` is False where it
    did not answer."""

    why: str = ""
    given: bool = True


class State(NamedTuple):
    """How a process is: why it ``hangs``, and why it is not ready (``lacks``); empty where it does not, and is."""

    process: Process
    hangs: str = ""
    lacks: str = ""


def processes(settings: Settings) -> list[Process]:
    """The processes by stage that are alive, or hang on this machine; none where the broker cannot be reached."""
    try:
        with Redis.from_url(settings.redis_url, socket_timeout=_ANSWER_SECONDS) as client:
            return [process for stage in STAGES for process in _of_stage(client, stage)]
    except RedisError:
        return []


def _of_stage(client: Redis, stage: StageName) -> Iterator[Process]:
    values: dict[bytes, bytes] = client.hgetall(known(stage))  # type: ignore[assignment]
    for name, value in sorted(values.items()):
        here = process_is_here(name.decode())
        if here or (here is None and client.exists(alive(stage, name.decode()))):
            told = Alive.model_validate_json(value)
            yield Process(stage, told.pid, told.url)


def broker_pid(settings: Settings) -> int | None:
    """The process id of the broker on its machine, None where it cannot be reached."""
    try:
        with Redis.from_url(settings.redis_url, socket_timeout=_ANSWER_SECONDS) as client:
            return int(client.info("server")["process_id"])
    except RedisError:
        return None


def states(found: Sequence[Process]) -> list[State]:
    """How the processes ``found`` are; all are asked at once, so that one that hangs does not hold up the answer."""
    if not found:
        return []
    with ThreadPoolExecutor(len(found)) as threads:
        return list(threads.map(_state, found))


def _state(process: Process) -> State:
    if hangs := health(process).why:
        return State(process, hangs=hangs)
    return State(process, lacks=_ask(process, "readyz").why)


def health(process: Process) -> Answer:
    """Whether ``process`` is stuck, in its own words; one that does not answer is taken for hung as well."""
    return _ask(process, "healthz")


def _ask(process: Process, page: str) -> Answer:
    try:
        with urlopen(f"{process.url}/{page}", timeout=_ANSWER_SECONDS):  # noqa: S310 - the URL it gave itself
            return Answer()
    except HTTPError as error:
        return Answer(_reasons(error) or str(error))
    except (URLError, OSError, HTTPException) as error:
        return Answer(f"{process.url}/{page} does not answer: {error}", given=False)


def _reasons(error: HTTPError) -> str:
    try:
        reasons: dict[str, str] = json.loads(error.read())["reasons"]
    except (ValueError, KeyError, TypeError, OSError, HTTPException):
        return ""
    return "; ".join(f"{what}: {why}" for what, why in reasons.items())


def lacking(found: Sequence[State], wanted: Mapping[StageName, int]) -> list[str]:
    """What the pipeline of the processes ``found`` still lacks, where so many of each stage are ``wanted``; empty
    where it is ready."""
    counts = Counter(each.process.stage for each in found)
    reasons = [f"{each.process.stage}: {each.lacks}" for each in found if each.lacks]
    reasons += [
        f"{each.process.stage}: process {each.process.pid} hangs ({each.hangs})" for each in found if each.hangs
    ]
    for stage, count in wanted.items():
        if counts[stage] < count:
            running = f"only {counts[stage]} of {count} are" if counts[stage] else "is not"
            reasons.append(f"{stage} {running} running")
    return reasons
