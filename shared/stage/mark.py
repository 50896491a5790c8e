"""Says in the broker which message is in work, so that whoever finds this worker dead knows which one killed it."""

from contextlib import suppress
from typing import Any, NamedTuple

from redis.connection import ConnectionPool
from redis.exceptions import RedisError

from shared.events import StageName
from shared.stage.keys import in_work


class Overtime(NamedTuple):
    """A message was in work for more than ``seconds``, so its worker was ended; ``traceback`` says where it was."""

    seconds: float
    traceback: str


class InWork(NamedTuple):
    """What a mark says: the id of the message in work, empty where none was; and whether it took too long, as the guard
    of its worker (:mod:`~shared.stage.guard`) has added."""

    message_id: str = ""
    overtime: Overtime | None = None

    @classmethod
    def of(cls, mark: bytes | None) -> "InWork":
        """Reads a mark; None is that of a consumer which never made one."""
        first, _, traceback = (mark or b"").decode(errors="replace").partition("\n")
        message_id, _, seconds = first.partition(" ")
        with suppress(ValueError):
            return cls(message_id, Overtime(float(seconds), traceback))
        return cls(message_id)


class Mark:
    """Writes the id of the message in work, once for each message and without waiting for the broker's answer: the
    connection is told to send none. What was written before a process died is still delivered by the kernel.

    Where the broker is away the mark is left out; the worst that follows is that a worker's death is not counted.
    """

    def __init__(self, redis_url: str, stage: StageName, consumer: str) -> None:
        self._pool = ConnectionPool.from_url(redis_url, socket_timeout=1, socket_connect_timeout=1)
        self._connection: Any = None
        self._key = in_work(stage)
        self._consumer = consumer

    def __call__(self, message_id: str | None) -> None:
        """Marks ``message_id`` as in work; None: no message is."""
        try:
            self._connected().send_command("HSET", self._key, self._consumer, message_id or "", check_health=False)
        except (RedisError, OSError):
            self.close()

    def close(self) -> None:
        """Lets go of the connection; the next mark opens another."""
        if self._connection is not None:
            with suppress(RedisError, OSError):
                self._connection.disconnect()
            self._connection = None

    def _connected(self) -> Any:
        if self._connection is None:
            connection: Any = self._pool.make_connection()
            connection.connect()
            connection.send_command("CLIENT", "REPLY", "OFF")
            self._connection = connection
        return self._connection
