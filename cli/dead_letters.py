"""What the commands about dead letters share: the options that say which, and the way to them."""

import re
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer
from redis.asyncio import Redis
from redis.exceptions import RedisError

from cli.broker_trouble import explained, hint
from cli.errors import UserError
from shared.errors import Unavailable
from shared.events import STAGES, StageName
from shared.settings import Settings
from shared.stage.dead import CODES, FAILED, POISON, DeadLetter, DeadLetters, Search, count_name
from shared.stage.failure_policy import DEADLY

_AGO = re.compile(r"(\d+)([smhd])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_ANSWER_SECONDS = 10  # chosen: scripts over thousands of letters take a second or two


def _moment(text: str) -> datetime:
    if ago := _AGO.fullmatch(text):
        return datetime.now(UTC) - timedelta(**{_UNITS[ago[2]]: int(ago[1])})
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except ValueError as error:
        raise typer.BadParameter("give a time as 2026-01-31, 2026-01-31T18:00, or as 30m, 12h, 7d (ago)") from error


def _stage(text: str) -> StageName:
    for stage in STAGES:
        if stage == text:
            return stage
    raise typer.BadParameter(f"there is no stage {text!r}; the stages are: {', '.join(STAGES)}")


Ids = Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help="As `gouji dead list` names them.")]
StageOption = Annotated[
    StageName | None, typer.Option("--stage", parser=_stage, metavar="STAGE", help="Of this stage.")
]
CodeOption = Annotated[str | None, typer.Option("--code", help="With this code, such as not_a_report or failed.")]
SinceOption = Annotated[
    datetime | None, typer.Option("--since", parser=_moment, metavar="WHEN", help="Failed since: 2026-01-31 or 12h.")
]
UntilOption = Annotated[
    datetime | None, typer.Option("--until", parser=_moment, metavar="WHEN", help="Failed until: 2026-01-31 or 12h.")
]
TextOption = Annotated[
    str | None, typer.Option("--text", help="With this text in the message, the traceback, the key or the event.")
]
AllOption = Annotated[bool, typer.Option("--all", help="All of them.")]


def tries(letter: DeadLetter) -> int:
    """How often the work on ``letter`` was begun, the last time included: at least once."""
    if letter.code == POISON:
        return letter.attempts + DEADLY
    return letter.attempts if letter.code == FAILED else letter.attempts + 1


def by_kind(letters: Iterable[DeadLetter]) -> list[str]:
    """How many of ``letters`` there are of each stage and code, a line each."""
    numbers = Counter(count_name(letter) for letter in letters)
    return [f"{number} of {name}" for name, number in sorted(numbers.items())]


class Choice:
    """The dead letters a command is about: those with these ``ids``, else those that ``search`` wants."""

    def __init__(self, ids: list[str] | None, search: Search) -> None:
        self.ids = ids or []
        self.search = search

    def must_be_made(self, everything: bool) -> None:
        """Raises :class:`UserError` unless ids, a filter or ``--all`` was given, and not ids with anything else."""
        filtered = self.search != Search()
        if self.ids and (filtered or everything):
            raise UserError("name dead letters by their ids, or choose them by options, not both")
        if not (self.ids or filtered or everything):
            raise UserError("say which dead letters: their ids, --stage, --code, --since, --until, --text, or --all")

    async def of(self, letters: DeadLetters) -> AsyncIterator[tuple[str, DeadLetter]]:
        """The chosen among ``letters``, with their ids. Raises :class:`UserError` for an id that is not there."""
        if not self.ids:
            await _must_exist(self.search.code, letters)
            async for id_, letter in letters.find(self.search):
                yield id_, letter
        for id_ in self.ids:
            yield id_, await one(letters, id_)


async def _must_exist(code: str | None, letters: DeadLetters) -> None:
    """Raises :class:`UserError` for a code that no dead letter can have: a slip is no empty list."""
    known = {*CODES} | {code for _, code in await letters.counts()}
    if code is not None and code not in known:
        raise UserError(f"there is no code {code!r}; the codes are: {', '.join(sorted(known))}")


async def one(letters: DeadLetters, id_: str) -> DeadLetter:
    """The dead letter ``id_``; raises :class:`UserError` where it is not there."""
    letter = await letters.get(id_) if re.fullmatch(r"\d+-\d+", id_) else None
    if letter is None:
        raise UserError(f"there is no dead letter {id_}; it may have been replayed or discarded (gouji dead list)")
    return letter


@asynccontextmanager
async def broker(settings: Settings) -> AsyncIterator[Redis]:
    """A client of the installation's broker; raises :class:`Unavailable` where it cannot be reached."""
    client = Redis.from_url(settings.redis_url, socket_timeout=_ANSWER_SECONDS)
    try:
        async with client:
            yield client
    except RedisError as error:
        trouble = explained(error, settings.redis_url)
        raise Unavailable("the broker", f"{trouble.sentence}{hint(trouble, settings)}") from error
