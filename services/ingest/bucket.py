"""The bucket: a folder, or anything obstore speaks to. Objects are read, never moved or changed."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple, Protocol
from urllib.parse import unquote, urlsplit

from shared.events import Noticed


class Fetched(NamedTuple):
    """The bytes of an object, and the object as it was when they were read."""

    origin: Noticed
    data: bytes


class Bucket(Protocol):
    """What ingest needs of a bucket. Every method raises :class:`shared.errors.Unavailable` where the bucket cannot be
    reached. Temporary names (see :func:`is_temporary`) are never listed."""

    @property
    def folder(self) -> Path | None:
        """The folder whose file system tells of changes, None where there is none."""

    def check(self) -> None:
        """Does nothing where the bucket can be reached."""

    def objects(self) -> Iterator[Noticed]:
        """Every object, in no particular order."""

    def head(self, key: str) -> Noticed | None:
        """The object called ``key`` as it is now, None where there is none."""

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


def is_temporary(key: str) -> bool:
    """Whether ``key`` is no object yet, or none of the operator's: hidden, or what editors, browsers and copying
    programs name a file while they write it."""
    name = PurePosixPath(key).name
    hidden = any(part.startswith(".") for part in key.split("/"))
    lowered = name.lower()
    return hidden or not name or lowered.startswith(("~", "#")) or lowered.endswith(_TEMPORARY_ENDINGS)


_TEMPORARY_ENDINGS = ("~", ".part", ".partial", ".filepart", ".crdownload", ".download", ".tmp", ".temp", ".swp")
