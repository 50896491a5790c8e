"""A folder as a bucket.

Not obstore's, because one file whose name is no valid Unicode (as GBK archives leave them) ends its whole listing, and
no document may be lost for its neighbour's name.
"""

import errno
import os
import re
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from services.ingest.bucket import Bucket, Entry, Fetched, PassedOver, discovered
from services.ingest.unwanted import Reason, unwanted, unwanted_file, unwanted_folder
from shared.errors import Rejected, Unavailable
from shared.events import ObjectDiscovered

_ESCAPE = re.compile(rb"\\x(5c|[89a-f][0-9a-f])")
"""What stands in a key for a byte that is no UTF-8; or, so that no two names share a key, for the backslash of a name
that would itself be taken for such a thing."""

_REASONS: dict[int | None, Reason] = {
    errno.ENAMETOOLONG: "path_too_long",
    errno.ELOOP: "link_broken",
}
"""What the system's errors mean; any other: ``unreadable``."""
_GONE = {errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.ELOOP, errno.ENAMETOOLONG}
"""Errors of a file that was there when it was noticed, and is none now."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EARLIEST = datetime(1, 1, 2, tzinfo=UTC)
"""The first moment that can be told in every time zone."""


class Folder(Bucket):
    r"""The regular files under ``root``, sub-folders included. A key is the path below it, with ``/`` between folders;
    bytes that are no UTF-8 appear in it as ``\xb1``. Links that lead out of the folder are not followed."""

    def __init__(self, root: Path) -> None:
        self._root = root.absolute()
        self.folder: Path | None = self._root

    def check(self) -> None:
        if not self._root.is_dir():
            raise Unavailable("the bucket", f"{self._root} is not a folder")

    def entries(self) -> Iterator[Entry]:
        self.check()
        yield from self._entries(str(self._root))

    def objects_in(self, path: str) -> Iterator[ObjectDiscovered]:
        """The objects in the folder at ``path``, which lies in this one."""
        wanted = unwanted(f"{self.key_of(path)}/") is None
        return (entry for entry in self._entries(path) if isinstance(entry, ObjectDiscovered)) if wanted else iter(())

    def is_folder(self, path: str) -> bool:
        """Whether there is a folder at ``path``, and no link to one."""
        return os.path.isdir(path) and not os.path.islink(path)  # noqa: PTH112, PTH114 - strings, as the system tells

    def _entries(self, first: str) -> Iterator[Entry]:
        folders = [first]
        while folders:
            folder = folders.pop()
            try:
                with os.scandir(folder) as found:
                    for entry in found:
                        if _is_folder(entry):
                            if reason := unwanted_folder(entry.name):
                                yield PassedOver(f"{self.key_of(entry.path)}/", reason)
                            else:
                                folders.append(entry.path)
                        elif (told := self._file(entry)) is not None:
                            yield told
            except FileNotFoundError:
                self.check()  # it has vanished meanwhile, or the whole bucket has
            except OSError as error:
                if folder == str(self._root):
                    raise Unavailable("the bucket", f"{folder}: {error.strerror}") from error
                yield PassedOver(f"{self.key_of(folder)}/", _REASONS.get(error.errno, "unreadable"))

    def _file(self, entry: os.DirEntry[str]) -> Entry | None:
        """What ``entry``, which is no folder, is; None where it has vanished."""
        key = self.key_of(entry.path)
        if reason := unwanted_file(entry.name):
            return PassedOver(key, reason)
        try:
            if entry.is_symlink() and (reason := self._leads(entry.path)):
                return PassedOver(key, reason)
            return self._discovered(key, entry.stat()) or PassedOver(key, _no_file(entry))
        except FileNotFoundError:
            return None
        except OSError as error:
            return PassedOver(key, _REASONS.get(error.errno, "unreadable"))

    def _leads(self, path: str) -> Reason | None:
        """Why the link at ``path`` is not followed; None where it is."""
        try:
            target = os.path.realpath(path, strict=True)
        except FileNotFoundError:
            return "link_broken" if os.path.lexists(path) else None
        root = os.path.realpath(self._root)
        return None if target.startswith(os.path.join(root, "")) else "link_outside"  # noqa: PTH118 - strings, for speed

    def key_of(self, path: str) -> str:
        """The key of the file at ``path``, which lies in the folder."""
        name = os.fsencode(path[len(str(self._root)) + 1 :])
        return _ESCAPE.sub(rb"\\x5cx\1", name).decode(errors="backslashreplace")

    def head(self, key: str) -> ObjectDiscovered | None:
        if unwanted(key):
            return None
        try:
            return self._discovered(key, self._path(key).stat())
        except OSError:
            return None

    def fetch(self, key: str, limit: int) -> Fetched | None:
        try:
            with open(self._path(key), "rb", opener=_at_once) as opened:
                origin = self._discovered(key, os.fstat(opened.fileno()))
                data = opened.read(limit + 1) if origin else b""
        except PermissionError as error:
            raise Rejected("unreadable", "gouji may not read this file: grant it the right, then replay") from error
        except OSError as error:
            if error.errno not in _GONE:
                raise
            self.check()  # a share that is not mounted has lost nothing
            return None
        if len(data) > limit:
            raise Rejected("too_large", f"larger than {limit} bytes (GOUJI_MAX_OBJECT_BYTES)")
        return Fetched(origin, data) if origin else None

    def _path(self, key: str) -> Path:
        """Where the file called ``key`` lies; raises OSError where there is none in the folder."""
        name = _ESCAPE.sub(lambda match: bytes.fromhex(match[1].decode()), key.encode())
        path = self._root / os.fsdecode(name)
        inside = b"\0" not in name and Path(os.path.realpath(path, strict=True)).is_relative_to(
            os.path.realpath(self._root)
        )
        if not inside:
            raise FileNotFoundError(errno.ENOENT, "not in the bucket", key)
        return path

    def _discovered(self, key: str, status: os.stat_result) -> ObjectDiscovered | None:
        if not stat.S_ISREG(status.st_mode):
            return None
        etag = f"{status.st_ino:x}-{status.st_mtime_ns:x}-{status.st_size:x}"
        # Nobody can set the inode's own time (ctime) as they can that of the contents, with touch or over Samba.
        came = _moment(status.st_ctime_ns) if status.st_mtime_ns > status.st_ctime_ns else None
        return discovered(key, etag, status.st_size, _moment(status.st_mtime_ns), came)


def _moment(nanoseconds: int) -> datetime | None:
    """The moment so long after 1970, or before it; None after the year 9999. File systems keep such years, and network
    shares and archives bring them."""
    try:
        return max(_EPOCH + timedelta(microseconds=nanoseconds // 1000), _EARLIEST)
    except OverflowError:
        return None if nanoseconds > 0 else _EARLIEST


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _no_file(entry: os.DirEntry[str]) -> Reason:
    return "link_to_folder" if entry.is_dir() else "no_file"


def _at_once(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NONBLOCK)  # else a pipe would be waited for
