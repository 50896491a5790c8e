"""A process that hangs is told from a dead one, and ended so that the supervisor starts it again."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from redis import Redis

from cli.hung import HungProcesses
from cli.processes import lacking, processes, states
from shared.settings import Settings
from shared.stage.keys import known
from shared.stage.liveness import Alive, name_of
from tests.patience import until

_SERVICE = """
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer

class Pages(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(STATUS)
        self.end_headers()
        self.wfile.write(b'{"reasons": {"loop": "in the same work for 301 seconds"}}')

server = HTTPServer(("127.0.0.1", 0), Pages)
print(server.server_port, flush=True)
server.serve_forever()
"""


@pytest.fixture
def settings(redis_url: str, tmp_path: Path) -> Settings:
    return Settings(redis_url=redis_url, data=tmp_path, work_seconds=60)


@pytest.fixture
def service(settings: Settings) -> Iterator[Callable[[int], "subprocess.Popen[str]"]]:
    """Starts a process that answers /healthz with this status, and has said that it is a process of parse."""
    started: list[subprocess.Popen[str]] = []

    def start(status: int) -> "subprocess.Popen[str]":
        command = [sys.executable, "-c", _SERVICE.replace("STATUS", str(status))]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        started.append(process)
        assert process.stdout
        url = f"http://127.0.0.1:{int(process.stdout.readline())}"
        alive = Alive(pid=process.pid, url=url, started=datetime.now(UTC))
        with Redis.from_url(settings.redis_url) as client:
            client.hset(known("parse"), name_of(process.pid), alive.model_dump_json())
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


def test_one_that_is_stopped_hangs_and_one_that_died_is_gone(
    settings: Settings, service: Callable[[int], "subprocess.Popen[str]"], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cli.processes._ANSWER_SECONDS", 0.5)
    well, stopped, dead = service(200), service(200), service(200)
    stopped.send_signal(signal.SIGSTOP)
    dead.kill()
    dead.wait()

    found = states(processes(settings))

    assert {each.process.pid: bool(each.hangs) for each in found} == {well.pid: False, stopped.pid: True}
    (reason,) = lacking(found, {"parse": 2})
    assert reason.startswith(f"parse: process {stopped.pid} hangs (http://127.0.0.1:")


def test_one_whose_id_is_another_process_by_now_is_gone(settings: Settings) -> None:
    earlier = name_of(os.getpid()).replace("-", "-1", 1)
    alive = Alive(pid=os.getpid(), url="http://127.0.0.1:1", started=datetime.now(UTC))
    with Redis.from_url(settings.redis_url) as client:
        client.hset(known("parse"), earlier, alive.model_dump_json())
    assert processes(settings) == []


def test_one_that_says_it_is_stuck_is_ended_at_once(
    settings: Settings, service: Callable[[int], "subprocess.Popen[str]"]
) -> None:
    stuck, well = service(503), service(200)
    HungProcesses(settings, supervisor=os.getpid()).look(0)
    assert stuck.wait() == -signal.SIGKILL
    assert well.poll() is None


def test_one_that_does_not_answer_is_ended_when_it_can_no_longer_be_at_work_on_one_document(
    settings: Settings, service: Callable[[int], "subprocess.Popen[str]"], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cli.processes._ANSWER_SECONDS", 0.5)
    monkeypatch.setattr("cli.hung._status", lambda _pid: (os.getpid(), "S"))  # as if it were in C code, not stopped
    silent = service(200)
    silent.send_signal(signal.SIGSTOP)
    watch = HungProcesses(settings, supervisor=os.getpid())
    for now in (1000, 1060):
        watch.look(now)
    assert silent.poll() is None
    watch.look(1071)
    assert silent.wait() == -signal.SIGKILL


def test_one_that_answered_meanwhile_is_given_its_time_again(
    settings: Settings, service: Callable[[int], "subprocess.Popen[str]"], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cli.processes._ANSWER_SECONDS", 5)
    process = service(200)
    watch = HungProcesses(settings, supervisor=os.getpid())
    monkeypatch.setattr("cli.processes._ANSWER_SECONDS", 0.2)
    process.send_signal(signal.SIGSTOP)
    watch.look(1000)
    process.send_signal(signal.SIGCONT)
    monkeypatch.setattr("cli.processes._ANSWER_SECONDS", 10)
    watch.look(1003)
    process.send_signal(signal.SIGSTOP)
    monkeypatch.setattr("cli.processes._ANSWER_SECONDS", 0.2)
    watch.look(1007)
    assert process.poll() is None


def test_a_process_of_somebody_else_is_left_alone(
    settings: Settings, service: Callable[[int], "subprocess.Popen[str]"]
) -> None:
    stuck = service(503)
    HungProcesses(settings, supervisor=1).look(0)
    until(lambda: bool(processes(settings)))
    assert stuck.poll() is None
