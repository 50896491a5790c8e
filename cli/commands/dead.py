"""``gouji dead``: the dead letters, for an operator who wants to know what failed and why."""

import asyncio
import json
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

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
    by_kind,
    tries,
)
from cli.errors import UserError
from cli.export import LISTED, ForceOption, LimitOption, written_whole
from cli.history import history
from cli.installation import DataOption, settings_of
from cli.presence import Presence
from cli.terminal import complain, print_json, quoted, terminal, visible
from cli.wording import counted
from shared.events import ProcessingStep
from shared.settings import Settings
from shared.stage.dead import DeadLetter, DeadLetters, Search

app = typer.Typer(no_args_is_help=True, add_completion=False)

JsonOption = Annotated[bool, typer.Option("--json", help="JSON, for programs.")]


@app.callback()
def dead() -> None:
    """Look at what failed for good, and why; also called `gouji dead-letters`."""


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
    limit: LimitOption = None,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the dead letters, oldest first. With --json one object a line, events left out."""
    settings, search = settings_of(data), Search(stage, code, since, until, text)
    found = asyncio.run(_superseded(settings, search) if superseded else _collect(settings, Choice(None, search)))
    presence, listed = Presence(settings), found[: limit if as_json else limit or LISTED]
    if as_json:
        for id_, letter in listed:
            told = letter.model_dump(mode="json", exclude={"event", "headers"})
            print_json({"id": id_} | told | _also(letter, presence))
        return
    console = terminal()
    for id_, letter in listed:
        console.print(_listed(id_, letter, presence))
    console.print(counted(len(found), "dead letter") if found else "no dead letters")
    if len(listed) < len(found):
        console.print(Text(f"{len(listed)} are listed; raise --limit, narrow the search, or use --json", style="dim"))


@app.command()
def show(ids: Ids = None, data: DataOption = None, as_json: JsonOption = False) -> None:
    """Show dead letters whole: what failed, where, how often, and what happened before."""
    if not ids:
        raise UserError("say which dead letters: their ids, as `gouji dead list` names them")
    settings = settings_of(data)
    presence = Presence(settings)
    for id_, letter in asyncio.run(_collect(settings, Choice(ids, Search()))):
        if as_json:
            print_json(_whole(id_, letter) | _also(letter, presence))
        else:
            terminal().print(_drawn(id_, letter, presence))


@app.command()
def discard(
    ids: Ids = None,
    stage: StageOption = None,
    code: CodeOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    text: TextOption = None,
    everything: AllOption = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be removed.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    data: DataOption = None,
) -> None:
    """Remove dead letters for good. Their objects stay in the bucket, and are taken up again when they change."""
    settings = settings_of(data)
    choice = Choice(ids, Search(stage, code, since, until, text))
    choice.must_be_made(everything)
    found = asyncio.run(_collect(settings, choice))
    console = terminal()
    if dry_run:
        for line in by_kind(letter for _, letter in found):
            console.print(quoted(line))
        console.print(f"{len(found)} would be discarded")
        return
    if found and not yes:
        typer.confirm(f"Remove {counted(len(found), 'dead letter')} for good?", abort=True)
    console.print(f"{asyncio.run(_discard(settings, [id_ for id_, _ in found]))} discarded")


@app.command()
def export(
    file: Annotated[Path | None, typer.Argument(help="Where to write; by default the standard output.")] = None,
    stage: StageOption = None,
    code: CodeOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    text: TextOption = None,
    force: ForceOption = False,
    data: DataOption = None,
) -> None:
    """Write dead letters with their original events, one JSON object a line."""
    settings, choice = settings_of(data), Choice(None, Search(stage, code, since, until, text))
    written = asyncio.run(_print_all(settings, choice)) if file is None else _write(settings, choice, file, force)
    complain(f"{counted(written, 'dead letter')} exported")


def _write(settings: Settings, choice: Choice, file: Path, force: bool) -> int:
    found = asyncio.run(_collect(settings, choice))
    with written_whole(file, force) as new, new.open("w", encoding="utf-8", errors="surrogatepass") as out:
        for id_, letter in found:
            out.write(json.dumps(_whole(id_, letter), ensure_ascii=False) + "\n")
    return len(found)


async def _collect(settings: Settings, choice: Choice) -> list[tuple[str, DeadLetter]]:
    async with broker(settings) as client:
        return [pair async for pair in choice.of(DeadLetters(client))]


async def _superseded(settings: Settings, search: Search) -> list[tuple[str, DeadLetter]]:
    async with broker(settings) as client:
        return [pair async for pair in DeadLetters(client).superseded(search)]


async def _print_all(settings: Settings, choice: Choice) -> int:
    written = 0
    async with broker(settings) as client:
        async for id_, letter in choice.of(DeadLetters(client)):
            print_json(_whole(id_, letter))
            written += 1
    return written


async def _discard(settings: Settings, ids: list[str]) -> int:
    async with broker(settings) as client:
        return sum([await DeadLetters(client).discard(id_) for id_ in ids])


def _also(letter: DeadLetter, presence: Presence) -> dict[str, Any]:
    """What is told of ``letter`` beside what it says itself."""
    return {"tries": tries(letter), "gone": presence.gone(letter.key)}


def _listed(id_: str, letter: DeadLetter, presence: Presence) -> RenderableType:
    counts = ", ".join([counted(tries(letter), "try", "tries"), counted(letter.replays, "replay")])
    head = Text.assemble(
        (id_, "bold"),
        f"  {letter.stage} ",
        (visible(letter.code), "red"),
        f"  {_local(letter.last_failure)}  ",
        (counts, "dim"),
    )
    after = [] if letter.superseded_by is None else [Text(f"  {_superseded_by(letter.superseded_by)}")]
    return Group(head, Text("  ").append(_object(letter, presence)), quoted(f"  {letter.message}"), *after)


def _object(letter: DeadLetter, presence: Presence) -> Text:
    named = presence.marked(letter.key) if letter.key else Text("—")
    return named.append(f", part {letter.part} of {letter.parts}") if letter.part and letter.parts else named


def _superseded_by(document: str) -> str:
    return f"superseded by the document {document}" if document else "a later state of the object was stored before"


def _local(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M:%S}"


def _whole(id_: str, letter: DeadLetter) -> dict[str, Any]:
    """The letter with its event as an object, not as text, where it is one."""
    whole = {"id": id_} | letter.model_dump(mode="json")
    with suppress(ValueError):
        whole["event"] = json.loads(letter.event)
    return whole


def _drawn(id_: str, letter: DeadLetter, presence: Presence) -> RenderableType:
    facts = Table.grid(padding=(0, 2))
    event = _whole(id_, letter)["event"]
    passages = event.get("passages", []) if isinstance(event, dict) else []
    for name, told in (
        ("dead letter", id_),
        ("what failed", f"{letter.stage}: {letter.code}"),
        ("why", letter.message),
        ("object", _object(letter, presence)),
        ("document", letter.document_id),
        ("tries", f"{tries(letter)}, replayed {counted(letter.replays, 'time')}"),
        ("first failure", _local(letter.first_failure)),
        ("last failure", _local(letter.last_failure)),
        ("event", f"{len(letter.event)} characters (see --json)"),
    ):
        facts.add_row(Text(name, style="dim"), told if isinstance(told, Text) else quoted(told or "—"))
    parts: list[RenderableType] = [facts, history([ProcessingStep.model_validate(step) for step in passages])]
    if letter.traceback:
        parts.append(quoted(letter.traceback, lines=True))
    return Group(*parts)
