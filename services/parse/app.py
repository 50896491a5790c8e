"""Parse as a process: wiring only."""

from services.parse.recognise import Recognised, recognise_all
from shared.events import Ingested, Parsed
from shared.process import StageApp
from shared.settings import Settings
from shared.stage import Stage
from shared.stage.stage import PartialResult, PartialResults
from shared.starting import errors_as_sentences


def parse(event: Ingested) -> Parsed | PartialResults:
    """Recognises the report in a document, or each of several; raises Rejected where there is none."""
    found = recognise_all(event.document, event.part)
    if event.part is None and len(found) == 1:
        return _parsed(event, found[0])
    return tuple(_result(event, each) for each in found)


def _parsed(event: Ingested, found: Recognised) -> Parsed:
    if isinstance(found.outcome, Exception):
        raise found.outcome
    return Parsed(
        origin=event.origin,
        document_id=event.document_id,
        part=found.part,
        parts=found.parts,
        report=found.outcome,
    )


def _result(event: Ingested, found: Recognised) -> PartialResult:
    of_part = event.model_copy(update={"part": found.part, "parts": found.parts})
    failure = found.outcome if isinstance(found.outcome, Exception) else None
    return PartialResult(of_part, failure or _parsed(event, found))


with errors_as_sentences():
    app = StageApp(Stage.of("parse", work=parse), Settings())

if __name__ == "__main__":
    app.serve()
