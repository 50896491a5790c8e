"""The bucket: a folder, or anything obstore speaks to. Objects are read, never moved or changed."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from services.ingest.unwanted import Reason
from shared.errors import Unavailable
from shared.events import ObjectDiscovered


class PassedOver(NamedTuple):
    """What lies in the bucket and is not taken in: its key, and the reason. A folder's key ends in ``/`` and stands for
    all that is in it."""

    key: str
    reason: Reason


Entry = ObjectDiscovered | PassedOver
"""What lies in the bucket: an object, or what is passed over."""


class Fetched(NamedTuple):
    """The bytes of an object, and the object as it was when they were read."""

    origin: ObjectDiscovered
    data: bytes


class Refused(Unavailable):
    """The store has answered, and will not give the bucket: there is none of this name, or not for these
    credentials. Waiting rarely helps."""


class Bucket(ABC):
    """What ingest needs of a bucket. Every method raises :class:`shared.errors.Unavailable` where the bucket cannot be
    reached, and nothing for the sake of a single object: whatever that is, the others go on."""

    folder: Path | None = None
    """The folder whose file system tells of changes, None where there is none."""

    @abstractmethod
    def check(self) -> None:
        """Does nothing where the bucket can be reached."""

    @abstractmethod
    def entries(self) -> Iterator[Entry]:
        """Everything that lies in the bucket, each as an object or as passed over, in no particular order."""

    def objects(self) -> Iterator[ObjectDiscovered]:
        """Every object, in no particular order."""
        return (entry for entry in self.entries() if isinstance(entry, ObjectDiscovered))

    @abstractmethod
    def head(self, key: str) -> ObjectDiscovered | None:
        """The object called ``key`` as it is now, None where there is none, or where it is passed over."""

    @abstractmethod
    def fetch(self, key: str, limit: int) -> Fetched | None:
        """The object called ``key``, None where it has vanished. Raises Rejected (``too_large``) where it has more
        than ``limit`` bytes, (``unreadable``) where it may not be read."""


def open_bucket(location: str) -> Bucket:
    """The bucket at ``location``: the path of a folder, ``file://…``, or a URL that obstore knows (``s3://…``)."""
    scheme = urlsplit(location).scheme
    if scheme in ("", "file"):
        from services.ingest.folder import Folder

        return Folder(Path(unquote(urlsplit(location).path) if scheme else location))
    from services.ingest.remote import Remote

    return Remote(location)


_SKEW = timedelta(minutes=5)
"""So far the clocks of two machines may lie apart without anybody calling it wrong (Kerberos allows as much)."""


def discovered(
    key: str, etag: str, size: int, changed: datetime | None, came: datetime | None = None
) -> ObjectDiscovered:
    """The object called ``key`` that was ``changed``, as it says itself (UTC; None: after the year 9999), and that
    ``came`` to be what it is, as the system that keeps it says, where that is known.

    Of two revisions of a report the one changed last is current. A change time in the future would put its object
    before every later correction, for years; so an object counts as changed when it came, at the latest now.
    """
    now = datetime.now(UTC)
    latest = min(came or now, now)
    ahead = changed is None or changed > now + _SKEW
    return ObjectDiscovered(key=key, etag=etag, size=size, last_modified=min(changed or now, latest), ahead=ahead)
