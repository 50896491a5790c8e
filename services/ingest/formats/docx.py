"""Word documents (.docx): paragraphs and tables in the order of the body, merged cells resolved.

Sources: ``P7`` is the seventh paragraph with text, ``T2R3C4`` the cell at row 3, column 4 of the second data table.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from lxml import etree

from services.ingest.formats.raised import set_raised
from services.ingest.limits import MOST_COLUMNS
from shared.blocks import Block
from shared.errors import Rejected

Element = etree._Element

# Files in Word's strict variant name the same elements in another namespace.
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W = f"{{{_TRANSITIONAL.decode()}}}"
# What was deleted or moved away, and the second rendering of drawings for old readers.
_UNSEEN = frozenset(
    {f"{_W}del", f"{_W}moveFrom", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
)
_RUBY = f"{_W}rt"  # how a word is pronounced
_UNSEEN_RUNS = (f"{_W}vanish", f"{_W}strike", f"{_W}dstrike")
_OFF = ("0", "false", "off")
_CHARACTERS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-", f"{_W}ptab": "\t"}
# What libxml2 says of nesting, entities and texts beyond its limits, and where it runs out of memory.
_EXHAUSTED = (etree.ErrorTypes.ERR_RESOURCE_LIMIT, etree.ErrorTypes.ERR_NO_MEMORY, etree.ErrorTypes.ERR_INTERNAL_ERROR)
_MAIN_PART = re.compile(r"word/document\d*\.xml")
_LONG_CELL = 400  # characters; a cell with more holds a page's content, not a table's


def blocks(data: bytes) -> Iterator[Block]:
    """The blocks of a document. Raises Rejected ``unreadable`` where it is damaged, ``hostile`` for a document type."""
    body = _body(data)
    return iter(_Walk().through(body) if body is not None else ())


def _body(data: bytes) -> Element | None:
    try:
        with ZipFile(BytesIO(data)) as package:
            xml = package.read(_main_part(package)).replace(_STRICT, _TRANSITIONAL)
    except (BadZipFile, KeyError, ValueError, NotImplementedError, RuntimeError, EOFError) as error:
        raise Rejected("unreadable", f"The Word document is damaged: {error}.") from error
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        if error.code in _EXHAUSTED:  # type: ignore[attr-defined]  # the stubs lack it
            raise Rejected("hostile", f"The Word document is made to exhaust its reader: {error.msg}.") from error
        raise Rejected("unreadable", f"The Word document is damaged: {error.msg}.") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Rejected("hostile", "The Word document declares entities of its own, as no word processor does.")
    return root.find(f"{_W}body")


def _main_part(package: ZipFile) -> str:
    """The name of the part that holds the text: ``word/document.xml``, or what Word on the web calls it."""
    names = (name for name in package.namelist() if _MAIN_PART.fullmatch(name))
    return min(names, key=lambda name: (len(name), name), default="word/document.xml")


class _Walk:
    """A walk through the body in document order."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._paragraphs = 0
        self._tables = 0

    def through(self, body: Element) -> list[Block]:
        self._visit(body)
        return self._blocks

    def _visit(self, parent: Element) -> None:
        for child in parent:
            if child.tag == f"{_W}p":
                self._say(child)
            elif child.tag == f"{_W}tbl":
                self._table(child)
            elif child.tag not in _UNSEEN:
                self._visit(child)

    def _say(self, paragraph: Element) -> None:
        for line in _text(paragraph).split("\n"):
            if line.strip():
                self._paragraphs += 1
                self._blocks.append(Block(line, f"P{self._paragraphs}"))
        for box in paragraph.iter(f"{_W}txbxContent"):
            if not any(ancestor.tag in _UNSEEN for ancestor in box.iterancestors()):
                self._visit(box)

    def _table(self, table: Element) -> None:
        if _is_data(table):
            self._tables += 1
            self._blocks.extend(_grid(table, self._tables))
        else:
            for row in _rows(table):
                for cell in _cells(row):
                    self._visit(cell)


def _rows(table: Element) -> Iterator[Element]:
    return (row for row in _within(table, f"{_W}tr") if row.find(f"{_W}trPr/{_W}del") is None)


def _cells(row: Element) -> Iterator[Element]:
    return _within(row, f"{_W}tc")


def _within(parent: Element, tag: str) -> Iterator[Element]:
    """The children with ``tag``, also those inside content controls and revisions."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag not in _UNSEEN and child.tag not in (f"{_W}tc", f"{_W}p", f"{_W}tbl"):
            yield from _within(child, tag)


def _is_data(table: Element) -> bool:
    """Whether a table tabulates rather than lays out: two columns or more, short cells, no data table inside."""
    rows = [list(_cells(row)) for row in _rows(table)]
    if max(map(len, rows), default=0) < 2:
        return False
    inner = (row for cells in rows for cell in cells for row in cell.iter(f"{_W}tr"))
    if any(len(row.findall(f"{_W}tc")) > 1 for row in inner):
        return False
    return all(len(_content(cell)) <= _LONG_CELL for cells in rows for cell in cells)


def _grid(table: Element, number: int) -> list[Block]:
    """The cells of a data table. One that is merged downwards is told again in each row below it, and stated once."""
    blocks: list[Block] = []
    merged: dict[int, int] = {}  # column -> place in blocks of the cell that is merged downwards from there
    for row, element in enumerate(_rows(table)):
        column = _number(element.find(f"{_W}trPr/{_W}gridBefore"), 0)
        for cell in _cells(element):
            span = max(1, _number(cell.find(f"{_W}tcPr/{_W}gridSpan"), 1))
            if column + span > MOST_COLUMNS:
                raise Rejected("hostile", f"A table has more than {MOST_COLUMNS} columns.")
            merge = cell.find(f"{_W}tcPr/{_W}vMerge")
            above = (
                merged.get(column) if merge is not None and merge.get(f"{_W}val", "continue") == "continue" else None
            )
            if above is not None:
                blocks[above] = blocks[above]._replace(rowspan=row + 1 - blocks[above].row)
            else:
                if merge is None:
                    merged.pop(column, None)
                else:
                    merged[column] = len(blocks)
                source = f"T{number}R{row + 1}C{column + 1}"
                blocks.append(Block(_content(cell), source, number, row, column, 1, span, True))
            column += span
    return blocks


def _content(cell: Element) -> str:
    """All that stands in a cell, its paragraphs and lines joined by a space."""
    return " ".join(" ".join(_text(paragraph) for paragraph in cell.iter(f"{_W}p")).split())


def _text(paragraph: Element) -> str:
    """The text of a paragraph's own runs, without what was deleted and without its text boxes."""
    pieces: list[str] = []
    _gather(paragraph, pieces)
    return "".join(pieces)


def _gather(parent: Element, pieces: list[str]) -> None:
    for child in parent:
        if child.tag == f"{_W}t":
            pieces.append(child.text or "")
        elif child.tag in _CHARACTERS:
            pieces.append(_CHARACTERS[child.tag])
        elif child.tag == f"{_W}r" and (properties := child.find(f"{_W}rPr")) is not None:
            if not _is_unseen(properties):
                _gather_formatted(child, properties, pieces)
        elif child.tag not in _UNSEEN and child.tag not in (f"{_W}pPr", f"{_W}rPr", f"{_W}txbxContent", _RUBY):
            _gather(child, pieces)


def _gather_formatted(run: Element, properties: Element, pieces: list[str]) -> None:
    raised = properties.find(f"{_W}vertAlign")
    if raised is None or raised.get(f"{_W}val") == "baseline":
        _gather(run, pieces)
        return
    mark: list[str] = []
    _gather(run, mark)
    pieces.append(set_raised("".join(pieces[-1:]), "".join(mark)))


def _is_unseen(properties: Element) -> bool:
    """Whether a run is hidden or struck out."""
    marks = (properties.find(tag) for tag in _UNSEEN_RUNS)
    return any(mark is not None and mark.get(f"{_W}val", "1") not in _OFF for mark in marks)


def _number(element: Element | None, otherwise: int) -> int:
    """The value of an element such as ``gridSpan``."""
    value = element.get(f"{_W}val", "") if element is not None else ""
    return int(value) if value.isdecimal() and len(value) < 6 else otherwise
