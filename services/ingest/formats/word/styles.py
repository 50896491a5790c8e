"""What the styles of a Word document say of paragraphs, runs and tables (``styles.xml``; ECMA-376, part 1, 17.7)."""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from services.ingest.formats.word.names import Element, W, local, value

Properties = Mapping[str, Element]
"""Properties of a run or paragraph by name (``strike``, ``color``, …)."""

_NONE: Properties = {}
# The parts of a table that its style may format apart, later ones over earlier ones (17.7.6).
_CONDITIONS = (
    "wholeTable", "band1Vert", "band2Vert", "band1Horz", "band2Horz", "firstCol", "lastCol", "firstRow", "lastRow",
    "neCell", "nwCell", "seCell", "swCell",
)  # fmt: skip
# Bits of the old way to say which of them a table uses, and their names in the new one.
_USES = {
    "firstRow": 0x20,
    "lastRow": 0x40,
    "firstColumn": 0x80,
    "lastColumn": 0x100,
    "noHBand": 0x200,
    "noVBand": 0x400,
}


class Part(NamedTuple):
    """What a table's style says of one part of it: of the runs in it, and the fill behind them."""

    run: Properties
    shading: Element | None


class Place(NamedTuple):
    """A cell's place in its table, from 0, and how large that is."""

    row: int
    column: int
    rows: int
    columns: int


class Styles:
    """The styles of a document; one that has none has styles that say nothing. Properties by the names ``unheeded``
    are not looked at, here nor in the text."""

    def __init__(self, root: Element | None, unheeded: frozenset[str] = frozenset()) -> None:
        self._unheeded = unheeded
        self._styles: dict[str, Element] = {}
        self._default: dict[str, str] = {}
        self.defaults = _NONE
        for style in root.iterfind(f"{W}style") if root is not None else ():
            name = value(style, "styleId")
            self._styles[name] = style
            if value(style, "default") in ("1", "true", "on"):
                self._default[value(style, "type")] = name
        if root is not None:
            self.defaults = self.properties(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
        self.run = cache(self._run)
        self.paragraph = cache(self._paragraph)
        self.parts = cache(self._parts)

    def properties(self, parent: Element | None) -> Properties:
        """The properties that an ``rPr`` or ``pPr`` states."""
        if parent is None:
            return _NONE
        return {name: child for child in parent if (name := local(child)) not in self._unheeded}

    def named(self, kind: str, element: Element | None) -> str:
        """The style that an element such as ``pStyle`` names, or the default one of its kind."""
        stated = value(element)
        return stated if stated in self._styles else self._default.get(kind, "")

    def _run(self, style: str) -> Properties:
        """What a style and those it is based on say of runs."""
        return self._merged(style, "rPr")

    def _paragraph(self, style: str) -> Properties:
        """What a style and those it is based on say of paragraphs."""
        return self._merged(style, "pPr")

    def _parts(self, style: str) -> dict[str, Part]:
        """What a table's style and those it is based on say of the table's parts."""
        parts: dict[str, Part] = {}
        for element in self._chain(style):
            for part in (element, *element.iterfind(f"{W}tblStylePr")):
                name = "wholeTable" if part is element else value(part, "type")
                before = parts.get(name, Part(_NONE, None))
                shading = part.find(f"{W}tcPr/{W}shd")
                run = {**before.run, **self.properties(part.find(f"{W}rPr"))}
                parts[name] = Part(run, before.shading if shading is None else shading)
        return parts

    def of_cell(self, style: str, look: Element | None, place: Place) -> list[Part]:
        """What a table's style says of one cell, the strongest last; ``look`` is the table's ``tblLook``."""
        parts = self.parts(style)
        if not parts:
            return []
        uses = {name: _uses(look, name, bit) for name, bit in _USES.items()}
        applying = _conditions(place, uses)
        return [parts[name] for name in _CONDITIONS if name in applying and name in parts]

    def _merged(self, style: str, name: str) -> Properties:
        merged: dict[str, Element] = {}
        for element in self._chain(style):
            merged.update(self.properties(element.find(f"{W}{name}")))
        return merged

    def _chain(self, style: str) -> list[Element]:
        """A style and those it is based on, the most basic first; one that is based on itself ends there."""
        chain: dict[str, Element] = {}
        while style in self._styles and style not in chain:
            chain[style] = self._styles[style]
            style = value(chain[style].find(f"{W}basedOn"))
        return list(chain.values())[::-1]


def _uses(look: Element | None, name: str, bit: int) -> bool:
    if look is None:
        return False
    stated = look.get(f"{W}{name}")
    if stated is not None:
        return stated in ("1", "true", "on")
    try:
        return bool(int(value(look), 16) & bit)
    except ValueError:
        return False


def _conditions(place: Place, uses: Mapping[str, bool]) -> set[str]:
    """The parts of its table that a cell belongs to."""
    top, bottom = uses["firstRow"] and not place.row, uses["lastRow"] and place.row == place.rows - 1
    left, right = uses["firstColumn"] and not place.column, uses["lastColumn"] and place.column == place.columns - 1
    row, column = place.row - uses["firstRow"], place.column - uses["firstColumn"]
    conditions = {
        "firstRow": top,
        "lastRow": bottom,
        "firstCol": left,
        "lastCol": right,
        "nwCell": top and left,
        "neCell": top and right,
        "swCell": bottom and left,
        "seCell": bottom and right,
        "band1Horz": not uses["noHBand"] and not top and row % 2 == 0,
        "band2Horz": not uses["noHBand"] and not top and row % 2 == 1,
        "band1Vert": not uses["noVBand"] and not left and column % 2 == 0,
        "band2Vert": not uses["noVBand"] and not left and column % 2 == 1,
    }
    return {"wholeTable", *(name for name, applies in conditions.items() if applies)}
