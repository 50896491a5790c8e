"""The whole pipeline on this machine: what ``gouji up`` and ``gouji run`` start, and stop again without a trace."""

import fcntl
import glob
import os
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from cli import broker
from cli.broker_trouble import Trouble, examine
from cli.errors import UserError
from cli.installation import record_settings, settings_with
from cli.processes import Process, lacking, processes, states
from cli.supervisor import Supervisor, configuration
from services.ingest.bucket import Bucket, Refused, open_bucket
from shared.database.connect import connect, reading
from shared.database.schema import REVISION, OutOfDate, state, upgrade
from shared.errors import Unavailable
from shared.events import STAGES, StageName
from shared.settings import Settings

_READY_SECONDS = 90  # chosen: some seconds are usual; a busy machine may take ten times as long
_OLD_SECONDS = 60  # chosen: longer than a supervisor takes to stop everything (cli/supervisor.py)
_BUCKET_SECONDS = 4  # chosen: who mistyped a host name is told before the broker is started
_HASTY_SECONDS = 1.5
"""For what is not ready to stop by itself: a service that waits for its broker would take half a minute."""


class Pipeline:
    """A pipeline that runs: its settings, and its processes as they were when it became ready."""

    def __init__(self, settings: Settings, supervisor: Supervisor, found: list[Process]) -> None:
        self.settings = settings
        self.processes = found
        self._supervisor = supervisor

    def check(self) -> None:
        """Raises :class:`UserError` where the supervisor is gone."""
        if self._supervisor.died():
            why = self._supervisor.last_words
            raise UserError(f"the supervisor has died{why}; see {self.settings.data / 'log'}, then start again")


@contextmanager
def running(
    bucket: str, data: Path, scale: Mapping[StageName, int], tell: Callable[[str], None] = lambda _: None
) -> Iterator[Pipeline]:
    """Starts everything, waits until it is ready, stops it at the end. While it waits, it calls ``tell`` with what is
    still lacking.

    Raises :class:`UserError` where another pipeline runs on ``data``, or this one does not become ready.
    """
    data = _folder(data)
    if "?" in str(data):  # in the URL of a SQLite database it ends the path, and cannot be escaped
        raise UserError(f"{data} cannot be the data folder: its path holds a question mark")
    with _locked(data):
        settings, command = _prepare(bucket, data)
        counts = dict.fromkeys(STAGES, 1) | dict(scale)
        supervisor = Supervisor(settings, configuration(data, command, counts))
        try:
            found = _wait_until_ready(settings, supervisor, counts, tell)
        except BaseException:  # Ctrl-C too
            supervisor.stop(_HASTY_SECONDS)
            raise
        try:
            yield Pipeline(settings, supervisor, found)
        finally:
            supervisor.stop()


def _prepare(bucket: str, data: Path) -> tuple[Settings, list[str] | None]:
    """The settings of the pipeline, recorded in ``data``; and the command line of its broker, None where the operator
    brought their own."""
    settings = settings_with(bucket=_location(bucket), data=data)
    _prepare_database(settings)
    command = None
    if not broker.is_set(settings):
        path, url = broker.configure(data)
        settings = settings.model_copy(update={"redis_url": url})
        # The server takes the path for a pattern where it holds [, * or ?, and starts without where none fits.
        command = [str(broker.server()), glob.escape(str(path))]
    elif trouble := examine(settings.redis_url):
        _must_pass(trouble)
    record_settings(settings)
    return settings, command


def _prepare_database(settings: Settings) -> None:
    """Brings the installation's own database into the present state. Raises :class:`UserError` where store could never
    use the database: there is no driver for it, or its tables are of another version. One that is away just now is
    waited for later."""
    try:
        engine = connect(settings.database_url)
        if "database_url" not in settings.model_fields_set:
            upgrade(engine)
            return
        with suppress(Unavailable), reading(engine) as connection:
            found = state(connection)
            if found not in (None, REVISION):
                raise UserError(str(OutOfDate(found)))
    except Unavailable as unavailable:
        raise UserError(str(unavailable)) from unavailable


def _must_pass(trouble: Trouble) -> None:
    """Raises :class:`UserError` where waiting does not help against ``trouble``."""
    if not trouble.passes:
        raise UserError(trouble.sentence)


def _location(bucket: str) -> str:
    if "://" in bucket:
        try:
            opened = open_bucket(bucket)
        except Exception as error:  # whatever obstore raises
            raise UserError(f"{bucket} is no bucket that gouji can open: {str(error).splitlines()[0]}") from error
        _must_be_given(bucket, opened)
        return bucket
    return str(_folder(Path(bucket), 0o777))


def _folder(path: Path, mode: int = 0o700) -> Path:
    """The absolute path of a folder that is there now and can be looked into."""
    try:
        path.mkdir(parents=True, exist_ok=True, mode=mode)
        next(path.iterdir(), None)
    except OSError as error:
        raise UserError(f"{path} cannot be used as a folder: {error.strerror}") from error
    return path.absolute()


def _must_be_given(location: str, bucket: Bucket) -> None:
    """Raises :class:`UserError` where the store refuses the bucket. One that does not answer at once is waited for
    later, by ingest."""
    refused: list[Refused] = []

    def ask() -> None:
        try:
            bucket.check()
        except Refused as answer:
            refused.append(answer)
        except Unavailable:
            return

    asking = threading.Thread(target=ask, name="bucket", daemon=True)  # Ctrl-C need not wait for it
    asking.start()
    asking.join(_BUCKET_SECONDS)
    for answer in refused:
        raise UserError(f"{location} cannot be opened: {answer.why}") from answer


@contextmanager
def _locked(data: Path) -> Iterator[None]:
    try:
        opened = (data / "up.lock").open("a+")
    except OSError as error:
        raise UserError(f"{data} cannot be written to: {error.strerror}") from error
    with opened as lock:
        _take(lock, data)
        _wait_for_old_supervisor(data)
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def _take(lock: IO[str], data: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        lock.seek(0)
        raise UserError(
            f"a pipeline runs on {data} already (process {lock.read()}). Look at it with `gouji status --data {data}`, "
            "stop it with Ctrl-C there, or name another folder with --data."
        ) from error


def _wait_for_old_supervisor(data: Path) -> None:
    """One whose ``gouji up`` was killed is stopping now (see :mod:`cli.supervised`); it removes its file at the end."""
    deadline = time.monotonic() + _OLD_SECONDS
    while pid := _recorded_supervisor(data):
        if time.monotonic() > deadline:
            raise UserError(f"an earlier supervisor (process {pid}) does not stop; stop it first")
        time.sleep(0.1)


def _recorded_supervisor(data: Path) -> int | None:
    try:
        pid = int((data / "supervisord.pid").read_text())
        os.kill(pid, 0)
    except (OSError, ValueError):
        return None
    return pid


def _wait_until_ready(
    settings: Settings, supervisor: Supervisor, scale: Mapping[StageName, int], tell: Callable[[str], None]
) -> list[Process]:
    deadline = time.monotonic() + _READY_SECONDS
    reasons: list[str] = []
    while time.monotonic() < deadline and not supervisor.died():
        if trouble := examine(settings.redis_url):
            _must_pass(trouble)
            reasons = [trouble.sentence]
        else:
            found = processes(settings)
            reasons = lacking(states(found), scale)
            if not reasons:
                return found
        tell("; ".join(reasons))
        time.sleep(0.1)
    why = f"{'; '.join(reasons)}{supervisor.last_words}"
    raise UserError(f"the pipeline did not become ready ({why}); more stands in {settings.data / 'log'}")
