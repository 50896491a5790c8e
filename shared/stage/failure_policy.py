"""Decides what becomes of a message, from how the work on it ended. The three kinds of failure are told apart here."""

import random
from datetime import UTC, datetime
from traceback import format_exception
from typing import Any, NamedTuple

from shared.errors import Rejected
from shared.events import FIRST, Event, ProcessingStep, StepOutcome
from shared.settings import Settings
from shared.stage.dead import FAILED, MALFORMED, POISON, WORK_TIMEOUT, DeadLetter
from shared.stage.decode import Subject, decode
from shared.stage.delivery import Delivery, Malformed
from shared.stage.mark import Overtime
from shared.stage.outcome import DeadLettered, Forwarded, Outcome, Retried
from shared.stage.stage import Stage
from shared.version import VERSION

DEADLY = 2
"""A message that has killed so many workers is poison: it gets no third."""
_GROWTH = 3.0  # chosen: five tries, the second after 2 s, span 80 s: longer than a restart
_SPREAD = 1.25  # chosen: messages that failed together do not come back together
_TRACEBACK_CHARACTERS = 20_000
"""Of a traceback, the end is kept: what failed stands there."""


def retry_delay(settings: Settings, attempts: int) -> float:
    """Seconds until the next try after so many ``attempts``: 2, 6, 18, 54 by default, and up to a quarter more, so
    that messages that failed together do not come back together."""
    return settings.retry_seconds * _GROWTH ** (attempts - 1) * random.uniform(1, _SPREAD)  # noqa: S311


def longest_delay(settings: Settings) -> float:
    """Seconds that no :func:`retry_delay` exceeds."""
    return settings.retry_seconds * _GROWTH ** (settings.max_attempts - 1) * _SPREAD


class Work(NamedTuple):
    """The work on one message: ``event`` is what it says (None where it says nothing that the stage can read),
    ``started`` when the work began (UTC), ``took`` how long it lasted (seconds)."""

    delivery: Delivery
    event: Event | None
    started: datetime
    took: float = 0


class FailurePolicy:
    """Decides for ``stage``, at work as ``consumer``."""

    def __init__(self, stage: Stage[Any, Any], settings: Settings, consumer: str) -> None:
        self._stage = stage
        self._settings = settings
        self._consumer = consumer

    def of(self, work: Work, result: Event | Exception | None) -> Outcome:
        """What becomes of a message whose work ended with ``result``; for :class:`~shared.errors.Unavailable` the
        work has not ended."""
        match result:
            case Rejected():
                code, detail = result.code, result.detail
                return self._dead_lettered(work, "rejected", code, detail, document_id=result.document_id)
            case Exception():
                return self._failed(work, result)
            case _:
                return self._forwarded(work, result)

    def malformed(self, delivery: Delivery, fault: Malformed) -> Outcome:
        """A message that is no event of the stage: trying again would not help."""
        return self._malformed(Work(delivery, None, datetime.now(UTC)), fault)

    def died(self, delivery: Delivery, overtime: Overtime | None = None) -> Outcome:
        """A message that was in work when its worker died: tried again at once, unless it has killed before, or was
        killed for taking too long."""
        history = delivery.history._replace(deaths=delivery.history.deaths + 1)
        work = Work(delivery, None, datetime.now(UTC))
        try:
            work = work._replace(event=decode(delivery, self._stage.takes))
        except Malformed as fault:
            return self._malformed(work, fault)
        if overtime:
            message = f"the work on it took longer than {overtime.seconds:g} seconds (GOUJI_WORK_SECONDS)"
            work = work._replace(took=overtime.seconds)
            return self._dead_lettered(work, "dead", WORK_TIMEOUT, message, traceback=overtime.traceback)
        if history.deaths >= DEADLY:
            message = f"{history.deaths} workers died while they worked on it"
            return self._dead_lettered(work, "dead", POISON, message)
        step = self._step(work, "retried", "the worker died while it worked on it")
        history = history._replace(first_failure=history.first_failure or work.started)
        return Retried(delivery, work.event, step, _event_bytes(work, step), history, delay=0)

    def _malformed(self, work: Work, fault: Malformed) -> Outcome:
        return self._dead_lettered(work, "dead", MALFORMED, f"not an event of this stage: {fault}")

    def _forwarded(self, work: Work, result: Event | None) -> Outcome:
        step = self._step(work, "forwarded")
        taken = work.event or Event()
        body = _with_step(result, taken, step) if result is not None and self._stage.sink else None
        return Forwarded(work.delivery, taken, step, body, result)

    def _failed(self, work: Work, error: Exception) -> Outcome:
        before = work.delivery.history
        attempts = before.attempts + 1
        message = f"{type(error).__name__}: {error}"
        if attempts >= self._settings.max_attempts:
            trace = "".join(format_exception(error))[-_TRACEBACK_CHARACTERS:]
            return self._dead_lettered(work, "dead", FAILED, message, attempts=attempts, traceback=trace)
        history = before._replace(attempts=attempts, first_failure=before.first_failure or work.started)
        step = self._step(work, "retried", message)
        delay = retry_delay(self._settings, attempts)
        return Retried(work.delivery, work.event, step, _event_bytes(work, step), history, delay)

    def _dead_lettered(
        self,
        work: Work,
        outcome: StepOutcome,
        code: str,
        message: str,
        *,
        attempts: int | None = None,
        traceback: str | None = None,
        document_id: str | None = None,
    ) -> Outcome:
        step = self._step(work, outcome, f"{code}: {message}")
        subject, history = Subject.of(work.delivery.body), work.delivery.history
        letter = DeadLetter(
            stage=self._stage.name,
            code=code,
            message=_encodable(message),
            traceback=_encodable(traceback) if traceback else None,
            attempts=history.attempts if attempts is None else attempts,
            first_failure=history.first_failure or work.started,
            last_failure=work.started,
            document_id=document_id or (subject.document_id if subject else None),
            part=work.event.part if work.event else None,
            parts=work.event.parts if work.event else None,
            key=subject.key if subject else None,
            etag=subject.etag if subject else None,
            replays=history.replays,
            event=_event_bytes(work, step).decode(errors="replace"),
            headers=work.delivery.headers_to_keep,
            read_at=(work.event.read_at if work.event and self._stage.name != FIRST else None) or work.started,
        )
        return DeadLettered(work.delivery, work.event, step, letter)

    def _step(self, work: Work, outcome: StepOutcome, detail: str = "") -> ProcessingStep:
        return ProcessingStep(
            stage=self._stage.name,
            outcome=outcome,
            started=work.started,
            took=round(work.took, 6),
            consumer=self._consumer,
            version=VERSION,
            detail=_encodable(detail),
            part=work.event.part if work.event else None,
        )


def _encodable(text: str) -> str:
    """``text`` as UTF-8 can write it: an error may quote a file's name, bytes that are no UTF-8 and all."""
    return text.encode(errors="backslashreplace").decode()


def _event_bytes(work: Work, step: ProcessingStep) -> bytes:
    """The message's own event with ``step`` added; unchanged where it cannot be read."""
    return _with_step(work.event, work.event, step) if work.event else work.delivery.body


def _with_step(event: Event, before: Event, step: ProcessingStep) -> bytes:
    return event.model_copy(update={"passages": (*before.passages, step)}).model_dump_json().encode()
