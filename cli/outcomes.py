"""What became of each object of a bucket, for a person."""

import asyncio
from collections.abc import Sequence

from redis.asyncio import Redis
from rich.table import Table
from rich.text import Text

from cli.drawing import shown
from shared.database import queries
from shared.database.connect import connect, reading
from shared.report import Finding
from shared.settings import Settings
from shared.stage.dead import DeadLetter, DeadLetters

_LISTED = 100
"""Of more objects than this, only those that somebody must look at are listed."""


class Outcomes:
    """What became of the objects called ``keys``: a report with its findings, a dead letter, or nothing yet."""

    def __init__(self, settings: Settings, keys: Sequence[str]) -> None:
        wanted = set(keys)
        dead = asyncio.run(_dead_letters(settings))
        self.dead = {key: letter for key, letter in dead.items() if key in wanted}
        with reading(connect(settings.database_url)) as connection:
            by_key = queries.reports_by_key(connection)
            self.reports = {key: found for key, found in by_key.items() if key in wanted}
            self._findings = {
                found.id: queries.findings_of(connection, found.id)
                for found in self.reports.values()
                if found.verdict != "clean"
            }
        self._first_key: dict[str, str] = {}
        for key in sorted(self.reports):
            self._first_key.setdefault(self.reports[key].document_id, key)

    def table(self) -> Table:
        """A row an object, what is broken in its last column."""
        keys = sorted(self.reports.keys() | self.dead.keys())
        if len(keys) > _LISTED:
            keys = [key for key in keys if key in self.dead or self.reports[key].verdict != "clean"]
        table = Table()
        for header in ("file", "authority", "year", "verdict", "what breaks"):
            table.add_column(header, overflow="fold")
        for key in keys:
            if key in self.dead and key not in self.reports:
                letter = self.dead[key]
                table.add_row(
                    Text(key), "", "", Text("dead letter", style="red"), Text(f"{letter.code}: {letter.message}")
                )
            else:
                table.add_row(Text(key), *self._stored(key))
        return table

    def _stored(self, key: str) -> tuple[str | Text, ...]:
        found = self.reports[key]
        year, first = str(found.year or "—"), self._first_key[found.document_id]
        if first != key:
            return found.authority or "—", year, "", Text(f"same bytes as {first}", style="dim")
        style = {"clean": "green", "incomplete": "yellow", "inconsistent": "bold red"}[found.verdict]
        broken = "\n".join(map(_said, self._findings.get(found.id, ())))
        return found.authority or "—", year, Text(found.verdict, style=style), Text(broken)

    def summary(self) -> str:
        """All of them in a line."""
        documents = {found.document_id: found for found in self.reports.values()}
        verdicts = _counted([found.verdict for found in documents.values()])
        codes = _counted([letter.code for letter in self.dead.values()])
        copies = len(self.reports) - len(documents)
        return f"reports: {len(documents)}{verdicts}, copies of them: {copies}, dead letters: {len(self.dead)}{codes}"


def _said(finding: Finding) -> str:
    if finding.expected is None or finding.actual is None:
        return f"{finding.rule} {finding.at}"
    return f"{finding.rule} {finding.at}: {shown(finding.expected)} ≠ {shown(finding.actual)}"


def _counted(words: list[str]) -> str:
    counted = ", ".join(f"{words.count(word)} {word}" for word in sorted(set(words)))
    return f" ({counted})" if counted else ""


async def _dead_letters(settings: Settings) -> dict[str, DeadLetter]:
    async with Redis.from_url(settings.redis_url) as client:
        return {letter.key or id_: letter async for id_, letter in DeadLetters(client).find()}
