"""Dead letters: messages that failed for good, with all that is needed to judge them and to try them again."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict

from shared.errors import REJECTION_CODES
from shared.events import StageName

FAILED = "failed"
"""Code of a dead letter whose work failed by our fault as often as it may; the traceback says how."""
POISON = "poison"
"""Code of a dead letter that killed two workers."""
MALFORMED = "malformed"
"""Code of a dead letter that is no event of its stage."""


class DeadLetter(BaseModel):
    """A message that failed for good.

    ``code`` is a rejection code where the fault is the document's, else :data:`FAILED`, :data:`POISON` or
    :data:`MALFORMED`; ``message`` is a sentence for people; ``traceback`` is there where the fault is ours.
    ``document_id`` and ``key`` (of its object in the bucket) are None where the message does not tell them.
    ``event`` is the original event, as JSON text; ``headers`` are those it travelled with.
    """

    model_config = ConfigDict(frozen=True)

    stage: StageName
    code: str
    message: str
    traceback: str | None = None
    attempts: int
    first_failure: datetime
    last_failure: datetime
    document_id: str | None = None
    key: str | None = None
    replays: int = 0
    event: str
    headers: dict[str, str] = {}

    @property
    def rejected(self) -> bool:
        """Whether the fault is the document's own."""
        return self.code in REJECTION_CODES
