"""``gouji trace``: what happened to a document, and where it is now."""

import asyncio
import json
from typing import Annotated, NamedTuple

import typer
from rich.markup import escape

from cli.dead_letters import broker
from cli.errors import UserError
from cli.history import history
from cli.installation import DataOption, settings_of
from cli.terminal import terminal
from shared.database import queries
from shared.database.connect import connect, reading
from shared.errors import Unavailable
from shared.events import Event, Passage
from shared.settings import Settings
from shared.stage.dead import DeadLetter, DeadLetters
from shared.stage.in_flight import in_flight

app = typer.Typer(add_completion=False)


class Traced(NamedTuple):
    """What is known of the document(s) somebody asked for: where they are, and what happened to them."""

    places: list[str]
    passages: list[Passage]


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
    settings = settings_of(data)
    stored = _stored(settings, document)
    try:
        elsewhere = asyncio.run(_in_broker(settings, document))
    except Unavailable as unavailable:
        if not stored.places:
            raise
        elsewhere = Traced([f"whether it is on its way again is not known: {unavailable}"], [])
    found = Traced([*stored.places, *elsewhere.places], [*stored.passages, *elsewhere.passages])
    if not found.places:
        raise UserError(f"nothing is known of {document!r}; `gouji reconcile` tells whether the bucket has it")
    if as_json:
        passages = [passage.model_dump(mode="json") for passage in found.passages]
        print(json.dumps({"places": found.places, "passages": passages}, ensure_ascii=False))
        return
    console = terminal()
    for place in found.places:
        console.print(escape(place))
    console.print(history(found.passages))


def _stored(settings: Settings, document: str) -> Traced:
    with reading(connect(settings.database_url)) as connection:
        found = queries.reports_starting_with(connection, document)
        found += queries.reports_by_key(connection).get(document, [])
        summaries = {each.id: each for each in found}.values()
        places = [f"stored: {each.document_id}{_part(each)} {each.authority} {each.year}" for each in summaries]
        documents = dict.fromkeys(each.document_id for each in summaries)
        passages = [each for id_ in documents for each in queries.passages_of(connection, id_)]
    return Traced(places, passages)


async def _in_broker(settings: Settings, document: str) -> Traced:
    found = Traced([], [])
    async with broker(settings) as client:
        async for id_, letter in DeadLetters(client).find():
            if letter.key == document or (letter.document_id or "").startswith(document):
                found.places.append(f"dead letter {id_}{_part(letter)}: {letter.stage} {letter.code}, {letter.message}")
                found.passages.extend(_passages(letter.event))
        async for each in in_flight(client):
            if each.key == document or (each.document_id or "").startswith(document):
                waits = "waits for another try" if each.waits else "on its way"
                found.places.append(f"{waits}: before {each.stage}, {each.key}")
    return found


def _part(of: queries.Summary | DeadLetter) -> str:
    """Which of several reports of its file, empty where it is the only one."""
    return f" part {of.part} of {of.parts}" if of.part and of.parts and of.parts > 1 else ""


def _passages(event: str) -> tuple[Passage, ...]:
    try:
        return Event.model_validate_json(event).passages
    except ValueError:
        return ()
