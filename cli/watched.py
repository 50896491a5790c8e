"""How the bucket is watched, and what was found in it, as ingest tells in the broker."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple, cast

from redis import Redis
from redis.exceptions import RedisError

from shared.settings import Settings
from shared.watching import RECONCILED, WATCHING, Reconciled, Watching

_ANSWER_SECONDS = 3  # chosen: as for other questions to the broker


class Watched(NamedTuple):
    """What the watcher told last, and what the last reconciliation found; None where nothing is known."""

    watching: Watching | None = None
    reconciled: Reconciled | None = None

    def as_json(self) -> dict[str, object]:
        """Its part of what ``gouji status --json`` prints."""
        watching = self.watching
        return {
            "passed_over": watching.passed_over if watching else {},
            "change_times_ahead": watching.ahead if watching else None,
            "listed": watching.model_dump(mode="json")["listed"] if watching else None,
            "reconciled": self.reconciled.model_dump(mode="json") if self.reconciled else None,
        }

    def rows(self) -> Iterator[tuple[str, str]]:
        """The same for a person: names and values."""
        if (told := self.watching) and told.listed:
            yield "bucket", f"objects: {told.objects}, last listed {_time(told.listed)}"
            if told.passed_over:
                yield "passed over", f"{by_reason(told.passed_over)} (gouji reconcile --dry-run --passed-over)"
            if told.ahead:
                yield "change times in the future", f"{told.ahead}; they count as when the files came"
        if found := self.reconciled:
            missing = f"{found.missing} were missing and are noticed again" if found.missing else "nothing was missing"
            yield "reconciled", f"{_time(found.at)} {found.why}: {missing}"


def by_reason(passed_over: Mapping[str, int]) -> str:
    """What is passed over, in a line."""
    return ", ".join(f"{reason} {number}" for reason, number in sorted(passed_over.items()))


def watched(settings: Settings) -> Watched:
    """What is known of the installation's bucket."""
    try:
        with Redis.from_url(settings.redis_url, socket_timeout=_ANSWER_SECONDS) as client:
            watching, reconciled = cast("list[bytes | None]", client.mget(WATCHING, RECONCILED))
    except RedisError:
        return Watched()
    return Watched(
        Watching.model_validate_json(watching) if watching else None,
        Reconciled.model_validate_json(reconciled) if reconciled else None,
    )


def _time(moment: datetime) -> str:
    return f"{moment.astimezone():%H:%M:%S}"
