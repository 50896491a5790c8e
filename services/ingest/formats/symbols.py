"""Fonts that show pictures in place of letters, so that the characters of a text are not what is seen."""

import re

_SYMBOLS = re.compile(
    "wingdings|webdings|symbol|zapf ?dingbats|marlett|mt extra|bookshelf symbol|monotype sorts|opensymbol|starsymbol",
    re.IGNORECASE,
)


def is_symbols(font: str) -> bool:
    """Whether the font of this name is one."""
    return _SYMBOLS.match(font.strip(" '\"")) is not None
