"""Traces: one for each document, from the object in the bucket to the committed row, over all four services.

The context travels in the headers of the messages (W3C ``traceparent``). FastStream's middleware makes the spans of
publishing and of a batch; the span of one document in one stage is made here, from what the stage recorded of it, so
that a document keeps one trace although batches carry many.

Without ``settings.otlp_endpoint`` nothing that makes or sends spans is imported, and nothing is done. Where
one is set, ``settings.trace_sample`` of the documents are traced, each in all services or in none.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any

from shared.settings import Settings

if TYPE_CHECKING:
    from faststream._internal.types import BrokerMiddleware

    from shared.stage.outcome import Outcome


class Traces:
    """Traces that are switched off; the interface of those that are on."""

    middlewares: "Sequence[BrokerMiddleware[Any, Any]]" = ()
    """For the broker: inject the context into what is published."""

    def within(self, outcome: "Outcome") -> AbstractContextManager[object]:
        """Makes the span of one document in one stage, from what the stage recorded of it; what is published within
        the returned context continues its trace. A message that was released was not worked, and has no span."""
        return nullcontext()

    def trace_id(self, headers: Mapping[str, str]) -> str:
        """The trace the message with ``headers`` belongs to, for its log lines; empty where there is none."""
        # version-trace id-parent id-flags, as the W3C writes it.
        parts = headers.get("traceparent", "").split("-")
        return parts[1] if len(parts) == 4 else ""

    def close(self) -> None:
        """Sends what is not sent yet. Call it when the process ends."""


def start(settings: Settings, service: str, consumer: str = "") -> Traces:
    """The traces of this process: ``service`` is its stage, ``consumer`` tells it from its replicas."""
    if not settings.otlp_endpoint:
        return Traces()
    from shared.telemetry.otlp import ExportedTraces

    return ExportedTraces(settings, service, consumer)
