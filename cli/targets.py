"""What Prometheus is to scrape: the processes of an installation, in a file that it reads again when it changes.

The processes choose their ports when they start, so the list moves with them.
"""

import json
from collections.abc import Sequence
from pathlib import Path

from cli.processes import Process

FILE = Path("prometheus") / "targets.json"
"""In the data folder; in the form of Prometheus' ``file_sd_configs``."""


def write_targets(data: Path, installation: str, processes: Sequence[Process]) -> None:
    """Writes the list, with the name of the ``installation`` as a label, whole or not at all, where it has changed."""
    addresses = sorted(process.url.removeprefix("http://") for process in processes)
    text = json.dumps([{"targets": addresses, "labels": {"installation": installation}}]) + "\n"
    path = data / FILE
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return
    path.parent.mkdir(exist_ok=True)
    new = path.with_suffix(".new")
    new.write_text(text, encoding="utf-8")
    new.replace(path)
