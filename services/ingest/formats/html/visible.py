"""What of an HTML page a visitor sees: the elements and texts in each element, and how each looks."""

import re
from collections.abc import Container, Hashable, Mapping
from dataclasses import replace
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from services.ingest.formats.html.style.browser import PLAIN_TAGS, STYLING_ATTRIBUTES, of_browser
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
_NAMES = frozenset(("class", "id"))
_RARELY_STYLING = STYLING_ATTRIBUTES - {"style"} | _NAMES
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
_SUSPICIOUS_NAME = re.compile(
    r"(?<![a-z])(?:hid(?:e|den|ing)|none|invisible|(?:un|dis)?displayno|nodisplay|sr-?only|visually-?hidden|offscreen|off-screen"
    r"|transparent|opacity-?0|collapsed?|white|text-white|strike|del(?:eted)?|old|sup(?:erscript)?|sub(?:script)?|foot-?note|note)(?![a-z])"
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_VISIBLE = re.compile(r"[^\s\"'\u200b\ue000-\uf8ff]")  # not spaces, nor the icons of fonts


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

    def __init__(self, page: LexborHTMLParser, source: str) -> None:
        self.hidden: list[LexborNode] = []
        self.root = Look()
        self._cascade = Cascade(page, source.count("<"))
        self._matched = self._cascade.matched
        self._named = self._cascade.external or not self._cascade.complete
        names = self._named or any(name in source for name in _CONVENTIONAL)
        self._styling = STYLING_ATTRIBUTES | _NAMES if names else STYLING_ATTRIBUTES
        self._looks: dict[Hashable, Look | None] = {}
        self._revealed = 0
        shadows = page.css("template[shadowrootmode]") if "shadowrootmode" in source.lower() else []
        self._hosts = {template.parent.mem_id for template in shadows if template.parent}

    def reveal(self, element: LexborNode) -> None:
        """Counts a hidden ``element`` as seen."""
        self._revealed = element.mem_id

    def whole(self, root: LexborNode) -> Child | None:
        """The root of the page as it looks; None where it has no box."""
        return self._child(root, self.root)

    def children(self, node: LexborNode, look: Look, *, fields: bool = False) -> list[Child]:
        """The elements and texts in ``node``, which looks like ``look``; with form ``fields`` or without. What has no
        box is left out; what has one and is not seen is not."""
        child = node.first_child
        if node.tag == "details" and "open" not in node.attributes:
            summary = node.css_first("summary")
            return [own for own in (self._child(summary, look, fields=fields),) if own] if summary else []
        found = []
        while child is not None:
            if child.is_text_node:
                found.append(_new(Child, (child, look, False, False)))
            elif child.is_element_node and (own := self._child(child, look, fields=fields)) is not None:
                found.append(own)
            child = child.next
        return found

    def parts(self, node: LexborNode, look: Look, tags: Container[str | None]) -> list[Child]:
        """The elements in ``node`` that are one of ``tags``, as :meth:`children` has them."""
        child, found = node.first_child, []
        while child is not None:
            if child.tag in tags and (own := self._child(child, look)) is not None:
                found.append(own)
            child = child.next
        return found

    def _child(self, element: LexborNode, parent: Look, *, fields: bool = False) -> Child | None:
        """An element as it looks in its parent; None where it has no box, or is no text of the page."""
        tag = element.tag or ""
        matched = self._matched.get(element.mem_id) if self._matched else None
        attributes = element.attributes
        if self._hosts and element.mem_id in self._hosts:
            attributes = {**attributes, "shadowrootmode": ""}
        told = bool(attributes) and not self._styling.isdisjoint(attributes)
        plain = tag in PLAIN_TAGS and (parent.even or tag not in BLOCKS) and not (parent.moved and tag == "table")
        if plain and not told and matched is None:
            return _new(Child, (element, parent, tag in BLOCKS, False))
        if tag in _IGNORED and not (fields and tag in FIELDS):
            return None
        return self._seen(element, tag, parent, matched or NOTHING, attributes if told else {})

    def _seen(
        self, element: LexborNode, tag: str, parent: Look, matched: Matched, attributes: Mapping[str, str | None]
    ) -> Child | None:
        if attributes.get("role") == "navigation":
            return None
        look = self._look(tag, parent, matched, attributes)
        if look is None or (not look.seen and parent.seen):
            if element.mem_id == self._revealed:
                return _new(Child, (element, parent, tag in BLOCKS, False))
            self.hidden.append(element)
        if look is None or (look.visibility == "collapse" and tag in _ROWS):
            return None
        return _new(Child, (element, look, look.edge or tag in _BREAKS, look.misplaced))

    def _look(self, tag: str, parent: Look, matched: Matched, attributes: Mapping[str, str | None]) -> Look | None:
        style = attributes.get("style")
        if attributes and not _RARELY_STYLING.isdisjoint(attributes):
            rest = tuple(pair for pair in attributes.items() if pair[0] in _RARELY_STYLING)
        else:
            rest = ()
        key = (id(parent), tag, matched, style, rest)
        if key not in self._looks:
            name = self._suspicious_name(attributes) if rest else ""
            look = self._computed(tag, attributes, matched, parent)
            self._looks[key] = _doubted(look, name) if look and name else look
        return self._looks[key]

    def _computed(self, tag: str, attributes: Mapping[str, str | None], matched: Matched, parent: Look) -> Look | None:
        rules = self._cascade.rules
        first = of_browser(tag, attributes)
        certain = [at for at in matched.own if rules[at].certain]
        found, variables = self._cascade.resolve(first, certain, attributes.get("style") or "", parent.variables)
        disturbed = len(certain) < len(matched.own) or any(_says_more(rules[at]) for at in matched.beside)
        disturbed = disturbed or "shadowrootmode" in attributes  # its content is shown elsewhere, or not at all
        look = look_of(found, variables, parent, disturbed=disturbed, external=self._cascade.external)
        # Whatever is put beside the cells of a row is a cell of its own.
        torn = tag in _ROWS and any(_content(rules[at]) is not None for at in matched.beside)
        return replace(look, misplaced=True) if look and torn else look

    def _suspicious_name(self, attributes: Mapping[str, str | None]) -> str:
        """What of an element's names says that it is hidden or a note, where only a sheet elsewhere could do it."""
        names = attributes.get("class") or ""
        if names and not _CONVENTIONAL.isdisjoint(names.split()):
            return "conventional"
        if not self._named or not ("class" in attributes or "id" in attributes):
            return ""
        if not self._cascade.complete:
            return "any"
        names = _CAMEL.sub("-", f"{names} {attributes.get('id') or ''}").lower()
        return "suspicious" if _SUSPICIOUS_NAME.search(names) else ""


def _content(rule: Rule) -> str | None:
    """What a rule puts before or behind a text; None where it puts nothing there."""
    stated = [str(one.value) for one in rule.declarations if one.name == "content"]
    return stated[-1] if stated and stated[-1] not in ("none", "normal") else None


def _says_more(rule: Rule) -> bool:
    """Whether a rule puts something visible beside a text, or changes how its beginning looks."""
    if rule.pseudo not in ("before", "after"):
        return True
    content = _content(rule)
    moves = any(one.name in ("position", "margin-left") for one in rule.declarations)
    return content is not None and (moves or _VISIBLE.search(content) is not None)


def _doubted(look: Look, name: str) -> Look:
    """``look`` of an element whose name says more than the page's own style sheets."""
    return replace(look, clear=False, sure=False, elsewhere=True, seen=look.seen and name != "conventional")
