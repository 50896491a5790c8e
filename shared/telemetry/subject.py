"""Which document an outcome is about."""

from typing import NamedTuple

from shared.events import ObjectDiscovered
from shared.stage.outcome import DeadLettered, Forwarded, Settled


class Subject(NamedTuple):
    """The document's id and the key of its object; empty where they are not known (yet)."""

    document_id: str
    key: str


def subject(outcome: Settled) -> Subject:
    """The subject of ``outcome``. Ingest takes an object and finds out its document id: there the result tells it."""
    if isinstance(outcome, DeadLettered):
        return Subject(outcome.letter.document_id or "", outcome.letter.key or "")
    event = outcome.event
    origin = event if isinstance(event, ObjectDiscovered) else getattr(event, "origin", None)
    known = outcome.result if isinstance(outcome, Forwarded) and outcome.result else event
    return Subject(getattr(known, "document_id", ""), origin.key if origin else "")
