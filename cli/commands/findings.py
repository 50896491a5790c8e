"""``gouji findings``: what the rules found in all that is stored."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from cli.errors import UserError
from cli.export import export
from cli.installation import DataOption, settings_of
from cli.terminal import terminal
from shared.database import queries
from shared.database.connect import connect, reading
from shared.database.queries import Found
from shared.form.catalogue import rules

app = typer.Typer(add_completion=False)

_STYLES = {"error": "bold red", "warning": "yellow"}


class By(StrEnum):
    """What findings can be counted by."""

    rule = "rule"
    authority = "authority"
    year = "year"


@app.command()
def findings(
    rule: Annotated[str | None, typer.Option("--rule", help="A rule, or all that begin so: narrative.")] = None,
    authority: Annotated[str | None, typer.Option("--authority", help="Any part of a name: 独流镇.")] = None,
    year: Annotated[int | None, typer.Option("--year", help="The year reported on.")] = None,
    errors: Annotated[bool, typer.Option("--errors", help="Leave out warnings.")] = False,
    revisions: Annotated[bool, typer.Option("--revisions", help="Also of reports that a newer one replaced.")] = False,
    by: Annotated[By | None, typer.Option("--by", help="Count them instead.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="List no more than this many.")] = 50,
    file: Annotated[Path | None, typer.Option("--export", help="Write them to a .csv or .parquet file.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line, for programs.")] = False,
    data: DataOption = None,
) -> None:
    """List what the rules found, by rule, authority or year; export it as CSV or Parquet.

    For example: gouji findings --rule applications --year 2024 --export findings.csv
    """
    if rule and not any(f"{known}.".startswith(f"{rule}.") for known in rules()):
        raise UserError(f"there is no rule {rule!r}; the rules are: {', '.join(sorted(rules()))}")
    with reading(connect(settings_of(data).database_url)) as connection:
        found = queries.findings(
            connection,
            rule=rule,
            authority=authority,
            year=year,
            severity="error" if errors else None,
            current=not revisions,
        )
        if file:
            typer.echo(f"{export(found, file)} findings written to {file}")
        elif as_json:
            for each in found:
                print(json.dumps(_as_json(each), ensure_ascii=False))
        elif by:
            terminal().print(_counted(found, by))
        else:
            _list(found, limit)


def _as_json(found: Found) -> dict[str, object]:
    report = {name: getattr(found, name) for name in ("authority", "year", "edition", "title", "document_id", "key")}
    return report | {"finding": found.finding.model_dump(mode="json")}


def _counted(found: Iterable[Found], by: By) -> Table:
    numbers: Counter[tuple[str, str]] = Counter()
    for each in found:
        value = each.finding.rule if by is By.rule else each.authority if by is By.authority else each.year
        numbers[str(value if value is not None else "—"), each.finding.severity] += 1
    table = Table(by.value, "errors", "warnings")
    totals: Counter[str] = Counter()
    for (value, _), number in numbers.items():
        totals[value] += number
    for value, _ in sorted(totals.items(), key=lambda item: (-item[1], item[0])):
        table.add_row(Text(value), *(str(numbers[value, severity] or "") for severity in ("error", "warning")))
    return table


def _list(found: Iterator[Found], limit: int) -> None:
    console = terminal()
    shown = 0
    for shown, each in enumerate(islice(found, limit), 1):  # noqa: B007  shown is counted
        finding = each.finding
        whose = f"{each.authority or '—'} {each.year or '—'}"
        console.print(
            Text.assemble(
                (f"{whose}  ", "bold"),
                (f"{finding.rule} {finding.at}", _STYLES[finding.severity]),
                (f"  {each.document_id[:12]}", "dim"),
            )
        )
        console.print(Text(f"  {finding.message}"))
    if not shown:
        console.print("no findings")
    elif next(found, None):
        console.print(Text(f"… and more; raise --limit (now {limit}), narrow the search, or use --export", style="dim"))
