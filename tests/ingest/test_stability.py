"""A file is read once it is stable: nobody has written to it for a while."""

from datetime import UTC, datetime, timedelta

from services.ingest.stability import Stability
from shared.events import ObjectDiscovered

START = datetime(2024, 1, 1, tzinfo=UTC)


def after(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def file(etag: str, changed: datetime) -> ObjectDiscovered:
    return ObjectDiscovered(key="a.txt", etag=etag, size=1, last_modified=changed)


def test_a_file_is_stable_when_its_last_change_is_old() -> None:
    assert Stability(0.5).is_stable(file("1", after(-1)), START)


def test_a_file_that_has_just_changed_is_looked_at_again() -> None:
    stability = Stability(0.5)

    assert not stability.is_stable(file("1", START), after(0.1))
    assert stability.keys == ["a.txt"]
    assert stability.is_stable(file("1", START), after(0.6))
    assert stability.keys == []


def test_a_file_that_keeps_changing_is_not_stable() -> None:
    stability = Stability(0.5)

    for tenth in range(20):
        assert not stability.is_stable(file(str(tenth), after(tenth / 10)), after(tenth / 10 + 0.01))


def test_a_file_whose_clock_is_ahead_is_stable_when_it_was_seen_unchanged() -> None:
    stability = Stability(0.5)

    assert not stability.is_stable(file("1", after(3600)), START)
    assert stability.is_stable(file("1", after(3600)), after(0.6))
