"""Which format a file is in, by its content: names and labels are not believed."""

import re
from typing import Literal

from services.ingest.formats.islands import is_plain, outside
from services.ingest.formats.markdown import is_markdown
from shared.errors import Rejected

BinaryFormat = Literal["pdf", "docx", "doc", "rtf", "odt", "xlsx", "xls", "ods", "ofd"]
TextFormat = Literal["text", "markdown", "html"]

# What begins a file, and what it then is.
_UNSUPPORTED = (
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"II*\0", "a picture (TIFF)"),
    (b"MM\0*", "a picture (TIFF)"),
    (b"Rar!", "an archive (RAR)"),
    (b"7z\xbc\xaf", "an archive (7z)"),
    (b"\x1f\x8b", "an archive (gzip)"),
    (b"MZ\x90\0", "a program"),
    (b"\x7fELF", "a program"),
    (b"PK", "an archive (zip) without a document that gouji knows"),
    (b"\xd0\xcf\x11\xe0", "an Office 97 file, and neither document nor workbook"),
)
# Parts by whose names a container is known; these stand in it uncompressed, so it need not be opened to see them.
_IN_ZIP: tuple[tuple[bytes, BinaryFormat], ...] = (
    (b"word/document", "docx"),
    (b"xl/workbook.", "xlsx"),
    (b"OFD.xml", "ofd"),
    (b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "ods"),
    (b"mimetypeapplication/vnd.oasis.opendocument.text", "odt"),
)
# Containers that are no such document, by a part that stands in them.
_OTHERS_IN_ZIP = ((b"ppt/presentation.xml", "a presentation (.pptx), which can be saved as PDF"),)
# A document may hold a workbook, but seldom a workbook a document.
_IN_COMPOUND_FILE: tuple[tuple[bytes, BinaryFormat], ...] = (
    ("WordDocument".encode("utf-16-le"), "doc"),
    ("Workbook".encode("utf-16-le"), "xls"),
)
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MARKUP = re.compile(r"<(?:!doctype html|html|head|body|table|tr|td|div|p|span|br)\b[^<>]{0,2000}>", re.IGNORECASE)
_PAGE = re.compile(r"<(?:!doctype html|html|head)\b", re.IGNORECASE)
_PDF_HEADER_WITHIN = 1024  # bytes; readers accept a PDF that begins after some junk


def detect_binary(data: bytes) -> BinaryFormat | None:
    """The format of ``data``, or None where it can only be text.

    Raises Rejected ``unsupported_format`` saying what it is, or ``unreadable`` where it needs a password.
    """
    if b"%PDF-" in data[:_PDF_HEADER_WITHIN]:
        return "pdf"
    if data.startswith(b"{\\rt"):
        return "rtf"
    if data.startswith(b"PK\3\4"):
        parts = _IN_ZIP
    elif data.startswith(b"\xd0\xcf\x11\xe0"):
        parts = _IN_COMPOUND_FILE
        if _ENCRYPTED in data:
            raise Rejected("unreadable", "The document can only be opened with a password.")
    else:
        parts = ()
    for part, kind in parts:
        if part in data:
            return kind
    if what := _unsupported(data):
        raise Rejected("unsupported_format", f"This is {what}; gouji does not read it.")
    return None


def _unsupported(data: bytes) -> str | None:
    """What ``data`` is, if it is known and not read."""
    for part, what in _OTHERS_IN_ZIP if data.startswith(b"PK\3\4") else ():
        if part in data:
            return what
    return next((what for magic, what in _UNSUPPORTED if data.startswith(magic)), None)


def detect_text(text: str) -> TextFormat:
    """How ``text`` is marked up."""
    if "<" in text and _MARKUP.search(text):
        return _detect_mixed(text)
    return "markdown" if is_markdown(text) else "text"


def _detect_mixed(text: str) -> TextFormat:
    """What ``text`` is that holds markup: a page of HTML; or lines, of Markdown or not, that have HTML tables among
    them, or tags inside the cells of Markdown's own."""
    rest = outside(text)
    if _PAGE.search(rest):
        return "html"
    if is_markdown(rest):
        return "markdown"
    return "text" if rest is not text and is_plain(rest) else "html"
