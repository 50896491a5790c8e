"""The parts of an OFD archive, which name one another by locations (ST_Loc, GB/T 33190-2016 section 7.1)."""

import posixpath
from collections.abc import Iterator

from services.ingest.formats.package import Package
from shared.errors import Rejected

_ENCRYPTION = "Encryptions.xml"


class Part:
    """An XML part: its ``root`` and how to get from it to others."""

    def __init__(self, package: Package, name: str) -> None:
        self._package = package
        self.name = name
        self.root = package.xml(name)

    def at(self, location: str | None) -> "Part | None":
        """The part at a location that this one names; None where there is none."""
        name = self._find(location)
        return Part(self._package, name) if name else None

    def read(self, location: str | None) -> bytes:
        """What lies at a location, if anything."""
        name = self._find(location)
        return self._package.read(name) if name else b""

    def parts(self, element: str) -> Iterator["Part"]:
        """The parts that the elements of a name lead to, wherever they stand in this one."""
        for found in self.root.iterfind(f".//{{*}}{element}"):
            if (part := self.at(found.text)) is not None:
                yield part

    def _find(self, location: str | None) -> str:
        names = self._names((location or "").strip().replace("\\", "/"))
        return next(filter(self._package.has, names), "")

    def _names(self, location: str) -> Iterator[str]:
        """What a location may mean: from the archive's root where it begins so, else from this part's folder, or, as
        some programs write it, from the root or from the document's folder."""
        if not location:
            return
        here = posixpath.dirname(self.name)
        for folder in ("",) if location.startswith("/") else (here, "", here.partition("/")[0]):
            name = posixpath.normpath(posixpath.join("/", folder, location.lstrip("/")))
            yield name[1:]


def open_archive(data: bytes) -> Part:
    """The part that every OFD begins with.

    Raises Rejected ``unreadable`` where it is damaged or encrypted, ``hostile`` where a part declares entities.
    """
    package = Package(data, "OFD document")
    if package.has(_ENCRYPTION):
        raise Rejected("unreadable", "The OFD document can only be opened with a password.")
    return Part(package, "OFD.xml")
