import subprocess
import sys

from shared.settings import Settings
from shared.telemetry import traces

SCRIPT = """
import sys
from shared.settings import Settings
from shared.telemetry import traces
print(type(traces.start(Settings(), "parse")).__name__)
print(*(name for name in sys.modules if name.startswith(("opentelemetry.sdk.trace", "opentelemetry.exporter"))))
"""


def test_without_an_endpoint_nothing_is_loaded_and_nothing_is_made() -> None:
    run = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True, env={})
    assert run.stdout.split() == ["Traces"]
    assert traces.start(Settings(), "parse").middlewares == ()


def test_the_trace_of_a_message_is_read_from_its_header() -> None:
    header = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    assert traces.Traces().trace_id({"traceparent": header}) == "0af7651916cd43dd8448eb211c80319c"
    assert traces.Traces().trace_id({}) == ""
    assert traces.Traces().trace_id({"traceparent": "nonsense"}) == ""
