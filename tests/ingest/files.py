"""Small files of every format, built for a test."""

import io
from collections.abc import Callable, Mapping
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from docx import Document
from docx.document import Document as WordDocument
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from reportlab.pdfgen.canvas import Canvas

from services.ingest.read import read_document
from shared.blocks import Block
from tests.framed_font import embedded_font

FONT = embedded_font()


def word(write: Callable[[WordDocument], None]) -> bytes:
    """A Word document as python-docx saves it."""
    document, buffer = Document(), io.BytesIO()
    write(document)
    document.save(buffer)
    return buffer.getvalue()


NAMESPACES = " ".join(
    f'xmlns:{prefix}="{name}"'
    for prefix, name in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    }.items()
)


def word_xml(body: str, prologue: str = "", styles: str = "", parts: Mapping[str, str | bytes] = {}) -> bytes:
    """A Word document with nothing but this body, these styles and these other parts."""
    document = f"{prologue}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
    sheet = {"word/styles.xml": f"<w:styles {NAMESPACES}>{styles}</w:styles>"} if styles else {}
    return archive({"word/document.xml": document, **sheet, **parts})


def workbook(write: Callable[[Worksheet], None]) -> bytes:
    """A workbook of one sheet, as openpyxl saves it."""
    book, buffer = Workbook(), io.BytesIO()
    write(book.worksheets[0])
    book.save(buffer)
    return buffer.getvalue()


_OPEN = {name: name for name in ("office", "style", "text", "table")} | {"fo": "xsl-fo-compatible", "draw": "drawing"}
_OPEN_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for prefix, name in _OPEN.items()
)


def open_document(kind: str, body: str, styles: str = "", parts: Mapping[str, str] = {}) -> bytes:
    """An OpenDocument file of ``kind`` (``text``, ``spreadsheet``) with this body, these styles and other parts."""
    content = (
        f"<office:document-content {_OPEN_NAMESPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    )
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as package:
        package.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}", ZIP_STORED)
        for name, part in {"content.xml": content, **parts}.items():
            package.writestr(name, part)
    return buffer.getvalue()


def pdf(draw: Callable[[Canvas], None], size: tuple[float, float] = (595, 842)) -> bytes:
    """A PDF whose text is in a Chinese font that it brings with it."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=size, invariant=True)
    canvas.setFont(FONT, 10)
    draw(canvas)
    canvas.save()
    return buffer.getvalue()


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip archive."""
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


def cells(data: bytes) -> list[tuple[str, int, int, int, int]]:
    """The certain cells of a file: text, row, column, rowspan, colspan."""
    blocks = read_document(data, "file").blocks
    return [(b.text, b.row, b.column, b.rowspan, b.colspan) for b in blocks if b.certain]


def paragraphs(data: bytes) -> list[str]:
    """The paragraphs of a file."""
    return [block.text for block in blocks(data) if not block.table]


def blocks(data: bytes) -> tuple[Block, ...]:
    """All blocks of a file."""
    return read_document(data, "file").blocks
