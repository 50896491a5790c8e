"""Ends tasks that speak to the broker."""

import asyncio
from collections.abc import Sequence
from typing import Any


async def cancel(tasks: Sequence[asyncio.Future[Any]]) -> None:
    """Cancels ``tasks`` and waits for their end; again and again, since redis-py swallows a cancellation that arrives
    together with an answer of the server."""
    while running := [task for task in tasks if not task.done()]:
        for task in running:
            task.cancel()
        await asyncio.wait(running, timeout=0.5)
