"""What short texts were found to mean, kept: the same labels and figures stand on page after page."""

from collections.abc import Callable
from typing import Generic, TypeVar

Value = TypeVar("Value")

_MOST = 8192  # texts; beyond, all are forgotten, for the few that matter are soon learnt again


class Memo(dict[str, Value], Generic[Value]):
    """``memo[text]`` is what ``ask`` says of ``text``, asked once; texts of more than ``longest`` characters, which do
    not come back, are not kept."""

    def __init__(self, ask: Callable[[str], Value], longest: int) -> None:
        super().__init__()
        self._ask = ask
        self._longest = longest

    def __missing__(self, text: str) -> Value:
        value = self._ask(text)
        if len(text) <= self._longest:
            if len(self) >= _MOST:
                self.clear()
            self[text] = value
        return value
