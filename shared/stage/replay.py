"""Tries a dead letter again: puts its event back into its stage's stream, once."""

import json
from datetime import UTC, datetime

from redis.asyncio import Redis

from shared.events import Passage
from shared.stage.dead import DeadLetter, DeadLetters
from shared.stage.delivery import History
from shared.stage.envelope import envelope
from shared.stage.liveness import CONSUMER
from shared.version import VERSION


async def replay(client: Redis, id_: str, letter: DeadLetter) -> bool:
    """Puts ``letter`` back into the stream of the stage it died in, with all its attempts before it again, and removes
    it from the dead letters, in one atomic step.

    Returns False, and does nothing, where somebody else was first.
    """
    headers = letter.headers | History(replays=letter.replays + 1).headers()
    message = await envelope(_with_passage(letter), headers)
    return await DeadLetters(client).replay(id_, letter, message)


def _with_passage(letter: DeadLetter) -> bytes:
    """The event of ``letter`` with this replay in its passages, where it is an event that can have any."""
    passage = Passage(
        stage=letter.stage,
        outcome="replayed",
        started=datetime.now(UTC),
        took=0,
        consumer=CONSUMER,
        version=VERSION,
        detail=f"replay {letter.replays + 1} of {letter.code}",
    )
    try:
        event = json.loads(letter.event)
        event.setdefault("passages", []).append(passage.model_dump(mode="json"))
    except (ValueError, AttributeError):
        return letter.event.encode()
    return json.dumps(event, ensure_ascii=False).encode()
