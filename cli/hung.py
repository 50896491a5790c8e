"""Ends processes that hang, so that the supervisor starts them again."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

from cli.broker import hung_pid
from cli.processes import Answer, health, processes
from shared.settings import Settings

_LOOK_SECONDS = 2.0  # chosen: two looks within the shortest bound below
_STOPPED_SECONDS = 5.0
"""How long a process may stay stopped (kill -STOP): a person who debugs uses a service of their own."""
_SPARE_SECONDS = 10.0
"""Beyond GOUJI_WORK_SECONDS, within which its guard ends a process that is at work on one document for too long, and
says which: until then a process that does not answer may just be at work."""


class HungProcesses:
    """Looks, in a thread, after the services and the broker of the installation of ``settings`` that the process
    ``supervisor`` has started. One that says on /healthz that it is stuck is ended at once; one that does not answer,
    after a while."""

    def __init__(self, settings: Settings, supervisor: int) -> None:
        self._settings = settings
        self._supervisor = supervisor
        self._since: dict[tuple[str, int], float] = {}
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._keep_looking, name="hung processes", daemon=True)

    def start(self) -> None:
        """Looks from now until :meth:`stop`."""
        self._thread.start()

    def stop(self) -> None:
        """Looks no more."""
        self._stopped.set()

    def _keep_looking(self) -> None:
        while not self._stopped.wait(_LOOK_SECONDS):
            try:
                self.look(time.monotonic())
            except Exception as error:  # whatever it is, the next look is needed all the more
                print(f"cannot look after hung processes: {type(error).__name__}: {error}", file=sys.stderr)

    def look(self, now: float) -> None:
        """Looks once; ``now`` is the time in seconds of a clock that never jumps."""
        answers: dict[tuple[str, int], Answer] = {}
        for process in processes(self._settings):
            if (answer := health(process)).why:
                answers[process.stage, process.pid] = answer
        if pid := hung_pid(self._settings):
            answers["broker", pid] = Answer("it does not answer", given=False)
        self._since = {process: self._since.get(process, now) for process in answers}
        for (name, pid), since in self._since.items():
            answer, (parent, state) = answers[name, pid], _status(pid)
            if parent == self._supervisor and now - since >= self._patience(answer, state):
                # Not into the log: a full disk may be the reason.
                print(f"{name} (process {pid}) hangs and is ended: {answer.why}", file=sys.stderr)
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)

    def _patience(self, answer: Answer, state: str) -> float:
        if state in ("T", "t"):
            return _STOPPED_SECONDS
        return 0.0 if answer.given else self._settings.work_seconds + _SPARE_SECONDS


def _status(pid: int) -> tuple[int | None, str]:
    """The parent of a process, None where it is gone, and its state as ``ps`` abbreviates it (T: stopped)."""
    try:
        state, parent = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[:2]
    except (OSError, ValueError):
        return _status_without_proc(pid)
    return int(parent), state


def _status_without_proc(pid: int) -> tuple[int | None, str]:
    command = ["ps", "-o", "ppid=,state=", "-p", str(pid)]
    told = subprocess.run(command, capture_output=True, text=True, check=False).stdout.split()  # noqa: S603
    return (int(told[0]), told[1][0]) if len(told) == 2 else (None, "")
