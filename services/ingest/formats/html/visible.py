"""What of an HTML page a visitor sees: the elements and texts in each element, and how each looks."""

import re
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from services.ingest.formats.html.style.browser import PLAIN_TAGS, TELLING_ATTRIBUTES, of_browser
from services.ingest.formats.html.style.cascade import NOTHING, Cascade, Matched
from services.ingest.formats.html.style.look import Look, look_of
from services.ingest.formats.html.style.sheets import Rule

# Elements that begin and end a line. Anything else is part of one, as elements are that browsers do not know.
BLOCKS = frozenset((
    "address", "article", "blockquote", "body", "br", "caption", "center", "dd", "details", "dialog", "dir",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2", "h3", "h4",
    "h5", "h6", "header", "hgroup", "hr", "html", "img", "legend", "li", "listing", "main", "menu", "ol", "p",
    "plaintext", "pre", "search", "section", "summary", "table", "tbody", "td", "textarea", "tfoot", "th",
    "thead", "tr", "ul", "xmp",
))  # fmt: skip
_BREAKS = frozenset(("br", "hr", "img"))
_ROWS = frozenset(("tr", "tbody", "thead", "tfoot"))
FIELDS = frozenset((
    "select", "button", "input", "textarea", "svg", "progress", "meter", "canvas", "video", "audio", "iframe", "embed",
    "object", "math",
))  # fmt: skip
"""Elements that show what they hold, or what their attributes say, in a box of their own; or that show other things."""

# What is no text of the page, whatever its style; what fields hold is asked for where it is wanted.
_IGNORED = frozenset((
    "script", "style", "noscript", "template", "head", "nav", "aside", "iframe", "embed", "svg", "canvas", "map",
    "audio", "video", "select", "option", "button", "input", "rt", "rp", "progress", "meter", "title",
))  # fmt: skip
# What style sheets of wide use call text for screen readers; and what their authors call hidden, or a note.
_CONVENTIONAL = frozenset(("sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text"))
_TELLING_NAME = re.compile(
    r"(?<![a-z])(?:hid(?:e|den|ing)|none|invisible|(?:un|dis)?displayno|nodisplay|sr-?only|visually-?hidden|offscreen|off-screen"
    r"|transparent|opacity-?0|collapsed?|white|text-white|strike|del(?:eted)?|old|sup(?:erscript)?|sub(?:script)?|foot-?note|note)(?![a-z])"
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_DIGIT = re.compile(r"\d|attr|counter|quote", re.ASCII)


class Child(NamedTuple):
    """An element or text: its ``node`` and ``look``; whether it begins and ends a line (``edge``), and whether a style
    takes it out of the place that its part of a table has (``misplaced``)."""

    node: LexborNode
    look: Look
    edge: bool
    misplaced: bool


_new = tuple.__new__  # makes named tuples, of which a page has thousands, in a third of the time of calling their class


class Visible:
    """The elements of ``page`` that a visitor sees; ``hidden`` are those that were asked for and that nobody sees."""

    def __init__(self, page: LexborHTMLParser, elements: int) -> None:
        self.hidden: list[LexborNode] = []
        self.root = Look()
        self._cascade = Cascade(page, elements)
        self._named = self._cascade.external or not self._cascade.complete
        self._looks: dict[Hashable, Look | None] = {}
        self._revealed = 0

    def reveal(self, element: LexborNode) -> None:
        """Counts a hidden ``element`` as seen."""
        self._revealed = element.mem_id

    def children(self, node: LexborNode, look: Look, *, fields: bool = False) -> Iterator[Child]:
        """The elements and texts in ``node``, which looks like ``look``; with form ``fields`` or without. What has no
        box is left out; what has one and is not seen is not."""
        child = node.first_child
        if node.tag == "details" and "open" not in node.attributes:
            summary = node.css_first("summary")
            yield from self._child(summary, look, fields=fields) if summary else ()
            return
        while child is not None:
            if child.is_text_node:
                yield _new(Child, (child, look, False, False))
            elif child.is_element_node:
                yield from self._child(child, look, fields=fields)
            child = child.next

    def _child(self, element: LexborNode, parent: Look, *, fields: bool) -> Iterator[Child]:
        """An element as it looks in its parent; nothing where it has no box, or is no text of the page."""
        if element.tag not in _IGNORED or (fields and element.tag in FIELDS):
            own = self._seen(element, parent)
            if own is not None:
                yield own

    def _seen(self, element: LexborNode, parent: Look) -> Child | None:
        """An element as it looks in its parent; None where it has no box."""
        tag = element.tag or ""
        if element.attrs.get("role") == "navigation":
            return None
        look = self._look(element, tag, parent)
        if look is parent:
            return _new(Child, (element, parent, tag in BLOCKS, False))
        if look is None or (not look.seen and parent.seen):
            if element.mem_id == self._revealed:
                return _new(Child, (element, parent, tag in BLOCKS, False))
            self.hidden.append(element)
        if look is None or (look.visibility == "collapse" and tag in _ROWS):
            return None
        return _new(Child, (element, look, look.edge or tag in _BREAKS, look.misplaced))

    def _look(self, element: LexborNode, tag: str, parent: Look) -> Look | None:
        matched = self._cascade.matched.get(element.mem_id, NOTHING) if self._cascade.matched else NOTHING
        attributes = element.attributes
        telling = tuple(pair for pair in attributes.items() if pair[0] in TELLING_ATTRIBUTES) if attributes else ()
        name = self._telling_name(attributes) if attributes else ""
        if not telling and matched is NOTHING and not name and self._is_plain(tag, parent):
            return parent
        key = (id(parent), tag, matched, telling, name)
        if key not in self._looks:
            look = self._computed(tag, dict(telling), matched, parent)
            self._looks[key] = _doubted(look, name) if look and name else look
        return self._looks[key]

    @staticmethod
    def _is_plain(tag: str, parent: Look) -> bool:
        """Whether an element looks like its parent where nothing is said of it."""
        return tag in PLAIN_TAGS and (parent.behind is parent.ground or tag not in BLOCKS)

    def _computed(self, tag: str, attributes: Mapping[str, str | None], matched: Matched, parent: Look) -> Look | None:
        rules = self._cascade.rules
        first = of_browser(tag, attributes)
        found, variables = self._cascade.resolve(first, matched.own, attributes.get("style") or "", parent.variables)
        disturbed = any(map(_says_more, (rules[at] for at in matched.beside)))
        disturbed = disturbed or not all(rules[at].certain for at in matched.own)
        return look_of(found, variables, parent, disturbed=disturbed, external=self._cascade.external)

    def _telling_name(self, attributes: Mapping[str, str | None]) -> str:
        """What of an element's names says that it is hidden or a note, where only a sheet elsewhere could do it."""
        names = attributes.get("class") or ""
        if names and not _CONVENTIONAL.isdisjoint(names.split()):
            return "conventional"
        if not self._named or not ("class" in attributes or "id" in attributes):
            return ""
        if not self._cascade.complete:
            return "any"
        names = _CAMEL.sub("-", f"{names} {attributes.get('id') or ''}").lower()
        return "telling" if _TELLING_NAME.search(names) else ""


def _says_more(rule: Rule) -> bool:
    """Whether a rule puts digits beside a text, or changes how its beginning looks."""
    if rule.pseudo not in ("before", "after"):
        return True
    content = [str(one.value) for one in rule.declarations if one.name == "content"]
    return any(_DIGIT.search(text) for text in content) or any(
        one.name in ("position", "margin-left") for one in rule.declarations if content
    )


def _doubted(look: Look, name: str) -> Look:
    """``look`` of an element whose name says more than the page's own style sheets."""
    return replace(look, sure=False, elsewhere=True, seen=look.seen and name != "conventional")
