"""An OTLP collector in memory: what an exporter sends over HTTP, kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import NamedTuple

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest


class Span(NamedTuple):
    """A span as it was received: ids in hexadecimal, ``links`` the span ids it links to."""

    service: str
    process: str
    name: str
    trace: str
    id: str
    parent: str
    links: tuple[str, ...]
    attributes: dict[str, str]
    failed: bool


class Collector(ThreadingHTTPServer):
    """Listens on a free port of the loopback; ``spans`` holds everything received."""

    def __init__(self) -> None:
        self.spans: list[Span] = []
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def endpoint(self) -> str:
        """Its base address."""
        return f"http://127.0.0.1:{self.server_port}"

    def receive(self, body: bytes) -> None:
        """Keeps the spans of one export."""
        request = ExportTraceServiceRequest.FromString(body)
        for resource in request.resource_spans:
            about = {entry.key: entry.value.string_value for entry in resource.resource.attributes}
            for scope in resource.scope_spans:
                self.spans += [
                    Span(
                        service=about["service.name"],
                        process=about["service.instance.id"],
                        name=span.name,
                        trace=span.trace_id.hex(),
                        id=span.span_id.hex(),
                        parent=span.parent_span_id.hex(),
                        links=tuple(link.span_id.hex() for link in span.links),
                        attributes={entry.key: entry.value.string_value for entry in span.attributes},
                        failed=span.status.code == 2,
                    )
                    for span in scope.spans
                ]

    def count(self, ending: str) -> int:
        """How many spans there are whose name ends so."""
        return sum(span.name.endswith(ending) for span in self.spans)


class _Handler(BaseHTTPRequestHandler):
    server: Collector

    def do_POST(self) -> None:
        self.server.receive(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
        """Says nothing."""


@contextmanager
def collecting() -> Iterator[Collector]:
    """A collector at work."""
    with Collector() as collector:
        Thread(target=collector.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        try:
            yield collector
        finally:
            collector.shutdown()
