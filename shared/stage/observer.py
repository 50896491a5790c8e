"""Where telemetry looks on (:class:`shared.telemetry.process.Telemetry`)."""

from typing import Protocol

from shared.errors import Unavailable
from shared.stage.outcome import Settled
from shared.telemetry.health import Pulse
from shared.telemetry.traces import Traces


class Observer(Protocol):
    """Told what a stage does; must be quick and raise nothing. Beside it, FastStream's middlewares see every batch
    and every message that is published."""

    pulse: Pulse
    """Told when work begins and ends, so that work that never ends is noticed."""
    traces: Traces
    """Whatever is published for an outcome is published within its trace."""

    def on_batch(self, messages: int) -> None:
        """A batch of so many messages arrived."""

    def on_outcome(self, outcome: Settled) -> None:
        """This became of a message, and is settled."""

    def on_unavailable(self, unavailable: Unavailable) -> None:
        """The stage begins to wait for something outside, or still waits."""
