"""What the file system tells of changes in a folder."""

import asyncio
from collections.abc import Callable, Collection
from pathlib import Path

import structlog
from watchfiles import awatch

from shared.tasks import cancel

_LOOK_MS = 1000
"""How often the listener says that it is there, while nothing changes."""
_DEBOUNCE_MS, _STEP_MS = 100, 20
"""Changes that follow one another so closely are told together."""

log = structlog.get_logger()


class Listener:
    """Calls ``heard`` with the paths that changed in ``folder``. ``pause`` (seconds) after whatever ended it, it begins
    again: events are the fast way to notice a file, and what is not heard is found by the next listing."""

    def __init__(self, folder: Path, heard: Callable[[Collection[str]], None], pause: float) -> None:
        self._folder = folder
        self._heard = heard
        self._pause = pause
        self._deaf: tuple[str, float] | None = None

    def trouble(self, patience: float) -> str:
        """Why it has heard nothing for more than ``patience`` seconds; empty where it hears."""
        if self._deaf is None or (seconds := _now() - self._deaf[1]) <= patience:
            return ""
        return f"the file system has told nothing for {seconds:.0f} seconds, the listings have to do: {self._deaf[0]}"

    async def keep(self) -> None:
        """Listens until cancelled."""
        self._deaf = "the listener does not begin", _now()
        while True:
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
            await asyncio.sleep(self._pause)

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
        async for changes in told:
            self._deaf = None
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
