"""gouji up says what it waits for; Ctrl-C at any moment of its start ends it with a word, and all that it started."""

import os
import pty
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from tests.patience import until

UP = [sys.executable, "-m", "cli.entry", "up"]
NOWHERE = "redis://127.0.0.1:1/0"
"""A broker that is not there: what waits for it does not end by itself for half a minute."""


class Start:
    """``gouji up`` in a terminal of its own; ``said`` is what it has shown so far."""

    def __init__(self, folder: Path, **variables: str) -> None:
        self.data = folder / "data"
        (folder / "bucket").mkdir()
        ours, theirs = pty.openpty()
        command = [
            sys.executable,
            "-m",
            "cli.entry",
            "up",
            "--bucket",
            str(folder / "bucket"),
            "--data",
            str(self.data),
        ]
        self.process = subprocess.Popen(
            command, stdin=theirs, stdout=theirs, stderr=theirs, env=os.environ | variables, start_new_session=True
        )
        os.close(theirs)
        self._said = bytearray()
        threading.Thread(target=self._listen, args=(ours,), daemon=True).start()

    def _listen(self, terminal: int) -> None:
        with suppress(OSError):  # raised where the other end is closed
            while more := os.read(terminal, 65536):
                self._said += more

    @property
    def said(self) -> str:
        return self._said.decode(errors="replace")

    def logged(self, name: str, words: str) -> bool:
        file = self.data / "log" / f"{name}.log"
        return file.exists() and words in file.read_text(encoding="utf-8")

    def left(self) -> list[psutil.Process]:
        """The processes that still run in its data folder."""
        return [each for each in psutil.process_iter() if _folder(each) == str(self.data)]


def _folder(process: psutil.Process) -> str:
    try:
        return process.cwd()
    except psutil.Error:
        return ""


@pytest.fixture
def begin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Start]]:
    monkeypatch.delenv("GOUJI_REDIS_URL", raising=False)
    started: list[Start] = []

    def _begin(**variables: str) -> Start:
        started.append(Start(tmp_path, **variables))
        return started[-1]

    yield _begin
    for start in started:
        if start.process.poll() is None:
            start.process.kill()
            start.process.wait()


@pytest.mark.parametrize(
    ("moment", "variables"),
    [
        (lambda start: "typer" in start.said, {"PYTHONPROFILEIMPORTTIME": "1"}),
        (lambda start: (start.data / "gouji.json").exists(), {}),
        (lambda start: "starting… (" in start.said, {}),
        (lambda start: start.logged("ingest_0", "{"), {}),
        (lambda start: start.logged("store_0", "startup complete"), {"GOUJI_REDIS_URL": NOWHERE}),
    ],
    ids=["while it imports", "before anything runs", "as soon as it waits", "services begin", "services wait"],
)
def test_ctrl_c_ends_a_start_with_a_word_and_leaves_nothing(
    begin: Callable[..., Start], moment: Callable[[Start], bool], variables: dict[str, str]
) -> None:
    start = begin(**variables)
    until(lambda: moment(start))

    start.process.send_signal(signal.SIGINT)
    start.process.wait(10)  # three seconds, on a machine that is busy with other tests

    until(lambda: "stopped." in start.said)
    assert "Traceback" not in start.said
    until(lambda: not start.left())


def test_a_start_without_a_terminal_says_what_it_waits_for_line_by_line(tmp_path: Path) -> None:
    command = [*UP, "--bucket", str(tmp_path / "b"), "--data", str(tmp_path / "d")]
    environment = os.environ | {"GOUJI_REDIS_URL": NOWHERE}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        line = process.stdout.readline()
        process.send_signal(signal.SIGINT)

    assert line == f"starting… (no broker answers at {NOWHERE} (Connection refused))\n"
