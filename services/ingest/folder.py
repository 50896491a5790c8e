"""A folder as a bucket.

Not obstore's, because one file whose name is no valid Unicode (as GBK archives leave them) ends its whole listing, and
no document may be lost for its neighbour's name.
"""

import os
import re
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import structlog

from services.ingest.bucket import Fetched, is_temporary
from shared.errors import Rejected, Unavailable
from shared.events import Noticed

log = structlog.get_logger()

_ESCAPED_BYTE = re.compile(rb"\\x([89a-f][0-9a-f])")


class Folder:
    """The regular files under ``root``, sub-folders included. A key is the path below it, with ``/`` between folders;
    bytes that are no UTF-8 appear in it as ``\\xb1``. Links that lead out of the folder are not followed."""

    def __init__(self, root: Path) -> None:
        self._root = root.absolute()

    @property
    def folder(self) -> Path | None:
        return self._root

    def check(self) -> None:
        if not self._root.is_dir():
            raise Unavailable("the bucket", f"{self._root} is not a folder")

    def objects(self) -> Iterator[Noticed]:
        self.check()
        folders = [str(self._root)]
        while folders:
            for entry in _entries(folders.pop()):
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                elif found := self._found(entry):
                    yield found

    def _found(self, entry: os.DirEntry[str]) -> Noticed | None:
        key = self.key_of(entry.path)
        if entry.is_symlink():
            return self.head(key)
        try:
            return None if is_temporary(key) else self._noticed(key, entry.stat())
        except FileNotFoundError:
            return None

    def key_of(self, path: str) -> str:
        """The key of the file at ``path``, which lies in the folder."""
        return os.fsencode(path[len(str(self._root)) + 1 :]).decode(errors="backslashreplace")

    def head(self, key: str) -> Noticed | None:
        path = self._path(key)
        if path is None or is_temporary(key):
            return None
        try:
            return self._noticed(key, path.stat())
        except OSError:
            return None

    def fetch(self, key: str, limit: int) -> Fetched | None:
        path = self._path(key)
        try:
            if path is None:
                raise FileNotFoundError(key)
            with open(path, "rb", opener=_at_once) as opened:
                origin = self._noticed(key, os.fstat(opened.fileno()))
                data = opened.read(limit + 1) if origin else b""
        except PermissionError as error:
            raise Rejected("unreadable", "gouji may not read this file: grant it the right, then replay") from error
        except (FileNotFoundError, NotADirectoryError):
            self.check()  # a share that is not mounted has lost nothing
            return None
        if len(data) > limit:
            raise Rejected("too_large", f"larger than {limit} bytes (GOUJI_MAX_OBJECT_BYTES)")
        return Fetched(origin, data) if origin else None

    def _path(self, key: str) -> Path | None:
        """Where the file called ``key`` lies; None where that is outside the folder."""
        unescaped = _ESCAPED_BYTE.sub(lambda match: bytes.fromhex(match[1].decode()), key.encode())
        for name in (key, os.fsdecode(unescaped)):
            path = self._root / name
            if path.is_symlink() or path.exists():
                return path if path.resolve().is_relative_to(self._root.resolve()) else None
        return None

    def _noticed(self, key: str, status: os.stat_result) -> Noticed | None:
        if not stat.S_ISREG(status.st_mode):
            return None
        return Noticed(
            key=key,
            etag=f"{status.st_ino:x}-{status.st_mtime_ns:x}-{status.st_size:x}",
            size=status.st_size,
            last_modified=datetime.fromtimestamp(status.st_mtime, UTC),
        )


def _at_once(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NONBLOCK)  # else a pipe would be waited for


def _entries(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return [entry for entry in entries if not entry.name.startswith(".")]
    except OSError as error:
        log.warning("a folder of the bucket cannot be read", folder=folder, error=str(error))
        return []
