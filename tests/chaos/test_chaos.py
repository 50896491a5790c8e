"""The short run of the chaos: everything is killed once while documents flow. The long one is ``make chaos``."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import pytest
from redis import Redis

from cli.pipeline import Pipeline, running
from shared.settings import Settings
from tests.chaos.audit import audit, in_flight, replay_the_unlucky
from tests.chaos.databases import Sqlite
from tests.chaos.documents import Document, documents
from tests.chaos.monkey import VICTIMS, Monkey
from tests.patience import until

_SEED = 20260101


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sqlite]:
    database = Sqlite(tmp_path)
    for name, value in {
        "GOUJI_DATABASE_URL": database.url,
        "GOUJI_RECLAIM_SECONDS": "6",
        "GOUJI_LOG_LEVEL": "WARNING",
    }.items():
        monkeypatch.setitem(os.environ, name, value)
    yield database
    database.close()


@pytest.fixture
def pipeline(tmp_path: Path, database: Sqlite) -> Iterator[Pipeline]:
    with running(str(tmp_path / "bucket"), tmp_path / "data", {}) as pipeline:
        yield pipeline


def accounted(settings: Settings, dropped: list[Document], sent: Sequence[str] = ()) -> bool:
    return in_flight(settings) == 0 and not audit(settings, dropped, sent).lost


def test_everything_is_killed_and_nothing_is_lost_or_duplicated(pipeline: Pipeline, database: Sqlite) -> None:
    dropped = list(documents(80, _SEED))
    first, last = dropped[:70], dropped[70:]
    monkey = Monkey(pipeline, database, Random(_SEED))
    monkey.rage(first, kills=len(VICTIMS), longest_pause=0.5)
    until(lambda: accounted(pipeline.settings, first, monkey.bad.sent))
    replay_the_unlucky(pipeline.settings)
    until(lambda: accounted(pipeline.settings, first, monkey.bad.sent))
    assert audit(pipeline.settings, first, monkey.bad.sent).balanced, audit(pipeline.settings, first)

    with Redis.from_url(pipeline.settings.redis_url) as broker:
        broker.flushall()  # the broker loses everything; the bucket is the truth
    for document in last:
        document.drop(Path(pipeline.settings.bucket))
        document.correct(Path(pipeline.settings.bucket))
    until(lambda: accounted(pipeline.settings, dropped))
    assert audit(pipeline.settings, dropped).balanced, audit(pipeline.settings, dropped)
