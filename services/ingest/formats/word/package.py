"""The parts of a Word document's package, read as XML that can do no harm."""

import posixpath
import re
from collections.abc import Mapping
from io import BytesIO
from urllib.parse import unquote
from zipfile import BadZipFile, ZipFile

from lxml import etree

from services.ingest.formats.word.names import STRICT, TRANSITIONAL, Element
from shared.errors import Rejected

# What libxml2 says of nesting, entities and texts beyond its limits, and where it runs out of memory.
_EXHAUSTED = (etree.ErrorTypes.ERR_RESOURCE_LIMIT, etree.ErrorTypes.ERR_NO_MEMORY, etree.ErrorTypes.ERR_INTERNAL_ERROR)
_DAMAGED = (BadZipFile, KeyError, ValueError, NotImplementedError, RuntimeError, EOFError)
_MAIN_PART = re.compile(r"word/document\d*\.xml")


class Package:
    """An opened document. Raises Rejected ``unreadable`` where a part is damaged, ``hostile`` for a document type."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = ZipFile(BytesIO(data))
        except _DAMAGED as error:
            raise _damaged(error) from error
        # ``word/document.xml``, or what Word on the web calls it
        names = (name for name in self._zip.namelist() if _MAIN_PART.fullmatch(name))
        self._main = min(names, key=lambda name: (len(name), name), default="word/document.xml")

    def main(self) -> Element:
        """The part that holds the text."""
        return _xml(self._read(self._main))

    def beside(self, name: str) -> Element | None:
        """A part beside it, such as ``styles.xml``; None where there is none."""
        path = posixpath.join(posixpath.dirname(self._main), name)
        return _xml(self._read(path)) if path in self._zip.NameToInfo else None

    def relationships(self) -> Mapping[str, Element]:
        """What the text refers to by id: elements with ``Target`` and perhaps ``TargetMode``."""
        folder, name = posixpath.split(self._main)
        root = self.beside(posixpath.join("_rels", f"{name}.rels")) if folder else None
        return {} if root is None else {each.get("Id", ""): each for each in root.iterfind("{*}Relationship")}

    def target(self, relationship: Element) -> bytes:
        """The part that a relationship leads to; empty where it lies outside the document or is missing."""
        path = posixpath.normpath(posixpath.join("/word", unquote(relationship.get("Target", ""))))[1:]
        inside = relationship.get("TargetMode") != "External" and path in self._zip.NameToInfo
        return self._read(path) if inside else b""

    def _read(self, name: str) -> bytes:
        try:
            return self._zip.read(name)
        except _DAMAGED as error:
            raise _damaged(error) from error


def _xml(data: bytes) -> Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data.replace(STRICT, TRANSITIONAL), parser)
    except etree.XMLSyntaxError as error:
        if error.code in _EXHAUSTED:  # type: ignore[attr-defined]  # the stubs lack it
            raise Rejected("hostile", f"The Word document is made to exhaust its reader: {error.msg}.") from error
        raise Rejected("unreadable", f"The Word document is damaged: {error.msg}.") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Rejected("hostile", "The Word document declares entities of its own, as no word processor does.")
    return root


def _damaged(error: Exception) -> Rejected:
    return Rejected("unreadable", f"The Word document is damaged: {error}.")
