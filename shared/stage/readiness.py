"""Whether a stage can do its work just now, and if not, why not."""


class Readiness:
    """The reasons why a stage is not ready, by what is away; ready while there are none."""

    def __init__(self) -> None:
        self.reasons: dict[str, str] = {}

    def lacks(self, what: str, why: str) -> None:
        """Not ready: ``what`` is away, ``why``."""
        self.reasons[what] = why

    def has(self, what: str) -> None:
        """``what`` is no longer away."""
        self.reasons.pop(what, None)

    def clear(self) -> None:
        """Ready again."""
        self.reasons.clear()
