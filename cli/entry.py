"""The program ``gouji``: what comes before its modules are imported, which takes a noticeable moment.

Ctrl-C in that moment ends it with a word, and a part of gouji that is not installed is a sentence.
"""

import os
import signal
import sys

STOPPED = 130
"""The exit code of a program that Ctrl-C ended, as shells have it."""


def main() -> None:
    """Runs the command line."""
    signal.signal(signal.SIGINT, _stop)
    try:
        from cli.main import main as run

        run()
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] in ("cli", "services", "shared"):
            raise
        sys.exit(f"gouji: the module {error.name} is not installed; pip install 'gouji[cli]' brings what is needed")


def _stop(*_: object) -> None:
    os.write(2, b"gouji: stopped.\n")
    os._exit(STOPPED)


if __name__ == "__main__":
    main()
