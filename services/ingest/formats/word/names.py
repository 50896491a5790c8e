"""The names of WordprocessingML, and how its attributes state values (ECMA-376, part 1, 17)."""

from services.ingest.formats.package import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF = ("0", "false", "off")


def value(element: Element | None, name: str = "val") -> str:
    """An attribute of an element; empty where either is missing."""
    return element.get(f"{W}{name}", "") if element is not None else ""


def is_on(element: Element | None) -> bool:
    """Whether a property that is on or off is on."""
    return element is not None and element.get(f"{W}val", "1") not in _OFF


def number(element: Element | None, otherwise: int, name: str = "val") -> int:
    """The whole number that an attribute states, such as a ``gridSpan``."""
    stated = value(element, name)
    digits = stated[1:] if stated.startswith("-") else stated
    return int(stated) if digits.isdecimal() and digits.isascii() and len(digits) < 6 else otherwise


def local(element: Element) -> str:
    """The name of an element without its namespace; empty for what is none (a comment)."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


__all__ = ["Element", "W", "is_on", "local", "number", "value"]
