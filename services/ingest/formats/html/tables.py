"""What of a page tabulates, and what its cells say."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from services.ingest.formats.html.visible import Visible
from services.ingest.formats.raised import set_raised

# Anything else is part of a line, as elements are that browsers do not know (Word's <st1:chsdate>).
_BLOCK = frozenset((
    "address", "article", "blockquote", "body", "br", "caption", "center", "dd", "details", "dialog", "dir",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2", "h3", "h4",
    "h5", "h6", "header", "hgroup", "hr", "html", "img", "legend", "li", "listing", "main", "menu", "ol", "p",
    "plaintext", "pre", "search", "section", "summary", "table", "tbody", "td", "textarea", "tfoot", "th",
    "thead", "tr", "ul", "xmp",
))  # fmt: skip
_RAISED = re.compile(r"vertical-align\s*:\s*(?:super|sub)\b")
_LONG_CELL = 400  # characters; a cell with more holds a page's content, not a table's


def is_raised(element: LexborNode) -> bool:
    """Whether an element sets what it holds above or below the line."""
    if element.tag in ("sup", "sub"):
        return True
    style = element.attrs.get("style") or ""
    return "vertical-align" in style and _RAISED.search(style) is not None and not is_block(element)


def is_block(element: LexborNode) -> bool:
    """Whether an element begins and ends a line."""
    return element.tag in _BLOCK


class Tables:
    """Tables and their cells, as far as they are ``visible``."""

    def __init__(self, visible: Visible) -> None:
        self._children = visible.children

    def row_groups(self, table: LexborNode) -> Iterator[list[LexborNode]]:
        """The rows of a table, by group."""
        for child in self._children(table):
            if child.tag in ("tbody", "thead", "tfoot"):
                yield [row for row in self._children(child) if row.tag == "tr"]

    def cells(self, row: LexborNode) -> list[LexborNode]:
        """The cells of a row."""
        return [cell for cell in self._children(row) if cell.tag in ("td", "th")]

    def is_data(self, table: LexborNode) -> bool:
        """Whether a table tabulates rather than lays out: two columns or more, short cells, no data table inside."""
        rows = [self.cells(row) for group in self.row_groups(table) for row in group]
        if max(map(len, rows), default=0) < 2:
            return False
        cells = [cell for row in rows for cell in row]
        return not any(len(self.text(cell)) > _LONG_CELL or self._holds_table(cell) for cell in cells)

    def _holds_table(self, cell: LexborNode) -> bool:
        return any(
            len(self.cells(row)) > 1 for inner in cell.css("table") for group in self.row_groups(inner) for row in group
        )

    def drawn_rows(self, element: LexborNode) -> list[list[LexborNode]]:
        """The rows of a table drawn with ``div`` elements; none where ``element`` is no such table.

        It is one where it holds nothing but rows, and each of these the same number of boxes of text, two or more.
        """
        if element.tag != "div":
            return []
        rows = [self._boxes(row) for row in self._children(element) if not _is_space(row)]
        widths = set(map(len, rows))
        return rows if len(rows) > 1 and len(widths) == 1 and min(widths) > 1 else []

    def _boxes(self, row: LexborNode) -> list[LexborNode]:
        """The boxes that a row consists of; none where it holds anything else."""
        boxes = [box for box in self._children(row) if not _is_space(box)]
        return boxes if all(box.tag in ("div", "span", "li") and self._is_leaf(box) for box in boxes) else []

    def _is_leaf(self, box: LexborNode) -> bool:
        """Whether a box holds one stretch of text."""
        return all(child.is_text_node or not is_block(child) for child in self._children(box))

    def text(self, node: LexborNode) -> str:
        """All that stands in a cell, its paragraphs and lines joined by a space."""
        pieces: list[str] = []
        self._gather(node, pieces)
        return " ".join("".join(pieces).split())

    def _gather(self, node: LexborNode, pieces: list[str]) -> None:
        for child in self._children(node):
            if child.is_text_node:
                pieces.append(child.text_content or "")
            elif is_raised(child):
                pieces.append(set_raised(pieces[-1] if pieces else "", self.text(child)))
            else:
                edges = [" "] if is_block(child) else []
                pieces += edges
                self._gather(child, pieces)
                pieces += edges


def _is_space(node: LexborNode) -> bool:
    return bool(node.is_text_node and not (node.text_content or "").strip())
