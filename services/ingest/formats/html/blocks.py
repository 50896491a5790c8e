"""A page as one stream of paragraphs and cells."""

import re
from collections.abc import Iterator, Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from services.ingest.formats.grid import Grid
from services.ingest.formats.html.carried import carried
from services.ingest.formats.html.head import title_only_in_head
from services.ingest.formats.html.said import Run, said
from services.ingest.formats.html.style.look import Look
from services.ingest.formats.html.tables import Rows, Tables
from services.ingest.formats.html.visible import Child, Visible
from shared.blocks import Block
from shared.doubt import DoubtCode
from shared.errors import Rejected

_PREFORMATTED = re.compile("pre|textarea|plaintext|listing|xmp")
_SPAN = re.compile(r"\s*\+?(\d{1,9})")
_WHITESPACE = re.compile(r"[ \t\r\n\f]+")
_MOSTLY = 1.5  # times all other text: an element that holds so much is hidden only until a script has run


def blocks(data: bytes) -> Iterator[Block]:
    """The blocks of a page in UTF-8. Raises Rejected ``too_large`` for one that takes more memory than any report."""
    try:
        source = data.decode()
        page = LexborHTMLParser(source)
    except SelectolaxError as error:  # any text is HTML; what stops the parser is want of memory
        raise Rejected("too_large", "The page takes more memory than any report.") from error
    found = _seen(page, source)
    least = _MOSTLY * sum(len(block.text) for block in found)
    if (article := carried(page, least)) is not None:
        found = _seen(LexborHTMLParser(article), article) or found
    title = title_only_in_head(page, found)
    return iter([title, *found] if title else found)


def _seen(page: LexborHTMLParser, source: str) -> list[Block]:
    """What is to be seen of a page, when its scripts have run."""
    if page.root is None:
        return []
    visible = Visible(page, source)
    found = _Walk(visible).through(page.root)
    if (content := _behind_a_curtain(visible.hidden, found)) is not None:
        visible.reveal(content)
        found = _Walk(visible).through(page.root)
    return found


def _behind_a_curtain(hidden: Sequence[LexborNode], found: Sequence[Block]) -> LexborNode | None:
    """The hidden element that holds most of the page's text, as WeChat hides an article until its script has run."""
    seen = sum(len(block.text) for block in found)
    lengths = ((len((element.text() or "").strip()), element) for element in hidden if element.tag != "textarea")
    return next((element for length, element in lengths if length > _MOSTLY * seen), None)


class _Walk:
    """A walk through a page in document order, which gathers inline text into paragraphs."""

    def __init__(self, visible: Visible) -> None:
        self._visible = visible
        self._in = Tables(visible)
        self._blocks: list[Block] = []
        self._line: list[Run] = []
        self._paragraphs = 0
        self._tables = 0

    def through(self, root: LexborNode) -> list[Block]:
        if (page := self._visible.whole(root)) is not None:
            self._visit(page.node, page.look, preformatted=False)
        self._end_paragraph()
        return self._blocks

    def _visit(self, node: LexborNode, look: Look, preformatted: bool) -> None:
        for child in self._visible.children(node, look):
            if child.node.is_text_node:
                self._say(child.node.text_content or "", child.look, preformatted)
            elif child.look.void:
                continue
            elif not child.edge:
                self._visit(child.node, child.look, preformatted)
            else:
                self._end_paragraph()
                self._visit_block(child, preformatted)
                self._end_paragraph()

    def _visit_block(self, child: Child, preformatted: bool) -> None:
        if child.node.tag == "table" and (groups := self._in.groups(child.node, child.look)):
            self._tabulate_or_lay_out(child, groups)
        elif rows := self._in.drawn_rows(child):
            self._tabulate_drawn(rows)
        else:
            preformatted = preformatted or _PREFORMATTED.fullmatch(child.node.tag or "") is not None
            self._visit(child.node, child.look, preformatted)

    def _say(self, text: str, look: Look, preformatted: bool) -> None:
        if not preformatted:
            self._line.append((_WHITESPACE.sub(" ", text), look))
            return
        for number, line in enumerate(text.split("\n")):
            if number:
                self._end_paragraph()
            self._line.append((line, look))

    def _end_paragraph(self) -> None:
        if not self._line:
            return
        text, doubt = said(self._line)
        self._line.clear()
        if text.strip():
            self._paragraphs += 1
            self._blocks.append(Block(text, f"P{self._paragraphs}", doubt=doubt))

    def _tabulate_or_lay_out(self, table: Child, groups: list[Rows]) -> None:
        """The cells of a table; of one that is larger than any report's, its paragraphs, whose figures are nobody's."""
        try:
            self._tabulate(groups)
        except Rejected:
            before = len(self._blocks)
            self._visit(table.node, table.look, preformatted=False)
            self._end_paragraph()
            self._blocks[before:] = [block._replace(doubt=DoubtCode.UNPROVED) for block in self._blocks[before:]]

    def _tabulate(self, groups: list[Rows]) -> None:
        self._tables += 1
        grid = Grid(self._tables, f"T{self._tables}")
        for rows in groups:
            for row in rows:
                grid.next_row()
                for cell in row:
                    grid.add(cell.text, *_spans(cell.node), cell.doubt)
            grid.end_spans()
        self._blocks.extend(grid.blocks())

    def _tabulate_drawn(self, rows: list[list[Child]]) -> None:
        """The cells of a table that style sheets draw, which may merge them as they like: none of them is certain."""
        self._tables += 1
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                source = f"T{self._tables}R{row + 1}C{column + 1}"
                text, doubt = self._in.said(cell.node, cell.look)
                self._blocks.append(Block(text, source, self._tables, row, column, doubt=doubt))


def _spans(cell: LexborNode) -> tuple[int, int]:
    """The rows and columns that a cell spans, as browsers read it."""
    attributes = cell.attributes
    rows, columns = attributes.get("rowspan"), attributes.get("colspan")
    return (_span(rows, 65_534, 65_534) if rows else 1, _span(columns, 1, 1_000) if columns else 1)


def _span(stated: str, of_zero: int, most: int) -> int:
    """Leading digits, at least 1; rowspan 0 reaches to the end of the group."""
    number = _SPAN.match(stated)
    return 1 if number is None else min(int(number[1]) or of_zero, most)
