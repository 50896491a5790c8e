"""The other half of ``guard.py``: a process that ends its parent when that has been on one message for too long.

Run by its path, so that it loads nothing of gouji and takes some ten megabytes. Standard input holds a line of JSON
(see :class:`shared.stage.guard.Guard`) and ends with the parent; it names the descriptors of the two files that both
share, the memory and the traceback.
"""

import json
import mmap
import os
import select
import signal
import sys
import time
from typing import Any

_LONGEST_TICK = 1.0  # second
_TICKS = 20
"""The bound is held to a twentieth of itself, or to a second."""
_TRACEBACK_SECONDS = 1.0  # chosen: faulthandler writes within milliseconds, if at all
_TRACEBACK_BYTES = 20_000  # as much as a dead letter keeps of one (failure_policy)


def main() -> None:
    """Watches until the parent ends."""
    for each in (signal.SIGINT, signal.SIGTERM):  # meant for the parent; this process ends with it
        signal.signal(each, signal.SIG_IGN)
    parent = os.getppid()
    told: dict[str, Any] = json.loads(_line())
    memory = mmap.mmap(told["memory"], told["size"])
    tick = min(_LONGEST_TICK, told["seconds"] / _TICKS)
    seen, spent, looked = b"", 0.0, time.monotonic()
    while not _ended(tick) and os.getppid() == parent:
        last, looked = looked, time.monotonic()
        before, seen = seen, memory[:]
        if seen != before or not any(seen[told["counter"] :]):
            spent = 0.0
        elif not is_stopped(parent):
            spent += min(looked - last, 2 * tick)  # this process may have been stopped as well
        if spent > told["seconds"]:
            _end(parent, told, memory, seen)
            spent = 0.0


def _line() -> bytes:
    line = b""
    while not line.endswith(b"\n") and (byte := os.read(0, 1)):
        line += byte
    return line


def _ended(seconds: float) -> bool:
    """Waits for so long; whether the parent has ended meanwhile."""
    return bool(select.select([0], [], [], seconds)[0])


def is_stopped(process: int) -> bool:
    """Whether somebody has stopped the process (kill -STOP, a debugger), which is no fault of the message's."""
    try:
        with open(f"/proc/{process}/stat") as status:  # noqa: PTH123 - pathlib is not loaded here
            return status.read().rpartition(")")[2].split()[0] in "Tt"
    except OSError:  # not Linux
        return False


def _end(parent: int, told: dict[str, Any], memory: mmap.mmap, seen: bytes) -> None:
    """Ends the parent, unless it has finished the message at last. It is stopped first, so that what is written down is
    true when it dies."""
    traceback = _traceback(parent, told["traceback"])
    os.kill(parent, signal.SIGSTOP)
    if memory[:] != seen:
        os.kill(parent, signal.SIGCONT)
        return
    message_id = seen[told["counter"] :].rstrip(b"\0").decode()
    log = {"level": "error", "event": "over time", "stage": told["stage"], "message": message_id}
    print(json.dumps(log | {"seconds": told["seconds"]}), file=sys.stderr, flush=True)
    try:
        _record(told, f"{message_id} {told['seconds']:g}\n{traceback}")
    finally:
        os.kill(parent, signal.SIGKILL)


def _traceback(parent: int, file: int) -> str:
    """Where the parent is: it writes that down by itself, in a signal handler that needs no interpreter."""
    os.ftruncate(file, 0)
    os.lseek(file, 0, os.SEEK_SET)  # the parent's place in it too: they share it
    os.kill(parent, signal.SIGUSR2)
    until, size = time.monotonic() + _TRACEBACK_SECONDS, 0
    while time.monotonic() < until and (not size or os.fstat(file).st_size > size):
        size = os.fstat(file).st_size
        time.sleep(_TRACEBACK_SECONDS / 20)
    return os.pread(file, _TRACEBACK_BYTES, 0).decode(errors="replace")


def _record(told: dict[str, Any], mark: str) -> None:
    from redis import Redis  # only when needed: it is larger than all the rest
    from redis.exceptions import RedisError

    try:
        with Redis.from_url(told["redis_url"], socket_timeout=2, socket_connect_timeout=2) as client:
            client.hset(told["key"], told["consumer"], mark)
    except (RedisError, OSError) as error:  # then it counts as a death, and is tried once more
        print(json.dumps({"level": "error", "event": "over time, not recorded", "error": str(error)}), file=sys.stderr)


if __name__ == "__main__":
    main()
