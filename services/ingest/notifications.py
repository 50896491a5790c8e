"""What the file system tells of changes in a folder."""

import asyncio
from collections.abc import Callable, Collection
from pathlib import Path

import structlog
from watchfiles import awatch

from shared.tasks import cancel

_LOOK_MS = 250
"""How often the listener says that it is there, while nothing changes."""
_SHORTEST_PAUSE = 0.1
"""Seconds before it begins again: each file whose name is no UTF-8 ends watchfiles, with all that just changed."""
_DEBOUNCE_MS, _STEP_MS = 100, 20
"""Changes that follow one another so closely are told together."""

log = structlog.get_logger()


class Listener:
    """Calls ``heard`` with the paths that changed in ``folder``, and ``begun`` whenever it begins to listen: what
    changed before has not been heard, and is to be found by a listing. Whatever ends it, it begins again, at once;
    where that does not last, after pauses that grow up to ``longest_pause`` seconds."""

    def __init__(
        self,
        folder: Path,
        heard: Callable[[Collection[str]], None],
        begun: Callable[[], None],
        longest_pause: float,
    ) -> None:
        self._folder = folder
        self._heard = heard
        self._begun = begun
        self._longest_pause = longest_pause
        self._deaf: tuple[str, float] | None = None

    def trouble(self, patience: float) -> str:
        """Why it has heard nothing for more than ``patience`` seconds; empty where it hears."""
        if self._deaf is None or (seconds := _now() - self._deaf[1]) <= patience:
            return ""
        return f"the file system has told nothing for {seconds:.0f} seconds, the listings have to do: {self._deaf[0]}"

    async def keep(self) -> None:
        """Listens until cancelled."""
        self._deaf = "the listener does not begin", _now()
        pause = _SHORTEST_PAUSE
        while True:
            started = _now()
            listening = asyncio.ensure_future(self._listen())
            try:
                await asyncio.wait(
                    [listening]
                )  # not awaited itself: whatever ends it, even a panic in Rust, ends only it
            finally:
                await cancel([listening])
            why = _why(listening)
            self._deaf = why, self._deaf[1] if self._deaf else _now()
            log.warning("no notifications from the bucket; listening again", why=why)
            lasted = _now() - started > self._longest_pause
            pause = _SHORTEST_PAUSE if lasted else min(2 * pause, self._longest_pause)
            await asyncio.sleep(pause)

    async def _listen(self) -> None:
        listened_to = _identity(self._folder)
        told = awatch(
            self._folder,
            watch_filter=None,
            debounce=_DEBOUNCE_MS,
            step=_STEP_MS,
            rust_timeout=_LOOK_MS,
            yield_on_timeout=True,
        )
        listens = False
        async for changes in told:
            self._deaf = None
            if not listens:
                listens = True
                self._begun()
            if changes:
                self._heard([path for _, path in changes])
            if _identity(self._folder) != listened_to:
                raise FileNotFoundError(f"{self._folder} is no longer the folder it was")


def _identity(folder: Path) -> tuple[int, int]:
    """Tells a folder from another that was put, or mounted, in its place."""
    status = folder.stat()
    return status.st_dev, status.st_ino


def _why(ended: "asyncio.Future[None]") -> str:
    error = None if ended.cancelled() else ended.exception()
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return f"{type(error).__name__}: {error}" if error else "it ended"


def _now() -> float:
    return asyncio.get_running_loop().time()
