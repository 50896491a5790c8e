"""Extracts heavy formats in a process of their own, under limits of memory and processor time.

A file that was made to do harm, or is merely enormous, costs a child process its life and nobody else: the service goes
on. See :mod:`services.ingest.sandbox_server` for the other half.
"""

import atexit
import os
import select
import signal
import subprocess
import sys
from threading import Lock
from time import monotonic
from typing import Any, BinaryIO, cast

from services.ingest.limits import Limits
from services.ingest.sandbox_server import Header, receive, send
from shared.blocks import Block
from shared.doubt import DoubtCode
from shared.errors import Rejected

_PATIENCE = 10  # times a file's processor seconds; the machine may be busy with others
_CHUNK = 1024 * 1024


class SandboxFailed(RuntimeError):
    """The sandbox gave no answer: our fault or the machine's rather than the file's, so the file may be tried again."""


class Sandbox:
    """A warm process that forks a child for each file; started when first needed, and again where it is gone.

    Threads take turns. :meth:`close` ends the process; so does the end of this one, however it comes.
    """

    def __init__(self) -> None:
        self._one_at_a_time = Lock()
        self._server: subprocess.Popen[bytes] | None = None
        atexit.register(self.close)
        os.register_at_fork(after_in_child=self._forget)

    def extract(self, module: str, data: bytes, limits: Limits) -> list[Block]:
        """The blocks that ``module.blocks`` finds in ``data``.

        Raises Rejected as that function does, ``too_large`` past a limit, ``hostile`` where the file crashes its
        reader, ``unreadable`` where a library fails over it; SandboxFailed where there is no answer.
        """
        job: Header = {"module": module, **limits._asdict()}
        with self._one_at_a_time:
            try:
                answer = self._ask(job, data)
            except BaseException:
                self.close()
                raise
        if "rejected" in answer:
            raise Rejected(*answer["rejected"])
        return [_block(*block) for block in answer["blocks"]]

    def close(self) -> None:
        """Ends the warm process and what it is doing."""
        if self._server is not None and self._server.poll() is None:
            os.killpg(self._server.pid, signal.SIGKILL)
            self._server.wait()
        self._server = None

    def _forget(self) -> None:
        """In a fork of this process: the warm process is its parent's, not to be shared nor ended."""
        self._one_at_a_time = Lock()
        self._server = None

    def _ask(self, job: Header, data: bytes) -> Header:
        server = self._running()
        jobs, answers = cast(BinaryIO, server.stdin), cast(BinaryIO, server.stdout)
        try:
            send(jobs, job, data)
            answer = receive(_Until(answers.fileno(), monotonic() + _PATIENCE * job["seconds"]))
        except (OSError, ValueError) as error:
            raise SandboxFailed(f"the sandbox failed over {job['module']}: {error}") from error
        if answer is None:
            raise SandboxFailed(f"the sandbox ended with {server.wait()} over {job['module']}")
        return answer[0]

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._server is None or self._server.poll() is not None:
            command = [sys.executable, "-m", "services.ingest.sandbox_server"]
            pipe = subprocess.PIPE
            # A session of its own: an interrupt typed at the terminal is for us, and a kill reaches its child too.
            self._server = subprocess.Popen(command, stdin=pipe, stdout=pipe, start_new_session=True)  # noqa: S603
        return self._server


def _block(*fields: Any) -> Block:
    block = Block(*fields)
    return block._replace(doubt=DoubtCode(block.doubt)) if block.doubt else block


class _Until:
    """Reads from a pipe, but no longer than until ``deadline`` (monotonic seconds); raises TimeoutError."""

    def __init__(self, pipe: int, deadline: float) -> None:
        self._pipe = pipe
        self._deadline = deadline

    def read(self, count: int) -> bytes:
        """``count`` bytes; fewer where the other end is gone."""
        chunks: list[bytes] = []
        while count:
            ready, _, _ = select.select([self._pipe], [], [], max(0.0, self._deadline - monotonic()))
            if not ready:
                raise TimeoutError("no answer in time")
            chunk = os.read(self._pipe, min(count, _CHUNK))
            if not chunk:
                break
            chunks.append(chunk)
            count -= len(chunk)
        return b"".join(chunks)
