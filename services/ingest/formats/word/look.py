"""How a run of a Word document looks to a reader: whether it is seen, raised, or in doubt.

What a run's own properties leave open its styles say: the document's defaults, the table's style, the paragraph's, the
run's (ECMA-376, part 1, 17.7.2). Properties that toggle are on where an odd number of the styles has them (17.7.3).
"""

from collections.abc import Sequence
from typing import NamedTuple

from services.ingest.formats.colours import WHITE, contrast, rgb
from services.ingest.formats.symbols import is_symbols
from services.ingest.formats.word.names import Element, is_on, number, value
from services.ingest.formats.word.styles import Properties
from shared.doubt import DoubtCode

# Half points. Word's smallest letter is one; those of two points are dots, of four can be told with a glass.
_INVISIBLE_SIZE = 4
_ILLEGIBLE_SIZE = 8
_NARROW = 10  # per cent of a letter's width
_CONDENSED = -60  # twentieths of a point by which letters are moved together: half a digit of ordinary size
_HIGHLIGHTS = {
    "black": "000000", "white": WHITE, "darkBlue": "000080", "darkRed": "800000", "darkGreen": "008000",
    "blue": "0000FF", "red": "FF0000", "green": "00FF00", "yellow": "FFFF00", "cyan": "00FFFF", "magenta": "FF00FF",
    "darkCyan": "008080", "darkMagenta": "800080", "darkYellow": "808000", "darkGray": "808080", "lightGray": "C0C0C0",
}  # fmt: skip
_LIGHT = ("background1", "light1", "bg1", "lt1")
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"


class Levels(NamedTuple):
    """What is said of runs in one place, the weakest first: by the defaults, the table's style, the paragraph's."""

    defaults: Properties
    styles: tuple[Properties, ...] = ()
    ground: str = WHITE  # RRGGBB


class Look(NamedTuple):
    """``seen`` by a reader, ``raised`` above or below the line, ``doubt`` about it; in letters of the font ``font``."""

    seen: bool
    raised: bool
    doubt: DoubtCode | None
    font: str


def look(levels: Levels, style: Properties, own: Properties) -> Look:
    """How a run looks whose style and own properties say ``style`` and ``own``."""
    merged: dict[str, Element] = {**levels.defaults}
    for level in (*levels.styles, style, own):
        merged.update(level)
    styles = (*levels.styles, style)
    struck = _toggled("strike", levels.defaults, styles, own) or is_on(merged.get("dstrike"))
    hidden = _toggled("vanish", levels.defaults, styles, own) or is_on(merged.get("specVanish"))
    drawn = _contrast(merged, levels.ground)
    legible = _legible(merged)
    font = _font(merged.get("rFonts"))
    doubts = (
        drawn,
        legible,
        is_on(merged.get("webHidden")) and DoubtCode.HIDDEN_TEXT,
        number(merged.get("spacing"), 0) <= _CONDENSED and DoubtCode.OVERLAPPING_TEXT,
        is_symbols(font) and DoubtCode.SYMBOL_FONT,
    )
    doubt = next((each for each in doubts if isinstance(each, DoubtCode)), None)
    raised = value(merged.get("vertAlign")) in ("superscript", "subscript") or number(merged.get("position"), 0) != 0
    return Look(not (struck or hidden) and bool(drawn) and bool(legible), raised, doubt, font)


def fill(shading: Element | None, otherwise: str) -> str:
    """The colour that a ``shd`` puts behind a text, or ``otherwise`` where it puts none."""
    if shading is None or value(shading) == "nil":
        return otherwise
    return (rgb(value(shading, "color")) if value(shading) == "solid" else rgb(value(shading, "fill"))) or otherwise


def _toggled(name: str, defaults: Properties, styles: Sequence[Properties], own: Properties) -> bool:
    if name in own:
        return is_on(own[name])
    return is_on(defaults.get(name)) or sum(is_on(style.get(name)) for style in styles) % 2 == 1


def _contrast(merged: Properties, ground: str) -> DoubtCode | bool:
    ground = fill(merged.get("shd"), ground)
    ground = _HIGHLIGHTS.get(value(merged.get("highlight")), ground)
    textured = merged.get("textFill")  # of Word 2010, over the colour
    if textured is not None:
        if textured.find(f"{_W14}noFill") is not None:
            return False
        solid = textured.find(f"{_W14}solidFill")
        if solid is None or next(solid.iter(f"{_W14}alpha"), None) is not None:
            return DoubtCode.HIDDEN_TEXT
        colour = next((rgb(each.get(f"{_W14}val")) for each in solid.iter(f"{_W14}srgbClr")), None)
    else:
        colour = _colour(merged.get("color"))
    return True if colour is None else contrast(colour, ground)


def _colour(element: Element | None) -> str | None:
    colour = rgb(value(element))
    if colour is None and value(element, "themeColor") in _LIGHT:
        return WHITE
    return colour


def _legible(merged: Properties) -> DoubtCode | bool:
    size = number(merged.get("sz"), 20)
    if size <= _INVISIBLE_SIZE or number(merged.get("w"), 100) <= _NARROW:
        return False
    return DoubtCode.HIDDEN_TEXT if size <= _ILLEGIBLE_SIZE else True


def _font(fonts: Element | None) -> str:
    return value(fonts, "ascii") or value(fonts, "hAnsi")
