"""Traces that are made, and sent by OTLP over HTTP. Imported only where an endpoint is set; needs the extra traces."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import timedelta
from typing import Any

from faststream import BaseMiddleware, ContextRepo
from faststream.redis.opentelemetry import RedisTelemetryMiddleware
from opentelemetry import context, trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.metrics import NoOpMeterProvider
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.sampling import ParentBasedTraceIdRatio
from opentelemetry.trace import Link, SpanKind, Status, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from shared.settings import Settings
from shared.stage.outcome import Outcome, Released, Settled
from shared.telemetry.subject import subject
from shared.telemetry.traces import Traces
from shared.version import VERSION

_CONTEXT = TraceContextTextMapPropagator()


_UNTRACED = trace.set_span_in_context(trace.NonRecordingSpan(trace.SpanContext(1, 1, is_remote=True)))
"""Within it nothing is traced."""


class _Middleware(RedisTelemetryMiddleware):
    """FastStream's, but for documents that are not traced: their messages keep the headers they came with, which say
    so. Spans that are not kept cost nearly as much as those that are."""

    def __call__(self, msg: Any, /, *, context: ContextRepo) -> Any:
        span = trace.get_current_span().get_span_context()
        if msg is None and span.is_valid and not span.trace_flags.sampled:
            return BaseMiddleware(msg, context=context)
        return super().__call__(msg, context=context)


class ExportedTraces(Traces):
    """Traces that go to ``settings.otlp_endpoint``, the base address of an OTLP collector (``http://host:4318``)."""

    def __init__(self, settings: Settings, service: str, consumer: str) -> None:
        resource = {"service.namespace": "gouji", "service.name": service, "service.version": VERSION}
        self._provider = TracerProvider(
            resource=Resource.create(resource | {"service.instance.id": consumer}),
            sampler=ParentBasedTraceIdRatio(settings.trace_sample),
        )
        exporter = OTLPSpanExporter(endpoint=f"{settings.otlp_endpoint.rstrip('/')}/v1/traces")
        self._provider.add_span_processor(BatchSpanProcessor(exporter))
        self._tracer = self._provider.get_tracer("gouji", VERSION)
        # Metrics are Prometheus' here.
        self.middlewares = (_Middleware(tracer_provider=self._provider, meter_provider=NoOpMeterProvider()),)

    def within(self, outcome: Outcome) -> AbstractContextManager[object]:
        if isinstance(outcome, Released):
            return nullcontext()
        if outcome.delivery.headers.get("traceparent", "").endswith("-00"):
            return _attached(_UNTRACED)
        step, batch = outcome.step, trace.get_current_span().get_span_context()
        span = self._tracer.start_span(
            f"{step.stage} document",
            context=_CONTEXT.extract(outcome.delivery.headers),
            kind=SpanKind.CONSUMER,
            links=[Link(batch)] if batch.is_valid else [],
            attributes=_attributes(outcome),
            start_time=round(step.started.timestamp() * 1e9),
        )
        if step.outcome != "forwarded":
            span.set_status(Status(StatusCode.ERROR, step.detail))
        span.end(round((step.started + timedelta(seconds=step.took)).timestamp() * 1e9))
        return _attached(trace.set_span_in_context(span))

    def close(self) -> None:
        self._provider.shutdown()


def _attributes(outcome: Settled) -> dict[str, str]:
    step, (document_id, key) = outcome.step, subject(outcome)
    return {
        "gouji.document_id": document_id,
        "gouji.key": key,
        "gouji.stage": step.stage,
        "gouji.outcome": step.outcome,
        "gouji.consumer": step.consumer,
    }


@contextmanager
def _attached(current: context.Context) -> Iterator[None]:
    token = context.attach(current)
    try:
        yield
    finally:
        context.detach(token)
