"""A page as one stream of paragraphs and cells."""

import re
from collections.abc import Iterator, Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from services.ingest.formats.grid import Grid
from services.ingest.formats.html.head import untold_title
from services.ingest.formats.html.tables import Tables, is_block, is_raised
from services.ingest.formats.html.visible import Visible
from services.ingest.formats.raised import set_raised
from shared.blocks import Block
from shared.doubt import DoubtCode
from shared.errors import Rejected

_PREFORMATTED = re.compile("pre|textarea|plaintext|listing|xmp")
_WHITESPACE = re.compile(r"[ \t\r\n\f]+")
_MOSTLY = 1.5  # times all other text: an element that holds so much is hidden only until a script has run


def blocks(data: bytes) -> Iterator[Block]:
    """The blocks of a page in UTF-8. Raises Rejected ``too_large`` for one that takes more memory than any report."""
    try:
        page = LexborHTMLParser(data.decode())
    except SelectolaxError as error:  # any text is HTML; what stops the parser is want of memory
        raise Rejected("too_large", "The page takes more memory than any report.") from error
    if page.root is None:
        return iter(())
    visible = Visible(page)
    found = _Walk(visible).through(page.root)
    if (content := _behind_a_curtain(visible.hidden, found)) is not None:
        visible.reveal(content)
        found = _Walk(visible).through(page.root)
    title = untold_title(page, found)
    return iter([title, *found] if title else found)


def _behind_a_curtain(hidden: Sequence[LexborNode], found: Sequence[Block]) -> LexborNode | None:
    """The hidden element that holds most of the page's text, as WeChat hides an article until its script has run."""
    seen = sum(len(block.text) for block in found)
    lengths = ((len((element.text() or "").strip()), element) for element in hidden if element.tag != "textarea")
    return next((element for length, element in lengths if length > _MOSTLY * seen), None)


class _Walk:
    """A walk through a page in document order, which gathers inline text into paragraphs."""

    def __init__(self, visible: Visible) -> None:
        self._children = visible.children
        self._in = Tables(visible)
        self._blocks: list[Block] = []
        self._line: list[str] = []
        self._paragraphs = 0
        self._tables = 0

    def through(self, root: LexborNode) -> list[Block]:
        self._visit(root, preformatted=False)
        self._end_paragraph()
        return self._blocks

    def _visit(self, node: LexborNode, preformatted: bool) -> None:
        for child in self._children(node):
            if child.is_text_node:
                self._say(child.text_content or "", preformatted)
            elif is_raised(child):
                self._line.append(set_raised(self._line[-1] if self._line else "", self._in.text(child)))
            elif not is_block(child):
                self._visit(child, preformatted)
            else:
                self._end_paragraph()
                if child.tag == "table" and self._in.is_data(child):
                    self._tabulate_or_lay_out(child)
                elif rows := self._in.drawn_rows(child):
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

    def _tabulate_or_lay_out(self, table: LexborNode) -> None:
        """The cells of a table; of one that is larger than any report's, its paragraphs, whose figures are nobody's."""
        try:
            self._tabulate(table)
        except Rejected:
            before = len(self._blocks)
            self._visit(table, preformatted=False)
            self._end_paragraph()
            self._blocks[before:] = [block._replace(doubt=DoubtCode.UNPROVED) for block in self._blocks[before:]]

    def _tabulate(self, table: LexborNode) -> None:
        self._tables += 1
        grid = Grid(self._tables, f"T{self._tables}")
        for group in self._in.row_groups(table):
            for row in group:
                grid.next_row()
                for cell in self._in.cells(row):
                    grid.add(self._in.text(cell), _span(cell, "rowspan", 65_534), _span(cell, "colspan", 1_000))
            grid.end_spans()
        self._blocks.extend(grid.blocks())

    def _tabulate_drawn(self, rows: list[list[LexborNode]]) -> None:
        """The cells of a table that style sheets draw, which may merge them as they like: none of them is certain."""
        self._tables += 1
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                source = f"T{self._tables}R{row + 1}C{column + 1}"
                self._blocks.append(Block(self._in.text(cell), source, self._tables, row, column))


def _span(cell: LexborNode, name: str, most: int) -> int:
    """A span as browsers read it: leading digits, at least 1; rowspan 0 reaches to the end of the group."""
    stated = re.match(r"\s*\+?(\d{1,9})", cell.attributes.get(name) or "")
    if stated is None:
        return 1
    span = int(stated[1])
    return min(span, most) if span else (most if name == "rowspan" else 1)
