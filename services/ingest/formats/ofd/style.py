"""In which colour something is painted, and how much of what lies under it shows through."""

import posixpath
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from services.ingest.formats.fixed_layout.cover import shade_of
from services.ingest.formats.ofd.archive import Part
from services.ingest.formats.ofd.values import flag, number
from services.ingest.formats.package import Element

OPAQUE = 255  # of alpha
_MOST_RELATIVES = 16  # parameters that go back to others
_BRIGHTEST = 255  # of a colour's channels
_PNG = b"\x89PNG\r\n"
_COLOR_TYPE = 25  # where a PNG says how its pixels are made
_WITH_ALPHA = (b"\4", b"\6")
_HEAD = 4096  # bytes; transparency stands before the pixels
_SYMBOLS = ("wingdings", "webdings", "dingbats", "marlett")  # fonts whose digits look like something else


class Paint(NamedTuple):
    """A colour: its ``shade`` (0 black, 255 white; None for a pattern) and ``alpha`` (255: nothing shows through)."""

    shade: int | None
    alpha: float


class Resources(NamedTuple):
    """What pages refer to by number: drawing parameters, composite objects, the fonts of symbols, and the pictures that
    let nothing through."""

    parameters: Mapping[str, Element]
    composites: Mapping[str, Element]
    symbols: frozenset[str]
    opaque: frozenset[str]

    def style(self, element: Element, inherited: "Style") -> "Style":
        """How ``element`` is painted, by its own colours, by the parameters that it names, or as what it is part of."""
        style = inherited
        for parameter in reversed(self._parameters(element.get("DrawParam", ""))):
            style = style.given(parameter)
        return style.given(element)

    def joined(self, other: "Resources") -> "Resources":
        """These and those of ``other``."""
        return Resources(
            {**self.parameters, **other.parameters},
            {**self.composites, **other.composites},
            self.symbols | other.symbols,
            self.opaque | other.opaque,
        )

    def _parameters(self, name: str) -> list[Element]:
        found: list[Element] = []
        while name in self.parameters and len(found) < _MOST_RELATIVES:
            found.append(self.parameters[name])
            name = found[-1].get("Relative", "")
        return found


class Style(NamedTuple):
    """How something is painted; where no colour is given, writing and lines are black and areas are not filled."""

    fill: Element | None = None
    stroke: Element | None = None
    alpha: float = OPAQUE

    def given(self, element: Element) -> "Style":
        """The style with what ``element`` says of it."""
        fill, stroke = element.find("{*}FillColor"), element.find("{*}StrokeColor")
        return Style(
            self.fill if fill is None else fill,
            self.stroke if stroke is None else stroke,
            self.alpha * number(element, "Alpha", OPAQUE) / OPAQUE,
        )

    def filling(self) -> Paint:
        """The colour of areas and writing."""
        return self._paint(self.fill)

    def writing(self, element: Element) -> Paint | None:
        """The colour in which the text object ``element`` is written; None where it is not painted."""
        if flag(element, "Fill", default=True):
            return self._paint(self.fill)
        return self._paint(self.stroke) if flag(element, "Stroke", default=False) else None

    def _paint(self, color: Element | None) -> Paint:
        if color is None:
            return Paint(0, self.alpha)
        alpha = self.alpha * number(color, "Alpha", OPAQUE) / OPAQUE
        return Paint(None if len(color) or color.get("Index") else _shade(color.get("Value", "0")), alpha)


def _shade(value: str) -> int:
    """The shade of a colour by its channels: grey, red green and blue, or cyan, magenta, yellow and black."""
    channels = [_channel(each) for each in value.split()]
    if len(channels) == 3:
        return shade_of(*channels)
    if len(channels) == 4:
        black = _BRIGHTEST - channels[3]
        return shade_of(*((_BRIGHTEST - channel) * black / _BRIGHTEST for channel in channels[:3]))
    return channels[0] if channels else 0


def _channel(value: str) -> int:
    try:
        number = int(value[1:], 16) if value.startswith("#") else round(float(value))
    except (ValueError, OverflowError):
        return 0
    return min(max(number, 0), _BRIGHTEST)


def read_resources(parts: Iterable[Part]) -> Resources:
    """The resources in ``parts``."""
    parameters: dict[str, Element] = {}
    composites: dict[str, Element] = {}
    symbols: set[str] = set()
    opaque: set[str] = set()
    for part in parts:
        parameters |= {each.get("ID", ""): each for each in part.root.iterfind(".//{*}DrawParam")}
        composites |= {each.get("ID", ""): each for each in part.root.iterfind(".//{*}CompositeGraphicUnit")}
        for font in part.root.iterfind(".//{*}Font"):
            name = f"{font.get('FontName')} {font.get('FamilyName')}".lower()
            if any(symbol in name for symbol in _SYMBOLS):
                symbols.add(font.get("ID", ""))
        base = part.root.get("BaseLoc", "")
        for medium in part.root.iterfind(".//{*}MultiMedia"):
            file = (medium.findtext("{*}MediaFile") or "").strip()
            if _is_opaque(part.read(posixpath.join(base, file)) or part.read(file)):
                opaque.add(medium.get("ID", ""))
    return Resources(parameters, composites, frozenset(symbols), frozenset(opaque))


def _is_opaque(picture: bytes) -> bool:
    """Whether a picture is of a kind without transparency: JPEG, bitmaps, PNG without an alpha channel."""
    if picture.startswith(_PNG):
        return picture[_COLOR_TYPE : _COLOR_TYPE + 1] not in _WITH_ALPHA and b"tRNS" not in picture[:_HEAD]
    return picture.startswith((b"\xff\xd8\xff", b"BM"))
