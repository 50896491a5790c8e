"""``gouji replay``: dead letters back into their stages."""

import asyncio
from typing import Annotated

import typer
from redis.asyncio import Redis
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

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
from cli.installation import DataOption, settings_of
from cli.terminal import terminal
from shared.settings import Settings
from shared.stage.dead import DeadLetters, Search, count_name
from shared.stage.replay import replay as replay_letter

app = typer.Typer(add_completion=False)


@app.command()
def replay(
    ids: Ids = None,
    stage: StageOption = None,
    code: CodeOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    text: TextOption = None,
    everything: AllOption = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be replayed.")] = False,
    rate: Annotated[float, typer.Option(min=0, help="At most so many a second; 0 is without limit.")] = 100,
    data: DataOption = None,
) -> None:
    """Put dead letters back into the stage they died in, each exactly once.

    Two who replay the same letter at the same moment do it once between them. For example, after a fix:
    gouji replay --stage parse --code failed
    """
    choice = Choice(ids, Search(stage, code, since, until, text))
    choice.must_be_made(everything)
    asyncio.run(_replay(settings_of(data), choice, dry_run, rate))


async def _replay(settings: Settings, choice: Choice, dry_run: bool, rate: float) -> None:
    console = terminal()
    async with broker(settings) as client:
        chosen = [(id_, count_name(letter)) async for id_, letter in choice.of(DeadLetters(client))]
        if dry_run:
            for name in sorted({name for _, name in chosen}):
                console.print(f"{sum(name == other for _, other in chosen)} of {name}")
            console.print(f"{len(chosen)} would be replayed")
            return
        columns = TextColumn("replaying"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
        with Progress(*columns, console=console) as progress:
            done = await _each(client, [id_ for id_, _ in chosen], rate, progress)
    gone = len(chosen) - done
    console.print(f"{done} replayed" + (f"; {gone} had been replayed or discarded meanwhile" if gone else ""))


async def _each(client: Redis, ids: list[str], rate: float, progress: Progress) -> int:
    letters, done = DeadLetters(client), 0
    task = progress.add_task("", total=len(ids))
    begun = asyncio.get_running_loop().time()
    for number, id_ in enumerate(ids):
        if rate:
            await asyncio.sleep(begun + number / rate - asyncio.get_running_loop().time())
        letter = await letters.get(id_)
        done += letter is not None and await replay_letter(client, id_, letter)
        progress.advance(task)
    return done
