"""Label values that do not come from a constant of ours, kept few and plain."""

import re

# A rule id, a code, a format, an exception's name: a word of ours, never a path, a hash or a name from a page.
_PLAIN = re.compile(r"[A-Za-z][A-Za-z_.-]{0,47}(2019|2021)?")


class Bounded:
    """Maps a value to itself while it is a plain word and among the first ``most`` seen, else to ``other``.

    Whatever a hostile file is called or says, a label so guarded has at most ``most + 1`` values.
    """

    OTHER = "other"

    def __init__(self, most: int = 64) -> None:
        self._most = most
        self._seen: set[str] = {self.OTHER}

    def __call__(self, value: str) -> str:
        if value in self._seen:
            return value
        if len(self._seen) > self._most or not _PLAIN.fullmatch(value):
            return self.OTHER
        self._seen.add(value)
        return value
