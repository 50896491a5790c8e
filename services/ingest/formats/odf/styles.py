"""How text looks by the styles of an OpenDocument file (ISO 26300-1, 16 and 20)."""

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from services.ingest.formats.colours import WHITE, contrast, rgb
from services.ingest.formats.odf.names import STYLE, Element, local
from services.ingest.formats.runs import Run
from services.ingest.formats.symbols import is_symbols
from shared.doubt import DoubtCode

Properties = Mapping[str, str]
"""Properties of a style by their names, without namespaces: those of text, of a cell, of a table together."""

_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75, "pc": 12.0}
_LENGTH = re.compile(r"(-?\d+(?:\.\d+)?)(pt|in|cm|mm|px|pc|%)")
_INVISIBLE_SIZE = 2  # points; letters as high are dots
_ILLEGIBLE_SIZE = 4  # chosen: in between a person may or may not read it, and the cell is null
_NARROW = 10  # per cent of a letter's width
_CONDENSED = -3  # points by which letters are moved together: half a digit of ordinary size
_NOT_STRUCK = ("none", "")


class Look(NamedTuple):
    """The properties of a run, and the colour behind it."""

    properties: Properties
    ground: str = WHITE

    def under(self, properties: Properties) -> "Look":
        """The look of what ``properties`` are said of within it."""
        ground = rgb(properties.get("background-color")) or self.ground
        return Look(_over(properties, self.properties), ground)

    def run(self, text: str) -> Run:
        """A stretch of text that looks so."""
        stated = self.properties
        automatic = stated.get("use-window-font-color") == "true"
        colour = None if automatic else rgb(stated.get("color"))
        drawn = True if colour is None else contrast(colour, self.ground)
        size = points(stated.get("font-size", "")) or 12
        struck = any(stated.get(f"text-line-through-{name}", "none") not in _NOT_STRUCK for name in ("style", "type"))
        shown = stated.get("display", "true") not in ("none", "false") and (automatic or stated.get("opacity") != "0%")
        legible = size > _INVISIBLE_SIZE and _per_cent(stated.get("text-scale", "")) > _NARROW
        raised = stated.get("text-position", "").strip().partition(" ")[0] not in ("", "0%", "0")
        return Run(text, not struck and shown and legible and bool(drawn), raised, self._doubt(drawn, size))

    def _doubt(self, drawn: "DoubtCode | bool", size: float) -> DoubtCode | None:
        if isinstance(drawn, DoubtCode):
            return drawn
        if size <= _ILLEGIBLE_SIZE:
            return DoubtCode.HIDDEN_TEXT
        if (points(self.properties.get("letter-spacing", "")) or 0) <= _CONDENSED:
            return DoubtCode.OVERLAPPING_TEXT
        return DoubtCode.SYMBOL_FONT if is_symbols(self.properties.get("font-name", "")) else None


class Styles:
    """The styles of a document, from ``content.xml`` and ``styles.xml``."""

    def __init__(self, *roots: Element | None) -> None:
        self._styles: dict[tuple[str, str], Element] = {}
        for root in roots:
            for style in root.iter(f"{STYLE}style", f"{STYLE}default-style") if root is not None else ():
                name = style.get(f"{STYLE}name", "")
                self._styles.setdefault((style.get(f"{STYLE}family", ""), name), style)
        self.of = cache(self._of)

    def _of(self, family: str, name: str | None) -> Properties:
        """What a style and those it comes from say; the defaults of its family where it has no name."""
        merged: Properties = {}
        for element in self.chain(family, name):
            for properties in element:
                if local(properties).endswith("-properties"):
                    merged = _over({str(key).rpartition("}")[2]: str(each) for key, each in properties.items()}, merged)
        return merged

    def chain(self, family: str, name: str | None) -> list[Element]:
        """A style behind those it comes from; one that comes from itself ends there."""
        chain: dict[str, Element] = {}
        while name and name not in chain and (family, name) in self._styles:
            chain[name] = self._styles[family, name]
            name = chain[name].get(f"{STYLE}parent-style-name", "")
        default = self._styles.get((family, ""))
        return [*([default] if default is not None else []), *list(chain.values())[::-1]]


def _over(stated: Properties, around: Properties) -> Properties:
    """What counts of two levels. A colour ends that letters take that of the window, and whatever was said of its
    opacity (LibreOffice writes that those of the window have none)."""
    if "color" in stated and "use-window-font-color" not in stated:
        return {**around, "use-window-font-color": "false", "opacity": "100%", **stated}
    return {**around, **stated}


def points(length: str) -> float | None:
    """A length in points; None where it is none, or relative."""
    match = _LENGTH.fullmatch(length)
    return float(match[1]) * _POINTS[match[2]] if match and match[2] in _POINTS else None


def _per_cent(stated: str) -> float:
    match = _LENGTH.fullmatch(stated)
    return float(match[1]) if match and match[2] == "%" else 100
