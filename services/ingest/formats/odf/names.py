"""The names of OpenDocument, and how its attributes state values."""

from services.ingest.formats.package import Element, Package
from shared.errors import Rejected

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
STYLE, TEXT, TABLE, OFFICE = (f"{{{_OASIS}{name}:1.0}}" for name in ("style", "text", "table", "office"))
FO = f"{{{_OASIS}xsl-fo-compatible:1.0}}"


def opened(data: bytes) -> Package:
    """The archive of a document. Raises Rejected ``unreadable`` where it needs a password."""
    package = Package(data, "OpenDocument file")
    manifest = package.optional("META-INF/manifest.xml")
    if manifest is not None and next(manifest.iter("{*}encryption-data"), None) is not None:
        raise Rejected("unreadable", "The document can only be opened with a password.")
    return package


def local(element: Element) -> str:
    """The name of an element without its namespace; empty for what is none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def repeated(element: Element, name: str, most: int) -> int:
    """A count such as ``number-columns-repeated``: at least 1, no more than ``most``."""
    stated = element.get(f"{TABLE}{name}", "1")
    return max(1, min(int(stated), most)) if stated.isdecimal() and len(stated) < 9 else 1


__all__ = ["FO", "OFFICE", "STYLE", "TABLE", "TEXT", "Element", "local", "opened", "repeated"]
