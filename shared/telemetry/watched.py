"""Whether the bucket is watched, as a check of readiness: part of it in every replica of ingest, whoever leads."""

import time

from prometheus_client import Gauge
from redis.exceptions import RedisError

from shared.errors import Unavailable
from shared.settings import Settings
from shared.telemetry.health import Check
from shared.telemetry.probes import impatient
from shared.watching import PARTS, Sentinel, watching


def watched(settings: Settings, gauge: Gauge) -> Check:
    """A check that raises Unavailable where nobody watches the bucket, or whoever does cannot see or hear; it sets
    ``gauge`` for each part of watching."""
    redis = impatient(settings.redis_url)
    sentinel = Sentinel(settings.poll_seconds)

    async def check() -> None:
        try:
            told = await watching(redis)
        except RedisError:
            return  # the broker's own check says so
        troubles = sentinel.troubles(told, time.monotonic())
        for part in PARTS:
            gauge.labels(part).set(part not in troubles)
        if troubles:
            raise Unavailable("the watch over the bucket", "; ".join(troubles.values()))

    return check
