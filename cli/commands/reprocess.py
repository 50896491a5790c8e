"""``gouji reprocess``: stored documents through the present code."""

from typing import Annotated

import typer
from rich.console import Console, RenderableType
from rich.progress import track
from rich.table import Table
from sqlalchemy import Engine

from cli.errors import UserError
from cli.installation import DataOption, settings_of
from cli.reprocessing import Reprocessed, reprocess_document
from cli.terminal import print_json, quoted, terminal
from services.ingest.bucket import open_bucket
from services.ingest.limits import limits_of
from services.store.persist import persist
from shared.database import queries
from shared.database.connect import connect, reading
from shared.form import EDITIONS
from shared.stage.liveness import CONSUMER
from shared.version import VERSION

app = typer.Typer(add_completion=False)

_EDITIONS = (*EDITIONS, "unknown")
_SHOWN = 200
"""Of a longer text only so many characters are shown."""


@app.command()
def reprocess(
    year: Annotated[int | None, typer.Option(help="Reports of this year.")] = None,
    authority: Annotated[str | None, typer.Option(help="Reports of authorities with this in their name.")] = None,
    edition: Annotated[str | None, typer.Option(help="Reports of this edition: 2021, 2019 or unknown.")] = None,
    version: Annotated[str | None, typer.Option(help="Reports read by this version of gouji.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="All reports.")] = False,
    apply: Annotated[bool, typer.Option("--apply", help="Store what changed; without it nothing is stored.")] = False,
    data: DataOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a changed document.")] = False,
) -> None:
    """Read stored documents again with the present code, and show what changes, cell by cell.

    For example, after an upgrade: gouji reprocess --year 2023, and when that looks right: the same with --apply
    """
    if (year, authority, edition, version) == (None,) * 4 and not everything:
        raise UserError("say which reports: --year, --authority, --edition, --version, or --all")
    if edition not in (None, *_EDITIONS):
        raise UserError(f"there is no edition {edition!r}; the editions are: {', '.join(_EDITIONS)}")
    settings = settings_of(data)
    engine, bucket = connect(settings.database_url), open_bucket(settings.bucket)
    with reading(engine) as connection:
        chosen = queries.reports(
            connection, authority=authority, year=year, edition=edition, version=version, current=False
        )
    read = changed = failed = 0
    console = terminal(stderr=as_json)
    documents = list(dict.fromkeys(each.document_id for each in chosen))
    for document_id in track(documents, "reading", console=console, transient=True, disable=not console.is_terminal):
        with reading(engine) as connection:
            parts = [each.id for each in queries.reports_starting_with(connection, document_id)]
            stored = [queries.load(connection, part) for part in parts]
        for again in reprocess_document(bucket, stored, limits_of(settings)):
            read += 1
            failed += bool(again.why)
            changed += bool(again.differences)
            if again.why or again.differences:
                _tell(console, again, as_json)
            if apply and again.event and (again.differences or (again.summary and again.summary.version != VERSION)):
                _store(engine, again)  # also what is read as before: then at least --version finds it no more
    said = "stored" if apply else "would change; nothing was stored (--apply stores it)"
    console.print(f"{read} read again, {changed} {said if changed else 'changed'}, {failed} not readable")


def _store(engine: Engine, again: Reprocessed) -> None:
    (failure,) = persist(engine, [again.event] if again.event else [], CONSUMER)
    if isinstance(failure, Exception):
        raise failure


def _tell(console: Console, again: Reprocessed, as_json: bool) -> None:
    if as_json:
        found = [each._asdict() for each in again.differences]
        line = {
            "document_id": again.document_id,
            "part": again.part,
            "why": again.why or None,
            "differences": found,
        }
        print_json(line)
        return
    known = again.summary or (again.event and again.event.report)
    name = f"{known.authority or '—'} {known.year or '—'}" if known else ""
    part = f" part {again.part}" if again.part > 1 else ""
    console.print(quoted(f"{again.document_id[:12]}{part} {name} {again.why}", "bold"))
    if again.differences:
        table = Table("what", "before", "now")
        for each in again.differences:
            table.add_row(quoted(each.what), _short(each.before, "red"), _short(each.after, "green"))
        console.print(table)


def _short(value: object, style: str) -> RenderableType:
    text = "—" if value is None else str(value)
    return quoted(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…", style)
