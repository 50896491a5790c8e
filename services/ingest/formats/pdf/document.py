"""The pages of a PDF, as PDFium sees them."""

from collections.abc import Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as raw

import services.ingest.formats.pdf.library  # noqa: F401  # before any document is opened
from services.ingest.formats.fixed_layout.ink import counted
from services.ingest.formats.fixed_layout.page import Page
from services.ingest.formats.pdf.annotations import laid_flat
from services.ingest.formats.pdf.display import View
from services.ingest.formats.pdf.objects import read_objects
from services.ingest.formats.pdf.sight import part_seen, with_marks
from shared.errors import Rejected


def read_pages(data: bytes) -> Iterator[Page]:
    """The pages of a PDF. Raises Rejected ``unreadable`` where it is damaged or needs a password."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        locked = _needs_password(error)
        reason = "it can only be opened with a password" if locked else "it is damaged"
        raise Rejected("unreadable", f"The PDF cannot be read: {reason}.") from error
    for number in range(len(document)):
        try:
            page, marked = laid_flat(document, number)
        except pdfium.PdfiumError:
            continue
        text_page = page.get_textpage()
        view = View.of(page, text_page)
        drawn = read_objects(page, view)
        drawing = drawn.drawing
        glyphs, hidden = part_seen(page, text_page, view, drawn)
        yield Page(
            width=view.width,
            height=view.height,
            glyphs=counted(with_marks(glyphs, marked.on(view)), drawing.horizontals, drawing.slants),
            hidden=hidden,
            horizontals=drawing.horizontals,
            verticals=drawing.verticals,
            turned=view.turned,
        )
        page.close()


def _needs_password(error: pdfium.PdfiumError) -> bool:
    """Whether PDFium refused a document for want of its password."""
    return bool(getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD)
