"""What a stage needs, tried out: the broker, its consumer group, and what its own check stands for (bucket,
database)."""

from collections.abc import Mapping
from typing import Any

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError, ResponseError

from shared.errors import Unavailable
from shared.stage.stage import Stage
from shared.telemetry.health import Check

_ANSWER_SECONDS = 2  # chosen: Prometheus and orchestrators give a probe some seconds in all


def impatient(redis_url: str) -> Redis:
    """A connection for checks, which does not wait for the broker to come back as the stage's does."""
    return Redis.from_url(
        redis_url,
        socket_timeout=_ANSWER_SECONDS,
        socket_connect_timeout=_ANSWER_SECONDS,
        retry=Retry(NoBackoff(), 0),
        max_connections=2,
    )


def probes(stage: Stage[Any, Any], redis_url: str) -> Mapping[str, Check]:
    """A check for each thing ``stage`` needs."""
    redis = impatient(redis_url)

    async def broker() -> None:
        try:
            await redis.ping()
        except RedisError as error:
            raise Unavailable("broker", str(error)) from error

    async def group() -> None:
        try:
            groups = await redis.xinfo_groups(stage.source)
        except ResponseError:
            groups = []
        except RedisError:
            return  # the broker's own check says so
        if not any(group["name"] == stage.name.encode() for group in groups):
            raise Unavailable("group", f"{stage.source} has no group {stage.name}")

    needed: dict[str, Check] = {"broker": broker, "group": group}
    return needed | ({"work": stage.check} if stage.check else {})
