"""What style sheets, style attributes and the older attributes of HTML declare for each element of a page."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import tinycss2
from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from services.ingest.formats.html.style.properties import declared
from services.ingest.formats.html.style.sheets import Declaration, Rule, Sheets, declarations_in, in_address, screens
from services.ingest.formats.html.style.values import Value

_MOST_RULES = 5_000  # selectors of a page; the sheets of whole frameworks have some 3,000
_MOST_STEPS = 30_000_000  # selectors times elements, which take about a second
_MOST_CHARACTERS = 1_000_000  # of style sheets, which take about half a second
_DEEPEST_VARIABLE = 8  # variables within variables, chosen: sheets of frameworks have two or three

_PSEUDO_CLASS = re.compile(r"(?<!:):([\w-]+)")
# What a page at rest is not, or only its fields are, and lexbor does not know.
_NEVER_HERE = frozenset((
    "visited", "target", "target-within", "focus-visible", "focus-within", "active", "hover", "focus", "lang",
    "dir", "link", "default", "indeterminate", "in-range", "out-of-range", "user-valid", "user-invalid", "valid",
    "invalid", "fullscreen", "-webkit-full-screen", "autofill", "-webkit-autofill", "popover-open", "modal",
    "host", "host-context", "defined", "playing", "paused", "placeholder-shown", "required", "optional",
    "first-child", "last-child", "not", "is", "where",
))  # fmt: skip

Declared = dict[str, Value]
Variables = Mapping[str, Any]


class Matched(NamedTuple):
    """The rules that match an element, by their numbers; those about what is put ``beside`` its content."""

    own: tuple[int, ...] = ()
    beside: tuple[int, ...] = ()


NOTHING = Matched()


class Cascade:
    """The style sheets of a page, matched with its elements.

    ``external``: the page has sheets that are elsewhere; ``complete`` is False where its own are beyond all measure.
    """

    def __init__(self, page: LexborHTMLParser, elements: int) -> None:
        sheets = Sheets(_MOST_RULES)
        self.external = False
        characters = 0
        for element in page.css("style, link[rel]"):
            text = _sheet_of(element)
            if text is None:
                self.external = True
                continue
            characters += len(text)
            if characters > _MOST_CHARACTERS:
                sheets.complete = False
            elif text and _is_for_screens(element.attributes):
                sheets.add(text)
        self.external = self.external or sheets.imports
        rules = sheets.rules()
        self.complete = sheets.complete and len(rules) * elements <= _MOST_STEPS
        self.matched, self.rules = _match(page, rules if self.complete else [])
        self._attributes: dict[str, tuple[Declaration, ...]] = {}

    def resolve(
        self, first: Declared, rules: Iterable[int], style: str, variables: Variables
    ) -> tuple[Declared, Variables]:
        """What holds for an element, of what the browser declares ``first``, the ``rules`` and the style attribute;
        and the custom properties that hold in it."""
        ranked = [(_rank(self.rules[at], at, one), one) for at in rules for one in self.rules[at].declarations]
        ranked += [(_rank(None, at, one), one) for at, one in enumerate(self.inline(style))]
        ranked.sort(key=lambda pair: pair[0])
        own = {one.name: one.value for _, one in ranked if one.name.startswith("--")}
        variables = {**variables, **own} if own else variables
        found = dict(first)
        for _, one in ranked:
            if isinstance(one.value, list):
                if not one.name.startswith("--"):
                    found.update(_substituted(one, variables))
            else:
                found[one.name] = _of_browser(one.name, one.value, first)  # type: ignore[arg-type]
        return found, variables

    def inline(self, style: str) -> tuple[Declaration, ...]:
        """What a style attribute declares."""
        if not style:
            return ()
        if (known := self._attributes.get(style)) is None:
            contents = tinycss2.parse_blocks_contents(style, skip_comments=True, skip_whitespace=True)
            known = self._attributes[style] = tuple(declarations_in(contents))
        return known


def _rank(rule: Rule | None, at: int, one: Declaration) -> tuple[bool, bool, int, tuple[int, int, int], int]:
    """What a declaration counts against others of the same property: importance, style attribute (which has no
    ``rule``), layer, specificity, order."""
    if rule is None:
        return one.important, True, 0, (0, 0, 0), at
    return one.important, False, -rule.layer if one.important else rule.layer, rule.specificity, at


def _of_browser(name: str, value: Value, first: Declared) -> Value:
    """``value``; where it takes back what the author said, what the browser would say."""
    if value not in ("revert", "revert-layer"):
        return value
    return first.get(name, "unset")


def _substituted(one: Declaration, variables: Variables) -> Declared:
    """What a declaration says once its variables are known; where they are not, it takes back what others said."""
    tokens = _filled(one.value, variables, 0)  # type: ignore[arg-type]
    found = dict(declared(one.name, tokens)) if tokens is not None else {}
    if found:
        return found
    return dict(declared(one.name, tinycss2.parse_component_value_list("unset")))


def _value_of(variable: Any, variables: Variables) -> Sequence[Any] | None:
    """What a variable stands for, or what is to stand in its place; None where it stands for nothing."""
    arguments = [part for part in variable.arguments if part.type != "whitespace"]
    value = variables.get(getattr(arguments[0], "value", "")) if arguments else None
    if value is not None and [part.serialize().strip() for part in value] != ["initial"]:
        return list(value)
    return arguments[2:] if len(arguments) > 2 else None


def _filled(tokens: Iterable[Any] | None, variables: Variables, depth: int) -> list[Any] | None:
    """``tokens`` with their variables replaced; None where one has no value."""
    if tokens is None:
        return None
    found: list[Any] = []
    for token in tokens:
        if token.type != "function" or token.lower_name != "var":
            found.append(token)
            continue
        inner = _filled(_value_of(token, variables), variables, depth + 1) if depth < _DEEPEST_VARIABLE else None
        if inner is None:
            return None
        found += inner
    return found


def _sheet_of(element: LexborNode) -> str | None:
    """The style sheet in an element, empty where it is another link; None where it is elsewhere."""
    if element.tag == "style":
        return element.text() or ""
    is_sheet = "stylesheet" in (element.attributes.get("rel") or "").lower()
    return in_address(element.attributes.get("href")) if is_sheet else ""


def _is_for_screens(attributes: Mapping[str, str | None]) -> bool:
    kind = (attributes.get("type") or "text/css").strip().lower()
    media = tinycss2.parse_component_value_list(attributes.get("media") or "")
    return kind == "text/css" and screens(media) is not False


def _match(page: LexborHTMLParser, rules: list[Rule]) -> tuple[dict[int, Matched], list[Rule]]:
    """The rules that match each element, by its address; and the rules, less certain where one of their selectors is
    none that browsers are known to know, for that would void the others, too."""
    own: dict[int, list[int]] = defaultdict(list)
    beside: dict[int, list[int]] = defaultdict(list)
    void = set()
    for at, rule in enumerate(rules):
        target = beside if rule.pseudo else own
        try:
            elements = page.css(rule.selector)
        except SelectolaxError:
            if not _NEVER_HERE.issuperset(_PSEUDO_CLASS.findall(rule.selector)):
                void.add(id(rule.declarations))
            continue
        for element in elements:
            target[element.mem_id].append(at)
    if void:
        rules = [rule._replace(certain=False) if id(rule.declarations) in void else rule for rule in rules]
    return {
        key: Matched(tuple(own.get(key, ())), tuple(beside.get(key, ()))) for key in own.keys() | beside.keys()
    }, rules
