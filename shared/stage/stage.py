"""What a service declares to become a stage of the pipeline."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from shared.errors import Unavailable
from shared.events import PIPELINE, SINKS, Event, StageName

In = TypeVar("In", bound=Event)
Out = TypeVar("Out", bound=Event)


@dataclass(frozen=True)
class Batch(Generic[In]):
    """The events of a batch. Iterating over it takes them into work, once, one after the other: each must be finished
    before the next is taken, so that a message that kills the process is told from its neighbours. ``all`` of them may
    be looked at before; where work takes too long, not all are taken."""

    all: Sequence[In]
    taking: Iterator[In]

    def __iter__(self) -> Iterator[In]:
        return self.taking


@dataclass(frozen=True)
class PartialResult:
    """What became of one part of a message that has several. ``event`` is the message's event narrowed to that part: it
    is what is tried again, or kept in a dead letter, where ``result`` is an exception."""

    event: Event
    result: Event | Exception


PartialResults = tuple[PartialResult, ...]
"""One or more: the parts of a message part ways, in the one atomic step that settles it."""

WorkBatch = Callable[[Batch[In]], Sequence[Out | PartialResults | Exception | None]]


@dataclass(frozen=True)
class Stage(Generic[In, Out]):
    """One step of the pipeline: takes events of type ``takes`` from the stream ``source``, gives events to the stream
    ``sink`` (None for the last stage).

    The work is given in one of two forms, both synchronous, run in a worker thread:

    ``work`` turns one event into the next, or into one for each of its parts; None forwards nothing (the object has
    vanished, or this stage is the last).
    ``work_batch`` does the same for many, for a stage that shares a transaction among them. It iterates over the
    :class:`Batch` and returns one result for each event taken, in order; an exception as a result fails that message
    alone.

    Either raises :class:`~shared.errors.Rejected` where the fault is the document's and
    :class:`~shared.errors.Unavailable` where something outside is away; any other exception is our own fault.
    ``check`` raises Unavailable while what the stage needs is away; it is asked at the start, and again and again
    after work has raised Unavailable, until it passes.
    """

    name: StageName
    source: str
    takes: type[In]
    sink: str | None = None
    work: Callable[[In], Out | PartialResults | None] | None = None
    work_batch: WorkBatch[In, Out] | None = None
    check: Callable[[], Awaitable[None]] | None = None

    @classmethod
    def of(cls, name: StageName, **declared: Any) -> "Stage[Any, Any]":
        """The stage of the pipeline called ``name``, where :data:`~shared.events.PIPELINE` has it; ``declared`` are its
        work and its check."""
        (place,) = (each for each in PIPELINE if each.stage == name)
        return cls(name, source=place.stream, takes=cast("type[In]", place.takes), sink=SINKS[name], **declared)

    def __post_init__(self) -> None:
        if (self.work is None) == (self.work_batch is None):
            raise ValueError(f"stage {self.name} needs either work or work_batch")

    def batch_work(self) -> WorkBatch[In, Out]:
        """The work in its batch form."""
        return self.work_batch or self._one_by_one

    def _one_by_one(self, events: Batch[In]) -> Sequence[Out | PartialResults | Exception | None]:
        assert self.work is not None  # noqa: S101
        results: list[Out | PartialResults | Exception | None] = []
        for event in events:
            try:
                results.append(self.work(event))
            except Exception as error:  # whatever it is, it fails this message alone
                results.append(error)
                if isinstance(error, Unavailable):
                    break
        return results
