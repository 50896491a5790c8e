"""``gouji trace``: what happened to a document, and where it is now."""

import asyncio
from typing import Annotated, NamedTuple

import typer

from cli.dead_letters import broker
from cli.errors import UserError
from cli.history import history
from cli.installation import DataOption, settings_of
from cli.presence import GONE, Presence
from cli.reference import ambiguous, is_start_of_id
from cli.terminal import print_json, quoted, terminal
from cli.wording import counted
from shared.database import queries
from shared.database.connect import connect, reading
from shared.errors import Unavailable
from shared.events import Event, ProcessingStep
from shared.settings import Settings
from shared.stage.dead import DeadLetter, DeadLetters
from shared.stage.in_flight import in_flight

app = typer.Typer(add_completion=False)


class Place(NamedTuple):
    """Where a document is, as a sentence; its id where that is known yet; what happened to it on the way there."""

    said: str
    document_id: str | None
    passages: tuple[ProcessingStep, ...] = ()


class Wanted(NamedTuple):
    """The document that somebody asked for: the start of an id, or an object's key."""

    said: str

    def fits(self, key: str | None, document_id: str | None) -> bool:
        """Whether it may be the document with this id, read from the object called ``key``."""
        return key == self.said or (is_start_of_id(self.said) and (document_id or "").startswith(self.said))


@app.command()
def trace(
    document: Annotated[str, typer.Argument(metavar="DOC", help="The start of a document id, or an object's key.")],
    data: DataOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object, for programs.")] = False,
) -> None:
    """Show what happened to a document, and where it is now.

    Which stage had it, when, for how long, on which consumer, in which version, failures and replays included; and
    whether it is stored, a dead letter, or on its way.
    """
    settings, wanted = settings_of(data), Wanted(document)
    places = _stored(settings, wanted)
    try:
        places += asyncio.run(_in_broker(settings, wanted))
    except Unavailable as unavailable:
        if not places:
            raise
        places.append(Place(f"whether it is on its way again is not known: {unavailable}", None))
    if not places:
        raise UserError(f"nothing is known of {document!r}; `gouji reconcile` tells whether the bucket has it")
    _must_be_one(document, places)
    _print(places, as_json)


def _must_be_one(said: str, places: list[Place]) -> None:
    """Raises :class:`UserError` where ``places`` are those of several documents: their histories are never mixed."""
    by_id = {place.document_id: place.said for place in reversed(places) if place.document_id}
    if len(by_id) > 1:
        listed = [f"{id_[:12]}  {place}" for id_, place in reversed(by_id.items())]
        raise UserError(ambiguous(said, counted(len(by_id), "document"), listed))


def _print(places: list[Place], as_json: bool) -> None:
    passages = [step for place in places for step in place.passages]
    if as_json:
        told = [step.model_dump(mode="json") for step in passages]
        print_json({"places": [place.said for place in places], "passages": told})
        return
    console = terminal()
    for place in places:
        console.print(quoted(place.said))
    console.print(history(passages))


def _stored(settings: Settings, wanted: Wanted) -> list[Place]:
    presence = Presence(settings)
    with reading(connect(settings.database_url)) as connection:
        found = queries.reports_of_object(connection, wanted.said)
        if is_start_of_id(wanted.said):
            found += [each for each in queries.reports_starting_with(connection, wanted.said) if each not in found]
        passages = {each.document_id: queries.steps_of(connection, each.document_id) for each in found}
        files = {each.document_id: queries.keys_of(connection, each.document_id) for each in found}
    return [
        # The passages are the document's, however many reports it holds: they are told with the first.
        Place(_said(each, files[each.document_id], presence), each.document_id, passages.pop(each.document_id, ()))
        for each in found
    ]


def _said(summary: queries.Summary, keys: tuple[str, ...], presence: Presence) -> str:
    files = [f"{key} ({GONE})" if presence.gone(key) else key for key in keys]
    replaced = "" if summary.current else ", replaced by a newer revision"
    whose = f"{summary.authority or '—'} {summary.year or '—'}"
    source = ", ".join(files) or "a file overwritten since"
    return f"stored: {summary.document_id}{_part(summary)} {whose}{replaced}, from {source}"


async def _in_broker(settings: Settings, wanted: Wanted) -> list[Place]:
    found, presence = [], Presence(settings)
    async with broker(settings) as client:
        async for id_, letter in DeadLetters(client).find():
            if wanted.fits(letter.key, letter.document_id):
                where = f" ({letter.key or '—'}{f': {GONE}' if presence.gone(letter.key) else ''})"
                said = f"dead letter {id_}{_part(letter)}: {letter.stage} {letter.code}, {letter.message}{where}"
                found.append(Place(said, letter.document_id, _steps(letter.event)))
        async for each in in_flight(client):
            if wanted.fits(each.key, each.document_id):
                waits = "waits for another try" if each.waits else "on its way"
                found.append(Place(f"{waits}: before {each.stage}, {each.key}", each.document_id))
    return found


def _part(of: queries.Summary | DeadLetter) -> str:
    """Which of several reports of its file, empty where it is the only one."""
    return f" part {of.part} of {of.parts}" if of.part and of.parts and of.parts > 1 else ""


def _steps(event: str) -> tuple[ProcessingStep, ...]:
    try:
        return Event.model_validate_json(event).passages
    except ValueError:
        return ()
