"""What the properties of an element do to all that is in it: take it off the page, move it, raise it, draw it small."""

from collections.abc import Callable
from math import isnan
from typing import Any, NamedTuple

from services.ingest.formats.html.style.cascade import Declared
from services.ingest.formats.html.style.properties import INITIAL
from services.ingest.formats.html.style.values import SIZES, Length, Moved, Value, pixels

FAINT = 0.05
"""The opacity, or the share of its size, below which nobody sees anything."""

_FAR = 500.0  # pixels; nobody sees what is moved off the page so far
_NARROW = 1.2  # of a letter's size: nothing is to be seen in a box so small
_CRAMPED = 2.5  # of a letter's size; chosen: a figure of some digits is cut there
_RAISED = 0.12  # of a letter's size
_NEAR = 3.0  # pixels: nobody sees so small a shift
_LINE = 2.0  # letters' sizes: what is moved further is no mark of a note


class Effect(NamedTuple):
    """What a property does to all that is in an element; ``moved``: it stands beside its place, as a whole."""

    lost: bool = False
    odd: bool = False
    moved: bool = False
    raised: bool = False
    disturbs: bool = False
    zoom: float = 1.0


NONE, _LOST, _ODD, _RAISES = Effect(), Effect(lost=True), Effect(odd=True), Effect(raised=True)
_MOVES, _DISTURBS = Effect(moved=True), Effect(moved=True, disturbs=True)
SHUT = Effect(lost=True)
"""Takes a box off the page so that it leaves no room."""


class Box:
    """An element's own properties, and what kind of box it is; its parent hands down the size of its letters and its
    indent, both in pixels."""

    def __init__(self, found: Declared, font: float, indent: float) -> None:
        self._found = found
        self._font_around = font
        self._indent_around = indent
        self.display = str(self("display"))
        self.position = str(self("position"))
        self.out_of_flow = self.position in ("absolute", "fixed")
        self.floats = self("float") != "none"
        self.inline = self.display in ("inline", "ruby", "ruby-text") and not (self.out_of_flow or self.floats)
        self.tabular = self.display.startswith("table")
        self.font = self._font()
        indent = self.inherited("text-indent", None)
        self.indent = self._indent_around if indent is None else pixels(indent, self.font, _FAR) or 0.0

    def __call__(self, name: str) -> Value:
        """The value of a property that is not inherited."""
        value = self._found.get(name)
        return INITIAL[name] if value is None or value in ("initial", "unset", "inherit", "revert") else value

    def inherited(self, name: str, from_parent: Any) -> Any:
        """The value of a property that is inherited."""
        value = self._found.get(name)
        if value is None or value in ("unset", "inherit", "revert"):
            return from_parent
        return INITIAL[name] if value == "initial" else value

    def far(self, name: str, whole: float = 0.0) -> float:
        """A length in pixels; 0 where there is none."""
        stated = pixels(self(name), self.font, whole)
        return 0.0 if stated is None or isnan(stated) else stated

    def _font(self) -> float:
        stated = self.inherited("font-size", None)
        size = self._font_around
        if isinstance(stated, Length):
            size = pixels(stated, size, size) or 0.0
            return self._font_around if isnan(size) else size
        return {"smaller": size / 1.2, "larger": size * 1.2, **SIZES}.get(stated, size)


def _clipped(box: Box) -> Effect:
    if box("content-visibility") == "hidden" and not box.inline and not box.display.startswith("table-row"):
        return _LOST
    path, rectangle = box("clip-path"), box("clip") if box.out_of_flow else "none"
    if path == "all" or rectangle == "all":
        return _LOST
    odd = path == "some" or rectangle == "some" or box("mask") != "none" or box("filter") == "some"
    return _ODD if odd else NONE


def _shrunk(box: Box) -> Effect:
    """A box too small for what is in it."""
    if box.inline or box.display in ("table-row", "table-row-group", "table-header-group", "table-footer-group"):
        return NONE
    width, height = _least(box, "width", "max-width"), _least(box, "height", "max-height")
    if box.display == "table-cell":  # which grows with what is in it, but for what its greatest width forbids
        return _ODD if _least(box, "max-width") < _CRAMPED * box.font else NONE
    hides = box("overflow")
    if min(width, height) < _NARROW * box.font * (1 if hides == "visible" else 0.5):
        return _ODD if hides != "hidden" else SHUT if width < _NARROW * box.font else _LOST
    return _ODD if width < _CRAMPED * box.font and hides != "visible" else NONE


def _least(box: Box, *names: str) -> float:
    """The least of some sizes, in pixels."""
    sizes = [pixels(box(name), box.font, _FAR) for name in names]
    return min((size for size in sizes if size is not None and not isnan(size)), default=_FAR)


def _transformed(box: Box) -> Effect:
    if box.inline:
        return NONE
    moved, scaled = box("transform"), box("scale")
    if not isinstance(moved, Moved) or not isinstance(scaled, Moved):
        return _ODD
    zoom = moved.scale * scaled.scale
    if zoom < FAINT or min(moved.across, moved.down) < -_FAR:
        return _LOST
    if moved.turned or box("rotate") != "none" or box("translate") != "none":
        return _ODD
    return _shift(moved.across, moved.down, box)._replace(zoom=zoom)


def _positioned(box: Box) -> Effect:
    across = box.far("left", 1280.0) or -box.far("right", 1280.0)
    down = box.far("top", 800.0) or -box.far("bottom", 800.0)
    if box.out_of_flow:
        away = box.far("left", 1280.0) < -_FAR or box.far("top", 800.0) < -_FAR
        away = away or box.far("right", 1280.0) < -2 * 1280.0
        return SHUT if away else _MOVES
    if box.position != "relative":
        return NONE
    if box("top") in ("auto",) and box("bottom") == "auto":
        down = 0.0
    return _shift(across, down, box)


def _shift(across: float, down: float, box: Box) -> Effect:
    """What it does to move a box by so many pixels."""
    if min(across, down) < -_FAR:
        return _LOST
    if abs(across) > _NEAR:
        return _MOVES
    if box.tabular or abs(down) <= _RAISED * box.font:
        return NONE
    return _RAISES if abs(down) < _LINE * box.font else _MOVES


def _floating(box: Box) -> Effect:
    return _MOVES if box.floats else NONE


def _arranged(box: Box) -> Effect:
    """A box that may stand before those that it follows, or whose own boxes do."""
    if box("order") != 0 or box("grid-row") != "auto" or box("grid-column") != "auto":
        return _DISTURBS
    return _ODD if "reverse" in str(box("flex-direction")) and box.display.endswith("flex") else NONE


def _coloured(box: Box) -> Effect:
    """Colours that cannot be told."""
    return _ODD if "some" in map(box, ("color", "background-color", "-webkit-text-fill-color")) else NONE


def _aligned(box: Box) -> Effect:
    """A box set above or below the line it stands in."""
    if not (box.inline or box.display.startswith("inline-")):
        return NONE
    shift = box("vertical-align")
    if box("font-variant-position") != "normal":
        return _ODD
    if shift in ("super", "sub"):
        return _RAISES
    height = pixels(shift, box.font, 1.2 * box.font)
    return _RAISES if height is not None and abs(height) > _RAISED * box.font else NONE


def _indented(box: Box) -> Effect:
    shift = box.indent
    return _LOST if shift < -_FAR and not box.inline and box.display not in ("table", "table-row") else NONE


def _pulled(box: Box) -> Effect:
    """A box that its margin draws over what is before it, or off the page."""
    if box.tabular:
        return NONE
    pulled = min(box.far("margin-left", 1280.0), 0.0 if box.inline else box.far("margin-top"))
    if pulled < -_FAR and not box.inline and not box.display.startswith("inline-"):
        return _LOST
    return _DISTURBS if pulled < -_NEAR else NONE


def _reversed(box: Box) -> Effect:
    return _ODD if box.inherited("direction", "ltr") == "rtl" else NONE


CHECKS: tuple[Callable[[Box], Effect], ...] = (
    _clipped, _shrunk, _transformed, _positioned, _floating, _arranged, _coloured, _aligned, _indented, _pulled,
    _reversed,
)  # fmt: skip
