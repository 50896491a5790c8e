"""What /readyz and /healthz answer.

Ready: the stage can reach everything it needs. Healthy: its loop is not stuck. A stage that waits for its database is
healthy and not ready: restarting it would not help.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager

from shared.errors import Unavailable

Check = Callable[[], Awaitable[None]]
"""Returns when what it checks can be used; raises (:class:`Unavailable` where the reason is known) when not."""


class ReadinessChecks:
    """Runs ``checks`` (by what they check) every ``every`` seconds, however often it is asked, so that an answer costs
    nothing and never waits; a check that takes longer than ``timeout`` seconds has failed.

    ``reasons`` says why the stage is not ready, by what is missing; it is empty when the stage is ready."""

    def __init__(self, checks: Mapping[str, Check], every: float = 5.0, timeout: float = 5.0) -> None:
        self.reasons = {"start": "nothing has been checked yet"}
        self._checks = dict(checks)
        self._every = every
        self._timeout = timeout

    def need(self, name: str, check: Check) -> None:
        """Adds a check to the others."""
        self._checks[name] = check

    async def keep(self) -> None:
        """Checks until cancelled; a stage that is not ready is checked more often, since it may be ready again."""
        while True:
            await self.check()
            await asyncio.sleep(self._every / 5 if self.reasons else self._every)

    async def check(self) -> None:
        """Checks everything once."""
        answers = await asyncio.gather(*(self._ask(name, check) for name, check in self._checks.items()))
        self.reasons = {what: why for what, why in answers if why}

    async def _ask(self, name: str, check: Check) -> tuple[str, str]:
        try:
            await asyncio.wait_for(check(), self._timeout)
        except TimeoutError:
            return name, f"no answer within {self._timeout:g} seconds"
        except Unavailable as unavailable:
            return unavailable.what, unavailable.why
        except Exception as error:  # whatever a driver raises, the stage cannot use what it stands for
            return name, f"{type(error).__name__}: {error}"
        return name, ""


class Pulse:
    """Notices a loop that is stuck: one that has been in the same turn for more than ``stuck_seconds``."""

    def __init__(self, stuck_seconds: float) -> None:
        self._stuck = stuck_seconds
        self._since: float | None = None

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Around one turn of the loop: a batch taken, worked and settled."""
        self._since = time.monotonic()
        try:
            yield
        finally:
            self._since = None

    def reason(self) -> str:
        """Why the loop counts as stuck; empty when it does not."""
        since = self._since
        if since is None or (seconds := time.monotonic() - since) <= self._stuck:
            return ""
        return f"in the same work for {seconds:.0f} seconds"
