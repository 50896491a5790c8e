"""What a file says, or is called, is shown and does nothing; wherever the output goes, it gets there."""

import json
import os
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from rich.text import Text
from typer.testing import CliRunner

from cli.terminal import quoted, terminal, visible
from tests.cli.hostile import DOCUMENT, EVIL, SHOWN, install

SAMPLES = Path(__file__).parents[2] / "samples" / "bucket"
FILE = SAMPLES / "02-一格一行.txt"
_STEERS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_READING = (
    ("show", DOCUMENT[:8], "--source"),
    ("findings",),
    ("findings", "--by", "authority"),
    ("trace", DOCUMENT[:8]),
    ("dead", "list"),
    ("replay", "--all", "--dry-run"),
    ("dead", "discard", "--all", "--dry-run"),
    ("reconcile",),
    ("reprocess", "--all"),
    ("status",),
)
_JSON = (
    ("show", DOCUMENT[:8], "--json"),
    ("findings", "--json"),
    ("trace", DOCUMENT[:8], "--json"),
    ("dead", "list", "--json"),
    ("dead", "export"),
    ("reprocess", "--all", "--json"),
)


@pytest.fixture
def installed(redis_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    bucket = tmp_path / "bucket"
    bucket.mkdir()
    for name, value in {"BUCKET": bucket, "DATA": tmp_path, "REDIS_URL": redis_url}.items():
        monkeypatch.setenv(f"GOUJI_{name}", str(value))
    monkeypatch.delenv("COLUMNS", raising=False)  # pytest-xdist sets it for its workers
    install(redis_url, tmp_path)
    return bucket


def said(command: str, *arguments: str) -> str:
    result = CliRunner().invoke(import_module(f"cli.commands.{command}").app, list(arguments))
    assert result.exit_code == 0, (result.output, result.exception)
    return result.stdout


@pytest.mark.parametrize("command", [*_READING, *_JSON], ids=" ".join)
def test_no_command_prints_anything_that_steers_a_terminal(installed: Path, command: tuple[str, ...]) -> None:
    assert _STEERS.findall(said(*command)) == []


def test_what_is_hostile_is_shown_as_marks_on_one_line(installed: Path) -> None:
    head, key, message, count = said("dead", "list").splitlines()

    assert (key, message) == (f"  {SHOWN}.txt (deleted or renamed)", f"  {SHOWN}缘故")
    assert ("failed" in head, count) == (True, "1 dead letter")
    assert f"{SHOWN}年报" in said("show", DOCUMENT[:8])
    assert SHOWN in said("dead", "show", json.loads(said("dead", "list", "--json"))["id"])


def test_json_says_what_the_file_says(installed: Path) -> None:
    assert json.loads(said("dead", "list", "--json"))["key"] == f"{EVIL}.txt"


def test_a_hostile_name_on_the_command_line_is_shown_as_marks(tmp_path: Path) -> None:
    file = tmp_path / os.fsdecode(b"\x1b[2J\xff\n.txt")
    file.write_bytes((SAMPLES / "07-合计有误.txt").read_bytes())

    checked = gouji("check", str(file), str(tmp_path / "\x1b[2J"))
    misunderstood = gouji("check", "--\x1b[2J\u202e")

    assert checked.stdout.splitlines()[0].endswith(r"␛[2J\xff␊.txt".encode())
    for each in (checked, misunderstood):
        assert _STEERS.findall((each.stdout + each.stderr).decode()) == []
    assert "<U+202E> (gouji check --help)" in misunderstood.stderr.decode()


def gouji(*arguments: str, stdout: int = subprocess.PIPE, **variables: str) -> "subprocess.CompletedProcess[bytes]":
    command = [sys.executable, "-m", "cli.entry", *arguments]
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"} | variables
    return subprocess.run(command, stdout=stdout, stderr=subprocess.PIPE, env=environment, check=False)


@pytest.mark.parametrize("encoding", ["ascii", "gbk"])
@pytest.mark.parametrize("arguments", [("findings",), ("show", DOCUMENT[:8]), ("--help",)], ids=" ".join)
def test_a_character_that_the_encoding_lacks_is_replaced(
    installed: Path, encoding: str, arguments: tuple[str, ...]
) -> None:
    told = gouji(*arguments, PYTHONIOENCODING=encoding)

    assert (told.returncode, told.stderr) == (0, b"")
    assert ("镇" in told.stdout.decode(encoding)) == (encoding == "gbk" and arguments != ("--help",))


def test_json_is_utf_8_in_any_locale(installed: Path) -> None:
    assert json.loads(gouji("dead", "list", "--json", PYTHONIOENCODING="ascii").stdout)["key"] == f"{EVIL}.txt"


@pytest.mark.parametrize(
    "arguments", [("findings",), ("findings", "--json"), ("parse", str(FILE))], ids=lambda arguments: arguments[0]
)
def test_a_closed_pipe_ends_a_command_quietly(installed: Path, arguments: tuple[str, ...]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    told = gouji(*arguments, stdout=writing)
    os.close(writing)

    assert told.stderr == b""


def test_in_a_pipe_text_is_whole_and_tables_have_a_sane_width(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from rich.panel import Panel

    monkeypatch.delenv("COLUMNS", raising=False)
    terminal().print(Text("字" * 1000))
    terminal().print(Panel("a"))

    text, *panel = capsys.readouterr().out.splitlines()
    assert text == "字" * 1000
    assert {len(line) for line in panel} == {200}


def test_the_terminal_itself_shows_what_was_not_quoted(capsys: pytest.CaptureFixture[str]) -> None:
    terminal().print("\x1b[2J[bold]")

    assert capsys.readouterr().out == "␛[2J[bold]\n"


def test_a_byte_that_is_no_unicode_is_shown_as_such() -> None:
    assert visible(os.fsdecode(b"a\xff")) == r"a\xff"
    assert quoted("\ud800").plain == "<U+D800>"
