"""Reads the event in a message, or says why there is none."""

import json
from contextlib import suppress
from typing import Any, NamedTuple, TypeVar

from pydantic import ValidationError

from shared.events import Event
from shared.stage.delivery import Delivery, Malformed

In = TypeVar("In", bound=Event)


def decode(delivery: Delivery, takes: type[In]) -> In:
    """The event in ``delivery``, which must be a ``takes`` and nothing more: a field that this version does not know
    would be lost on the way to the next stage. Raises :class:`~shared.stage.delivery.Malformed`, and nothing else."""
    if delivery.fault:
        raise Malformed(delivery.fault)
    try:
        return takes.model_validate_json(delivery.body, extra="forbid")
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "the start"
        raise Malformed(f"{error.error_count()} faults, the first at {place}: {first['msg']}") from error
    except Exception as error:  # a validator's own; whatever it is, it must not fail the neighbours
        raise Malformed(f"{type(error).__name__}: {error}") from error


class Subject(NamedTuple):
    """What a message is about: the key and the etag of its object, and the document's id (None before ingest)."""

    key: str
    etag: str
    document_id: str | None

    @classmethod
    def of(cls, body: bytes) -> "Subject | None":
        """The subject of a message with this body, also where it is not quite an event; None where it tells none."""
        with suppress(ValueError, TypeError, AttributeError, KeyError, RecursionError):
            event: dict[str, Any] = json.loads(body)
            origin, document_id = event.get("origin", event), event.get("document_id")
            if isinstance(origin["key"], str) and isinstance(origin["etag"], str):
                return cls(origin["key"], origin["etag"], document_id if isinstance(document_id, str) else None)
        return None
