"""What travels between the services: one event a stage, each carrying all that the stages after it need."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from shared.blocks import Document
from shared.report import Finding, Report, Verdict

StageName = Literal["ingest", "parse", "validate", "store"]
PassageOutcome = Literal["forwarded", "rejected", "retried", "dead", "replayed"]
STAGES: tuple[StageName, ...] = ("ingest", "parse", "validate", "store")

NOTICED = "gouji.noticed"
INGESTED = "gouji.ingested"
PARSED = "gouji.parsed"
VALIDATED = "gouji.validated"
DEAD = "gouji.dead"

SOURCES: dict[StageName, str] = {"ingest": NOTICED, "parse": INGESTED, "validate": PARSED, "store": VALIDATED}
"""The stream that each stage takes from."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Passage(_Frozen):
    """What happened to a document (or to ``part`` of it) in one stage: when, for how long (seconds), on which consumer,
    with which version."""

    stage: StageName
    outcome: PassageOutcome
    started: datetime
    took: float
    consumer: str
    version: str
    detail: str = ""
    part: int | None = None


class Event(_Frozen):
    """What a stage takes and gives: ``passages`` tell what happened to the document so far.

    A document may hold several reports, its parts: ``part`` (from 1) is the one that the event is about, None where it
    is about all of them; ``parts`` is how many there are, None before they have been counted."""

    passages: tuple[Passage, ...] = ()
    part: int | None = None
    parts: int | None = None

    @property
    def read_at(self) -> datetime | None:
        """When ingest last read the object; None where no passage tells."""
        return max((each.started for each in self.passages if each.stage == "ingest"), default=None)


class Noticed(Event):
    """An object of the bucket that is to be processed: its key, version tag, size in bytes, last change (UTC).

    ``ahead``: the bucket states a last change in the future; ``last_modified`` is when the object came there.
    """

    key: str
    etag: str
    size: int
    last_modified: datetime
    ahead: bool = False


class Ingested(Event):
    """An object read and normalised. ``document_id`` is the SHA-256 of its bytes. Where ``part`` is set, only that one
    is to be recognised: it failed before, and the others did not."""

    origin: Noticed
    document_id: str
    document: Document


class Parsed(Event):
    """A document, or a part of it, recognised as a report."""

    part: int = 1
    parts: int = 1
    origin: Noticed
    document_id: str
    report: Report


class Validated(Event):
    """A report and what the rules found in it."""

    part: int = 1
    parts: int = 1
    origin: Noticed
    document_id: str
    report: Report
    findings: tuple[Finding, ...]
    verdict: Verdict
