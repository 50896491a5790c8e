"""Documents that a Word document embeds whole (``altChunk``): Word shows their text in its place."""

from collections.abc import Iterator
from importlib import import_module

from services.ingest.decode import decode
from services.ingest.detect import detect_binary, detect_text
from services.ingest.formats.package import Package
from services.ingest.formats.word.names import Element
from services.ingest.saved_page import page_in
from shared.blocks import Block
from shared.errors import Rejected

_RELATIONSHIP = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MODULES = {"docx": "word", "html": "html", "rtf": "rtf"}


class Embeddings:
    """The documents that the part ``main`` of ``package`` embeds."""

    def __init__(self, package: Package, main: str) -> None:
        self._package = package
        self._main = main
        self._targets = package.relationships(main)

    def blocks(self, chunk: Element) -> list[Block]:
        """The blocks of the document that ``chunk`` embeds. Raises Rejected where it cannot be read, naming it."""
        relationship = self._targets.get(chunk.get(_RELATIONSHIP, ""))
        part = self._package.target(self._main, relationship) if relationship is not None else ""
        if not part:
            detail = "The text is in an embedded document (altChunk) that is missing; save it again in Word."
            raise Rejected("unreadable", detail)
        return list(_read(self._package.read(part), part))


def _read(data: bytes, name: str) -> Iterator[Block]:
    kind: str | None
    try:
        kind = detect_binary(data)
    except Rejected as rejected:
        raise _unread(name) from rejected
    if kind is None:
        data = page_in(data) or data
        text, _ = decode(data)
        kind = detect_text(text)
        if kind != "html":
            return (Block(line, f"L{at}") for at, line in enumerate(text.splitlines(), 1) if line.strip())
        data = text.encode()
    if kind not in _MODULES:
        raise _unread(name)
    found: Iterator[Block] = import_module(f"services.ingest.formats.{_MODULES[kind]}").blocks(data)
    return found


def _unread(name: str) -> Rejected:
    detail = f"The text is in an embedded document (altChunk: {name}); open it in Word, save it as DOCX and drop that."
    return Rejected("unsupported_format", detail)
