import asyncio
import subprocess
import sys
from typing import Any

import pytest
from faststream.redis.parser import BinaryMessageFormatV1

from shared.events import INGESTED, NOTICED
from shared.process import StageApp
from shared.settings import Settings
from shared.telemetry import traces
from tests.stage.pipeline import Ledger, noticed, running, settings, stage, until
from tests.telemetry.collector import collecting

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


@pytest.mark.parametrize(("flags", "spans"), [("00", 0), ("01", 3)])
def test_a_document_is_traced_where_its_header_says_so_and_the_header_goes_on(
    redis_url: str, flags: str, spans: int
) -> None:
    header = f"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-{flags}"

    async def run(endpoint: str) -> str:
        ledger = Ledger(redis_url)
        body = noticed("a").model_dump_json().encode()
        message = await BinaryMessageFormatV1.encode(
            message=body, reply_to=None, headers={"traceparent": header}, correlation_id="1"
        )
        await ledger.client.xadd(NOTICED, {"__data__": message})
        traced = settings(redis_url, otlp_endpoint=endpoint, trace_sample=0)
        async with running(StageApp(stage(lambda event: event), traced)):
            await until(lambda: ledger.is_longer(INGESTED, 0))
        entries: Any = await ledger.client.xrange(INGESTED)
        forwarded: str = BinaryMessageFormatV1.parse(entries[0][1][b"__data__"])[1]["traceparent"]
        return forwarded

    with collecting() as collector:
        forwarded = asyncio.run(run(collector.endpoint))
    assert forwarded.split("-")[1::2] == header.split("-")[1::2]  # the same trace, the same flags
    assert len(collector.spans) == spans
