"""``gouji``: the table of its commands. A command's module is imported only when that command is run."""

import sys
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from cli.errors import UserError
from shared.errors import Unavailable
from shared.version import VERSION

RUN, LOOK, REPAIR = "Run", "Look", "Repair"

COMMANDS: dict[str, tuple[str, str]] = {
    "up": (RUN, "Start the broker and the four services on this machine, and watch the bucket."),
    "run": (RUN, "Send every file of a folder through the pipeline, print a summary, exit."),
    "parse": (LOOK, "Read and check files without broker or database; one JSON object a line."),
    "check": (LOOK, "Check files before they are published: what is wrong, where, and why."),
    "status": (LOOK, "Show what is running, what waits, what is stored, what failed."),
    "show": (LOOK, "Draw the three tables of a stored report, offending cells marked."),
    "findings": (LOOK, "List what the rules found, by rule, authority or year; export it as CSV or Parquet."),
    "dead": (REPAIR, "Look at what failed for good, and why; `gouji replay` tries it again."),
    "replay": (REPAIR, "Put dead letters back into the stage they died in, each exactly once."),
    "reconcile": (REPAIR, "Compare bucket, broker and database, and notice again what is missing."),
    "reprocess": (REPAIR, "Read stored documents again with the present code, and show what changes, cell by cell."),
    "migrate": (REPAIR, "Bring the tables of the database into the state that this version of gouji needs."),
    "trace": (LOOK, "Show what happened to a document, and where it is now."),
}
"""Every command by name: the panel of ``gouji --help`` it stands in, and its one-line summary."""


class _Lazy(TyperCommand):
    """Stands in for a command until it is run, so that ``gouji --help`` imports none of them."""

    def make_context(self, info_name: str | None, args: list[str], *rest: Any, **extra: Any) -> Any:
        command = typer.main.get_command(import_module(f"cli.commands.{self.name}").app)
        command.name = self.name
        return command.make_context(info_name, args, *rest, **extra)


class _Commands(TyperGroup):
    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in COMMANDS:
            return None
        panel, summary = COMMANDS[cmd_name]
        return _Lazy(cmd_name, callback=None, help=summary, rich_help_panel=panel)


app = typer.Typer(cls=_Commands, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


def _tell_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"gouji {VERSION}")
        raise typer.Exit


@app.callback()
def gouji(
    version: Annotated[
        bool, typer.Option("--version", callback=_tell_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """勾稽 turns a bucket of Chinese government disclosure reports (政府信息公开工作年度报告) into checked,
    queryable figures.

    Start with: gouji up --bucket DIR --data DIR, and drop files into the bucket.
    """


def main() -> None:
    """Runs the command line; what the user or the world did wrong ends it with a sentence and exit code 1."""
    try:
        app()
    except UserError as error:
        sys.exit(f"gouji: {error.message}")
    except Unavailable as error:
        sys.exit(f"gouji: {error}; is the pipeline running? (gouji status)")
    except OSError as error:
        sys.exit(f"gouji: {error.filename or 'the system'}: {error.strerror or error}")


if __name__ == "__main__":
    main()
