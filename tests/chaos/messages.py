"""Messages that no stage can read: each must end as a dead letter, and hold up nobody."""

import asyncio
import json
import re
from random import Random

from faststream.redis.message import DATA_KEY
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import ConstantBackoff

from shared.events import SOURCES, Event
from shared.settings import Settings
from shared.stage.envelope import envelope
from tests.stage.pipeline import noticed

_NAME = re.compile(r"bad-message-\d+")


def patient(settings: Settings) -> Redis:
    """A client that waits for a broker that has just been killed."""
    return Redis.from_url(settings.redis_url, retry=Retry(ConstantBackoff(0.2), retries=100))


def names_in(event: str) -> set[str]:
    """Which bad messages an event's text is from."""
    return set(_NAME.findall(event))


class BadMessages:
    """Sends them into every stream; ``sent`` are their names."""

    def __init__(self, settings: Settings, random: Random) -> None:
        self.sent: list[str] = []
        self._settings = settings
        self._random = random

    def send(self) -> None:
        """Sends one into each stream. One that is sent twice, since the answer was lost, is a dead letter twice."""
        asyncio.run(self._send())

    async def _send(self) -> None:
        async with patient(self._settings) as client:
            for stream in SOURCES.values():
                name = f"bad-message-{len(self.sent)}"
                await client.xadd(stream, {DATA_KEY: await self._message(name)})
                self.sent.append(name)

    async def _message(self, name: str) -> bytes:
        event = noticed(name).model_dump(mode="json")
        match self._random.randrange(4):
            case 0:
                return await envelope(json.dumps(event).encode(), {"gouji-attempts": "abc"})
            case 1:
                return await envelope(json.dumps(event | {"colour": "red"}).encode())
            case 2:
                return await envelope(json.dumps(Event().model_dump(mode="json") | {"note": name}).encode())
            case _:
                return f"not an event: {name}".encode()
