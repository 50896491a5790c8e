"""Small files of every format, built for a test."""

import io
from collections.abc import Callable
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document
from docx.document import Document as WordDocument
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from services.ingest.read import read_document
from shared.blocks import Block

FONT = "STSong-Light"


def word(write: Callable[[WordDocument], None]) -> bytes:
    """A Word document as python-docx saves it."""
    document, buffer = Document(), io.BytesIO()
    write(document)
    document.save(buffer)
    return buffer.getvalue()


def word_xml(body: str, prologue: str = "") -> bytes:
    """A Word document with nothing but this body."""
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    document = f'{prologue}<w:document xmlns:w="{namespace}"><w:body>{body}</w:body></w:document>'
    return archive({"word/document.xml": document})


def workbook(write: Callable[[Worksheet], None]) -> bytes:
    """A workbook of one sheet, as openpyxl saves it."""
    book, buffer = Workbook(), io.BytesIO()
    write(book.worksheets[0])
    book.save(buffer)
    return buffer.getvalue()


def pdf(draw: Callable[[Canvas], None], size: tuple[float, float] = (595, 842)) -> bytes:
    """A PDF whose text is in a Chinese font of the reader's own."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=size, invariant=True)
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    canvas.setFont(FONT, 10)
    draw(canvas)
    canvas.save()
    return buffer.getvalue()


def archive(parts: dict[str, str | bytes]) -> bytes:
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
