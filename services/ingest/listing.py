"""One listing of the bucket, part by part."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from heapq import nlargest
from itertools import islice

from services.ingest.bucket import Bucket
from services.ingest.outbox import CHUNK, Outbox
from shared.events import ObjectDiscovered

_LISTED_AT_ONCE = 1000  # objects: what one request to an object store gives


class Listing:
    """A listing of ``bucket``. While its :meth:`parts` are gone through it counts the ``objects``, those of them whose
    change time lies ``ahead``, and what was ``passed_over`` by reason; ``seconds`` is what listing took, without what
    was done with the parts meanwhile."""

    def __init__(self, bucket: Bucket) -> None:
        self._entries = iter(bucket.entries())
        self._hashes: set[int] = set()
        self.objects = 0
        self.ahead = 0
        self.passed_over = Counter[str]()
        self.seconds = 0.0

    async def parts(self) -> AsyncIterator[list[ObjectDiscovered]]:
        """The objects, some at a time."""
        loop = asyncio.get_running_loop()
        while True:
            started = loop.time()
            part = await asyncio.to_thread(lambda: list(islice(self._entries, _LISTED_AT_ONCE)))
            self.seconds += loop.time() - started
            if not part:
                return
            objects = [entry for entry in part if isinstance(entry, ObjectDiscovered)]
            self.objects += len(objects)
            self.ahead += sum(each.ahead for each in objects)
            self.passed_over.update(entry.reason for entry in part if not isinstance(entry, ObjectDiscovered))
            self._hashes.update(hash(each.key) for each in objects)  # keys themselves would take a hundred megabytes
            yield objects

    def may_have(self, key: str) -> bool:
        """False where it has not come upon an object called ``key``; rarely true where it has not either."""
        return hash(key) in self._hashes


async def newest(bucket: Bucket, outbox: Outbox) -> tuple[list[ObjectDiscovered], float]:
    """Of the objects that are fresh, some that changed last; and how many seconds of listing that took."""
    listing, found = Listing(bucket), list[ObjectDiscovered]()
    async for part in listing.parts():
        found = nlargest(CHUNK, [*found, *await outbox.fresh(part)], key=lambda each: each.last_modified)
    return found, listing.seconds
