"""Where telemetry, which stands above the stage, looks on (:class:`shared.telemetry.process.Telemetry`)."""

from contextlib import AbstractContextManager
from typing import Protocol

from shared.errors import Unavailable
from shared.stage.outcome import Outcome, Settled


class Pulse(Protocol):
    """Told when work begins and ends, so that work that never ends is noticed."""

    def turn(self) -> AbstractContextManager[object]:
        """Work goes on within the returned context."""


class Traces(Protocol):
    """Knows which trace a message belongs to."""

    def within(self, outcome: Outcome) -> AbstractContextManager[object]:
        """Whatever is published for ``outcome`` is published within the returned context."""


class Observer(Protocol):
    """Told what a stage does; must be quick and raise nothing. Beside it, FastStream's middlewares see every batch
    and every message that is published."""

    @property
    def pulse(self) -> Pulse:
        """Of this process."""

    @property
    def traces(self) -> Traces:
        """Of this process."""

    def on_batch(self, messages: int) -> None:
        """A batch of so many messages arrived."""

    def on_outcome(self, outcome: Settled) -> None:
        """This became of a message, and is settled."""

    def on_unavailable(self, unavailable: Unavailable) -> None:
        """The stage begins to wait for something outside, or still waits."""
