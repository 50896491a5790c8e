"""The properties that decide what is seen: how each is read, and what they are where nobody says anything."""

from collections.abc import Callable, Iterator
from typing import Any

from tinycss2 import parse_component_value_list

from services.ingest.formats.html.style import values
from services.ingest.formats.html.style.values import (
    BLACK,
    CLEAR,
    EVERYWHERE,
    SIZES,
    Colour,
    Length,
    Moved,
    Tokens,
    Value,
)

_DISPLAYS = frozenset((
    "none", "contents", "block", "inline", "inline-block", "list-item", "flow-root", "table", "inline-table",
    "table-row", "table-cell", "table-caption", "table-row-group", "table-header-group", "table-footer-group",
    "table-column", "table-column-group", "flex", "inline-flex", "grid", "inline-grid", "ruby", "ruby-text", "math",
    "run-in", "-webkit-box", "-webkit-inline-box",
))  # fmt: skip
_SHIFTS = ("baseline", "sub", "super", "top", "text-top", "middle", "bottom", "text-bottom")


def _display(tokens: Tokens) -> Value | None:
    words = [token.lower_value for token in tokens if token.type == "ident"]
    if len(words) == 1 == len(tokens):
        return words[0] if words[0] in _DISPLAYS else None
    return ("inline-block" if "inline" in words else "block") if len(words) == len(tokens) else None


def _overflow(tokens: Tokens) -> Value | None:
    words = {token.lower_value for token in tokens if token.type == "ident"}
    return "hidden" if words & {"hidden", "clip"} else "visible" if words == {"visible"} else "auto" if words else None


READERS: dict[str, Callable[[Tokens], Value | None]] = {
    "display": _display,
    "visibility": values.keyword("visible", "hidden", "collapse"),
    "opacity": values.amount,
    "color": values.colour,
    "-webkit-text-fill-color": values.colour,
    "-webkit-text-security": values.keyword("none", "disc", "circle", "square"),
    "background-color": values.colour,
    "background-image": values.word,
    "font-size": values.length("smaller", "larger", *SIZES),
    "font-variant-position": values.keyword("normal", "sub", "super"),
    "text-indent": values.length(),
    "position": values.keyword("static", "relative", "absolute", "fixed", "sticky"),
    **dict.fromkeys(("top", "bottom", "left", "right", "margin-left", "margin-top"), values.length()),
    **dict.fromkeys(("width", "height", "max-width", "max-height"), values.length("min-content", "max-content")),
    "clip": values.clip,
    "clip-path": values.clip,
    "overflow": _overflow,
    "transform": values.transformation,
    "scale": values.scale,
    "rotate": values.word,
    "translate": values.word,
    "zoom": values.amount,
    "filter": values.see_through,
    "mask": values.word,
    "text-decoration-line": values.line,
    "vertical-align": values.length(*_SHIFTS),
    "content-visibility": values.keyword("visible", "auto", "hidden"),
    "float": values.keyword("none", "left", "right", "inline-start", "inline-end"),
    "direction": values.keyword("ltr", "rtl"),
    "unicode-bidi": values.keyword(
        "normal", "embed", "isolate", "bidi-override", "isolate-override", "plaintext", "-webkit-isolate"
    ),
    "writing-mode": values.word,
    "letter-spacing": values.length("normal"),
    "content": values.word,
    "text-shadow": values.word,
    "order": values.amount,
    **dict.fromkeys(("flex-direction", "grid-row", "grid-column"), values.word),
}
_ALIASES = {
    "-webkit-mask": "mask",
    "mask-image": "mask",
    "-webkit-mask-image": "mask",
    "-webkit-clip-path": "clip-path",
    "-webkit-transform": "transform",
    "-webkit-filter": "filter",
    "-webkit-opacity": "opacity",
    "overflow-x": "overflow",
    "overflow-y": "overflow",
    "text-decoration": "text-decoration-line",
    "font-size": "font-size",
    "flex-flow": "flex-direction",
    **dict.fromkeys(("-webkit-text-stroke", "-webkit-text-stroke-width"), "text-shadow"),
    **dict.fromkeys(("grid-area", "grid-row-start"), "grid-row"),
    "grid-column-start": "grid-column",
}
INITIAL: dict[str, Value] = {
    "display": "inline", "visibility": "visible", "opacity": 1.0, "color": BLACK,
    "-webkit-text-fill-color": "currentcolor",
    "-webkit-text-security": "none", "background-color": CLEAR, "background-image": "none", "font-size": "medium",
    "font-variant-position": "normal", "text-indent": Length(0, "px"), "position": "static", "clip": "none",
    "clip-path": "none", "overflow": "visible", "transform": Moved(), "scale": Moved(), "rotate": "none",
    "translate": "none", "zoom": 1.0, "filter": 1.0, "mask": "none", "text-decoration-line": "none",
    "vertical-align": "baseline", "content-visibility": "visible", "float": "none", "direction": "ltr",
    "unicode-bidi": "normal", "writing-mode": "horizontal-tb", "letter-spacing": "normal", "content": "normal",
    "text-shadow": "none", "order": 0.0, "flex-direction": "row", "grid-row": "auto", "grid-column": "auto",
    **dict.fromkeys(("top", "bottom", "left", "right", "width", "height"), "auto"),
    **dict.fromkeys(("max-width", "max-height"), "none"),
    **dict.fromkeys(("margin-left", "margin-top"), Length(0, "px")),
}  # fmt: skip
_SIZES = ("width", "height", "max-width", "max-height")
_AMPLE = 40  # of whatever unit: pixels, percent, …
_HARMLESS: dict[str, tuple[Value, ...]] = {
    "visibility": ("visible",), "opacity": (1.0,), "overflow": ("auto", "visible"), "zoom": (1.0,),
    "position": ("static",), "float": ("none",), "direction": ("ltr",),
    "vertical-align": ("middle", "top", "bottom"), "top": ("auto",), "left": ("auto",),
    "bottom": ("auto",), "right": ("auto",), "unicode-bidi": ("normal",), "transform": (Moved(),), "clip": ("none",),
    "order": (0.0,), "flex-direction": ("row", "column", "row wrap", "row nowrap", "wrap", "column nowrap"),
}  # fmt: skip
_FONT_WORDS = ("smaller", "larger", *SIZES)


def declared(name: str, tokens: Tokens) -> Iterator[tuple[str, Value]]:
    """The properties that a declaration sets, and to what; none where it is void, or decides nothing that is seen."""
    name = _ALIASES.get(name, name)
    tokens = [token for token in tokens if token.type not in ("whitespace", "comment")]
    if (word := values.keyword(*EVERYWHERE)(tokens)) is not None:
        yield from ((each, word) for each in _longhands(name))
    elif name in READERS:
        if (value := READERS[name](tokens)) is not None:
            yield name, value
    elif name == "font":
        yield from _font(tokens)
    elif name == "background":
        yield from _background(tokens)
    elif name == "margin" and tokens:
        sides = [values.length()([token]) for token in tokens]
        if None not in sides and len(sides) <= 4:
            yield "margin-top", sides[0] or "auto"
            yield "margin-left", sides[{1: 0, 2: 1, 3: 1, 4: 3}[len(sides)]] or "auto"
    elif name == "inset" and (value := values.length()(tokens[:1])) is not None:
        yield from ((side, value) for side in ("top", "left"))


def hides_nothing(name: str, value: Value) -> bool:
    """Whether a value of a property leaves what it is set for where it is, as it is; of colours and of what lays boxes
    out that is never said."""
    if name in _SIZES:
        return value in ("auto", "none") or (isinstance(value, Length) and value.number >= _AMPLE)
    if name in ("margin-left", "margin-top", "text-indent", "letter-spacing"):
        return not isinstance(value, Length) or value.number >= 0
    return value in _HARMLESS.get(name, ())


def is_visual(name: str) -> bool:
    """Whether a property decides anything that is seen."""
    return name in READERS or name in _ALIASES or name in ("font", "background", "margin", "inset", "all")


def _longhands(name: str) -> tuple[str, ...]:
    if name == "all":
        return tuple(each for each in READERS if each not in ("direction", "unicode-bidi"))
    if name == "background":
        return ("background-color", "background-image")
    if name == "font":
        return ("font-size", "font-variant-position")
    return (name,) if name in READERS else ()


def _font(tokens: Tokens) -> Iterator[tuple[str, Value]]:
    """The size in the shorthand ``font``: the last of its lengths that does not follow a slash."""
    before: Any = None
    for token in tokens:
        slashed = before is not None and before.type == "literal" and before.value == "/"
        if not slashed and token.type in ("dimension", "percentage", "number", "function", "ident"):
            size = values.length(*_FONT_WORDS)([token])
            if size is not None and size not in ("none", "auto"):
                yield "font-size", size
                yield "font-variant-position", "normal"
                return
        before = token


def _background(tokens: Tokens) -> Iterator[tuple[str, Value]]:
    found: Value = CLEAR
    for token in tokens:
        if token.type in ("ident", "hash", "function") and (read := values.colour([token])) is not None:
            found = read
    yield "background-color", found
    pictures = [token for token in tokens if token.type == "url" or (token.type == "function" and _paints(token))]
    yield "background-image", values.word(pictures) if pictures else "none"  # type: ignore[misc]


def _paints(function: Any) -> bool:
    return any(kind in function.lower_name for kind in ("url", "gradient", "image", "paint"))


def colours_of(picture: str) -> list[Colour]:
    """The colours of a gradient, as far as its text tells them."""
    tokens = (token for function in parse_component_value_list(picture) for token in getattr(function, "arguments", ()))
    read = (values.colour([token]) for token in tokens if token.type in ("ident", "hash", "function"))
    return [one for one in read if isinstance(one, Colour)]
