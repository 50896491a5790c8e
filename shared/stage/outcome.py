"""What became of a message in a stage: exactly one of these, or one for each of its parts, all of one delivery; each
says where the message is from then on."""

from dataclasses import dataclass

from shared.events import Event, ProcessingStep
from shared.stage.dead import DeadLetter
from shared.stage.delivery import Delivery, History


@dataclass(frozen=True, slots=True)
class Forwarded:
    """Worked: ``body`` goes to the next stream. None where there is nothing to forward (the last stage, or an object
    that has vanished from the bucket). ``step`` tells how the work went, ``event`` what the message said,
    ``result`` what the work made of it."""

    delivery: Delivery
    event: Event
    step: ProcessingStep
    body: bytes | None
    result: Event | None


@dataclass(frozen=True, slots=True)
class Retried:
    """Failed by our fault: ``body``, with this failure in its passages, waits ``delay`` seconds and is tried again,
    with ``history``. ``event`` is None where the message says nothing that this stage can read."""

    delivery: Delivery
    event: Event | None
    step: ProcessingStep
    body: bytes
    history: History
    delay: float


@dataclass(frozen=True, slots=True)
class DeadLettered:
    """Failed for good: a dead letter."""

    delivery: Delivery
    event: Event | None
    step: ProcessingStep
    letter: DeadLetter


@dataclass(frozen=True, slots=True)
class Released:
    """Not worked, and not to be: back to the tail of its stream as it is, for whoever is next."""

    delivery: Delivery


Settled = Forwarded | Retried | DeadLettered
"""An outcome of work; ``step.outcome`` is its name."""

Outcome = Settled | Released
