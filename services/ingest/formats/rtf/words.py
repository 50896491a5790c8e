"""Control words, groups and text out of the bytes of a rich text file."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

Kind = Literal["word", "open", "close", "byte", "text"]

_TOKEN = re.compile(
    rb"\\(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,10})? ?"
    rb"|\\'(?P<byte>[0-9A-Fa-f]{2})|\\(?P<sign>[^A-Za-z])|(?P<open>\{)|(?P<close>\})|(?P<text>[^\\{}\r\n]+)|[\r\n]+|\\"
)


class Token(NamedTuple):
    """A piece of a file: a control ``word`` with its ``number``, a brace, or ``text`` in bytes (``byte``: one that was
    written as a number)."""

    kind: Kind
    word: str = ""
    number: int | None = None
    text: bytes = b""


def tokens(data: bytes) -> Iterator[Token]:
    """The tokens of ``data``; binary pictures are passed over."""
    at = 0
    while (match := _TOKEN.match(data, at)) is not None:
        at = match.end()
        kind = match.lastgroup
        if kind in ("word", "number"):
            number = int(match["number"]) if match["number"] else None
            if match["word"] == b"bin" and number and number > 0:
                at += number
            else:
                yield Token("word", match["word"].decode(), number)
        elif kind == "byte":
            yield Token("byte", text=bytes([int(match["byte"], 16)]))
        elif kind == "sign":
            yield Token("word", match["sign"].decode("latin-1"))
        elif kind == "open":
            yield Token("open")
        elif kind == "close":
            yield Token("close")
        elif kind == "text":
            yield Token("text", text=match["text"])
