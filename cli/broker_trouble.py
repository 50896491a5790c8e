"""What is wrong with a broker, in a sentence that says what to do."""

import os
import re
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import urlsplit

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import (
    AuthenticationError,
    BusyLoadingError,
    InvalidResponse,
    NoPermissionError,
    OutOfMemoryError,
    ReadOnlyError,
    RedisError,
)
from redis.exceptions import ConnectionError as Unreachable
from redis.exceptions import TimeoutError as Silent
from redis.retry import Retry

from cli.broker import is_ours, without_password
from shared.settings import Settings

OLDEST = (6, 2)
"""The oldest version of Redis that gouji can use: XAUTOCLAIM, XADD … NOMKSTREAM and ZRANGE … REV came with it."""

_ANSWER_SECONDS = 2
"""To connect, and again for an answer: so the word is out within five seconds."""

_KEY, _NOBODY = "gouji:probe", ("nobody", "nobody")
_HARMLESS: tuple[tuple[str | int, ...], ...] = (
    ("ping",),
    ("info", "server"),
    ("time",),
    ("exists", _KEY),
    ("get", _KEY),
    ("mget", _KEY),
    ("set", _KEY, "", "NX", "XX"),
    ("del", _KEY),
    ("scan", 0, "MATCH", _KEY, "COUNT", 1),
    ("hget", _KEY, "f"),
    ("hset", _KEY, "f", "v", "odd"),
    ("hmget", _KEY, "f"),
    ("hgetall", _KEY),
    ("hdel", _KEY, "f"),
    ("hkeys", _KEY),
    ("hlen", _KEY),
    ("hscan", _KEY, 0),
    ("hincrby", _KEY, "f", "no number"),
    ("zadd", _KEY, "XX", 1, "m"),
    ("zcard", _KEY),
    ("zrange", _KEY, 0, -1),
    ("zrangebyscore", _KEY, 0, 0),
    ("zrangebylex", _KEY, "-", "+"),
    ("zrem", _KEY, "m"),
    ("zremrangebyrank", _KEY, 0, 0),
    ("zscore", _KEY, "m"),
    ("xadd", _KEY, "NOMKSTREAM", "*", "f", "v"),
    ("xack", _KEY, "nobody", "0-1"),
    ("xdel", _KEY, "0-1"),
    ("xlen", _KEY),
    ("xrange", _KEY, "-", "+"),
    ("xgroup", "CREATE", _KEY, "nobody", "0"),
    ("xgroup", "DELCONSUMER", _KEY, *_NOBODY),
    ("xinfo", "GROUPS", _KEY),
    ("xinfo", "CONSUMERS", _KEY, "nobody"),
    ("xpending", _KEY, "nobody"),
    ("xreadgroup", "GROUP", *_NOBODY, "COUNT", 1, "STREAMS", _KEY, ">"),
    ("eval", "return 1", 0),
    ("evalsha", "0" * 40, 0),
    ("script", "LOAD", "return 1"),
    ("client", "REPLY", "ON"),
    ("multi",),
    ("exec",),
)
"""Every command that gouji sends, so that it changes nothing: its arguments are refused, or name what is not there.
Whether the user may run it is answered before either."""

COMMANDS = frozenset(str(command[0]) for command in _HARMLESS)
"""The names of the commands that gouji needs."""


class Trouble(NamedTuple):
    """What is wrong with a broker. Where ``passes``, waiting may help (it starts, it loads); else somebody must act."""

    sentence: str
    passes: bool


def examine(url: str) -> Trouble | None:
    """Tries out the broker at ``url`` without changing anything in it: can it be reached, is it one, is it new enough,
    may this user do what is needed? None where nothing is wrong. Takes less than five seconds."""
    retry = Retry(NoBackoff(), 0)
    options = {"socket_timeout": _ANSWER_SECONDS, "socket_connect_timeout": _ANSWER_SECONDS, "retry": retry}
    try:
        with Redis.from_url(url, **options) as client:
            pipe = client.pipeline(transaction=False)
            for command in _HARMLESS:
                pipe.execute_command(*command)
            answers = pipe.execute(raise_on_error=False)
            return _refused(url, answers) or _unsuitable(url, client)
    except RedisError as error:
        return explained(error, url)


def hint(trouble: Trouble, settings: Settings) -> str:
    """A question to add to ``trouble``: where a broker that ``gouji up`` started is simply not there, that is most
    likely because nothing runs; empty elsewhere."""
    likely = trouble.passes and "GOUJI_REDIS_URL" not in os.environ and is_ours(settings)
    return "; is the pipeline running? (gouji up)" if likely else ""


def explained(error: RedisError, url: str) -> Trouble:
    """``error`` of the broker at ``url``, in a sentence."""
    place = without_password(url)
    for kind, sentence, passes in _KINDS:
        if isinstance(error, kind):
            return Trouble(sentence.format(place=place, error=_plain(error)), passes)
    if isinstance(error, AuthenticationError):
        return Trouble(_refuses_to_know(url, place), passes=False)
    if isinstance(error, NoPermissionError):
        return Trouble(_not_allowed(url, [error]), passes=False)
    if "unknown command" in str(error).lower():
        return Trouble(f"the broker at {place} is too old ({_plain(error)}): {_NEEDED}", passes=False)
    if "SSL" in str(error):
        return Trouble(f"no TLS, which rediss:// asks for, can be spoken with {place} ({_plain(error)})", passes=False)
    if isinstance(error, Unreachable):
        return Trouble(f"no broker answers at {place} ({_plain(error)})", passes=True)
    return Trouble(f"the broker at {place} refuses: {_plain(error)}", passes="out of range" not in str(error))


_NEEDED = f"gouji needs Redis {OLDEST[0]}.{OLDEST[1]} or newer, or Valkey"

_KINDS: tuple[tuple[type[RedisError], str, bool], ...] = (
    (InvalidResponse, "what listens at {place} is no Redis server: its answer is none ({error})", False),
    (Silent, "{place} does not answer; is it a Redis server, and redis:// or rediss:// as it expects?", True),
    (BusyLoadingError, "the broker at {place} is still loading its data", True),
    (ReadOnlyError, "the broker at {place} is a replica, which takes no writes; name its primary", True),
    (OutOfMemoryError, "the memory of the broker at {place} is full (maxmemory), so it takes no writes", True),
)


def _plain(error: RedisError) -> str:
    said = str(error).partition("\n")[0].rstrip(".")
    return re.sub(r"^Error -?\d+ connecting to .*?\. ", "", said)


def _refuses_to_know(url: str, place: str) -> str:
    if urlsplit(url).password is None:
        return f"the broker at {place} wants a password, and GOUJI_REDIS_URL names none (redis://USER:PASSWORD@…)"
    return f"the broker at {place} does not accept the user or password in GOUJI_REDIS_URL"


def _refused(url: str, answers: Iterable[object]) -> Trouble | None:
    errors = [answer for answer in answers if isinstance(answer, RedisError)]
    if missing := [
        error for error in errors if isinstance(error, NoPermissionError) or "no permissions to run" in str(error)
    ]:
        return Trouble(_not_allowed(url, missing), passes=False)
    decisive = (error for error in errors if isinstance(error, ReadOnlyError | OutOfMemoryError | BusyLoadingError))
    return next((explained(error, url) for error in decisive), None)


def _is_lack_of_permission(error: RedisError) -> bool:
    # EXEC says so within an error of another kind.
    return isinstance(error, NoPermissionError) or "no permissions to run" in str(error)


def _not_allowed(url: str, errors: Iterable[RedisError]) -> str:
    """Which commands, or keys, the errors say are not allowed."""
    found = [re.search(r"run the '([^']+)' command", str(error)) for error in errors]
    commands = sorted({match[1].lower() for match in found if match})
    user = urlsplit(url).username or "default"
    what = f"run {', '.join(name.upper().replace('|', ' ') for name in commands)}" if commands else "use gouji's keys"
    grant = " ".join(f"+{name}" for name in commands) or "~gouji*"
    return f"the user {user!r} of the broker may not {what}: ACL SETUSER {user} {grant}"


def _unsuitable(url: str, client: Redis) -> Trouble | None:
    facts = client.info("server")
    place, version = without_password(url), str(facts.get("redis_version", ""))
    if facts.get("redis_mode") == "cluster":
        scattered = "which would scatter gouji's keys over several servers; name a single one"
        return Trouble(f"the broker at {place} is a Redis Cluster, {scattered}", passes=False)
    numbers = tuple(int(part) for part in re.findall(r"\d+", version)[:2])
    if numbers < OLDEST:
        return Trouble(f"the broker at {place} is too old ({version or 'it does not say'}): {_NEEDED}", passes=False)
    return None
