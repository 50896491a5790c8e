"""Runs a module for as long as the process that started it lives: ``python -m cli.supervised MODULE [ARGUMENT…]``.

So a ``gouji up`` that is killed outright takes its supervisor along, and a supervisor its services: no orphans.
"""

import os
import runpy
import signal
import sys
import threading
import time

_LOOK_SECONDS = 0.5  # chosen: how long a part outlives a killed supervisor


def main() -> None:
    """Runs the module named first on the command line as ``__main__``, with the arguments after it."""
    threading.Thread(target=_end_with, args=(os.getppid(),), name="parent", daemon=True).start()
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_LOOK_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()
