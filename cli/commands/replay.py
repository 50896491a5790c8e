"""``gouji replay``: dead letters back into their stages."""

import asyncio
from collections import Counter
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
    by_kind,
)
from cli.installation import DataOption, settings_of
from cli.terminal import quoted, terminal
from services.ingest.bucket import Bucket, open_bucket
from shared.events import ObjectDiscovered
from shared.settings import Settings
from shared.stage.dead import DeadLetters, Search
from shared.stage.replay import UNASKED, standing
from shared.stage.replay import replay as replay_letter

app = typer.Typer(add_completion=False)

_LISTED = 20  # chosen: what fits a screen
_STATES = {
    "unchanged": "whose object is unchanged",
    "changed": "whose object has changed",
}
_NOT_DONE = {
    "gone": "not, since their objects are gone from the bucket (gouji dead discard)",
    "taken": "had been replayed or discarded meanwhile",
}


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

    What ingest or parse could not read is read again from the bucket, as it is now; where it is gone, the dead letter
    stays. Two who replay the same letter at the same moment do it once between them. For example, after a fix:
    gouji replay --stage parse --code failed
    """
    choice = Choice(ids, Search(stage, code, since, until, text))
    choice.must_be_made(everything)
    asyncio.run(_replay(settings_of(data), choice, dry_run, rate))


async def _replay(settings: Settings, choice: Choice, dry_run: bool, rate: float) -> None:
    console = terminal()
    bucket = _Bucket(settings)
    async with broker(settings) as client:
        chosen = [(id_, letter) async for id_, letter in choice.of(DeadLetters(client))]
        if dry_run:
            for line in by_kind(letter for _, letter in chosen):
                console.print(quoted(line))
        columns = (
            TextColumn("looking" if dry_run else "replaying"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
        )
        unseen = dry_run and not console.is_terminal
        with Progress(*columns, console=console, transient=dry_run, disable=unseen) as progress:
            counts, gone = await _each(client, [id_ for id_, _ in chosen], bucket, rate, dry_run, progress)
    for key in gone[:_LISTED]:
        console.print(quoted(f"gone from the bucket: {key}"))
    if len(gone) > _LISTED:
        console.print(f"… and {len(gone) - _LISTED} more")
    console.print(_summary(counts, dry_run))


class _Bucket:
    """The installation's bucket, opened when it is first asked."""

    def __init__(self, settings: Settings) -> None:
        self._location = settings.bucket
        self._opened: Bucket | None = None

    def head(self, key: str) -> ObjectDiscovered | None:
        if self._opened is None:
            self._opened = open_bucket(self._location)
            self._opened.check()  # of a folder that is not mounted nothing is gone
        return self._opened.head(key)


async def _each(
    client: Redis, ids: list[str], bucket: _Bucket, rate: float, dry_run: bool, progress: Progress
) -> tuple[Counter[str], list[str]]:
    """Replays the letters ``ids``. Returns how many were in which state, ``taken`` for those that somebody else was
    faster with; and the keys of the objects that are gone."""
    letters, counts, gone = DeadLetters(client), Counter[str](), list[str]()
    task = progress.add_task("", total=len(ids))
    begun = asyncio.get_running_loop().time()
    for number, id_ in enumerate(ids):
        if rate and not dry_run:
            await asyncio.sleep(begun + number / rate - asyncio.get_running_loop().time())
        letter = await letters.get(id_)
        found = await asyncio.to_thread(standing, letter, bucket.head) if letter else UNASKED
        if letter and found.state == "gone":
            gone.append(letter.key or "")
        elif letter is None or not (dry_run or await replay_letter(client, id_, letter, found)):
            counts["taken"] += 1
        else:
            counts[found.state] += 1
        progress.advance(task)
    return counts + Counter(gone=len(gone)), gone


def _summary(counts: Counter[str], dry_run: bool) -> str:
    done = counts["unchanged"] + counts["changed"] + counts["unasked"]
    told = [f"{done} {'would be replayed' if dry_run else 'replayed'}"]
    known = [f"{counts[state]} {words}" for state, words in _STATES.items() if counts[state]]
    told += [f" ({', '.join(known)})"] if known else []
    told += [f"; {counts[state]} {words}" for state, words in _NOT_DONE.items() if counts[state]]
    return "".join(told)
