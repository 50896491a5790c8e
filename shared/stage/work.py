"""Works the messages of a batch, each on its own. Runs in a worker thread."""

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Generic, NamedTuple

from shared.errors import Unavailable
from shared.events import Event
from shared.stage.decode import decode
from shared.stage.delivery import Delivery, Malformed
from shared.stage.failure_policy import FailurePolicy, Work
from shared.stage.outcome import Outcome
from shared.stage.stage import Batch, In, Out, PartialResults, Stage

_SLICE_SECONDS = 1.0
"""Work stops after this long to settle what is done, so that a slow document does not keep its neighbours waiting."""


class Worked(NamedTuple):
    """What became of some messages of a batch; ``unavailable`` where the work stopped because of the world."""

    outcomes: list[Outcome]
    unavailable: Unavailable | None = None


class _Taken(NamedTuple):
    work: Work
    clock: float


class Workbench(Generic[In, Out]):
    """Does the work of ``stage``; ``policy`` decides what becomes of each message. ``mark`` is told the id of each
    before its work begins, and None when no message is in work any more."""

    def __init__(self, stage: Stage[In, Out], policy: FailurePolicy, mark: Callable[[str | None], None]) -> None:
        self._stage = stage
        self._policy = policy
        self._mark = mark

    def work(self, deliveries: Sequence[Delivery]) -> Worked:
        """Works ``deliveries`` in order until all are done, a second is over, or the world fails.

        Those without an outcome have not been worked (or their work was undone) and are to be worked again.
        """
        read, outcomes = self._read(deliveries)
        taken: list[_Taken] = []
        try:
            batch = Batch([event for _, event in read], self._take(read, taken))
            results = list(self._stage.batch_work()(batch))
            if len(results) != len(taken):
                raise RuntimeError(f"stage {self._stage.name} gave {len(results)} results for {len(taken)} events")
        except Unavailable as unavailable:
            return Worked(outcomes, unavailable)
        except Exception as error:
            if len(taken) > 1:
                return self._work_apart([each.work.delivery for each in taken])
            results = [error] * len(taken)
        finally:
            self._mark(None)
        ends = [each.clock for each in taken[1:]] + [time.monotonic()]
        for (work, clock), result, end in zip(taken, results, ends, strict=False):
            if isinstance(result, Unavailable):
                return Worked(outcomes, result)
            outcomes += self._outcomes(work._replace(took=end - clock), result)
        return Worked(outcomes)

    def _outcomes(self, work: Work, result: Event | PartialResults | Exception | None) -> list[Outcome]:
        """What becomes of a message, or of each of its parts; of these each took an equal share of the time."""
        if not isinstance(result, tuple):
            return [self._outcome(work, result)]
        share = work.took / len(result)
        return [self._outcome(work._replace(event=part.event, took=share), part.result) for part in result]

    def _outcome(self, work: Work, result: Event | Exception | None) -> Outcome:
        try:
            return self._policy.of(work, result)
        except Exception as error:  # a result that cannot be written down is a failure like any other
            return self._policy.of(work, error)

    def _work_apart(self, deliveries: Sequence[Delivery]) -> Worked:
        """A batch that failed as a whole: each message alone, so that only the one at fault takes the blame."""
        outcomes: list[Outcome] = []
        for delivery in deliveries:
            worked = self.work([delivery])
            outcomes += worked.outcomes
            if worked.unavailable:
                return Worked(outcomes, worked.unavailable)
        return Worked(outcomes)

    def _read(self, deliveries: Sequence[Delivery]) -> tuple[list[tuple[Delivery, In]], list[Outcome]]:
        """The deliveries with their events, and what became of those that are no events."""
        read: list[tuple[Delivery, In]] = []
        outcomes: list[Outcome] = []
        for delivery in deliveries:
            try:
                read.append((delivery, decode(delivery, self._stage.takes)))
            except Malformed as malformed:
                outcomes.append(self._policy.malformed(delivery, malformed))
        return read, outcomes

    def _take(self, read: Sequence[tuple[Delivery, In]], taken: list[_Taken]) -> Iterator[In]:
        until = time.monotonic() + _SLICE_SECONDS
        for delivery, event in read:
            self._mark(delivery.id)
            taken.append(_Taken(Work(delivery, event, datetime.now(UTC)), time.monotonic()))
            yield event
            if time.monotonic() > until:
                break
        self._mark(None)  # what a batch does at its end, such as a commit, is no single message's work
