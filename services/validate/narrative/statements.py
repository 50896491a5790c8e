"""What the prose can state."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from services.validate.narrative.quantities import Quantity
from services.validate.narrative.sentences import Sentence

Plainness = Literal["plain", "doubtful", "foreign"]
"""``doubtful`` statements may be seen to agree, but contradict nothing; ``foreign`` ones are of another time, of
somebody else or of something else."""

Amount = Literal["figure", "none", "all", "percent"]

_ORDER: tuple[Plainness, ...] = ("plain", "doubtful", "foreign")


def least_plain(*degrees: Plainness) -> Plainness:
    """The least plain of ``degrees``."""
    return max(degrees, key=_ORDER.index)


class Subject(NamedTuple):
    """What is counted.

    ``kind`` is one of ``received``, ``concluded``, ``carried_in``, ``carried_out``, ``result``, ``applicant``,
    ``disputes``, ``outcome``, ``documents``, ``decisions``, ``fees``, ``rate`` (of what was concluded), ``share``, and
    ``unknown`` for what no table counts. ``keys`` are the rows, columns or tracks whose sum is meant; of ``outcome``
    the columns, with the tracks in ``of``; of ``documents`` the row, with the column in ``of``."""

    kind: str
    keys: tuple[str, ...] = ()
    of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """A ``subject`` and how many there were, at ``start`` to ``end`` of its sentence: a ``figure`` (``quantity``),
    ``none``, that ``all`` were so, or a ``percent`` (of a share, ``quantity`` is the part). ``includes`` says whether
    what was carried in is counted, where the sentence tells; ``whole`` is what an applicants' figure is a part of."""

    subject: Subject
    amount: Amount
    plainness: Plainness
    sentence: Sentence
    start: int
    end: int
    quantity: Quantity | None = None
    includes: bool | None = None
    whole: Quantity | None = None
