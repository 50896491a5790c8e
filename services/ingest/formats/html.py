"""HTML as browsers read it (selectolax): paragraphs, and data tables on their grid; layout tables are walked through.

Sources: ``P7`` is the seventh paragraph, ``T2R3C4`` the cell at row 3, column 4 of the second data table.
"""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from services.ingest.formats.grid import Grid
from shared.blocks import Block
from shared.errors import Rejected

_IGNORED = re.compile(
    "script|style|noscript|template|head|nav|aside|iframe|object|embed|svg|canvas|map|audio|video|select|option|button|input"
)
_INLINE = re.compile(
    "a|abbr|acronym|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|ins|kbd|label|mark|o:p|q|ruby|rb|s|samp|small|span"
    "|strike|strong|sub|sup|time|tt|u|var|wbr"
)
_PREFORMATTED = re.compile("pre|textarea|plaintext|listing|xmp")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_WHITESPACE = re.compile(r"[ \t\r\n\f]+")
_LONG_CELL = 400  # characters; a cell with more holds a page's content, not a table's


def blocks(data: bytes) -> Iterator[Block]:
    """The blocks of a page in UTF-8. Raises Rejected ``hostile`` for a table of absurd size."""
    try:
        root = LexborHTMLParser(data.decode()).root
    except SelectolaxError as error:  # any text is HTML; what stops the parser is want of memory
        raise Rejected("too_large", "The page takes more memory than any report.") from error
    return iter(_Walk().through(root) if root is not None else ())


class _Walk:
    """A walk through a page in document order, which gathers inline text into paragraphs."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._line: list[str] = []
        self._paragraphs = 0
        self._tables = 0

    def through(self, root: LexborNode) -> list[Block]:
        self._visit(root, preformatted=False)
        self._end_paragraph()
        return self._blocks

    def _visit(self, node: LexborNode, preformatted: bool) -> None:
        for child in _children(node):
            if child.is_text_node:
                self._say(child.text_content or "", preformatted)
            elif _INLINE.fullmatch(child.tag or ""):
                self._visit(child, preformatted)
            else:
                self._end_paragraph()
                if child.tag == "table" and _is_data(child):
                    self._tabulate(child)
                elif rows := _drawn_rows(child):
                    self._tabulate_drawn(rows)
                else:
                    self._visit(child, preformatted or _PREFORMATTED.fullmatch(child.tag or "") is not None)
                self._end_paragraph()

    def _say(self, text: str, preformatted: bool) -> None:
        if not preformatted:
            self._line.append(_WHITESPACE.sub(" ", text))
            return
        for number, line in enumerate(text.split("\n")):
            if number:
                self._end_paragraph()
            self._line.append(line)

    def _end_paragraph(self) -> None:
        text = "".join(self._line)
        self._line.clear()
        if text.strip():
            self._paragraphs += 1
            self._blocks.append(Block(text, f"P{self._paragraphs}"))

    def _tabulate(self, table: LexborNode) -> None:
        self._tables += 1
        grid = Grid(self._tables, f"T{self._tables}")
        for group in _row_groups(table):
            for row in group:
                grid.next_row()
                for cell in _cells(row):
                    grid.add(_text(cell), _span(cell, "rowspan", 65_534), _span(cell, "colspan", 1_000))
            grid.end_spans()
        self._blocks.extend(grid.blocks())

    def _tabulate_drawn(self, rows: list[list[LexborNode]]) -> None:
        """The cells of a table that style sheets draw, which may merge them as they like: none of them is certain."""
        self._tables += 1
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                source = f"T{self._tables}R{row + 1}C{column + 1}"
                self._blocks.append(Block(_text(cell), source, self._tables, row, column))


def _children(node: LexborNode) -> Iterator[LexborNode]:
    """The children of an element that a reader sees."""
    child = node.first_child
    while child is not None:
        if child.is_text_node or (
            child.is_element_node and not _IGNORED.fullmatch(child.tag or "") and not _is_hidden(child)
        ):
            yield child
        child = child.next


def _is_hidden(element: LexborNode) -> bool:
    attributes = element.attributes
    return bool(attributes) and (
        "hidden" in attributes
        or attributes.get("role") == "navigation"
        or _HIDDEN.search(attributes.get("style") or "") is not None
    )


def _row_groups(table: LexborNode) -> Iterator[list[LexborNode]]:
    for child in _children(table):
        if child.tag in ("tbody", "thead", "tfoot"):
            yield [row for row in _children(child) if row.tag == "tr"]


def _cells(row: LexborNode) -> list[LexborNode]:
    return [cell for cell in _children(row) if cell.tag in ("td", "th")]


def _is_data(table: LexborNode) -> bool:
    """Whether a table tabulates rather than lays out: two columns or more, short cells, no data table inside."""
    rows = [_cells(row) for group in _row_groups(table) for row in group]
    if max(map(len, rows), default=0) < 2:
        return False
    cells = [cell for row in rows for cell in row]
    return not any(len(_text(cell)) > _LONG_CELL or _holds_table(cell) for cell in cells)


def _holds_table(cell: LexborNode) -> bool:
    return any(len(_cells(row)) > 1 for inner in cell.css("table") for group in _row_groups(inner) for row in group)


def _drawn_rows(element: LexborNode) -> list[list[LexborNode]]:
    """The rows of a table drawn with ``div`` elements; none where ``element`` is no such table.

    It is one where it holds nothing but rows, and each of these the same number of boxes of text, two or more.
    """
    if element.tag != "div":
        return []
    rows = [_boxes(row) for row in _children(element) if not _is_space(row)]
    widths = set(map(len, rows))
    return rows if len(rows) > 1 and len(widths) == 1 and min(widths) > 1 else []


def _boxes(row: LexborNode) -> list[LexborNode]:
    """The boxes that a row consists of; none where it holds anything else."""
    boxes = [box for box in _children(row) if not _is_space(box)]
    return boxes if all(box.tag in ("div", "span", "li") and _is_leaf(box) for box in boxes) else []


def _is_space(node: LexborNode) -> bool:
    return bool(node.is_text_node and not (node.text_content or "").strip())


def _is_leaf(box: LexborNode) -> bool:
    """Whether a box holds one stretch of text."""
    return all(child.is_text_node or _INLINE.fullmatch(child.tag or "") for child in _children(box))


def _text(node: LexborNode) -> str:
    """All that stands in a cell, its paragraphs and lines joined by a space."""
    pieces: list[str] = []
    _gather(node, pieces)
    return " ".join("".join(pieces).split())


def _gather(node: LexborNode, pieces: list[str]) -> None:
    for child in _children(node):
        if child.is_text_node:
            pieces.append(child.text_content or "")
        else:
            edge = "" if _INLINE.fullmatch(child.tag or "") else " "
            pieces.append(edge)
            _gather(child, pieces)
            pieces.append(edge)


def _span(cell: LexborNode, name: str, most: int) -> int:
    """A span as browsers read it: leading digits, at least 1; rowspan 0 reaches to the end of the group."""
    stated = re.match(r"\s*\+?(\d{1,9})", cell.attributes.get(name) or "")
    if stated is None:
        return 1
    span = int(stated[1])
    return min(span, most) if span else (most if name == "rowspan" else 1)
