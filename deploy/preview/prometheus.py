"""A Prometheus of one's own, from the configuration under ``deploy/prometheus``, and its HTTP API."""

import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import urlopen

CONFIGURATION = Path(__file__).parent.parent / "prometheus"
_STARTS_SECONDS = 30


class QueryError(Exception):
    """Prometheus cannot evaluate a query; says why."""


class Prometheus:
    """The HTTP API of the Prometheus at ``url``."""

    def __init__(self, url: str) -> None:
        self.url = url

    def get(self, path: str, **parameters: str | float) -> Any:
        """The ``data`` of an answer of ``/api/v1/PATH``; raises :class:`QueryError`."""
        try:
            with urlopen(f"{self.url}/api/v1/{path}?{urlencode(parameters)}", timeout=30) as answer:  # noqa: S310
                return json.load(answer)["data"]
        except HTTPError as error:
            raise QueryError(json.load(error)["error"]) from error

    def instant(self, query: str) -> list[dict[str, Any]]:
        """The series of ``query`` now: each a ``metric`` (labels) and a ``value`` (time, text)."""
        data = self.get("query", query=query)
        if data["resultType"] == "scalar":
            return [{"metric": {}, "value": data["result"]}]
        series: list[dict[str, Any]] = data["result"]
        return series

    def value(self, query: str) -> float:
        """The one figure that ``query`` gives; 0 where it gives none."""
        series = self.instant(query)
        return float(series[0]["value"][1]) if series else 0.0

    def over(self, query: str, start: float, end: float, step: float) -> list[dict[str, Any]]:
        """The series of ``query`` from ``start`` to ``end`` (Unix seconds): each a ``metric`` and its ``values``."""
        series: list[dict[str, Any]] = self.get("query_range", query=query, start=start, end=end, step=step)["result"]
        return series


@contextmanager
def running(folder: Path, targets: Path, interval: str) -> Iterator[Prometheus]:
    """A Prometheus that keeps its data in ``folder`` and scrapes the processes listed in the file ``targets`` each
    ``interval`` (``1s``); otherwise configured as under ``deploy/prometheus``."""
    port = _free_port()
    configuration = folder / "prometheus.yml"
    configuration.write_text(_configuration(targets, interval), encoding="utf-8")
    command = [
        shutil.which("prometheus") or "prometheus",
        f"--config.file={configuration}",
        f"--storage.tsdb.path={folder / 'tsdb'}",
        f"--web.listen-address=127.0.0.1:{port}",
        "--log.level=warn",
    ]
    with (folder / "prometheus.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)  # noqa: S603
        try:
            _wait_until_ready(process, port, folder / "prometheus.log")
            yield Prometheus(f"http://127.0.0.1:{port}")
        finally:
            process.terminate()
            process.wait(10)


def _configuration(targets: Path, interval: str) -> str:
    text = (CONFIGURATION / "prometheus.yml").read_text(encoding="utf-8")
    changes = {
        "_interval: 5s": f"_interval: {interval}",
        "rules/*.yml": f"{CONFIGURATION}/rules/*.yml",
        "../../data/prometheus/targets.json": str(targets),
    }
    for written, wanted in changes.items():
        if written not in text:
            raise ValueError(f"prometheus.yml no longer says {written}")
        text = text.replace(written, wanted)
    return text


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def _wait_until_ready(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    deadline = time.monotonic() + _STARTS_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urlopen(f"http://127.0.0.1:{port}/-/ready", timeout=1):
                return
        except (URLError, OSError):
            time.sleep(0.05)
    raise RuntimeError(f"Prometheus did not start: {log.read_text(errors='replace')[-2000:]}")
