"""Where telemetry looks on."""

from typing import Protocol

from shared.errors import Unavailable
from shared.stage.outcome import Settled


class Observer(Protocol):
    """Told what a stage does; must be quick and raise nothing. Beside it, FastStream's middlewares see every batch
    and every message that is published."""

    def on_batch(self, messages: int) -> None:
        """A batch of so many messages arrived."""

    def on_outcome(self, outcome: Settled) -> None:
        """This became of a message, and is settled."""

    def on_unavailable(self, unavailable: Unavailable) -> None:
        """The stage begins to wait for something outside, or still waits."""


class Silent:
    """Looks away."""

    def on_batch(self, messages: int) -> None:
        """Nothing."""

    def on_outcome(self, outcome: Settled) -> None:
        """Nothing."""

    def on_unavailable(self, unavailable: Unavailable) -> None:
        """Nothing."""
