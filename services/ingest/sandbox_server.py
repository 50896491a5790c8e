"""The warm half of the sandbox: ``python -m services.ingest.sandbox_server``, which ``sandbox.py`` starts.

It reads jobs from its standard input and forks a child for each, so that a file meets an interpreter with its libraries
loaded, yet shares nothing with other files: what it exhausts, crashes or leaks ends with the child. The server itself
never looks into a file. It ends when its input does, that is, with the process that started it.
"""

import gc
import json
import os
import resource
import signal
import struct
import sys
import tempfile
from collections.abc import Iterable
from importlib import import_module
from tempfile import TemporaryDirectory, TemporaryFile
from typing import Any, BinaryIO, NoReturn, Protocol

from shared.blocks import Block
from shared.errors import Rejected, RejectionCode

_LENGTHS = struct.Struct(">II")  # bytes of a message's header (JSON) and of its body
_MEGABYTE = 1024 * 1024
_MOST_CHARACTERS = 8_000_000  # of text in a document; what an answer may weigh for the one who asked
_CPU_SPENT = (signal.SIGXCPU, signal.SIGKILL)  # SIGKILL: past the hard limit, or the machine itself ran out of memory

Header = dict[str, Any]


class Readable(Protocol):
    """What a message can be read from; ``read`` returns fewer bytes than asked for only at the end."""

    def read(self, count: int, /) -> bytes: ...


def send(stream: BinaryIO, header: Header, body: bytes = b"") -> None:
    """Writes one message, which :func:`receive` reads at the other end."""
    encoded = json.dumps(header).encode()
    stream.write(_LENGTHS.pack(len(encoded), len(body)) + encoded + body)
    stream.flush()


def receive(stream: Readable) -> tuple[Header, bytes] | None:
    """The next message; None where the other end is gone."""
    lengths = stream.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        return None
    header, body = _LENGTHS.unpack(lengths)
    return json.loads(stream.read(header)), stream.read(body)


def serve(jobs: BinaryIO, answers: BinaryIO) -> None:
    """Answers each job (a ``module`` and the limits, and the file itself) with ``blocks`` or with ``rejected``."""
    while (job := receive(jobs)) is not None:
        header, data = job
        import_module(header["module"])  # here once, so that every child has it
        gc.freeze()  # a collection in a child would write to, and so copy, all that they share
        answers.write(_in_child(header, data))
        answers.flush()


def _in_child(job: Header, data: bytes) -> bytes:
    """The message that a child writes; where it dies first, the rejection that this amounts to."""
    with TemporaryFile() as result, TemporaryDirectory() as folder:
        child = os.fork()
        if not child:
            tempfile.tempdir = folder  # what it leaves there ends with it
            _work(job, data, result)
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            result.seek(0)
            result.truncate()
            send(result, _death(os.WTERMSIG(status), job["seconds"]))
        result.seek(0)
        return result.read()


def _work(job: Header, data: bytes, result: BinaryIO) -> NoReturn:
    try:
        _limit(job["seconds"], job["megabytes"])
        answer = {"blocks": _few(import_module(job["module"]).blocks(data), job["blocks"])}
    except Rejected as rejected:
        answer = _rejected(rejected.code, rejected.detail)
    except RecursionError:
        answer = _rejected("hostile", "The file is nested deeper than any document.")
    except MemoryError:
        answer = _rejected("too_large", f"Reading the file takes more than {job['megabytes']} MB of memory.")
    except Exception as error:  # whatever a library raises over a file that is not what it says
        answer = _rejected("unreadable", f"The file is damaged: {type(error).__name__}: {error}")
    send(result, answer)
    os._exit(0)


def _few(blocks: Iterable[Block], most: int) -> list[Block]:
    """``blocks`` as a list; raises Rejected ``too_large`` where they or their text are more than any report's."""
    found: list[Block] = []
    characters = 0
    for block in blocks:
        found.append(block)
        characters += len(block.text)
        if len(found) > most or characters > _MOST_CHARACTERS:
            raise Rejected("too_large", f"The file has more than {most} blocks or {_MOST_CHARACTERS} characters.")
    return found


def _limit(seconds: int, megabytes: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_DATA, (megabytes * _MEGABYTE, megabytes * _MEGABYTE))
    resource.setrlimit(resource.RLIMIT_FSIZE, (megabytes * _MEGABYTE, megabytes * _MEGABYTE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _death(signal_number: int, seconds: int) -> Header:
    if signal_number in _CPU_SPENT:
        return _rejected("too_large", f"Reading the file takes more than {seconds} seconds.")
    name = signal.Signals(signal_number).name
    return _rejected("hostile", f"The file crashes its reader ({name}); it is badly damaged or made to do harm.")


def _rejected(code: RejectionCode, detail: str) -> Header:
    return {"rejected": [code, detail]}


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
