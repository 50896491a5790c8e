"""Writes the dead letter of a message that failed for good."""

from datetime import datetime

from shared.events import Event, Noticed, StageName
from shared.stage.dead import FAILED, DeadLetter
from shared.stage.delivery import Delivery


def letter_of(
    stage: StageName,
    delivery: Delivery,
    code: str,
    message: str,
    *,
    body: bytes,
    failed: datetime,
    event: Event | None = None,
    document_id: str | None = None,
    traceback: str | None = None,
) -> DeadLetter:
    """The dead letter of ``delivery``, which failed in ``stage`` at ``failed`` with ``code`` and a sentence for people.

    ``event`` is what the message said, None where it could not be read; ``body`` is what a replay sends again.
    """
    origin = event if isinstance(event, Noticed) else getattr(event, "origin", None)
    history = delivery.history
    correlation = {name: value for name, value in delivery.headers.items() if name == "correlation_id"}
    return DeadLetter(
        stage=stage,
        code=code,
        message=message,
        traceback=traceback,
        attempts=history.attempts + (code == FAILED),
        first_failure=history.first_failure or failed,
        last_failure=failed,
        document_id=document_id or getattr(event, "document_id", None),
        key=origin.key if origin else None,
        replays=history.replays,
        event=body.decode(errors="replace"),
        headers=delivery.carried_headers | correlation,
    )
