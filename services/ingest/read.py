"""A file's bytes become a :class:`~shared.blocks.Document`: what it is, and its paragraphs and cells in reading order.

1. ``detect`` says by content, never by name, which format it is; ``saved_page`` takes the page out of a saved one
   (MHTML); ``decode`` makes text of bytes; ``crawled`` takes the article out of a crawler's JSON.
2. A module of ``formats`` takes the blocks out; in a ``sandbox``, unless the file is plain text or Markdown.
3. ``normalise`` gives them one way of writing.
4. ``lines`` finds the cells in paragraphs that bars, tabs or spaces divide.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from itertools import groupby, islice

from services.ingest.crawled import articles_in
from services.ingest.decode import decode
from services.ingest.detect import detect_binary, detect_text
from services.ingest.formats import islands, markdown
from services.ingest.limits import LIMITS, Limits
from services.ingest.lines import tables_in
from services.ingest.normalise import close_gaps, end_lines, normalise
from services.ingest.sandbox import Sandbox
from services.ingest.saved_page import page_in
from shared.blocks import Block, Document, Script
from shared.errors import Rejected
from shared.source import read_source, write_source

_MODULES = {"docx": "word", "odt": "odf.document", "xlsx": "sheet.xlsx", "xls": "sheet.xls", "ods": "odf.spreadsheet"}
_SANDBOX = Sandbox()
_EMBEDDED = re.compile(rb"data:[\w+./-]{1,100};base64,[A-Za-z0-9+/=]+")  # pictures within a page


def read_document(data: bytes, name: str, limits: Limits = LIMITS) -> Document:
    """The paragraphs and cells of a file; its ``name`` says nothing about it and may be anything.

    Raises Rejected: ``empty``, ``unsupported_format``, ``unreadable``, ``too_large``, ``hostile``.
    """
    if len(data) > limits.file_bytes:
        raise Rejected("too_large", f"The file has more than {limits.file_bytes} bytes.")
    if not data.strip():
        raise Rejected("empty", "The file is empty.")
    if binary := detect_binary(data):
        return _document(binary, "binary", *_written(binary, _extract(binary, data, limits)), limits)
    data = page_in(data) or data
    if len(data) > limits.text_bytes:
        data = _EMBEDDED.sub(b"", data)
    if len(data) > limits.text_bytes:
        raise Rejected("too_large", f"The file has more than {limits.text_bytes} bytes of text.")
    text, encoding = decode(data)
    text = articles_in(text) or text
    kind = detect_text(text)
    if kind == "html":
        return _document(kind, encoding, *_written(kind, _extract(kind, text.encode(), limits)), limits)
    text = end_lines(text)
    if max(map(text.count, "\n|\t")) > limits.blocks:
        raise Rejected("too_large", f"The file has more than {limits.blocks} lines or cells.")
    plain = markdown.plain if kind == "markdown" else unescape
    if islands.holds_tables(text):
        page = islands.page(text, plain)
        return _document(kind, encoding, *_written(kind, _extract("html", page.encode(), limits)), limits)
    written = normalise(plain(text))
    lines = ((f"L{number}", line) for number, line in enumerate(written.text.split("\n"), 1))
    return _document(kind, encoding, tables_in(lines), written.script, limits)


def _extract(kind: str, data: bytes, limits: Limits) -> list[Block]:
    return _SANDBOX.extract(f"services.ingest.formats.{_MODULES.get(kind, kind)}", data, limits)


def _written(kind: str, blocks: list[Block]) -> tuple[Iterator[Block], Script]:
    """``blocks`` in one way of writing, their paragraphs divided into cells where they show any; and the script.

    Raises Rejected ``empty`` or ``unreadable`` where there are none.
    """
    if not blocks:
        raise _without_text(kind)
    lines = "\n".join(" ".join(block.text.splitlines()) for block in blocks)
    text, script = normalise(lines)
    written = [Block(line, *block[1:]) for line, block in zip(text.split("\n"), blocks, strict=True)]
    return _divided(written), script


def _divided(blocks: list[Block]) -> Iterator[Block]:
    tables = max((block.table for block in blocks), default=0)
    for in_table, run in groupby(blocks, key=lambda block: block.table > 0):
        if in_table:
            yield from run
            continue
        lines = list(run)
        places = [read_source(line.source).place for line in lines]
        marked = {place: line for place, line in zip(places, lines, strict=True) if line.doubt or place != line.source}
        for block in tables_in(zip(places, (line.text for line in lines), strict=True), tables):
            tables = max(tables, block.table)
            yield _placed(block, marked) if marked else block


def _placed(block: Block, lines: Mapping[str, Block]) -> Block:
    """``block`` with the doubt and the box of the line that it is, or is a cell of, if that is among ``lines``."""
    line = lines.get(block.source) or lines.get(block.source.rpartition("C")[0])
    if line is None:
        return block
    box = read_source(line.source).box
    return block._replace(source=write_source(block.source, box) if box else block.source, doubt=line.doubt)


def _document(kind: str, encoding: str, blocks: Iterable[Block], script: Script, limits: Limits) -> Document:
    found = list(islice(blocks, limits.blocks + 1))
    if len(found) > limits.blocks:
        raise Rejected("too_large", f"The file has more than {limits.blocks} paragraphs and cells.")
    if not any(block.text.strip() for block in found):
        raise _without_text(kind)
    found = _without_gaps(found)
    return Document.model_construct(format=kind, encoding=encoding, script=script, blocks=tuple(found))


def _without_text(kind: str) -> Rejected:
    if kind in ("text", "markdown", "html"):
        return Rejected("empty", "The file holds no text.")
    return Rejected("unreadable", "The file holds no text; if it is a scan, it has to be recognised (OCR) first.")


def _without_gaps(blocks: list[Block]) -> list[Block]:
    """The blocks without stray spaces, all closed in one pass."""
    texts = close_gaps("\n".join(block.text for block in blocks)).split("\n")
    return [block if text == block.text else Block(text, *block[1:]) for text, block in zip(texts, blocks, strict=True)]
