"""Runs and ends tasks that speak to the broker."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any


async def together(*duties: Callable[[], Awaitable[None]]) -> None:
    """Runs ``duties`` side by side until the first ends, or this is cancelled; raises what ended it."""
    tasks = [asyncio.ensure_future(duty()) for duty in duties]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        await cancel(tasks)


async def cancel(tasks: Sequence[asyncio.Future[Any]]) -> None:
    """Cancels ``tasks`` and waits for their end; again and again, since redis-py swallows a cancellation that arrives
    together with an answer of the server."""
    while running := [task for task in tasks if not task.done()]:
        for task in running:
            task.cancel()
        await asyncio.wait(running, timeout=0.5)
