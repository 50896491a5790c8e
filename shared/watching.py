"""How the bucket is watched, as the leader among the ingest processes says it in the broker, for all to see: the other
replicas, ``gouji status``, the metrics."""

from collections.abc import Mapping
from datetime import datetime
from typing import cast

from pydantic import BaseModel, ConfigDict
from redis.asyncio import Redis

from shared.lease import TTL_SECONDS

WATCHING = "gouji:watching"
"""String: the last :class:`Watching` that the leader told."""
RECONCILED = "gouji:reconciled"
"""String: the last :class:`Reconciled`."""

REPORT_SECONDS = 1.0
"""How often the leader tells how it fares."""
PARTS = ("leader", "listing", "notifications")
"""What it takes to watch a bucket: somebody who does, listings, and what the file system tells."""


class Watching(BaseModel):
    """What the leader tells: who it is, ``beat``, which grows each time; when it last listed the whole bucket (UTC),
    how many ``objects`` it found, how many entries it passed over by reason, how many objects state a change time in
    the future (``ahead``); and its ``troubles``, by what of :data:`PARTS` has them."""

    model_config = ConfigDict(frozen=True)

    leader: str
    beat: int
    listed: datetime | None = None
    objects: int = 0
    passed_over: dict[str, int] = {}
    ahead: int = 0
    troubles: dict[str, str] = {}


class Reconciled(BaseModel):
    """What the last reconciliation found: when it ended (UTC), why it was made, how many objects the bucket has, and
    how many of them were missing and have been noticed again."""

    model_config = ConfigDict(frozen=True)

    at: datetime
    why: str
    objects: int
    missing: int


async def watching(redis: Redis) -> Watching | None:
    """What the leader told last; None where nobody ever did."""
    told = cast("bytes | None", await redis.get(WATCHING))
    return Watching.model_validate_json(told) if told else None


class Sentinel:
    """Tells whether the bucket is watched, from what the leader tells: looked at again and again by each replica, which
    reckons by its own clock, whatever the leader's or the broker's shows.

    A leader that has told nothing new for ``patience`` seconds is none: by then another should have taken its place.
    """

    def __init__(self, poll_seconds: float) -> None:
        self.patience = patience(poll_seconds)
        self._told: tuple[str, int] | None = None
        self._since: float | None = None

    def troubles(self, told: Watching | None, now: float) -> Mapping[str, str]:
        """What is wrong, by which of :data:`PARTS`, at ``now`` (seconds of a clock that never jumps); empty where the
        bucket is watched."""
        beat = (told.leader, told.beat) if told else None
        if self._since is None or beat != self._told:
            self._told, self._since = beat, now
        silent = now - self._since
        if silent > self.patience:
            return {"leader": f"nobody has watched the bucket for {silent:.0f} seconds"}
        return told.troubles if told else {}


def patience(poll_seconds: float) -> float:
    """How long trouble in watching may last (seconds) before it is one: a few polls, and no shorter than it takes to
    replace a leader that died."""
    return max(3 * poll_seconds, 2 * TTL_SECONDS)
