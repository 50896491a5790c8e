"""The names of everything the stages keep in the broker, beside the streams that ``shared.events`` names."""

from shared.events import StageName

DEAD_COUNTS = "gouji:dead:counts"
"""Hash: how many dead letters there are, by ``STAGE CODE``; kept in step with the stream by the same scripts."""

DEAD_INDEX = "gouji:dead:objects"
"""Sorted set: ``KEY NUL ID`` for each dead letter of an object, all of one score, to be found by key."""

STORED = "gouji:stored"
"""Sorted set: the objects that were stored, by when they were read (ms), the latest 100,000: so that the dead letter of
an earlier state that comes late is known to be superseded."""

SUPERSEDED = "gouji:dead:superseded"
"""Stream: the latest dead letters that went because a later state of their object was stored, and as which document."""

DISCARDED_ETAGS = "gouji:discarded"
"""Hash: the etag under which an operator discarded the dead letter of each key; reconcile leaves those alone."""

NOTICED_ETAGS = "gouji:noticed"
"""Hash: the etag under which each key of the bucket was last noticed."""
STARTS = "gouji:starts"
"""Hash: how often processes of each stage have started."""


def retry_queue(stream: str) -> str:
    """Sorted set: messages of ``stream`` that failed by our fault, by the time (server's, in ms) of their next try."""
    return f"gouji:retry:{stream}"


def alive(stage: StageName, consumer: str) -> str:
    """String with a time to live: ``consumer`` is at work; its value is an :class:`~shared.stage.liveness.Alive`."""
    return f"gouji:alive:{stage}:{consumer}"


def known(stage: StageName) -> str:
    """Hash: every process of ``stage`` that has not ended, as far as anybody knows: consumer -> what its liveness key
    says. One that hangs is here, and has no liveness key."""
    return f"gouji:known:{stage}"


def in_work(stage: StageName) -> str:
    """Hash: the id of the message that each consumer of ``stage`` is working on just now; see
    :class:`~shared.stage.mark.InWork`."""
    return f"gouji:working:{stage}"
