"""Messages of the version before: understood as they were meant. What a later one says is kept as a dead letter."""

import json

import pytest

from shared.events import Event, Ingested, ObjectDiscovered, Parsed, Validated
from shared.stage.decode import decode
from shared.stage.delivery import Delivery, History, Malformed

# As gouji 0.1.0 wrote them, shortened.
ORIGIN = {"passages": [], "key": "a.txt", "etag": "1", "size": 9, "last_modified": "2026-01-02T03:04:05Z"}
PASSAGE = {
    "stage": "ingest",
    "outcome": "forwarded",
    "started": "2026-01-02T03:04:06Z",
    "took": 0.01,
    "consumer": "7-ab@old",
    "version": "0.1.0",
    "detail": "",
}
DOCUMENT = {
    "format": "text",
    "encoding": "utf-8",
    "script": "simplified",
    "blocks": [["一、总体情况", "L1", 0, 0, 0, 1, 1, False]],
}
REPORT = {
    "title": "和平县2023年政府信息公开工作年度报告",
    "authority": "和平县",
    "level": "county",
    "year": 2023,
    "period": None,
    "edition": "2021",
    "script": "simplified",
    "format": "text",
    "encoding": "utf-8",
    "sections": [{"number": 1, "heading": "一、总体情况", "text": "无"}],
    "disclosure": {"regulations.issued": 0},
    "applications": {"received": {"total": None}},
    "disputes": {},
    "sources": {"disclosure.regulations.issued": "L9C2"},
    "notes": {},
    "additions": {},
    "remarks": [],
}
COMMON: dict[str, object] = {"passages": [PASSAGE], "origin": ORIGIN, "document_id": "ab47"}
EVENTS: dict[type[Event], dict[str, object]] = {
    ObjectDiscovered: ORIGIN,
    Ingested: COMMON | {"document": DOCUMENT},
    Parsed: COMMON | {"report": REPORT},
    Validated: COMMON | {"report": REPORT, "findings": [], "verdict": "incomplete"},
}


def message(event: dict[str, object]) -> Delivery:
    return Delivery("1-1", json.dumps(event).encode(), {}, History())


@pytest.mark.parametrize("takes", EVENTS)
def test_an_event_of_the_version_before_is_understood(takes: type[Event]) -> None:
    event = decode(message(EVENTS[takes]), takes)

    assert event.part == (1 if takes in (Parsed, Validated) else None)
    if isinstance(event, Parsed | Validated):
        assert (event.report.part, event.parts) == (1, 1)
        assert event.report.figure("disclosure.regulations.issued") == 0
        assert event.report.doubts == {}


@pytest.mark.parametrize("takes", EVENTS)
def test_an_event_with_what_a_later_version_added_is_a_dead_letter_not_half_understood(takes: type[Event]) -> None:
    with pytest.raises(Malformed, match="colour"):
        decode(message(EVENTS[takes] | {"colour": "red"}), takes)
