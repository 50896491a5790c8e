"""The pipeline on a Redis of Redis's own, as a user who may do just what gouji says it needs."""

import json
import shutil
from importlib import import_module
from pathlib import Path

import pytest
from redis import Redis
from typer.testing import CliRunner

from cli.broker_trouble import COMMANDS
from cli.pipeline import running
from cli.snapshot import take
from tests.patience import until
from tests.redis_server import needs_redis_server, redis_server

SAMPLES = Path(__file__).parents[2] / "samples" / "bucket"


@needs_redis_server
def test_a_user_who_may_run_the_commands_named_is_enough_for_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bucket, data = tmp_path / "bucket", tmp_path / "data"
    shutil.copytree(SAMPLES, bucket)
    with redis_server(tmp_path) as url:
        with Redis.from_url(url) as admin:
            allowed = [f"+{name}" for name in COMMANDS]
            admin.acl_setuser("gouji", enabled=True, passwords=["+p"], keys=["gouji*"], commands=["-@all", *allowed])
        monkeypatch.setenv("GOUJI_REDIS_URL", url.replace("//", "//gouji:p@"))
        with running(str(bucket), data, {}) as pipeline:
            until(lambda: refused(url) != set() or take(pipeline.settings).as_json()["reports"] == 9)
            assert refused(url) == set()
            until(lambda: take(pipeline.settings).as_json()["dead_letters"] == 1)
            for command in ("status", "reconcile", "dead list", "trace 10-不是年报.txt", "replay --all"):
                said(data, *command.split())
            until(lambda: take(pipeline.settings).as_json()["dead_letters"] == 1)
            assert json.loads(said(data, "dead", "list", "--json"))["replays"] == 1
            said(data, "dead", "discard", "--all", "--yes")
        assert refused(url) == set()


def refused(url: str) -> set[str]:
    """The commands that the user was refused."""
    with Redis.from_url(url) as admin:
        return {entry["object"] for entry in admin.acl_log()}


def said(data: Path, command: str, *arguments: str) -> str:
    result = CliRunner().invoke(import_module(f"cli.commands.{command}").app, [*arguments, "--data", str(data)])
    assert result.exit_code == 0, (result.output, result.exception)
    return result.stdout
