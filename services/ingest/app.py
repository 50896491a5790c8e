"""Ingest as a process: wiring only. Every replica takes its share of the reading; one of them, the leader, watches."""

import asyncio

from faststream.redis import RedisBroker

from services.ingest.bucket import open_bucket
from services.ingest.limits import limits_of
from services.ingest.reconcile import keep_reconciling
from services.ingest.take import take
from services.ingest.watch import Watcher
from shared.events import Ingested, ObjectDiscovered
from shared.lease import Lease
from shared.process import StageApp
from shared.settings import Settings
from shared.stage import Stage
from shared.stage.liveness import CONSUMER
from shared.starting import errors_as_sentences
from shared.telemetry.watched import watched

with errors_as_sentences():
    settings = Settings()
    bucket = open_bucket(settings.bucket)
limits = limits_of(settings)


def ingest(event: ObjectDiscovered) -> Ingested | None:
    """Fetches and reads an object; None where it has vanished."""
    return take(bucket, event, limits)


async def check() -> None:
    """Raises Unavailable while the bucket is away."""
    await asyncio.to_thread(bucket.check)


async def watch(broker: RedisBroker) -> None:
    """Watches the bucket, reconciles it and measures the streams, whenever this replica is the leader."""
    redis = await broker.connect()
    lease = Lease(redis, "watch", CONSUMER)
    await lease.lead(
        Watcher(broker, bucket, settings).watch,
        lambda: keep_reconciling(bucket, redis, settings),
        lambda: app.telemetry.export_streams(redis),
    )


app = StageApp(
    Stage.of("ingest", work=ingest, check=check),
    settings,
    beside=[watch],
)
app.telemetry.readiness.need("watched", watched(settings, app.telemetry.metrics.watching))

if __name__ == "__main__":
    app.serve()
