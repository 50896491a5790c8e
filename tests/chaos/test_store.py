"""Store, when others get in its way."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from services.store.persist import persist
from shared.database import queries
from shared.database.connect import connect, reading
from shared.database.schema import be_ready, create_tables
from shared.events import VALIDATED, Validated
from shared.process import StageApp
from shared.stage import Stage
from tests.chaos.conftest import judged
from tests.stage.pipeline import Ledger, running, settings, until


def store_of(url: str, consumer: str) -> Stage[Any, Any]:
    """The stage store on the database at ``url``, with an engine of its own."""
    engine = connect(url)

    async def check() -> None:
        await asyncio.to_thread(be_ready, engine)

    return Stage(
        "store", source=VALIDATED, takes=Validated, work_batch=lambda e: persist(engine, e, consumer), check=check
    )


async def deliver(ledger: Ledger, *events: Validated) -> None:
    for event in events:
        await ledger.client.xadd(VALIDATED, {"__data__": event.model_dump_json()})


@pytest.mark.parametrize("documents", [1, 10])
def test_two_stores_racing_on_the_same_documents_store_each_once(
    redis_url: str, tmp_path: Path, documents: int
) -> None:
    url = f"sqlite:///{tmp_path / 'gouji.sqlite'}"
    create_tables(connect(url))

    async def scenario() -> None:
        ledger = Ledger(redis_url)
        await deliver(ledger, *(judged(f"{n}.txt", f"{n % documents:064}") for n in range(40)))
        quick = settings(redis_url, batch_messages=5)
        one = StageApp(store_of(url, "1-a@here"), quick, consumer="1-a@here")
        other = StageApp(store_of(url, "2-b@here"), quick, consumer="2-b@here")
        async with running(one), running(other):
            await ledger.settled(VALIDATED)
        assert await ledger.letters() == []

    asyncio.run(scenario())
    with reading(connect(url)) as connection:
        assert queries.count_reports(connection) == documents
        assert len(list(queries.objects(connection))) == 40


def test_while_the_database_is_away_nothing_is_dead_lettered_and_all_is_stored_when_it_returns(
    redis_url: str, tmp_path: Path
) -> None:
    file = tmp_path / "gouji.sqlite"
    away = file.with_suffix(".away")
    url = f"sqlite:///{file}"

    async def scenario() -> None:
        ledger = Ledger(redis_url)
        stage = store_of(url, "1-a@here")
        async with running(StageApp(stage, settings(redis_url), consumer="1-a@here")) as app:

            async def says_why() -> bool:
                return "there is no" in app.worker.readiness.reasons.get("the database", "")

            await deliver(ledger, *(judged(f"{n}.txt", f"{n:064}") for n in range(20)))
            await ledger.settled(VALIDATED)
            file.rename(away)
            await deliver(ledger, *(judged(f"{n}.txt", f"{n:064}") for n in range(20, 40)))
            await until(says_why)
            assert await ledger.in_flight(VALIDATED) == 20
            away.rename(file)
            await ledger.settled(VALIDATED)
            assert app.worker.readiness.reasons == {}
        assert await ledger.letters() == []

    asyncio.run(scenario())
    with reading(connect(url)) as connection:
        assert queries.count_reports(connection) == 40
