"""Works the messages of a batch, each on its own, and says what became of each. Runs in a worker thread."""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from traceback import format_exception
from typing import Generic, NamedTuple

from pydantic import ValidationError

from shared.errors import Rejected, Unavailable
from shared.events import Event, Passage
from shared.settings import Settings
from shared.stage.bury import letter_of
from shared.stage.dead import FAILED, MALFORMED
from shared.stage.delivery import Delivery
from shared.stage.outcome import Buried, Forwarded, Outcome, OutcomeName, Retried
from shared.stage.stage import In, Out, Stage
from shared.version import VERSION

_SLICE_SECONDS = 1.0
"""Work stops after this long to settle what is done, so that a slow document does not keep its neighbours waiting."""
_SPREAD = 1.25
_TRACEBACK_CHARACTERS = 20_000
"""Of a traceback, the end is kept: what failed stands there."""


def retry_delay(settings: Settings, attempts: int) -> float:
    """Seconds until the next try after so many ``attempts``: 2, 6, 18, 54 by default, and up to a quarter more, so
    that messages that failed together do not come back together."""
    return settings.retry_seconds * 3.0 ** (attempts - 1) * random.uniform(1, _SPREAD)  # noqa: S311


def longest_delay(settings: Settings) -> float:
    """Seconds that no :func:`retry_delay` exceeds."""
    return settings.retry_seconds * 3.0 ** (settings.max_attempts - 1) * _SPREAD


class Worked(NamedTuple):
    """What became of some messages of a batch; ``unavailable`` where the work stopped because of the world."""

    outcomes: list[Outcome]
    unavailable: Unavailable | None = None


class _Taken(NamedTuple):
    delivery: Delivery
    event: Event
    started: datetime
    clock: float


class Workbench(Generic[In, Out]):
    """Does the work of ``stage`` as ``consumer``. ``mark`` is told the id of each message before its work begins, and
    None when no message is in work any more."""

    def __init__(
        self, stage: Stage[In, Out], settings: Settings, consumer: str, mark: Callable[[str | None], None]
    ) -> None:
        self._stage = stage
        self._settings = settings
        self._consumer = consumer
        self._mark = mark

    def work(self, deliveries: Sequence[Delivery]) -> Worked:
        """Works ``deliveries`` in order until all are done, a second is over, or the world fails.

        Those without an outcome have not been worked (or their work was undone) and are to be worked again.
        """
        unreadable: list[Outcome] = []
        taken: list[_Taken] = []
        try:
            results = list(self._stage.batch_work()(self._events(deliveries, taken, unreadable)))
            if len(results) != len(taken):
                raise RuntimeError(f"stage {self._stage.name} gave {len(results)} results for {len(taken)} events")
        except Unavailable as unavailable:
            return Worked(unreadable, unavailable)
        except Exception as error:
            if len(taken) > 1:
                return self._work_apart([each.delivery for each in taken])
            results = [error] * len(taken)
        finally:
            self._mark(None)
        ends = [each.clock for each in taken[1:]] + [time.monotonic()]
        outcomes = unreadable
        for each, result, end in zip(taken, results, ends, strict=False):
            if isinstance(result, Unavailable):
                return Worked(outcomes, result)
            outcomes.append(self._outcome(each, result, end - each.clock))
        return Worked(outcomes)

    def _work_apart(self, deliveries: Sequence[Delivery]) -> Worked:
        """A batch that failed as a whole: each message alone, so that only the one at fault takes the blame."""
        outcomes: list[Outcome] = []
        for delivery in deliveries:
            worked = self.work([delivery])
            outcomes += worked.outcomes
            if worked.unavailable:
                return Worked(outcomes, worked.unavailable)
        return Worked(outcomes)

    def _events(self, deliveries: Sequence[Delivery], taken: list[_Taken], unreadable: list[Outcome]) -> Iterator[In]:
        until = time.monotonic() + _SLICE_SECONDS
        for delivery in deliveries:
            try:
                event = self._stage.takes.model_validate_json(delivery.body)
            except ValidationError as error:
                unreadable.append(self._malformed(delivery, error))
                continue
            self._mark(delivery.id)
            taken.append(_Taken(delivery, event, datetime.now(UTC), time.monotonic()))
            yield event
            if time.monotonic() > until:
                return

    def _outcome(self, taken: _Taken, result: Event | Exception | None, seconds: float) -> Outcome:
        delivery, event = taken.delivery, taken.event
        if isinstance(result, Rejected):
            return self._buried(taken, result.code, result.detail, result, seconds)
        if isinstance(result, Exception):
            return self._failed(taken, result, seconds)
        if result is None:
            return Forwarded(delivery, None, seconds)
        passage = self._passage(taken, "forwarded", seconds)
        return Forwarded(delivery, _with_passage(result, event, passage), seconds)

    def _failed(self, taken: _Taken, error: Exception, seconds: float) -> Outcome:
        before = taken.delivery.history
        attempts = before.attempts + 1
        said = f"{type(error).__name__}: {error}"
        if attempts >= self._settings.max_attempts:
            return self._buried(taken, FAILED, said, error, seconds)
        history = before._replace(attempts=attempts, first_failure=before.first_failure or taken.started)
        passage = self._passage(taken, "retried", seconds, said)
        body = _with_passage(taken.event, taken.event, passage)
        return Retried(taken.delivery, body, history, retry_delay(self._settings, attempts), seconds, said)

    def _buried(self, taken: _Taken, code: str, message: str, error: Exception, seconds: float) -> Buried:
        rejected = isinstance(error, Rejected)
        passage = self._passage(taken, "rejected" if rejected else "dead", seconds, f"{code}: {message}")
        letter = letter_of(
            self._stage.name,
            taken.delivery,
            code,
            message,
            event=taken.event,
            body=_with_passage(taken.event, taken.event, passage),
            failed=taken.started,
            document_id=error.document_id if isinstance(error, Rejected) else None,
            traceback=None if rejected else "".join(format_exception(error))[-_TRACEBACK_CHARACTERS:],
        )
        return Buried(taken.delivery, letter, seconds)

    def _malformed(self, delivery: Delivery, error: ValidationError) -> Buried:
        message = f"not an event of this stage: {error.error_count()} faults, the first at {error.errors()[0]['loc']}"
        letter = letter_of(self._stage.name, delivery, MALFORMED, message, body=delivery.body, failed=datetime.now(UTC))
        return Buried(delivery, letter, 0)

    def _passage(self, taken: _Taken, outcome: OutcomeName, seconds: float, detail: str = "") -> Passage:
        return Passage(
            stage=self._stage.name,
            outcome=outcome,
            started=taken.started,
            took=round(seconds, 6),
            consumer=self._consumer,
            version=VERSION,
            detail=detail,
        )


def _with_passage(event: Event, before: Event, passage: Passage) -> bytes:
    return event.model_copy(update={"passages": (*before.passages, passage)}).model_dump_json().encode()
