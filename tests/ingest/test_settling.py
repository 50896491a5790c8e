"""A file is read once it rests: nobody has written to it for a while."""

from datetime import UTC, datetime, timedelta

from services.ingest.settling import Settling
from shared.events import Noticed

START = datetime(2024, 1, 1, tzinfo=UTC)


def after(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def file(etag: str, changed: datetime) -> Noticed:
    return Noticed(key="a.txt", etag=etag, size=1, last_modified=changed)


def test_a_file_rests_when_its_last_change_is_old() -> None:
    assert Settling(0.5).rests(file("1", after(-1)), START)


def test_a_file_that_has_just_changed_is_looked_at_again() -> None:
    settling = Settling(0.5)

    assert not settling.rests(file("1", START), after(0.1))
    assert settling.keys == ["a.txt"]
    assert settling.rests(file("1", START), after(0.6))
    assert settling.keys == []


def test_a_file_that_keeps_changing_does_not_rest() -> None:
    settling = Settling(0.5)

    for tenth in range(20):
        assert not settling.rests(file(str(tenth), after(tenth / 10)), after(tenth / 10 + 0.01))


def test_a_file_whose_clock_is_ahead_rests_when_it_was_seen_unchanged() -> None:
    settling = Settling(0.5)

    assert not settling.rests(file("1", after(3600)), START)
    assert settling.rests(file("1", after(3600)), after(0.6))
