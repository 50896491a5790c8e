"""From bytes to judgement: extraction, recognition and the rules, one after another."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.ingest.limits import LIMITS, Limits
from services.ingest.read import read_document
from services.parse.recognise import Recognised, recognise_all
from services.validate.judge import judge
from shared.blocks import Document
from shared.errors import Rejected
from shared.report import Judgement, Report


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file, or of one of the ``parts`` of a file that holds several reports (``part`` counts from 1).

    Either ``report`` and ``judgement`` are there, or ``failure`` is: :class:`~shared.errors.Rejected` where the file is
    at fault, else the exception that gouji itself raised while it read or judged this part."""

    part: int = 1
    parts: int = 1
    report: Report | None = None
    judgement: Judgement | None = None
    failure: Exception | None = None

    @property
    def rejection(self) -> Rejected | None:
        """Why there is no report, with a code; a fault of gouji's own is ``unreadable``."""
        if self.failure is None or isinstance(self.failure, Rejected):
            return self.failure
        fault = type(self.failure).__name__
        return Rejected("unreadable", f"A fault of gouji, not of the file ({fault}); please report it.")


def read(data: bytes, name: str = "", limits: Limits = LIMITS) -> tuple[Outcome, ...]:
    """What each report in a file turned out to be, in the order of the file; one outcome where it holds one or none.

    ``data`` is the whole file; ``name`` says nothing about its format and may be anything. Never raises for what is in
    the file: it is read within ``limits``, formats other than text in a process of their own."""
    try:
        document = read_document(data, name, limits)
    except Exception as failure:  # a file that breaks a library of ours must not break the reader of a thousand
        return (Outcome(failure=failure),)
    return outcomes_of(document)


def outcomes_of(document: Document) -> tuple[Outcome, ...]:
    """What each report in an extracted ``document`` turned out to be."""
    try:
        found: Sequence[Recognised] = recognise_all(document)
    except Exception as failure:
        return (Outcome(failure=failure),)
    return tuple(_judged(each) for each in found)


def _judged(found: Recognised) -> Outcome:
    if isinstance(found.outcome, Exception):
        return Outcome(found.part, found.parts, failure=found.outcome)
    try:
        return Outcome(found.part, found.parts, found.outcome, judge(found.outcome))
    except Exception as failure:
        return Outcome(found.part, found.parts, failure=failure)
