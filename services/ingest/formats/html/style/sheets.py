"""The rules of style sheets that decide what is seen, in order, with what their at-rules say about them.

``@media`` is judged for a screen of 1,280 by 800 pixels, ``@supports`` as a browser of today would, layers are ranked;
nested rules are put after their parents. Other sheets (``@import``) are not fetched, only told.
"""

import re
from base64 import b64decode
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple
from urllib.parse import unquote_to_bytes

import tinycss2
from cssselect2 import SelectorError
from cssselect2.parser import parse as parse_selectors

from services.ingest.formats.html.style.properties import declared, hides_nothing, is_visual
from services.ingest.formats.html.style.values import PIXELS, Tokens, Value

_SCREEN = {"width": 1280.0, "height": 800.0, "device-width": 1280.0, "device-height": 800.0}
_TRUE_OF_IT = frozenset(("all", "screen"))
_DEEPEST = 16  # of nested rules and at-rules
# Lexbor finds no descendants of what is selected by such a function alone, but does where a type stands before it.
_FUNCTION_FIRST = re.compile(r"(^|[\s>+~(,])(:(?:is|where|not)\()")
_PSEUDO_ELEMENTS = frozenset(("before", "after", "first-letter", "first-line"))


def in_address(address: str | None) -> str | None:
    """The text that an address of the scheme ``data`` states itself; None of any other."""
    scheme, _, rest = (address or "").strip().partition(":")
    head, comma, body = rest.partition(",")
    if scheme.lower() != "data" or not comma:
        return None
    data = unquote_to_bytes(body)
    if head.lower().endswith(";base64"):
        try:
            data = b64decode(data)
        except ValueError:
            return ""
    return data.decode(errors="replace")


class Declaration(NamedTuple):
    """A property and its value; raw tokens where it depends on custom properties (``var()``), or is one."""

    name: str
    value: Value | Tokens
    important: bool

    @property
    def is_harmless(self) -> bool:
        """Whether it cannot hide, move or raise anything, whatever other rules say, but undo what they do."""
        return not isinstance(self.value, list) and hides_nothing(self.name, self.value)  # type: ignore[arg-type]


class Rule(NamedTuple):
    """A selector and what it declares; ``pseudo`` is the pseudo-element it is about, ``layer`` the rank of its layer
    (the last counts most), ``certain`` is False where its at-rule cannot be judged."""

    selector: str
    pseudo: str
    specificity: tuple[int, int, int]
    layer: int
    declarations: tuple[Declaration, ...]
    certain: bool


Selector = str | list[Any]
"""A selector, as text or tokens."""


class Sheets:
    """The style sheets of a page, added one after another; ``imports`` tells whether one imports another, ``complete``
    that they are not beyond all measure."""

    def __init__(self, most: int) -> None:
        self.imports = False
        self.complete = True
        self._found: list[tuple[Sequence[Selector], tuple[Declaration, ...], _Place]] = []
        self._most = most
        self._layers: dict[str, int] = {}

    def add(self, text: str) -> None:
        """Adds a style sheet."""
        text = text.replace("<!--", "    ").replace("-->", "   ")
        self._take(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True), _Place())

    def rules(self) -> list[Rule]:
        """The rules of all sheets, less what changes nothing: values that hide nothing, of properties that no rule here
        hides anything by."""
        everything = (one for _, declarations, _ in self._found for one in declarations)
        decisive = {one.name for one in everything if not one.is_harmless}
        rules: list[Rule] = []
        for selectors, declarations, place in self._found:
            kept = tuple(one for one in declarations if one.important or one.name in decisive)
            if kept:
                rules += _rules(selectors, kept, place)
        return rules

    def _take(self, nodes: Sequence[Any], place: "_Place") -> None:
        for node in nodes:
            if len(self._found) >= self._most or place.depth > _DEEPEST:
                self.complete = False
                return
            if node.type == "qualified-rule":
                self._take_rule(node, place)
            elif node.type == "at-rule":
                self._take_at_rule(node, place)

    def _take_rule(self, rule: Any, place: "_Place") -> None:
        contents = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
        selectors = [place.below(part) for part in _parts(rule.prelude)]
        self._declare(selectors, contents, place)
        nested = [node for node in contents if node.type in ("qualified-rule", "at-rule")]
        if nested:
            parents = tuple(one if isinstance(one, str) else tinycss2.serialize(one).strip() for one in selectors)
            self._take(nested, place._replace(parents=parents, depth=place.depth + 1))

    def _declare(self, selectors: Sequence[Selector], contents: Sequence[Any], place: "_Place") -> None:
        declarations = tuple(declarations_in(contents))
        if declarations:
            self._found.append((selectors, declarations, place))

    def _take_at_rule(self, rule: Any, place: "_Place") -> None:
        name = rule.lower_at_keyword
        if name == "import":
            self._import(rule.prelude, place)
        elif name == "layer" and rule.content is None:
            for part in _parts(rule.prelude):
                self._layer(place.layer_name, tinycss2.serialize(part).strip())
        elif rule.content is not None and name in _JUDGED:
            applies = _JUDGED[name](rule.prelude)
            if applies is False:
                return
            inner = place._replace(certain=place.certain and applies is True, depth=place.depth + 1)
            if name == "layer":
                path, rank = self._layer(place.layer_name, tinycss2.serialize(rule.prelude).strip())
                inner = inner._replace(layer_name=path, layer=rank)
            contents = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            if place.parents:
                self._declare(place.parents, contents, inner)
            self._take(contents, inner)

    def _import(self, prelude: Tokens, place: "_Place") -> None:
        """Takes a sheet that the page brings with it; any other is elsewhere."""
        address, *conditions = [token for token in prelude if token.type not in ("whitespace", "comment")] or [None]
        quoted = getattr(address, "arguments", None)  # of url("…")
        text = in_address(getattr(quoted[0] if quoted else address, "value", None))
        if text is None or place.depth > _DEEPEST:
            self.imports = True
            return
        rules = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
        self._take(rules, place._replace(certain=place.certain and not conditions, depth=place.depth + 1))

    def _layer(self, within: str, name: str) -> tuple[str, int]:
        path = f"{within}.{name or len(self._layers)}"
        return path, self._layers.setdefault(path, len(self._layers))


class _Place(NamedTuple):
    """Where in a sheet rules stand: the selectors they are nested in, their layer, whether their at-rules hold."""

    parents: tuple[str, ...] = ()
    layer: int = 1_000_000  # outside of layers, which counts more than any
    layer_name: str = ""
    certain: bool = True
    depth: int = 0

    def below(self, selector: list[Any]) -> Selector:
        """The selector, after those that it is nested in."""
        if not self.parents:
            return selector
        text, around = tinycss2.serialize(selector).strip(), f":is({', '.join(self.parents)})"
        return text.replace("&", around) if "&" in text else f"{around} {text}"


def declarations_in(contents: Sequence[Any]) -> Iterator[Declaration]:
    """Those of parsed ``contents`` (of a rule or a style attribute) that decide what is seen."""
    for node in contents:
        if node.type != "declaration":
            continue
        name = node.name if node.name.startswith("--") else node.lower_name
        if name.startswith("--") or (is_visual(name) and _depends(node.value)):
            yield Declaration(name, node.value, node.important)
        else:
            for each, value in declared(name, node.value):
                yield Declaration(each, value, node.important)


def _depends(tokens: Tokens) -> bool:
    return any(
        token.type == "function" and (token.lower_name == "var" or _depends(token.arguments)) for token in tokens
    )


def _parts(tokens: Tokens) -> list[list[Any]]:
    """``tokens`` cut at their commas."""
    parts: list[list[Any]] = [[]]
    for token in tokens:
        if token.type == "literal" and token.value == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _rules(selectors: Sequence[Selector], declarations: tuple[Declaration, ...], place: _Place) -> Iterator[Rule]:
    known = [rule for selector in selectors if (rule := _rule(selector, declarations, place))]
    # One selector that a browser does not know voids its rule; but it may know more than cssselect2 does.
    certain = place.certain and len(known) == len(selectors)
    for rule in known:
        if not rule.pseudo or rule.pseudo in _PSEUDO_ELEMENTS:
            yield rule if rule.certain == certain else rule._replace(certain=certain)


def _rule(selector: Selector, declarations: tuple[Declaration, ...], place: _Place) -> Rule | None:
    """The rule of one selector, which is written as lexbor understands it; None where it is none."""
    try:
        (parsed,) = parse_selectors(selector)
    except (SelectorError, ValueError, RecursionError):
        return None
    selector = selector if isinstance(selector, str) else tinycss2.serialize(selector).strip()
    pseudo = parsed.pseudo_element or ""
    if pseudo:
        selector = selector[: selector.rindex(":")].rstrip(":").strip() or "*"
        selector = f"{selector}*" if selector[-1] in "> +~" else selector
    if ":" in selector:
        selector = _FUNCTION_FIRST.sub(r"\1*\2", selector)
    return Rule(selector, pseudo, parsed.specificity, place.layer, declarations, place.certain)


def screens(prelude: Tokens) -> bool | None:
    """Whether a list of media queries holds for a screen; None where that cannot be told."""
    if not any(token.type not in ("whitespace", "comment") for token in prelude):
        return True
    answers = [_screen(part) for part in _parts(prelude)]
    return True if True in answers else None if None in answers else False


def _screen(tokens: Tokens) -> bool | None:
    tokens = [token for token in tokens if token.type not in ("whitespace", "comment")]
    words = [token.lower_value for token in tokens if token.type == "ident"]
    features = [_feature(token.content) for token in tokens if token.type == "() block"]
    negated = words[:1] == ["not"]
    kinds = [word for word in words if word not in ("not", "only", "and", "or")]
    if "or" in words or len(kinds) > 1:
        return None
    holds: bool | None = all(kind in _TRUE_OF_IT for kind in kinds)
    if holds and not all(features):
        holds = False if False in features else None
    return holds if holds is None or not negated else not holds


def _feature(tokens: Tokens) -> bool | None:
    tokens = [token for token in tokens if token.type not in ("whitespace", "comment")]
    if len(tokens) != 3 or tokens[0].type != "ident":
        return None
    name, value = tokens[0].lower_value, tokens[2]
    bound, _, side = name.partition("-")
    number = getattr(value, "value", None)
    if bound in ("min", "max") and side in _SCREEN and isinstance(number, int | float):
        stated = number * PIXELS.get(getattr(value, "lower_unit", "px"), 16.0)
        return stated <= _SCREEN[side] if bound == "min" else stated >= _SCREEN[side]
    known = {"prefers-color-scheme": "light", "orientation": "landscape", "hover": "hover", "pointer": "fine"}
    return getattr(value, "lower_value", "") == known[name] if name in known else None


def _supported(prelude: Tokens) -> bool | None:
    words = [token.lower_value for token in prelude if token.type == "ident"]
    return words[:1] != ["not"]


_JUDGED: dict[str, Callable[[Tokens], bool | None]] = {
    "media": screens,
    "supports": _supported,
    "layer": lambda _: True,
    "container": lambda _: None,
    "scope": lambda _: None,
    "starting-style": lambda _: False,
}
