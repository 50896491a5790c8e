"""``gouji dead``: the dead letters, for an operator who wants to know what failed and why."""

import asyncio
import json
import sys
from contextlib import nullcontext, suppress
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from cli.dead_letters import (
    AllOption,
    Choice,
    CodeOption,
    Ids,
    SinceOption,
    StageOption,
    TextOption,
    UntilOption,
    broker,
)
from cli.history import history
from cli.installation import DataOption, settings_of
from cli.terminal import terminal
from shared.events import Passage
from shared.settings import Settings
from shared.stage.dead import DeadLetter, DeadLetters, Search

app = typer.Typer(no_args_is_help=True, add_completion=False)

JsonOption = Annotated[bool, typer.Option("--json", help="JSON, for programs.")]


@app.callback()
def dead() -> None:
    """Look at what failed for good, and why; `gouji replay` tries it again."""


@app.command("list")
def list_(
    stage: StageOption = None,
    code: CodeOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    text: TextOption = None,
    superseded: Annotated[
        bool,
        typer.Option("--superseded", help="Those that went because a corrected file was stored, the latest 1,000."),
    ] = False,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the dead letters, oldest first. With --json one object a line, events left out."""
    settings, search = settings_of(data), Search(stage, code, since, until, text)
    found = asyncio.run(_superseded(settings, search) if superseded else _collect(settings, Choice(None, search)))
    if as_json:
        for id_, letter in found:
            told = letter.model_dump(mode="json", exclude={"event", "headers"})
            print(json.dumps({"id": id_} | told, ensure_ascii=False))
        return
    console = terminal()
    for id_, letter in found:
        console.print(_listed(id_, letter))
    console.print(f"{len(found)} dead letters" if found else "no dead letters")


@app.command()
def show(ids: Ids, data: DataOption = None, as_json: JsonOption = False) -> None:
    """Show dead letters whole: what failed, where, how often, and what happened before."""
    for id_, letter in asyncio.run(_collect(settings_of(data), Choice(ids, Search()))):
        if as_json:
            print(json.dumps(_whole(id_, letter), ensure_ascii=False))
        else:
            terminal().print(_drawn(id_, letter))


@app.command()
def discard(
    ids: Ids = None,
    stage: StageOption = None,
    code: CodeOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    text: TextOption = None,
    everything: AllOption = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    data: DataOption = None,
) -> None:
    """Remove dead letters for good. Their objects stay in the bucket, and are taken up again when they change."""
    settings = settings_of(data)
    choice = Choice(ids, Search(stage, code, since, until, text))
    choice.must_be_made(everything)
    found = asyncio.run(_collect(settings, choice))
    if found and not yes:
        typer.confirm(f"Remove {len(found)} dead letters for good?", abort=True)
    print(f"{asyncio.run(_discard(settings, [id_ for id_, _ in found]))} discarded")


@app.command()
def export(
    file: Annotated[Path | None, typer.Argument(help="Where to write; by default the standard output.")] = None,
    stage: StageOption = None,
    code: CodeOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    text: TextOption = None,
    data: DataOption = None,
) -> None:
    """Write dead letters with their original events, one JSON object a line."""
    choice = Choice(None, Search(stage, code, since, until, text))
    with file.open("w", encoding="utf-8") if file else nullcontext(sys.stdout) as out:
        written = asyncio.run(_export(settings_of(data), choice, out))
    print(f"{written} dead letters", file=sys.stderr)


async def _collect(settings: Settings, choice: Choice) -> list[tuple[str, DeadLetter]]:
    async with broker(settings) as client:
        return [pair async for pair in choice.of(DeadLetters(client))]


async def _superseded(settings: Settings, search: Search) -> list[tuple[str, DeadLetter]]:
    async with broker(settings) as client:
        return [pair async for pair in DeadLetters(client).superseded(search)]


async def _export(settings: Settings, choice: Choice, file: TextIO) -> int:
    written = 0
    async with broker(settings) as client:
        async for id_, letter in choice.of(DeadLetters(client)):
            file.write(json.dumps(_whole(id_, letter), ensure_ascii=False) + "\n")
            written += 1
    return written


async def _discard(settings: Settings, ids: list[str]) -> int:
    async with broker(settings) as client:
        return sum([await DeadLetters(client).discard(id_) for id_ in ids])


def _listed(id_: str, letter: DeadLetter) -> RenderableType:
    counts = ", ".join(f"{name} {count}" for name, count in (("tries", letter.attempts), ("replays", letter.replays)))
    head = Text.assemble(
        (id_, "bold"), f"  {letter.stage} ", (letter.code, "red"), f"  {_local(letter.last_failure)}  ", (counts, "dim")
    )
    after = [Text(f"  superseded by the document {letter.superseded_by}")] if letter.superseded_by else []
    of_part = f", part {letter.part} of {letter.parts}" if letter.part and letter.parts else ""
    return Group(head, Text(f"  {letter.key or '—'}{of_part}"), Text(f"  {letter.message}"), *after)


def _local(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M:%S}"


def _whole(id_: str, letter: DeadLetter) -> dict[str, Any]:
    """The letter with its event as an object, not as text, where it is one."""
    whole = {"id": id_} | letter.model_dump(mode="json")
    with suppress(ValueError):
        whole["event"] = json.loads(letter.event)
    return whole


def _drawn(id_: str, letter: DeadLetter) -> RenderableType:
    facts = Table.grid(padding=(0, 2))
    event = _whole(id_, letter)["event"]
    passages = event.get("passages", []) if isinstance(event, dict) else []
    for name, told in (
        ("dead letter", id_),
        ("what failed", f"{letter.stage}: {letter.code}"),
        ("why", letter.message),
        ("object", letter.key),
        ("document", letter.document_id),
        ("part", f"{letter.part} of {letter.parts}" if letter.part and letter.parts else None),
        ("tries", f"{letter.attempts}, replayed {letter.replays} times"),
        ("first failure", _local(letter.first_failure)),
        ("last failure", _local(letter.last_failure)),
        ("event", f"{len(letter.event)} characters (see --json)"),
    ):
        facts.add_row(Text(name, style="dim"), Text(told or "—"))
    parts: list[RenderableType] = [facts, history([Passage.model_validate(passage) for passage in passages])]
    if letter.traceback:
        parts.append(Text(letter.traceback))
    return Group(*parts)
