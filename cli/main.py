"""``gouji``: the table of its commands. A command's module is imported only when that command is run."""

import signal
import sys
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from cli.entry import STOPPED
from cli.errors import UserError
from cli.terminal import complain, print_anything, visible
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
    "findings": (LOOK, "List what the rules found in current reports; count it by rule, authority or year; export it."),
    "dead": (
        REPAIR,
        "Look at what failed for good, and why; also called `gouji dead-letters`.",
    ),
    "replay": (REPAIR, "Put dead letters back into the stage they died in, each exactly once."),
    "reconcile": (REPAIR, "Compare bucket, broker and database, and notice again what is missing."),
    "reprocess": (REPAIR, "Read stored documents again with the present code, and show what changes, cell by cell."),
    "migrate": (REPAIR, "Bring the tables of the database into the state that this version of gouji needs."),
    "trace": (LOOK, "Show what happened to a document, and where it is now."),
}
"""Every command by name: the panel of ``gouji --help`` it stands in, and its one-line summary."""


ALIASES = {"dead-letters": "dead"}
"""Longer names of commands."""


class _LazyGroup(TyperGroup):
    """The lazy group of click's documentation: the commands that it lists know only their summary, and the one that is
    run is imported then. Neither click nor typer has a class for it; importing all of them takes a second."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        for name, (panel, summary) in COMMANDS.items():
            self.add_command(TyperCommand(name, help=summary, rich_help_panel=panel))
        for alias, name in ALIASES.items():
            self.add_command(TyperCommand(name, hidden=True), alias)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        name, listed, rest = super().resolve_command(ctx, args)
        return name, listed and _load(str(listed.name)), rest


def _load(name: str) -> Any:
    command = typer.main.get_command(import_module(f"cli.commands.{name}").app)
    command.name = name
    return command


app = typer.Typer(cls=_LazyGroup, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


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

    replay: again, same stage; reprocess: read stored documents again; reconcile: find what is missing.
    """


def main() -> None:
    """Runs the command line; what the user or the world did wrong ends it with a sentence: exit code 2 where the
    command line itself cannot be understood, else 1."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    print_anything()
    try:
        code = app(standalone_mode=False, prog_name="gouji") or 0
    except TyperException as error:
        code = _misunderstood(error)
    except typer.Abort:
        code = _failed("nothing was done.")
    except UserError as error:
        code = _failed(error.message)
    except Unavailable as error:
        code = _failed(str(error))
    except OSError as error:
        code = _failed(f"{visible(error.filename or 'the system')}: {error.strerror or error}")
    if code == STOPPED:
        complain("stopped.")
    sys.exit(code)


def _failed(sentence: str) -> int:
    complain(sentence)
    return 1


def _misunderstood(error: TyperException) -> int:
    """Says what is wrong with the command line; nothing where its help has been shown instead."""
    context = getattr(error, "ctx", None)
    if said := visible(error.format_message()):
        complain(f"{said} ({context.command_path} --help)" if context else said)
    return error.exit_code


if __name__ == "__main__":
    main()
