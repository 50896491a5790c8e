"""What travels between the services: one event a stage, each carrying all that the stages after it need; and the
pipeline that they travel through."""

from datetime import datetime
from typing import Annotated, Literal, NamedTuple

from pydantic import AfterValidator, BaseModel, ConfigDict

from shared.blocks import Document
from shared.report import Diagnosis, Finding, Report, Verdict

StepOutcome = Literal["forwarded", "rejected", "retried", "dead", "replayed"]
StageName = str
"""One of :data:`STAGES`."""

DEAD = "gouji.dead"
"""The stream of the dead letters of all stages."""


def _known(stage: str) -> str:
    if stage not in STAGES:
        raise ValueError(f"no stage is called {stage!r}")
    return stage


KnownStage = Annotated[StageName, AfterValidator(_known)]
"""A field of a message that names a stage."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class ProcessingStep(_Frozen):
    """What happened to a document (or to ``part`` of it) in one stage: when, for how long (seconds), on which consumer,
    with which version."""

    stage: KnownStage
    outcome: StepOutcome
    started: datetime
    took: float
    consumer: str
    version: str
    detail: str = ""
    part: int | None = None


class Event(_Frozen):
    """What a stage takes and gives: ``passages``, as messages and the database call them, are the steps so far.

    A document may hold several reports, its parts: ``part`` (from 1) is the one that the event is about, None where it
    is about all of them; ``parts`` is how many there are, None before they have been counted."""

    passages: tuple[ProcessingStep, ...] = ()
    part: int | None = None
    parts: int | None = None

    @property
    def read_at(self) -> datetime | None:
        """When ingest last read the object; None where no step tells."""
        return max((each.started for each in self.passages if each.stage == "ingest"), default=None)


class ObjectDiscovered(Event):
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

    origin: ObjectDiscovered
    document_id: str
    document: Document


class Parsed(Event):
    """A document, or a part of it, recognised as a report."""

    part: int = 1
    parts: int = 1
    origin: ObjectDiscovered
    document_id: str
    report: Report


class Validated(Event):
    """A report, what the rules found in it, and the slips behind that."""

    part: int = 1
    parts: int = 1
    origin: ObjectDiscovered
    document_id: str
    report: Report
    findings: tuple[Finding, ...]
    diagnoses: tuple[Diagnosis, ...] = ()
    verdict: Verdict


class PipelineStage(NamedTuple):
    """A stage of the pipeline: the stream it takes from, and the events that it takes; it gives to the next."""

    stage: StageName
    stream: str
    takes: type[Event]


PIPELINE: tuple[PipelineStage, ...] = (
    PipelineStage("ingest", "gouji.noticed", ObjectDiscovered),
    PipelineStage("parse", "gouji.ingested", Ingested),
    PipelineStage("validate", "gouji.parsed", Parsed),
    PipelineStage("store", "gouji.validated", Validated),
)
"""The shape of the pipeline, in order. What else names stages or streams derives from it: the services themselves, the
supervisor, status, gauges, dashboards, the import contracts."""

STAGES: tuple[StageName, ...] = tuple(each.stage for each in PIPELINE)
FIRST, LAST = STAGES[0], STAGES[-1]
SOURCES: dict[StageName, str] = {each.stage: each.stream for each in PIPELINE}
"""The stream that each stage takes from."""
SINKS: dict[StageName, str | None] = dict(zip(STAGES, [*(each.stream for each in PIPELINE[1:]), None], strict=True))
"""The stream that each stage gives to; None for the last."""
NOTICED, INGESTED, PARSED, VALIDATED = (SOURCES[stage] for stage in ("ingest", "parse", "validate", "store"))
