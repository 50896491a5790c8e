"""An installation in which every name and text tries to steer the terminal it is shown on."""

import json
from datetime import UTC, datetime
from pathlib import Path

from redis import Redis

from services.store.persist import persist
from shared.database.connect import connect
from shared.database.schema import upgrade
from shared.events import DEAD, ProcessingStep
from shared.report import Finding
from shared.stage.dead import DeadLetter, count_name
from shared.stage.keys import DEAD_COUNTS
from tests.database.reports import plain_report, validated

EVIL = "\x1b[2J\x1b]0;owned\x07[bold]粗[/]\x9b1m\r\n\u202e反\u2066:smile:\x7f\t"
"""Escape sequences, markup, an emoji's name, a C1 control, line breaks, a direction override and an isolate."""
SHOWN = "␛[2J␛]0;owned␇[bold]粗[/]<U+009B>1m␍␊<U+202E>反<U+2066>:smile:␡␉"
"""The same as a person may see it."""
DOCUMENT = "ab" * 32


def install(redis_url: str, folder: Path) -> None:
    """One report and one dead letter, in the broker and in the database of the data folder ``folder``."""
    finding = Finding(
        rule="narrative.applications", at=EVIL, severity="warning", cells=(), message=f"{EVIL}一句", quote=EVIL
    )
    report = plain_report(authority=f"{EVIL}镇").model_copy(
        update={"remarks": (f"{EVIL}注",), "notes": {"applications.received.total": EVIL}, "title": f"{EVIL}年报"}
    )
    event = validated(report, finding, document_id=DOCUMENT, key=f"{EVIL}.txt")
    step = ProcessingStep(
        stage="parse", outcome="retried", started=_NOW, took=1, consumer=EVIL, version="1", detail=f"{EVIL}细节"
    )
    engine = connect(f"sqlite:///{folder / 'gouji.sqlite'}")
    upgrade(engine)
    assert persist(engine, [event.model_copy(update={"passages": (step,)})], "tester") == [None]
    engine.dispose()
    letter = DeadLetter(
        stage="parse",
        code="failed",
        message=f"{EVIL}缘故",
        traceback=f"Traceback\n  {EVIL}",
        attempts=5,
        first_failure=_NOW,
        last_failure=_NOW,
        document_id="cd" * 32,
        key=f"{EVIL}.txt",
        event=json.dumps({"passages": [step.model_dump(mode="json")]}),
    )
    with Redis.from_url(redis_url) as client:
        client.xadd(DEAD, {"letter": letter.model_dump_json()})
        client.hincrby(DEAD_COUNTS, count_name(letter), 1)


_NOW = datetime(2026, 1, 1, tzinfo=UTC)
