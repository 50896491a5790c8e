"""``gouji reconcile``: is everything in the bucket stored, or a dead letter, or on its way?"""

import asyncio
from typing import Annotated

import typer
from rich.table import Table

from cli.dead_letters import broker
from cli.installation import DataOption, settings_of
from cli.terminal import print_json, quoted, terminal
from services.ingest.bucket import PassedOver, open_bucket
from services.ingest.reconcile import Comparison, compare
from services.ingest.reconcile import reconcile as notice_missing
from services.ingest.unwanted import REASONS
from shared.settings import Settings

app = typer.Typer(add_completion=False)

_LISTED = 50  # chosen: what fits two screens; --json lists all


@app.command()
def reconcile(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what is missing.")] = False,
    data: DataOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object, for programs.")] = False,
    passed_over: Annotated[
        bool, typer.Option("--passed-over", help="Name what lies in the bucket and is not taken in, and why.")
    ] = False,
) -> None:
    """Compare bucket, broker and database, and notice again what is missing.

    Ingest does the same from time to time. By hand it helps at once after the broker lost its latest data, or the
    database was restored from a backup. It may be run at any time: what is processed twice is stored once.
    """
    settings = settings_of(data)
    found = asyncio.run(_reconcile(settings, dry_run))
    named = _passed_over(settings) if passed_over else []
    if as_json:
        numbers = {name: value for name, value in found._asdict().items() if name != "missing"}
        numbers["travelling"] = found.in_flight  # what it was called first
        names = {"passed_over_keys": [each._asdict() for each in named]} if passed_over else {}
        print_json(numbers | {"missing": [each.key for each in found.missing]} | names)
        return
    console = terminal()
    console.print(_table(found))
    for each in named:
        console.print(quoted(f"passed over: {each.key} ({each.reason}: {REASONS[each.reason]})"))
    for missing in found.missing[:_LISTED]:
        console.print(quoted(f"missing: {missing.key}"))
    if len(found.missing) > _LISTED:
        console.print(f"… and {len(found.missing) - _LISTED} more (--json lists all)")
    if found.missing:
        console.print("nothing was done" if dry_run else f"{len(found.missing)} noticed again")
    else:
        console.print("nothing is missing")


async def _reconcile(settings: Settings, dry_run: bool) -> Comparison:
    async with broker(settings) as client:
        bucket = open_bucket(settings.bucket)
        if dry_run:
            return await compare(bucket, client, settings.database_url)
        return await notice_missing(bucket, client, settings.database_url, "by hand")


def _passed_over(settings: Settings) -> list[PassedOver]:
    return [entry for entry in open_bucket(settings.bucket).entries() if isinstance(entry, PassedOver)]


def _table(found: Comparison) -> Table:
    table = Table("objects in the bucket", str(found.objects))
    for name, count in (
        ("stored", found.stored),
        ("dead letters", found.dead),
        ("on their way", found.in_flight),
        ("discarded by an operator", found.discarded),
        ("not noticed yet", found.unnoticed),
        ("missing", len(found.missing)),
        *((f"passed over: {reason}", number) for reason, number in sorted(found.passed_over.items())),
    ):
        table.add_row(name, str(count))
    return table
