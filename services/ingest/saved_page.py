"""Pages saved whole (.mht, .mhtml, and what Word saves as a single file): MIME messages whose first HTML part is the
page, beside its pictures."""

import re
from email.errors import MessageError
from email.message import Message
from email.parser import BytesParser
from io import BytesIO

_HEADERS = re.compile(rb"(?:[A-Za-z][A-Za-z-]{0,60}:[^\n]{0,2000}\r?\n(?:[ \t][^\n]{0,2000}\r?\n)*){1,40}\r?\n")
_MULTIPART = re.compile(rb"^Content-Type:\s*multipart/", re.IGNORECASE | re.MULTILINE)
_MOST_PARTS = 200  # chosen: a page is the first or second, the rest are its pictures and sheets


def page_in(data: bytes) -> bytes | None:
    """The HTML page in a MIME message; None where ``data`` is none, or holds none."""
    data = data.lstrip()
    head = _HEADERS.match(data, 0, 100_000)
    if head is None or not _MULTIPART.search(head[0]):
        return None
    boundary = _headers(head[0]).get_boundary()
    if not boundary:
        return None
    for part in data[head.end() :].split(b"--" + boundary.encode("latin-1", "replace"), _MOST_PARTS)[1:]:
        part = part.lstrip(b"\r\n")
        own = _HEADERS.match(part, 0, 100_000)
        if own is not None and _headers(own[0]).get_content_type() == "text/html":
            return _decoded(own[0], part[own.end() :])
    return None


def _headers(head: bytes) -> Message:
    return BytesParser().parse(BytesIO(head), headersonly=True)


def _decoded(head: bytes, body: bytes) -> bytes | None:
    message = _headers(head)
    message.set_payload(body.decode("latin-1"))
    try:
        decoded = message.get_payload(decode=True)
    except (MessageError, ValueError, LookupError):
        return None
    return decoded if isinstance(decoded, bytes) else None
