"""What browsers declare for the elements of HTML before any style sheet does, as far as it decides what is seen: by
element, and by the attributes that styled pages before there were style sheets."""

import re
from collections.abc import Mapping

import tinycss2

from services.ingest.formats.html.style.properties import declared
from services.ingest.formats.html.style.values import BLACK, Colour, Length, Value

_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "dir", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hgroup", "hr", "html", "legend", "li", "listing", "main", "menu", "nav", "ol", "optgroup", "option",
    "p", "plaintext", "pre", "search", "section", "summary", "ul", "xmp",
))  # fmt: skip
_UNSHOWN = frozenset((
    "area", "base", "basefont", "datalist", "head", "link", "meta", "noembed", "noframes", "noscript", "param",
    "rp", "script", "style", "template", "title",
))  # fmt: skip
_TABLES = {
    "table": "table", "caption": "table-caption", "thead": "table-header-group", "tbody": "table-row-group",
    "tfoot": "table-footer-group", "tr": "table-row", "td": "table-cell", "th": "table-cell",
}  # fmt: skip
_STRUCK = ("del", "s", "strike")
_FIELD: dict[str, Value] = {
    "display": "inline-block",
    "font-size": Length(13.3, "px"),
    "color": BLACK,
    "background-color": Colour(0.94, 0.94, 0.94),
}
_OWN: dict[str, dict[str, Value]] = {
    **{tag: {"display": "none"} for tag in _UNSHOWN},
    **{tag: {"display": "block"} for tag in _BLOCKS},
    **{tag: {"display": display} for tag, display in _TABLES.items()},
    **{tag: {"text-decoration-line": "line-through"} for tag in _STRUCK},
    **{f"h{level}": {"display": "block", "font-size": Length(size, "em")}
       for level, size in zip(range(1, 7), (2, 1.5, 1.17, 1, 0.83, 0.67), strict=True)},
    "sup": {"vertical-align": "super", "font-size": "smaller"},
    "sub": {"vertical-align": "sub", "font-size": "smaller"},
    "small": {"font-size": "smaller"},
    "big": {"font-size": "larger"},
    "bdo": {"unicode-bidi": "isolate-override"},
    "marquee": {"display": "inline-block", "overflow": "hidden", "rotate": "moving"},
    **dict.fromkeys(("button", "input", "select", "textarea"), _FIELD),
    "mark": {"background-color": Colour(1, 1, 0)},
}  # fmt: skip
_FONT_SIZES = ("x-small", "small", "medium", "large", "x-large", "xx-large", "xxx-large")
_USUAL_FONT_SIZE = 3  # of <font size>, by the HTML standard
PLAIN_TAGS = frozenset((
    "html", "body", "div", "p", "span", "a", "b", "i", "u", "em", "strong", "font", "table", "tbody", "thead",
    "tfoot", "tr", "td", "th", "section", "article", "main", "center", "ul", "ol", "li", "header", "footer", "form",
    "br", "hr", "img", "pre", "label", "st1:chsdate", "o:p",
))  # fmt: skip
"""Elements that change nothing of their parents' look unless a sheet or an attribute says so."""

STYLING_ATTRIBUTES = frozenset((
    "style", "hidden", "color", "bgcolor", "background", "text", "size", "dir", "open", "popover", "role",
    "shadowrootmode",
))  # fmt: skip
"""Attributes that may change the look of an element."""


def of_browser(tag: str, attributes: Mapping[str, str | None]) -> dict[str, Value]:
    """What the browser declares for an element."""
    found = dict(_OWN.get(tag, ()))
    if "hidden" in attributes or "popover" in attributes or (tag == "dialog" and "open" not in attributes):
        found["display"] = "none"
    if not attributes:
        return found
    if (way := (attributes.get("dir") or "").lower()) in ("ltr", "rtl"):
        found["direction"] = way
        found.setdefault("unicode-bidi", "isolate")
    if tag == "font":
        found.update(_font(attributes))
    if tag in _TABLES or tag == "body":
        found.update(_background(attributes))
    if tag == "body" and (colour := _colour(attributes.get("text"))) is not None:
        found["color"] = colour
    return found


def _font(attributes: Mapping[str, str | None]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    if (colour := _colour(attributes.get("color"))) is not None:
        found["color"] = colour
    if size := re.match(r"\s*([+-]?)(\d{1,3})", attributes.get("size") or ""):
        number = int(size[2])
        steps = {"+": _USUAL_FONT_SIZE + number, "-": _USUAL_FONT_SIZE - number}.get(size[1], number)
        found["font-size"] = _FONT_SIZES[min(max(steps, 1), len(_FONT_SIZES)) - 1]
    return found


def _background(attributes: Mapping[str, str | None]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    if (colour := _colour(attributes.get("bgcolor"))) is not None:
        found["background-color"] = colour
    if attributes.get("background"):
        found["background-image"] = "url()"
    return found


def _colour(stated: str | None) -> Value | None:
    """A colour as attributes state it, with or without its number sign."""
    if not stated:
        return None
    stated = stated.strip()
    if re.fullmatch(r"[0-9A-Fa-f]{6}", stated):
        stated = f"#{stated}"
    return dict(declared("color", tinycss2.parse_component_value_list(stated))).get("color")
