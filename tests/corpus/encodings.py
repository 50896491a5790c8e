"""Encodes a page as sites do."""

from typing import Literal, get_args

EncodingStyle = Literal["utf-8", "utf-8-bom", "gb18030", "utf-16", "utf-16-be", "big5"]
ENCODING_STYLES: tuple[EncodingStyle, ...] = get_args(EncodingStyle)

_CODECS = {"utf-8-bom": "utf-8-sig", "utf-16-be": "utf-16-be", "big5": "cp950"}


def can_encode(text: str, style: EncodingStyle) -> bool:
    """Whether ``style`` has every character of ``text`` (Big5 has few that are simplified, GB18030 has all)."""
    try:
        encode(text, style)
    except UnicodeEncodeError:
        return False
    return True


def encode(text: str, style: EncodingStyle) -> bytes:
    """``text`` as bytes; raises UnicodeEncodeError where ``style`` lacks a character."""
    data = text.encode(_CODECS.get(style, style))
    return b"\xfe\xff" + data if style == "utf-16-be" else data
