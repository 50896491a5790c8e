"""Values of the properties that decide what is seen; a value that CSS does not allow is None, and its declaration void.

A value is a keyword in small letters, a :class:`Length`, a :class:`Colour`, a number, or a :class:`Moved`. ``inherit``,
``initial``, ``unset`` and ``revert`` go with every property.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from tinycss2 import color4, color5


class Length(NamedTuple):
    """A length or percentage: how many of which unit (``px``, ``em``, ``%``, …)."""

    number: float
    unit: str


class Colour(NamedTuple):
    """Red, green, blue and alpha, each 0 to 1."""

    red: float
    green: float
    blue: float
    alpha: float = 1.0


class Moved(NamedTuple):
    """What a transformation does: by how much it shrinks the smaller side, by how many pixels it moves; ``turned``
    where it does anything else."""

    scale: float = 1.0
    across: float = 0.0
    down: float = 0.0
    turned: bool = False


Value = str | float | Length | Colour | Moved
Tokens = Sequence[Any]

PIXELS = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 9.6 / 2.54, "q": 2.4 / 2.54}
# Of a window 1,280 by 800 pixels, where its size matters.
PIXELS |= {"vw": 12.8, "vh": 8.0, "vmin": 8.0, "vmax": 12.8, "rem": 16.0}
_EMS = {"em": 1.0, "ex": 0.5, "ch": 0.5, "lh": 1.2, "rlh": 1.2, "ic": 1.0, "cap": 0.7}
WHITE, BLACK, CLEAR = Colour(1, 1, 1), Colour(0, 0, 0), Colour(0, 0, 0, 0)
_SYSTEM = {
    "canvas": WHITE,
    "canvastext": BLACK,
    "field": WHITE,
    "fieldtext": BLACK,
    "window": WHITE,
    "windowtext": BLACK,
}
SIZES = {
    "xx-small": 9.0,
    "x-small": 10.0,
    "small": 13.0,
    "medium": 16.0,
    "large": 18.0,
    "x-large": 24.0,
    "xx-large": 32.0,
}
SIZES |= {"xxx-large": 48.0}
EVERYWHERE = frozenset(("inherit", "initial", "unset", "revert", "revert-layer"))


def pixels(value: Value | None, em: float, whole: float = 0.0) -> float | None:
    """A length in pixels, where letters have ``em`` of them and 100% are ``whole``; None for what is no length."""
    if not isinstance(value, Length):
        return None
    if value.unit == "%":
        return value.number * whole / 100
    return value.number * (PIXELS.get(value.unit) or _EMS.get(value.unit, 0.0) * em)


def one(tokens: Tokens) -> Any:
    """The only token; None where there are several."""
    return tokens[0] if len(tokens) == 1 else None


def keyword(*allowed: str) -> Callable[[Tokens], Value | None]:
    """Reads a property that takes one of some keywords."""
    words = frozenset(allowed)

    def read(tokens: Tokens) -> Value | None:
        token = one(tokens)
        return token.lower_value if token is not None and token.type == "ident" and token.lower_value in words else None

    return read


def word(tokens: Tokens) -> Value | None:
    """Reads a property whose values are told from one another later."""
    return " ".join(token.serialize().lower() for token in tokens)


def amount(tokens: Tokens) -> Value | None:
    """A number or percentage, as a number."""
    token = one(tokens)
    if token is None or token.type not in ("number", "percentage"):
        return None
    return float(token.value / 100 if token.type == "percentage" else token.value)


def length(*words: str) -> Callable[[Tokens], Value | None]:
    """Reads a property that takes a length, a percentage or one of some keywords."""
    read_word = keyword("auto", "none", *words)

    def read(tokens: Tokens) -> Value | None:
        token = one(tokens)
        return None if token is None else _length(token) or read_word(tokens)

    return read


def _length(token: Any) -> Length | None:
    if token.type == "dimension" and (token.lower_unit in PIXELS or token.lower_unit in _EMS):
        return Length(float(token.value), token.lower_unit)
    if token.type == "percentage" or (token.type == "number" and token.value == 0):
        return Length(float(token.value), "%" if token.type == "percentage" else "px")
    if token.type == "function" and token.lower_name in ("calc", "min", "max", "clamp"):
        terms = [term for term in token.arguments if term.type in ("dimension", "percentage", "number")]
        return _length(terms[0]) if len(terms) == 1 else Length(float("nan"), "px")
    return None


_PLAIN_COLOURS = frozenset(("rgb", "rgba", "hsl", "hsla", "hwb", "lab", "lch", "oklab", "oklch", "color"))


def colour(tokens: Tokens) -> Value | None:
    """A colour, ``currentcolor``, or ``some`` where a function says it that only browsers know (``color-mix``)."""
    token = one(tokens)
    if token is None:
        return None
    if token.type == "ident" and token.lower_value in _SYSTEM:
        return _SYSTEM[token.lower_value]
    parsed = color4.parse_color(token) or color5.parse_color(token)
    if parsed is None and token.type == "function":
        relative = any(getattr(part, "lower_value", "") == "from" for part in token.arguments)
        return "some" if relative or token.lower_name not in _PLAIN_COLOURS else None
    if parsed is None or isinstance(parsed, str):
        return parsed.lower() if parsed else None
    try:
        red, green, blue = parsed.to("srgb").coordinates
    except NotImplementedError:  # of lightness, which is what matters here, the spaces that are left have it first
        red = green = blue = (parsed.coordinates[0] or 0) / (100 if parsed.space in ("lab", "lch") else 1)
    return Colour(float(red), float(green), float(blue), float(parsed.alpha))


def line(tokens: Tokens) -> Value | None:
    """``line-through`` or ``none``, of the lines that decorate a text."""
    words = {token.lower_value for token in tokens if token.type == "ident"}
    return "line-through" if "line-through" in words else "none"


def clip(tokens: Tokens) -> Value | None:
    """``none``, ``all`` where next to nothing is left, or ``some``."""
    token = one(tokens)
    if token is not None and token.type == "ident":
        return "none" if token.lower_value in ("auto", "none", "border-box", "padding-box", "content-box") else None
    if token is None or token.type != "function":
        return "some"
    numbers = [part for part in token.arguments if part.type in ("number", "dimension", "percentage")]
    if token.lower_name == "rect":
        return "all" if all(part.type != "percentage" and part.value <= 2 for part in numbers) else "some"
    if token.lower_name == "inset":
        if all(part.value == 0 for part in numbers):
            return "none"
        return "all" if all(part.type == "percentage" and part.value >= 50 for part in numbers) else "some"
    return "all" if token.lower_name == "circle" and numbers and numbers[0].value == 0 else "some"


def see_through(tokens: Tokens) -> Value | None:
    """A filter as the opacity that it leaves (1 where it leaves all), or ``some`` where it may do anything."""
    token = one(tokens)
    if token is not None and token.type == "ident":
        return 1.0 if token.lower_value == "none" else None
    if token is not None and token.type == "function" and token.lower_name == "opacity":
        return amount([part for part in token.arguments if part.type != "whitespace"])
    return "some"


_SHRINKING = frozenset(("scale", "scalex", "scaley", "scale3d", "matrix", "matrix3d"))


def transformation(tokens: Tokens) -> Value | None:
    """What a list of transformations does together."""
    if (token := one(tokens)) is not None and token.type == "ident":
        return Moved() if token.lower_value == "none" else None
    moved = Moved()
    for token in tokens:
        if token.type != "function":
            return None
        moved = _also(moved, token.lower_name, [part for part in token.arguments if hasattr(part, "value")])
    return moved


def _also(moved: Moved, name: str, parts: list[Any]) -> Moved:
    numbers = [part for part in parts if part.type in ("number", "dimension", "percentage")]
    if not numbers:
        return moved
    if name in _SHRINKING:
        sides = (
            [numbers[0].value, numbers[3].value]
            if name == "matrix" and len(numbers) == 6
            else [number.value for number in numbers]
        )
        shifted = moved._replace(turned=True) if name.startswith("matrix") or min(sides) < 0 else moved
        return shifted._replace(scale=moved.scale * min(map(abs, sides)))
    if name.startswith("translate"):
        shifts = [pixels(_length(number), 16.0, 100.0) or 0.0 for number in numbers]
        down = shifts[-1] if name == "translatey" or (name != "translatex" and len(shifts) > 1) else 0.0
        return moved._replace(
            across=moved.across + (0.0 if name == "translatey" else shifts[0]), down=moved.down + down
        )
    return moved._replace(turned=True)


def scale(tokens: Tokens) -> Value | None:
    """The property ``scale``, as the transformation that it is."""
    numbers = [token.value for token in tokens if token.type == "number"]
    if not numbers:
        return Moved() if keyword("none")(tokens) else None
    return Moved(min(map(abs, numbers)))
