"""Tells a file that rests from one that is still being written."""

from datetime import datetime

from shared.events import Noticed


class Settling:
    """Remembers the files that changed a moment ago. A file rests when its last change is ``seconds`` old, or when it
    has been seen unchanged for as long (its clock may be ahead of ours)."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._restless: dict[str, tuple[str, datetime]] = {}

    @property
    def keys(self) -> list[str]:
        """The files to be looked at again."""
        return list(self._restless)

    def rests(self, found: Noticed, now: datetime) -> bool:
        """Whether ``found``, as seen at ``now``, is whole; if not, it is remembered."""
        etag, since = self._restless.get(found.key, ("", now))
        if (now - found.last_modified).total_seconds() < self._seconds and self._seconds > 0:
            if etag != found.etag:
                self._restless[found.key] = (found.etag, now)
                return False
            if (now - since).total_seconds() < self._seconds:
                return False
        self.forget(found.key)
        return True

    def forget(self, key: str) -> None:
        """The file called ``key`` is gone, or rests."""
        self._restless.pop(key, None)
