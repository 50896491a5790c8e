"""What of an HTML page a visitor sees: not scripts, not navigation, nothing hidden or struck out."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

_IGNORED = frozenset((
    "script", "style", "noscript", "template", "head", "nav", "aside", "iframe", "object", "embed", "svg",
    "canvas", "map", "audio", "video", "select", "option", "button", "input", "rt", "rp", "del", "s", "strike",
))  # fmt: skip
# All in small letters, as styles are looked at.
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0*\.?0*\s*(?:;|!|$)"
    r"|(?:left|top|text-indent)\s*:\s*-\d{4,}|text-decoration[a-z-]*\s*:[^;]*line-through"
)
# What style sheets of wide use call text for screen readers.
_CONVENTIONAL = frozenset((".sr-only", ".visually-hidden", ".visuallyhidden", ".screen-reader-text"))
_SMALLEST = re.compile(r"font-size\s*:\s*0*\.?0*(?:px|pt|r?em|%)?\s*(?:;|!|$)")
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_NESTED = re.compile(r"@[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_NAME = re.compile(r"[a-z]*([.#][\w-]+)", re.IGNORECASE)
_DISPLAYED = re.compile(r"display\s*:\s*(?!none)|visibility\s*:\s*visible", re.IGNORECASE)


class Visible:
    """The elements of ``page`` that a visitor sees; ``hidden`` are those that were asked for and that nobody sees."""

    def __init__(self, page: LexborHTMLParser) -> None:
        self.hidden: list[LexborNode] = []
        self._names = _hidden_names(page)
        self._revealed = 0

    def reveal(self, element: LexborNode) -> None:
        """Counts a hidden ``element`` as seen."""
        self._revealed = element.mem_id

    def children(self, node: LexborNode) -> Iterator[LexborNode]:
        """The elements and texts in ``node`` that a visitor sees."""
        child = node.first_child
        while child is not None:
            if child.is_text_node:
                yield child
            elif child.is_element_node and child.tag not in _IGNORED:
                if child.mem_id != self._revealed and self._is_hidden(child):
                    self.hidden.append(child)
                else:
                    yield child
            child = child.next

    def _is_hidden(self, element: LexborNode) -> bool:
        attributes = element.attributes
        if not attributes:
            return False
        style = attributes.get("style") or ""
        if "hidden" in attributes or attributes.get("role") == "navigation":
            return True
        if style and _conceals(element, style.lower()):
            return True
        return ("class" in attributes or "id" in attributes) and not self._names.isdisjoint(_names(attributes))


def _conceals(element: LexborNode, style: str) -> bool:
    return _HIDDEN.search(style) is not None or ("font-size" in style and _is_dwarfed(element, style))


def _is_dwarfed(element: LexborNode, style: str) -> bool:
    """Whether letters have no size; on an element with others in it that only closes the gaps between these."""
    if _SMALLEST.search(style) is None:
        return False
    child = element.first_child
    while child is not None and not child.is_element_node:
        child = child.next
    return child is None


def _names(attributes: dict[str, str | None]) -> list[str]:
    """The names by which a style sheet may speak of an element."""
    classes = [f".{name}" for name in (attributes.get("class") or "").split()]
    return [*classes, f"#{attributes['id']}"] if attributes.get("id") else classes


def _hidden_names(page: LexborHTMLParser) -> frozenset[str]:
    """The classes and ids that the page's own style sheets hide, whatever the width of the window, and never show."""
    hidden: set[str] = set()
    shown: set[str] = set()
    for sheet in page.css("style"):
        rules = _NESTED.sub("", _COMMENT.sub("", sheet.text() or ""))
        for selectors, style in _RULE.findall(rules):
            names = [selector.strip() for selector in selectors.split(",")]
            if _HIDDEN.search(style.lower()):
                hidden.update(match[1] for name in names if (match := _NAME.fullmatch(name)))
            elif _DISPLAYED.search(style):
                shown.update(re.findall(r"[.#][\w-]+", selectors))
    return frozenset(hidden - shown) | _CONVENTIONAL
