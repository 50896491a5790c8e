"""``gouji findings``: what the rules found in all that is stored."""

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
from cli.export import COUNTED, LISTED, TYPES, ForceOption, LimitOption, Row, export, finding_row
from cli.installation import DataOption, settings_of
from cli.presence import GONE, Presence
from cli.terminal import print_json, quoted, terminal, visible
from cli.wording import counted
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


_COUNTED_BY: dict[By, type] = {By.rule: str, By.authority: str, By.year: int}


@app.command()
def findings(
    rule: Annotated[str | None, typer.Option("--rule", help="A rule, or all that begin so: narrative.")] = None,
    authority: Annotated[str | None, typer.Option("--authority", help="Any part of a name: 独流镇.")] = None,
    year: Annotated[int | None, typer.Option("--year", help="The year reported on.")] = None,
    errors: Annotated[bool, typer.Option("--errors", help="Leave out warnings.")] = False,
    revisions: Annotated[bool, typer.Option("--revisions", help="Also of reports that a newer one replaced.")] = False,
    by: Annotated[By | None, typer.Option("--by", help="Count them instead, the most first.")] = None,
    limit: LimitOption = None,
    file: Annotated[Path | None, typer.Option("--export", help="Write them to a .csv or .parquet file.")] = None,
    force: ForceOption = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line, for programs.")] = False,
    data: DataOption = None,
) -> None:
    """List what the rules found in current reports; count it by rule, authority or year; export it.

    For example: gouji findings --rule applications --year 2024 --export findings.csv
    """
    if rule and not any(f"{known}.".startswith(f"{rule}.") for known in rules()):
        raise UserError(f"there is no rule {rule!r}; the rules are: {', '.join(sorted(rules()))}")
    settings = settings_of(data)
    presence = Presence(settings)
    with reading(connect(settings.database_url)) as connection:
        found = queries.findings(
            connection,
            rule=rule,
            authority=authority,
            year=year,
            severity="error" if errors else None,
            current=not revisions,
        )
        if by:
            _tell_counts(_counts(found, by), by, limit, file, force, as_json)
        elif file:
            rows = (finding_row(each, presence.gone(each.key)) for each in islice(found, limit))
            terminal().print(f"{counted(export(rows, TYPES, file, force), 'finding')} written to {visible(file)}")
        elif as_json:
            for each in islice(found, limit):
                print_json(_as_json(each, presence))
        else:
            _list(found, limit or LISTED, presence)


def _tell_counts(counts: list[Row], by: By, limit: int | None, file: Path | None, force: bool, as_json: bool) -> None:
    if file:
        written = export(counts[:limit], {by.value: _COUNTED_BY[by], **COUNTED}, file, force)
        terminal().print(f"{counted(written, 'count')} written to {visible(file)}")
    elif as_json:
        for row in counts[:limit]:
            print_json(row)
    else:
        terminal().print(_table(counts[:limit], by))


def _as_json(found: Found, presence: Presence) -> dict[str, object]:
    report = {name: getattr(found, name) for name in ("authority", "year", "edition", "title", "document_id", "key")}
    return report | {"gone": presence.gone(found.key), "finding": found.finding.model_dump(mode="json")}


def _counts(found: Iterable[Found], by: By) -> list[Row]:
    numbers: dict[str | int | None, Counter[str]] = {}
    for each in found:
        value = each.finding.rule if by is By.rule else each.authority if by is By.authority else each.year
        numbers.setdefault(value, Counter())[each.finding.severity] += 1
    most_first = sorted(numbers.items(), key=lambda item: (-item[1].total(), str(item[0])))
    return [{by.value: value, "errors": n["error"], "warnings": n["warning"]} for value, n in most_first]


def _table(counts: Iterable[Row], by: By) -> Table:
    table = Table(by.value, "errors", "warnings")
    for row in counts:
        value = row[by.value]
        name = quoted("—" if value is None else value)
        table.add_row(name, *(str(row[severity] or "") for severity in COUNTED))
    return table


def _list(found: Iterator[Found], limit: int, presence: Presence) -> None:
    console = terminal()
    shown = 0
    for shown, each in enumerate(islice(found, limit), 1):  # noqa: B007  shown is counted
        finding = each.finding
        whose = visible(f"{each.authority or '—'} {each.year or '—'}")
        console.print(
            Text.assemble(
                (f"{whose}  ", "bold"),
                (visible(f"{finding.rule} {finding.at}"), _STYLES[finding.severity]),
                (f"  {each.document_id[:12]}", "dim"),
                (f"  its file is {GONE}" if presence.gone(each.key) else "", "yellow"),
            )
        )
        console.print(quoted(f"  {finding.message}"))
    if not shown:
        console.print("no findings")
    elif next(found, None):
        console.print(Text(f"… and more; raise --limit (now {limit}), narrow the search, or use --export", style="dim"))
