"""The supervisor of one machine: supervisord, its configuration rendered into the data folder, where it runs. It starts
again what dies; what hangs is ended first (:mod:`cli.hung`)."""

import os
import re
import shlex
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import psutil

from cli.hung import HungProcesses
from shared.events import STAGES, StageName
from shared.settings import Settings

_LONGEST_SOCKET_PATH = 100
"""Unix sockets with longer paths cannot be bound (the limit is 104 to 108 bytes)."""
_REAPED_SECONDS = 0.5  # chosen: what was killed is gone at once, but stays listed until the system's init has reaped it
_STOP_SECONDS = 45  # chosen: stopwaitsecs (15) for the services, for the broker, and as much to spare

_HEAD = """\
; Written by gouji up at every start. To restart a part by hand: supervisorctl -c THIS FILE restart parse:*
[supervisord]
nodaemon = true
silent = true
umask = 077
logfile = log/supervisord.log
pidfile = supervisord.pid
childlogdir = log
"""

_CONTROL = """
[unix_http_server]
file = %(here)s/supervisor.sock
chmod = 0700

[rpcinterface:supervisor]
supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface

[supervisorctl]
serverurl = unix://%(here)s/supervisor.sock
"""

# startsecs = 0: what dies is started again at once, however often; a document that kills its stage is dead-lettered
# before it does so a third time, so that this ends.
_PROGRAM = """
[program:{name}]
command = {command}
numprocs = {count}
process_name = %(program_name)s_%(process_num)d
priority = {priority}
autorestart = true
startsecs = 0
stopwaitsecs = 15
redirect_stderr = true
stdout_logfile = log/%(program_name)s_%(process_num)d.log
stdout_logfile_maxbytes = 10MB
stdout_logfile_backups = 3
"""


def configuration(data: Path, broker: list[str] | None, scale: Mapping[StageName, int]) -> str:
    """The configuration of supervisord. ``broker`` is the command line of the embedded broker, None where there is
    none; ``scale`` says how many processes each stage has. Services start after the broker and stop before it."""
    programs: list[tuple[str, list[str], int, int]] = [("broker", broker, 1, 1)] if broker else []
    programs += [(stage, _service(stage), scale[stage], 2) for stage in STAGES]
    text = _HEAD
    if len(os.fsencode(data / "supervisor.sock")) <= _LONGEST_SOCKET_PATH:
        text += _CONTROL
    for name, command, count, priority in programs:
        text += _PROGRAM.format(name=name, command=_command_line(command), count=count, priority=priority)
    return text


def _command_line(command: list[str]) -> str:
    """``command`` as supervisord reads it: % begins an expansion there, and a blank before ; or # a comment, even in
    quotes; so the quotes are closed and opened again in between."""
    return re.sub(r"(\s)([;#])", r"\1''\2", shlex.join(command)).replace("%", "%%")


def _service(stage: str) -> list[str]:
    return [sys.executable, "-P", "-m", "cli.supervised", f"services.{stage}.app"]


class Supervisor:
    """supervisord as a child of this process, in a session of its own so that Ctrl-C reaches it through us only."""

    def __init__(self, settings: Settings, configuration_text: str) -> None:
        data = settings.data
        (data / "log").mkdir(exist_ok=True)
        path = data / "supervisord.conf"
        path.write_text(configuration_text, encoding="utf-8")
        (data / "supervisor.sock").unlink(missing_ok=True)  # one that was killed has left it
        self._process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-P", "-m", "cli.supervised", "supervisor.supervisord", "-c", str(path)],
            cwd=data,
            env=os.environ | _environment(settings),
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            errors="replace",
        )
        self._said: deque[str] = deque(maxlen=1)
        threading.Thread(target=self._listen, name="supervisor", daemon=True).start()
        self._hung = HungProcesses(settings, self._process.pid)
        self._hung.start()

    def _listen(self) -> None:
        # On a full disk it complains of every line that it cannot log: thousands, of which the last says enough.
        if self._process.stderr:
            self._said.extend(line for line in self._process.stderr if line.strip())

    @property
    def last_words(self) -> str:
        """What it said last on standard error, in brackets; empty where it said nothing."""
        return f" ({self._said[-1].strip()})" if self._said else ""

    def died(self) -> bool:
        """Whether supervisord is gone."""
        return self._process.poll() is not None

    def stop(self, seconds: float = _STOP_SECONDS) -> None:
        """Stops everything in order, and waits for it; what does not stop within ``seconds`` is killed."""
        self._hung.stop()
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            self._kill()

    def _kill(self) -> None:
        with suppress(psutil.NoSuchProcess):
            started = psutil.Process(self._process.pid).children(recursive=True)
            self._process.kill()  # first, lest it starts the others again
            for each in started:
                with suppress(psutil.NoSuchProcess):
                    each.kill()
            psutil.wait_procs(started, _REAPED_SECONDS)
        self._process.wait()


def _environment(settings: Settings) -> dict[str, str]:
    return {
        "GOUJI_BUCKET": settings.bucket,
        "GOUJI_DATA": str(settings.data),
        "GOUJI_REDIS_URL": settings.redis_url,
        "GOUJI_DATABASE_URL": settings.database_url,
        "GOUJI_PORT": "0",  # several processes cannot share one
    }
