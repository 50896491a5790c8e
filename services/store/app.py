"""Store as a process: wiring only."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

from faststream.redis import RedisBroker

from services.store.persist import persist
from shared.database.connect import connect
from shared.database.schema import be_ready
from shared.errors import Unavailable
from shared.events import Event, Validated
from shared.process import StageApp
from shared.settings import Settings
from shared.stage import Batch, Stage
from shared.stage.liveness import CONSUMER
from shared.starting import errors_as_sentences

with errors_as_sentences():
    settings = Settings()
    engine = connect(settings.database_url)


def store(events: Batch[Validated]) -> Sequence[Event | Exception | None]:
    """Commits a batch in one transaction."""
    return persist(engine, events, CONSUMER)


async def check() -> None:
    """Raises Unavailable while the database is away; the first time, creates the tables that are missing."""
    await asyncio.to_thread(be_ready, engine)


async def prepare(_: RedisBroker) -> None:
    """Creates the tables at the start, if the database is there; if not, ``check`` does when it is."""
    with suppress(Unavailable):
        await check()


app = StageApp(
    Stage.of("store", work_batch=store, check=check),
    settings,
    beside=[prepare],
)

if __name__ == "__main__":
    app.serve()
