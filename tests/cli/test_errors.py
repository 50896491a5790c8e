"""Whatever is wrong, the command line says it in one sentence, never with a traceback."""

import sys
from pathlib import Path

import pytest

from cli.main import main
from cli.pipeline import running
from shared.errors import Unavailable


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> "Told":
    return Told(monkeypatch, capsys)


class Told:
    """Runs ``gouji ARGUMENT…``, which must fail; returns what it says."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def __call__(self, *arguments: object) -> str:
        self._monkeypatch.setattr(sys, "argv", ["gouji", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        assert ended.value.code == 1
        return self._capsys.readouterr().err.rstrip("\n")


@pytest.mark.parametrize(
    ("variable", "value", "why"),
    [
        ("GOUJI_PORT", "80808", "less than or equal to 65535"),
        ("GOUJI_BATCH_MESSAGES", "many", "valid integer"),
        ("GOUJI_REDIS_URL", "localhost:6379", "should match pattern"),
        ("GOUJI_DATABASE_URL", "gouji.sqlite", "should match pattern"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(
    told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str, value: str, why: str
) -> None:
    monkeypatch.setenv(variable, value)

    said = told("up", "--bucket", tmp_path / "bucket", "--data", tmp_path / "data")

    assert said.startswith(f"gouji: {variable} cannot be used: ")
    assert why in said


def test_a_password_in_a_setting_that_cannot_be_used_is_not_shown(
    told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOUJI_REDIS_URL", "http://:secret@127.0.0.1/0")

    assert "secret" not in told("status", "--data", tmp_path)


@pytest.mark.parametrize(
    ("url", "why"), [("postgresql+psycopg2://127.0.0.1/x", "postgresql+pg8000"), ("paper://x", "GOUJI_DATABASE_URL")]
)
def test_a_database_that_cannot_be_spoken_to_is_said(
    told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str, why: str
) -> None:
    monkeypatch.setenv("GOUJI_REDIS_URL", "redis://127.0.0.1:1/0")
    monkeypatch.setenv("GOUJI_DATABASE_URL", url)

    assert why in told("findings", "--data", tmp_path)
    assert why in told("up", "--bucket", tmp_path / "bucket", "--data", tmp_path / "data")  # at once


def test_a_damaged_record_is_named(told: Told, tmp_path: Path) -> None:
    (tmp_path / "gouji.json").write_text("{")

    assert told("status", "--data", tmp_path).startswith(f"gouji: {tmp_path / 'gouji.json'} is damaged")


def test_a_bucket_of_no_known_kind_is_refused_at_once(told: Told, tmp_path: Path) -> None:
    assert "paper://reports is no bucket" in told("up", "--bucket", "paper://reports", "--data", tmp_path / "data")


def test_a_file_that_cannot_be_written_is_named(
    told: Told, redis_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOUJI_REDIS_URL", redis_url)
    nowhere = tmp_path / "missing" / "letters.jsonl"

    said = told("dead", "export", nowhere, "--data", tmp_path)
    assert said == f"gouji: {nowhere} cannot be written: No such file or directory"


def test_a_start_says_what_it_waits_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOUJI_REDIS_URL", "redis://:secret@127.0.0.1:1/0")

    class Enough(Exception):
        pass

    def tell(lacking: str) -> None:
        assert lacking == "no broker answers at redis://127.0.0.1:1/0 (Connection refused)"
        raise Enough

    with pytest.raises(Enough), running(str(tmp_path / "bucket"), tmp_path / "data", {}, tell):
        raise AssertionError("not ready without a broker")


def test_an_unusable_database_is_the_worlds_fault() -> None:
    from shared.database.connect import connect

    with pytest.raises(Unavailable):
        connect("paper://x")
