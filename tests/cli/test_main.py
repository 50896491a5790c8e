"""gouji --help teaches the commands, and none of them costs what it does not need."""

import subprocess
import sys
from importlib import import_module

import pytest
import typer
from typer.testing import CliRunner

from cli.main import ALIASES, COMMANDS, app


def test_help_names_every_command_with_its_summary() -> None:
    shown = CliRunner(env={"COLUMNS": "200"}).invoke(app, ["--help"]).output

    for name, (_, summary) in COMMANDS.items():
        assert name in shown
        assert summary in shown


@pytest.mark.parametrize("name", COMMANDS)
def test_the_summary_of_a_command_is_the_first_line_of_its_help(name: str) -> None:
    command = typer.main.get_command(import_module(f"cli.commands.{name}").app)

    assert (command.help or "").splitlines()[0] == COMMANDS[name][1]


def test_help_imports_no_command_and_parse_neither_faststream_nor_sqlmodel() -> None:
    script = """
import sys
from typer.testing import CliRunner
from cli.main import app
assert CliRunner().invoke(app, ["--help"]).exit_code == 0
assert not [name for name in sys.modules if name.startswith("cli.commands.")]
import cli.commands.parse
heavy = {"faststream", "sqlmodel", "sqlalchemy", "redis", "pydantic_settings", "obstore"} & sys.modules.keys()
assert not heavy, heavy
"""
    subprocess.run([sys.executable, "-c", script], check=True)


def test_an_unknown_command_is_named_with_the_one_it_resembles() -> None:
    result = CliRunner(env={"COLUMNS": "200"}).invoke(app, ["prase"])

    assert result.exit_code == 2
    assert "prase" in result.output
    assert "Did you mean 'parse'" in result.output


@pytest.mark.parametrize(("alias", "name"), ALIASES.items())
def test_an_alias_runs_its_command_and_is_not_listed(alias: str, name: str) -> None:
    def shown(*command: str) -> str:
        return CliRunner(env={"COLUMNS": "200"}).invoke(app, [*command, "--help"]).output

    assert shown(alias).partition(alias)[2].split() == shown(name).partition(name)[2].split()
    assert f"│ {alias} " not in shown()
