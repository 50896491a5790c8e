"""What became of each object of a bucket, for a person."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence

from redis.asyncio import Redis
from rich.table import Table
from rich.text import Text

from cli.drawing import shown
from cli.terminal import quoted, visible
from shared.database import queries
from shared.database.connect import connect, reading
from shared.report import Finding
from shared.settings import Settings
from shared.stage.dead import DeadLetter, DeadLetters

_LISTED = 100
"""Of more objects than this, only those that somebody must look at are listed."""


class Outcomes:
    """What became of the objects called ``keys``: reports with their findings, dead letters, or nothing yet."""

    def __init__(self, settings: Settings, keys: Sequence[str]) -> None:
        wanted = set(keys)
        dead = asyncio.run(_dead_letters(settings))
        self.dead = {key: letters for key, letters in dead.items() if key in wanted}
        with reading(connect(settings.database_url)) as connection:
            by_key = queries.reports_by_key(connection)
            self.reports = {key: found for key, found in by_key.items() if key in wanted}
            self._findings = {
                each.id: queries.findings_of(connection, each.id)
                for found in self.reports.values()
                for each in found
                if each.verdict != "clean"
            }
        self._first_key: dict[str, str] = {}
        for key in sorted(self.reports):
            self._first_key.setdefault(self.reports[key][0].document_id, key)

    def table(self) -> Table:
        """A row for each report and each dead letter, what is broken in its last column."""
        keys = sorted(self.reports.keys() | self.dead.keys())
        if len(keys) > _LISTED:
            keys = [key for key in keys if key in self.dead or any(e.verdict != "clean" for e in self.reports[key])]
        table = Table()
        for header in ("file", "authority", "year", "verdict", "what breaks"):
            table.add_column(header, overflow="fold")
        for key in keys:
            for found in self.reports.get(key, ()):
                table.add_row(quoted(_named(key, found.part, found.parts)), *self._stored(key, found))
            for letter in self.dead.get(key, ()):
                if letter.part is not None or key not in self.reports:
                    name, why = _named(key, letter.part, letter.parts), f"{letter.code}: {letter.message}"
                    table.add_row(quoted(name), "", "", Text("dead letter", style="red"), quoted(why))
        return table

    def _stored(self, key: str, found: queries.Summary) -> tuple[str | Text, ...]:
        year, first = str(found.year or "—"), self._first_key[found.document_id]
        if first != key:
            return quoted(found.authority or "—"), year, "", quoted(f"same bytes as {first}", "dim")
        style = {"clean": "green", "incomplete": "yellow", "inconsistent": "bold red"}[found.verdict]
        broken = "\n".join(map(_said, self._findings.get(found.id, ())))
        return quoted(found.authority or "—"), year, Text(found.verdict, style=style), Text(broken)

    def summary(self) -> str:
        """All of them in a line."""
        reports = {each.id: each for found in self.reports.values() for each in found}
        documents = {each.document_id for each in reports.values()}
        letters = [letter for of_key in self.dead.values() for letter in of_key]
        verdicts = _counted([each.verdict for each in reports.values()])
        codes = _counted([letter.code for letter in letters])
        copies = len(self.reports) - len(documents)
        return f"reports: {len(reports)}{verdicts}, copies of them: {copies}, dead letters: {len(letters)}{codes}"


def _named(key: str, part: int | None, parts: int | None) -> str:
    """A file, and which of its parts, where it has several."""
    return f"{key} ({part}/{parts})" if part and parts and parts > 1 else key


def _said(finding: Finding) -> str:
    if finding.expected is None or finding.actual is None:
        return visible(f"{finding.rule} {finding.at}")
    return f"{visible(finding.rule)} {visible(finding.at)}: {shown(finding.expected)} ≠ {shown(finding.actual)}"


def _counted(words: list[str]) -> str:
    counted = ", ".join(f"{words.count(word)} {word}" for word in sorted(set(words)))
    return f" ({counted})" if counted else ""


async def _dead_letters(settings: Settings) -> dict[str, list[DeadLetter]]:
    found: defaultdict[str, list[DeadLetter]] = defaultdict(list)
    async with Redis.from_url(settings.redis_url) as client:
        async for id_, letter in DeadLetters(client).find():
            found[letter.key or id_].append(letter)
    return found
