"""The kinds of failure a document can meet.

Three kinds, because each is treated differently by the stage (see ``shared/stage``): the document's fault
(:class:`Rejected`) is a dead letter at once; the world's (:class:`Unavailable`) is waited out and counted against
nobody; anything else is ours, retried and then dead-lettered with its traceback.
"""

from typing import Literal, get_args

RejectionCode = Literal["empty", "unsupported_format", "unreadable", "too_large", "hostile", "not_a_report"]
REJECTION_CODES: tuple[RejectionCode, ...] = get_args(RejectionCode)


class Rejected(Exception):
    """The document itself cannot be processed, now or ever: ``code`` for programs, ``detail`` a sentence for people.

    ``document_id`` is set by who knows it and the event does not (ingest, which has just read the bytes)."""

    document_id: str | None = None

    def __init__(self, code: RejectionCode, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code: RejectionCode = code
        self.detail = detail


class Unavailable(Exception):
    """Something outside (database, bucket, broker) cannot be reached just now: ``what`` it is and ``why``."""

    def __init__(self, what: str, why: str) -> None:
        super().__init__(f"{what} is unavailable: {why}")
        self.what = what
        self.why = why
