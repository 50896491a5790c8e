"""What short texts were found to mean, kept: the same labels and figures stand on page after page.

``functools.lru_cache`` knows no limit for the length of what it keeps (8,192 lines of a page without line ends would be
hundreds of megabytes), and is slower: a look-up took 90 to 115 ns with it, 48 to 69 ns with this dictionary, each in
turn in one run, and the innermost loop of recognition (``table/tokens``) does nothing else.
"""

from collections.abc import Callable
from typing import Generic, TypeVar

Value = TypeVar("Value")

_MOST = 8192  # texts, chosen: some megabytes; beyond, all are forgotten, for the few that matter are soon learnt again


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
