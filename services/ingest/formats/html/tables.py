"""What of a page tabulates, and what its cells say."""

import re
from dataclasses import replace
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from services.ingest.formats.html.said import Run, said
from services.ingest.formats.html.style.look import Look
from services.ingest.formats.html.visible import FIELDS, Child, Visible
from shared.doubt import DoubtCode

_SEVERAL = re.compile(r"\d\]?\s+\d")
_DIGIT = re.compile(r"\d")
_WORDS = re.compile("[\u4e00-\u9fff]")
_LONG_CELL = 400  # characters; a cell with more holds a page's content, not a table's
_GROUPS, _ROW, _CELLS = ("tbody", "thead", "tfoot"), ("tr",), ("td", "th")
_SHOWN = frozenset(("button", "textarea", "svg", "math", "object"))  # elements that show the text in them
_WORDLESS = frozenset(("hidden", "checkbox", "radio", "image", "file", "color", "range"))  # fields that show no text


class Cell(NamedTuple):
    """A cell of a table: its element, what it says, and why its figures cannot be told, if they cannot."""

    node: LexborNode
    text: str
    doubt: DoubtCode | None


Rows = list[list[Cell]]


class Tables:
    """Tables and their cells, as far as they are ``visible``."""

    def __init__(self, visible: Visible) -> None:
        self._children = visible.children
        self._parts = visible.parts
        self._root = visible.root

    def groups(self, table: LexborNode, look: Look) -> list[Rows]:
        """The rows of a table, by group, where it tabulates rather than lays out: two columns or more, short cells, no
        data table inside; else nothing."""
        parts = self._parts(table, look, _GROUPS)
        groups = [[(row, self._parts(row.node, row.look, _CELLS)) for row in self._rows(part)] for part in parts]
        if max((len(row) for group in groups for _, row in group), default=0) < 2:
            return []
        if any(map(_tabulates, table.css("table")[1:])):
            return []
        displaced = any(part.misplaced for part in parts) or any(row.misplaced for group in groups for row, _ in group)
        found = [[self._said(cells, displaced=displaced) for _, cells in group] for group in groups]
        long = any(len(cell.text) > _LONG_CELL for rows in found for row in rows for cell in row)
        return [] if long else found

    def _rows(self, group: Child) -> list[Child]:
        return self._parts(group.node, group.look, _ROW)

    def _said(self, cells: list[Child], *, displaced: bool) -> list[Cell]:
        """The cells of a row; where a style lays one out elsewhere, or the table is ``displaced``, none can be told
        from another."""
        misplaced = displaced or any(cell.misplaced for cell in cells)
        return [self._cell(cell, DoubtCode.UNPROVED if misplaced else None) for cell in cells]

    def _cell(self, cell: Child, doubt: DoubtCode | None) -> Cell:
        child = cell.node.first_child
        if cell.look.clear and (child is None or (child.is_text_node and child.next is None)):
            text, own = " ".join((child.text_content or "").split()) if child else "", None
        else:
            text, own = self.said(cell.node, cell.look)
        if own is None and _SEVERAL.search(text) and not _WORDS.search(text):
            own = DoubtCode.SEVERAL_FIGURES
        if own is None and child is not None and not text and _DIGIT.search(cell.node.text() or ""):
            own = DoubtCode.HIDDEN_TEXT
        return Cell(cell.node, text, own or doubt)

    def drawn_rows(self, element: Child) -> list[list[Child]]:
        """The rows of a table drawn with ``div`` elements; none where ``element`` is no such table.

        It is one where it holds nothing but rows, and each of these the same number of boxes of text, two or more.
        """
        if element.node.tag != "div":
            return []
        rows = [self._boxes(row) for row in self._children(element.node, element.look) if not _is_space(row.node)]
        widths = set(map(len, rows))
        return rows if len(rows) > 1 and len(widths) == 1 and min(widths) > 1 else []

    def _boxes(self, row: Child) -> list[Child]:
        """The boxes that a row consists of; none where it holds anything else."""
        boxes = [box for box in self._children(row.node, row.look) if not _is_space(box.node)]
        return boxes if all(box.node.tag in ("div", "span", "li") and self._is_leaf(box) for box in boxes) else []

    def _is_leaf(self, box: Child) -> bool:
        """Whether a box holds one stretch of text."""
        return all(child.node.is_text_node or not child.edge for child in self._children(box.node, box.look))

    def said(self, node: LexborNode, look: Look) -> tuple[str, DoubtCode | None]:
        """All that stands in a cell, its paragraphs and lines joined by a space; and the doubt about it."""
        runs: list[Run] = []
        self._gather(node, look, runs)
        text, doubt = said(runs)
        return " ".join(text.split()), doubt

    def _gather(self, node: LexborNode, look: Look, runs: list[Run]) -> None:
        for child in self._children(node, look, fields=True):
            if child.node.is_text_node:
                runs.append((child.node.text_content or "", child.look))
            elif child.node.tag in FIELDS:
                runs += [(" ", self._root), (_held(child.node), _boxed(child)), (" ", self._root)]
            else:
                edge = [(" ", self._root)] if child.edge else []
                runs += edge
                if child.look.disturbs and child.look is not look:
                    runs.append(("", child.look))
                self._gather(child.node, child.look, runs)
                runs += edge


def _held(field: LexborNode) -> str:
    """What a form field shows, as far as it can be told."""
    attributes = field.attributes
    if field.tag == "input":
        kind = (attributes.get("type") or "text").lower()
        return "" if kind in _WORDLESS else attributes.get("value") or attributes.get("placeholder") or ""
    if field.tag == "select":
        chosen = field.css_first("option[selected]") or field.css_first("option")
        return (chosen.text() or "").strip() if chosen else ""
    return (field.text() or "").strip() if field.tag in _SHOWN else ""


def _boxed(field: Child) -> Look:
    """How the content of a form field looks: what no style tells cannot be told."""
    attributes = field.node.attributes
    told = field.node.tag in ("select", "button", "input", "textarea")
    told = told and (attributes.get("type") or "").lower() != "password"
    if not attributes.get("value") and attributes.get("placeholder"):  # what it asks for is no answer
        told = False
    return field.look if told else replace(field.look, sure=False, clear=False)


def _tabulates(table: LexborNode) -> bool:
    """Whether a table has two columns or more."""
    rows = table.css("tr")
    return any(sum(cell.tag in _CELLS for cell in row.iter()) > 1 for row in rows)


def _is_space(node: LexborNode) -> bool:
    return bool(node.is_text_node and not (node.text_content or "").strip())
