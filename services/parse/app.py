"""Parse as a process: wiring only."""

from services.parse.recognise import recognise
from shared.events import INGESTED, PARSED, Ingested, Parsed
from shared.settings import Settings
from shared.stage import Stage
from shared.stage.app import StageApp
from shared.starting import told_in_a_sentence


def parse(event: Ingested) -> Parsed:
    """Recognises the report in a document; raises Rejected (``not_a_report``) where there is none."""
    return Parsed(origin=event.origin, document_id=event.document_id, report=recognise(event.document))


with told_in_a_sentence():
    app = StageApp(Stage(name="parse", source=INGESTED, takes=Ingested, sink=PARSED, work=parse), Settings())

if __name__ == "__main__":
    app.serve()
