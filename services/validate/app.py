"""Validate as a process: wiring only."""

from services.validate.judge import judge
from shared.events import Parsed, Validated
from shared.process import StageApp
from shared.settings import Settings
from shared.stage import Stage
from shared.starting import errors_as_sentences


def validate(event: Parsed) -> Validated:
    """Judges a report."""
    judgement = judge(event.report)
    return Validated(
        origin=event.origin,
        document_id=event.document_id,
        part=event.part,
        parts=event.parts,
        report=event.report,
        findings=judgement.findings,
        diagnoses=judgement.diagnoses,
        verdict=judgement.verdict,
    )


with errors_as_sentences():
    app = StageApp(Stage.of("validate", work=validate), Settings())

if __name__ == "__main__":
    app.serve()
