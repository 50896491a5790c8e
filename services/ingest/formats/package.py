"""Documents that are zip archives of XML parts, read so that they can do no harm."""

import posixpath
from collections.abc import Iterator, Mapping
from io import BytesIO
from urllib.parse import unquote
from zipfile import BadZipFile, ZipFile

from lxml import etree

from shared.errors import Rejected

Element = etree._Element

# Files in the strict variant of Office Open XML name the same elements in other namespaces.
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
# What libxml2 says of nesting, entities and texts beyond its limits, and where it runs out of memory.
_EXHAUSTED = (etree.ErrorTypes.ERR_RESOURCE_LIMIT, etree.ErrorTypes.ERR_NO_MEMORY, etree.ErrorTypes.ERR_INTERNAL_ERROR)
_DAMAGED = (BadZipFile, KeyError, ValueError, NotImplementedError, RuntimeError, EOFError)


class Package:
    """The opened archive of a document, which messages call ``what`` (a Word document, a workbook).

    Raises Rejected ``unreadable`` where it or a part is damaged, ``hostile`` for a part with entities of its own.
    """

    def __init__(self, data: bytes, what: str) -> None:
        self._what = what
        try:
            self._zip = ZipFile(BytesIO(data))
        except _DAMAGED as error:
            raise self._damaged(error) from error

    def names(self) -> Iterator[str]:
        """The names of the parts."""
        return iter(self._zip.namelist())

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return name in self._zip.NameToInfo

    def read(self, name: str) -> bytes:
        """The content of a part."""
        try:
            return self._zip.read(name)
        except _DAMAGED as error:
            raise self._damaged(error) from error

    def xml(self, name: str) -> Element:
        """The root element of a part."""
        data = self.read(name)
        for strict, transitional in _STRICT:
            data = data.replace(strict, transitional)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            if error.code in _EXHAUSTED:  # type: ignore[attr-defined]  # the stubs lack it
                raise Rejected("hostile", f"The {self._what} is made to exhaust its reader: {error.msg}.") from error
            raise self._damaged(error.msg) from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise Rejected("hostile", f"The {self._what} declares entities of its own, as no program does.")
        return root

    def optional(self, name: str) -> Element | None:
        """The root element of a part that need not be there."""
        return self.xml(name) if self.has(name) else None

    def relationships(self, name: str) -> Mapping[str, Element]:
        """What a part refers to by id: elements with ``Target``, ``Type`` and perhaps ``TargetMode``."""
        folder, base = posixpath.split(name)
        root = self.optional(posixpath.join(folder, "_rels", f"{base}.rels"))
        return {} if root is None else {each.get("Id", ""): each for each in root.iterfind("{*}Relationship")}

    def target(self, name: str, relationship: Element) -> str:
        """The part that a relationship of the part ``name`` leads to; empty where it is outside or missing."""
        folder = posixpath.join("/", posixpath.dirname(name))
        path = posixpath.normpath(posixpath.join(folder, unquote(relationship.get("Target", ""))))[1:]
        return path if relationship.get("TargetMode") != "External" and self.has(path) else ""

    def _damaged(self, error: object) -> Rejected:
        return Rejected("unreadable", f"The {self._what} is damaged: {error}.")
