"""The stage: how a message lives and dies. All four services use it the same way.

1. A message is one entry of a stream, in FastStream's own format; what it has been through stands in its headers.
2. FastStream delivers a batch to :class:`~shared.stage.worker.Worker`. The messages are now pending for this consumer.
3. :mod:`~shared.stage.work` works each on its own, in a thread, after :mod:`~shared.stage.mark` has said which it is;
   :mod:`~shared.stage.guard` sees to it that it ends.
4. What became of each is an :mod:`~shared.stage.outcome`: forwarded, retried, dead-lettered, or released.
5. :mod:`~shared.stage.settle` moves every message to its new place, in one atomic step.
6. :mod:`~shared.stage.housekeeping` brings back what waited for its next try, and :mod:`~shared.stage.reclaim` takes
   over from consumers that died; :mod:`~shared.stage.liveness` tells who is alive.
7. What failed for good is a :mod:`~shared.stage.dead` letter, and may be replayed.
"""

from shared.stage.stage import Batch, Stage

__all__ = ["Batch", "Stage"]
