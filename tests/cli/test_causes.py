"""A sentence names the likely cause: no other, and never with a traceback."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from moto.server import ThreadedMotoServer

from cli.errors import UserError
from cli.installation import record_settings, settings_of, settings_with
from cli.pipeline import running
from shared.database.connect import connect, reading
from shared.database.schema import upgrade


def run(*command: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, *command], env=os.environ | variables, capture_output=True, text=True, check=False
    )


def test_a_broken_pipe_is_no_fault_of_the_database(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path}/gouji.sqlite")
    upgrade(engine)

    with pytest.raises(BrokenPipeError), reading(engine):
        raise BrokenPipeError


@pytest.mark.parametrize("stage", ["ingest", "parse", "validate", "store"])
def test_a_service_started_by_hand_says_what_setting_it_cannot_use(stage: str) -> None:
    told = run("-m", f"services.{stage}.app", GOUJI_REDIS_URL="redis://127.0.0.1/0?protocol=3")

    assert told.returncode == 1
    assert told.stderr.startswith("gouji: GOUJI_REDIS_URL cannot be used: protocol=3")
    assert told.stderr.count("\n") == 1


def test_a_driver_that_is_missing_is_a_sentence_in_a_service_too() -> None:
    told = run("-m", "services.store.app", GOUJI_DATABASE_URL="postgresql+psycopg2://127.0.0.1/x")

    assert told.returncode == 1
    assert "gouji[postgresql] brings pg8000" in told.stderr
    assert "Traceback" not in told.stderr


@pytest.mark.parametrize(
    ("missing", "module", "variables"),
    [
        ("opentelemetry", "services.parse.app", {"GOUJI_OTLP_ENDPOINT": "http://127.0.0.1:4318"}),
        ("typer", "cli.entry", {}),
    ],
)
def test_a_part_that_is_not_installed_is_a_sentence(missing: str, module: str, variables: dict[str, str]) -> None:
    without = f"import sys, runpy; sys.modules[{missing!r}] = None; runpy.run_module({module!r}, run_name='__main__')"
    told = run("-c", without, **variables)

    assert told.returncode == 1
    assert told.stderr.startswith("gouji: the module ")
    assert told.stderr.count("\n") == 1


def test_status_says_why_the_database_cannot_be_used(tmp_path: Path) -> None:
    told = run(
        *("-m", "cli.entry", "status", "--data", str(tmp_path)),
        GOUJI_REDIS_URL="redis://127.0.0.1:1/0",
        GOUJI_DATABASE_URL="postgresql+psycopg2://127.0.0.1/x",
    )

    assert "the driver psycopg2 is not installed" in told.stdout
    assert told.stderr == ""


def test_a_data_folder_that_was_moved_is_understood(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GOUJI_REDIS_URL", "GOUJI_DATABASE_URL", "GOUJI_BUCKET", "GOUJI_DATA"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "before" / "bucket").mkdir(parents=True)
    data = tmp_path / "before" / "data"
    record_settings(settings_with(data=data, bucket=str(tmp_path / "before" / "bucket"), redis_url="redis://h/0"))

    (tmp_path / "before").rename(tmp_path / "after")

    found = settings_of(tmp_path / "after" / "data")
    assert found.database_url == f"sqlite:///{tmp_path}/after/data/gouji.sqlite"
    assert found.bucket == str(tmp_path / "after" / "bucket")


def test_what_lies_elsewhere_stays_where_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GOUJI_REDIS_URL", "GOUJI_DATABASE_URL", "GOUJI_BUCKET", "GOUJI_DATA"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "bucket").mkdir()
    url = "postgresql+pg8000://host/gouji"
    named = {"bucket": str(tmp_path / "bucket"), "redis_url": "redis://h/0", "database_url": url}
    record_settings(settings_with(data=tmp_path / "data", **named))
    (tmp_path / "data").rename(tmp_path / "elsewhere")

    found = settings_of(tmp_path / "elsewhere")
    assert (found.bucket, found.database_url) == (named["bucket"], url)


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    named = {"ENDPOINT_URL": f"http://{host}:{port}", "ALLOW_HTTP": "true", "REGION": "us-east-1"}
    for name, value in (named | {"ACCESS_KEY_ID": "x", "SECRET_ACCESS_KEY": "x"}).items():
        monkeypatch.setenv(f"AWS_{name}", value)
    boto3.client("s3").create_bucket(Bucket="reports")
    yield
    server.stop()


def test_a_bucket_that_is_not_there_is_told_before_anything_runs(s3: None, tmp_path: Path) -> None:
    said = r"^s3://repotrs cannot be opened: .* \(NoSuchBucket\)$"
    with pytest.raises(UserError, match=said), running("s3://repotrs", tmp_path / "data", {}):
        raise AssertionError
    assert not (tmp_path / "data" / "supervisord.conf").exists()
