"""Bounds the work on one message: ends this process when it takes too long, also where C code holds the interpreter.

1. The worker writes the message in work into a few bytes of memory that a second process shares (:class:`Guard`).
2. That process (``guard_process.py``) looks at them from time to time. Where the same message is in work for more than
   ``GOUJI_WORK_SECONDS``, it has the worker write down where it is, says so in the broker, and kills it.
3. Whoever takes over from the dead consumer (:mod:`~shared.stage.reclaim`) finds that note, and makes the message a
   dead letter with the code ``work_timeout``. Its neighbours are worked as if nothing had happened.

A thread could not do it: C code may hold the interpreter, and then no other thread runs.
"""

import faulthandler
import json
import mmap
import signal
import struct
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile

import structlog

from shared.events import StageName
from shared.settings import Settings
from shared.stage.keys import in_work

_LAYOUT = struct.Struct("Q56s")
"""A counter, so that the same message in work again is told from one still in work; the message's id, NULs after it."""
_COUNTER_BYTES = 8  # of the Q above

log = structlog.get_logger()


class Guard:
    """Tells the second process which message is in work. ``consumer`` is this process, one of ``stage``."""

    def __init__(self, settings: Settings, stage: StageName, consumer: str) -> None:
        self._file = TemporaryFile()  # noqa: SIM115 - lives as long as this
        self._traceback = TemporaryFile()  # noqa: SIM115
        self._file.truncate(_LAYOUT.size)
        self._memory = mmap.mmap(self._file.fileno(), _LAYOUT.size)
        self._counter = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._told = {
            "memory": self._file.fileno(),
            "traceback": self._traceback.fileno(),
            "size": _LAYOUT.size,
            "counter": _COUNTER_BYTES,
            "seconds": settings.work_seconds,
            "redis_url": settings.redis_url,
            "key": in_work(stage),
            "stage": stage,
            "consumer": consumer,
        }

    def start(self) -> None:
        """Starts the second process; it ends with this one. Where it cannot be started, work is unbounded, and the log
        says so."""
        faulthandler.register(signal.SIGUSR2, self._traceback, all_threads=True)
        script = Path(__file__).with_name("guard_process.py")
        files = (self._file.fileno(), self._traceback.fileno())
        try:
            self._process = subprocess.Popen([sys.executable, "-P", str(script)], stdin=subprocess.PIPE, pass_fds=files)  # noqa: S603
            assert self._process.stdin  # noqa: S101
            self._process.stdin.write(json.dumps(self._told).encode() + b"\n")
            self._process.stdin.flush()
        except OSError as error:
            log.warning("no guard: GOUJI_WORK_SECONDS does not hold", error=str(error))

    def __call__(self, message_id: str | None) -> None:
        """``message_id`` is in work from now on; None: no message is."""
        self._counter += 1
        self._memory[:] = _LAYOUT.pack(self._counter, (message_id or "").encode())
        if message_id is None and self._process and self._process.poll() is not None:
            self.start()

    def close(self) -> None:
        """Ends the second process."""
        process, self._process = self._process, None
        if process:
            with suppress(OSError):
                process.stdin.close()  # type: ignore[union-attr]
            process.wait()
