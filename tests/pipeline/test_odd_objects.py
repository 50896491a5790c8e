"""Everything odd at once, beside good reports, dropped into a running ``gouji up``: the good ones are stored as if they
were alone, and nothing vanishes without a word."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from shared.database import queries
from shared.database.connect import connect, reading
from shared.errors import Unavailable
from tests.corpus.spec import Spec, render
from tests.ingest import odd
from tests.patience import until


class Installation:
    """A ``gouji up`` on an empty bucket in memory, where the system keeps every change time."""

    def __init__(self, folder: Path) -> None:
        self.bucket, self.data = folder / "bucket", folder / "data"
        command = ["-m", "cli.main", "up", "--bucket", str(self.bucket), "--data", str(self.data)]
        self._process = subprocess.Popen(
            [sys.executable, *command], env=os.environ | {"COLUMNS": "200"}, stdout=subprocess.PIPE, text=True
        )
        said = self._process.stdout
        assert said
        assert any("gouji is ready" in line for line in said)

    def said(self, *command: str) -> str:
        """What ``gouji`` answers."""
        answer = subprocess.run(
            [sys.executable, "-m", "cli.main", *command, "--data", str(self.data)], capture_output=True, check=True
        )
        return answer.stdout.decode()

    def status(self) -> dict[str, Any]:
        return json.loads(self.said("status", "--json"))  # type: ignore[no-any-return]

    def stored(self) -> set[str]:
        """The keys of the objects that are stored."""
        try:
            with reading(connect(f"sqlite:///{self.data / 'gouji.sqlite'}")) as connection:
                return {seen.key for seen in queries.objects(connection)}
        except Unavailable:
            return set()

    def stop(self) -> None:
        self._process.send_signal(signal.SIGINT)
        self._process.communicate(timeout=60)


@pytest.fixture
def installation() -> Iterator[Installation]:
    memory = Path("/dev/shm")
    if not memory.is_dir():
        pytest.skip("needs a tmpfs at /dev/shm: other file systems do not keep years beyond 9999")
    folder = Path(tempfile.mkdtemp(dir=memory))
    installation = Installation(folder)
    yield installation
    installation.stop()
    shutil.rmtree(folder)


def report(seed: int) -> bytes:
    return render(Spec(seed=seed)).data


def test_odd_objects_stop_nobody_and_each_of_them_is_named(installation: Installation) -> None:
    good = {f"good/{seed}.txt": report(seed) for seed in range(50)}
    (installation.bucket / "good").mkdir()

    strange = odd.drop_objects(installation.bucket, report(1000))
    reasons = odd.drop_passed_over(installation.bucket)
    for key, data in good.items():
        (installation.bucket / key).write_bytes(data)

    until(lambda: good.keys() <= installation.stored(), seconds=10)
    (installation.bucket / "after.txt").write_bytes(report(2000))
    until(lambda: "after.txt" in installation.stored(), seconds=2)

    until(lambda: strange.keys() <= installation.stored())
    until(lambda: installation.status()["passed_over"] == Counter(reasons.values()))
    status = installation.status()
    assert status["ready"], status["reasons"]
    assert (status["dead_letters"], status["backlog"]) == (0, 0)
    assert status["change_times_ahead"] == 2
    shown = installation.said("status")
    assert all(f"{reason} {number}" in shown for reason, number in Counter(reasons.values()).items())

    found = json.loads(installation.said("reconcile", "--dry-run", "--passed-over", "--json"))
    assert {each["key"]: each["reason"] for each in found["passed_over_keys"]} == reasons
    assert (found["stored"], found["missing"]) == (51 + len(strange), [])
    named = re.sub(r"\s", "", installation.said("reconcile", "--dry-run", "--passed-over"))
    assert all(re.sub(r"\s", "", key) in named for key in reasons)
