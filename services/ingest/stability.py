"""Tells a file that is stable from one that is still being written."""

from datetime import datetime

from shared.events import ObjectDiscovered


class Stability:
    """Remembers the files that changed a moment ago. A file is stable when its last change is ``seconds`` old, or when
    it has been seen unchanged for as long (its clock may be ahead of ours)."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._changing: dict[str, tuple[str, datetime]] = {}

    @property
    def keys(self) -> list[str]:
        """The files to be looked at again."""
        return list(self._changing)

    def is_stable(self, found: ObjectDiscovered, now: datetime) -> bool:
        """Whether ``found``, as seen at ``now``, is whole; if not, it is remembered."""
        etag, since = self._changing.get(found.key, ("", now))
        if (now - found.last_modified).total_seconds() < self._seconds and self._seconds > 0:
            if etag != found.etag:
                self._changing[found.key] = (found.etag, now)
                return False
            if (now - since).total_seconds() < self._seconds:
                return False
        self.forget(found.key)
        return True

    def forget(self, key: str) -> None:
        """The file called ``key`` is gone, or is stable."""
        self._changing.pop(key, None)
