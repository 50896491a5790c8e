"""What became of a message in a stage: exactly one of these, and each says where the message is from then on."""

from dataclasses import dataclass
from typing import Literal

from shared.stage.dead import DeadLetter
from shared.stage.delivery import Delivery, History

OutcomeName = Literal["forwarded", "rejected", "retried", "dead"]


@dataclass(frozen=True, slots=True)
class Forwarded:
    """Worked: ``body`` goes to the next stream. None where there is nothing to forward (the last stage, or an object
    that has vanished from the bucket)."""

    delivery: Delivery
    body: bytes | None
    seconds: float

    name: OutcomeName = "forwarded"


@dataclass(frozen=True, slots=True)
class Retried:
    """Failed by our fault: ``body``, with this failure in its passages, waits ``delay`` seconds and is tried again."""

    delivery: Delivery
    body: bytes
    history: History
    delay: float
    seconds: float
    error: str

    name: OutcomeName = "retried"


@dataclass(frozen=True, slots=True)
class Buried:
    """Failed for good: a dead letter. ``rejected`` where the fault is the document's, else ``dead``."""

    delivery: Delivery
    letter: DeadLetter
    seconds: float

    @property
    def name(self) -> OutcomeName:
        """``rejected`` or ``dead``."""
        return "rejected" if self.letter.rejected else "dead"


@dataclass(frozen=True, slots=True)
class Released:
    """Not worked, and not to be: back to the tail of its stream, for whoever is next. ``history`` where it changed."""

    delivery: Delivery
    history: History | None = None


Outcome = Forwarded | Retried | Buried | Released
