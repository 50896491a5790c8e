"""Whether text in one colour can be seen on another."""

import re

from shared.doubt import DoubtCode

_HEX = re.compile(r"#?([0-9A-Fa-f]{6})")
# Sums of the differences of red, green and blue. The palest grey of the palettes of Word and Excel (F2F2F2) is 39 from
# white, the next (D9D9D9), which is still read on paper, 114.
_ALIKE = 39
_PALE = 90  # chosen between the two
WHITE = "FFFFFF"


def contrast(colour: str, ground: str) -> DoubtCode | bool:
    """Whether text of ``colour`` (``RRGGBB``) is seen on ``ground``; the doubt where it is barely."""
    difference = sum(abs(one - other) for one, other in zip(_channels(colour), _channels(ground), strict=True))
    if difference <= _ALIKE:
        return False
    return DoubtCode.HIDDEN_TEXT if difference <= _PALE else True


def rgb(stated: str | None) -> str | None:
    """``RRGGBB`` as a document states a colour (also ``#RRGGBB``); None where it states none (``auto``)."""
    match = _HEX.fullmatch(stated or "")
    return match[1].upper() if match else None


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[:2], 16), int(colour[2:4], 16), int(colour[4:], 16)
