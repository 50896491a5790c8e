"""``gouji reconcile``: is everything in the bucket stored, or a dead letter, or on its way?"""

import asyncio
import json
from typing import Annotated

import typer
from rich.table import Table

from cli.dead_letters import broker
from cli.installation import DataOption, settings_of
from cli.terminal import terminal
from services.ingest.bucket import open_bucket
from services.ingest.reconcile import Comparison, compare, notice_again
from shared.settings import Settings

app = typer.Typer(add_completion=False)

_LISTED = 50


@app.command()
def reconcile(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what is missing.")] = False,
    data: DataOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object, for programs.")] = False,
) -> None:
    """Compare bucket, broker and database, and notice again what is missing.

    Ingest does the same from time to time. By hand it helps at once after the broker lost its latest data, or the
    database was restored from a backup. It may be run at any time: what is processed twice is stored once.
    """
    found = asyncio.run(_reconcile(settings_of(data), dry_run))
    if as_json:
        numbers = {name: value for name, value in found._asdict().items() if name != "missing"}
        numbers["travelling"] = found.in_flight  # what it was called first
        print(json.dumps(numbers | {"missing": [each.key for each in found.missing]}, ensure_ascii=False))
        return
    console = terminal()
    console.print(_table(found))
    for each in found.missing[:_LISTED]:
        console.print(f"missing: {each.key}", markup=False)
    if len(found.missing) > _LISTED:
        console.print(f"… and {len(found.missing) - _LISTED} more (--json lists all)")
    if found.missing:
        console.print("nothing was done" if dry_run else f"{len(found.missing)} noticed again")
    else:
        console.print("nothing is missing")


async def _reconcile(settings: Settings, dry_run: bool) -> Comparison:
    async with broker(settings) as client:
        found = await compare(open_bucket(settings.bucket), client, settings.database_url)
        if not dry_run:
            await notice_again(client, found.missing)
    return found


def _table(found: Comparison) -> Table:
    table = Table("objects in the bucket", str(found.objects))
    for name, count in (
        ("stored", found.stored),
        ("dead letters", found.dead),
        ("on their way", found.in_flight),
        ("discarded by an operator", found.discarded),
        ("not noticed yet", found.unnoticed),
        ("missing", len(found.missing)),
    ):
        table.add_row(name, str(count))
    return table
