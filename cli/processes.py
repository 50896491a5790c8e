"""Which processes of a pipeline are alive, as they say themselves in the broker."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from http.client import HTTPException
from typing import NamedTuple
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from redis import Redis
from redis.exceptions import RedisError

from shared.events import STAGES, StageName
from shared.settings import Settings
from shared.stage.liveness import Alive, process_is_gone

_ANSWER_SECONDS = 3


class Process(NamedTuple):
    """A process of a stage: its process id, and the URL under which its /metrics, /healthz and /readyz hang."""

    stage: StageName
    pid: int
    url: str


def processes(settings: Settings) -> list[Process]:
    """The live processes by stage, none where the broker cannot be reached."""
    try:
        with Redis.from_url(settings.redis_url, socket_timeout=_ANSWER_SECONDS) as client:
            return [process for stage in STAGES for process in _of_stage(client, stage)]
    except RedisError:
        return []


def _of_stage(client: Redis, stage: StageName) -> list[Process]:
    prefix = f"gouji:alive:{stage}:"
    found = []
    for key in sorted(client.scan_iter(f"{prefix}*", count=1000)):
        value = client.get(key)
        consumer = key.decode().removeprefix(prefix)
        if value and not process_is_gone(consumer):
            alive = Alive.model_validate_json(value)
            found.append(Process(stage, alive.pid, alive.url))
    return found


def broker_pid(settings: Settings) -> int | None:
    """The process id of the broker on its machine, None where it cannot be reached."""
    try:
        with Redis.from_url(settings.redis_url, socket_timeout=_ANSWER_SECONDS) as client:
            return int(client.info("server")["process_id"])
    except RedisError:
        return None


def why_not_ready(process: Process) -> str:
    """Why ``process`` is not ready, in its own words; empty where it is."""
    try:
        with urlopen(f"{process.url}/readyz", timeout=_ANSWER_SECONDS):  # noqa: S310 - the URL it gave itself
            return ""
    except HTTPError as error:
        reasons = json.loads(error.read()).get("reasons", {})
        return "; ".join(f"{what}: {why}" for what, why in reasons.items()) or str(error)
    except (URLError, OSError, HTTPException) as error:
        return f"{process.url} does not answer: {error}"


def lacking(found: Sequence[Process], wanted: Mapping[StageName, int]) -> list[str]:
    """What the pipeline of the processes ``found`` still lacks, where so many of each stage are ``wanted``; empty
    where it is ready."""
    counts = Counter(process.stage for process in found)
    reasons = [f"{process.stage}: {why}" for process in found if (why := why_not_ready(process))]
    for stage, count in wanted.items():
        if counts[stage] < count:
            running = f"only {counts[stage]} of {count} are" if counts[stage] else "is not"
            reasons.append(f"{stage} {running} running")
    return reasons
