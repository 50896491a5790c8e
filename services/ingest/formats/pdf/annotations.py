"""Notes, stamps and form fields: what a viewer lays upon a page becomes part of it, as far as it shows."""

import ctypes
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from services.ingest.formats.fixed_layout.page import Box
from services.ingest.formats.pdf.display import View

_NEVER_SHOWN = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW
_BESIDE = frozenset((raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP))
"""What lies upon a page without showing there."""

_STRIKING = frozenset((raw.FPDF_ANNOT_STRIKEOUT, raw.FPDF_ANNOT_SQUIGGLY, raw.FPDF_ANNOT_REDACT))
"""What takes back the text below it."""

_WRITING = {raw.FPDF_ANNOT_FREETEXT: b"Contents", raw.FPDF_ANNOT_WIDGET: b"V"}
"""What says something by itself, and where."""

_EMPTY = 2  # bytes of an empty string, as PDFium counts


class Marked(NamedTuple):
    """Areas of a page's own space (left, bottom, right, top): those ``struck``, whose text no longer counts; and those
    ``written`` over by something that each viewer shows its own way."""

    struck: list[Box]
    written: list[Box]

    def on(self, view: View) -> "Marked":
        """The same areas as displayed."""
        return Marked([view.box(*box) for box in self.struck], [view.box(*box) for box in self.written])


def laid_flat(document: pdfium.PdfDocument, number: int) -> tuple[pdfium.PdfPage, Marked]:
    """A page with its annotations made part of it, so that their text is the page's own and lies upon the rest.

    Raises pdfium.PdfiumError where there is no such page.
    """
    page = document[number]
    marked = Marked([], [])
    if not any(_kind(page, index) not in _BESIDE for index in range(raw.FPDFPage_GetAnnotCount(page))):
        return page, marked
    remarks = [index for index in range(raw.FPDFPage_GetAnnotCount(page)) if _is_bare_remark(page, index)]
    # PDFium draws the other annotations that bring no picture of their own, and keeps what it drew.
    page.render(scale=0.1, may_draw_forms=False)
    for index in reversed(range(raw.FPDFPage_GetAnnotCount(page))):
        if not _is_shown_as_drawn(page, index, marked, bare=index in remarks):
            raw.FPDFPage_RemoveAnnot(page, index)
    raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
    page.close()
    return document[number], marked


def _kind(page: pdfium.PdfPage, index: int) -> int:
    annotation = raw.FPDFPage_GetAnnot(page, index)
    kind: int = raw.FPDFAnnot_GetSubtype(annotation)
    raw.FPDFPage_CloseAnnot(annotation)
    return kind


def _is_bare_remark(page: pdfium.PdfPage, index: int) -> bool:
    """Whether an annotation is text upon the page that brings no picture of itself: viewers choose its font, PDFium
    finds none."""
    annotation = raw.FPDFPage_GetAnnot(page, index)
    bare = raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_FREETEXT and not _has_picture(annotation)
    raw.FPDFPage_CloseAnnot(annotation)
    return bare


def _has_picture(annotation: Any) -> bool:
    length: int = raw.FPDFAnnot_GetAP(annotation, raw.FPDF_ANNOT_APPEARANCEMODE_NORMAL, None, 0)
    return length > _EMPTY


def _is_shown_as_drawn(page: pdfium.PdfPage, index: int, marked: Marked, *, bare: bool) -> bool:
    """Whether an annotation shows in every viewer as PDFium draws it; where it does not, but may show, its area is
    ``marked``."""
    annotation = raw.FPDFPage_GetAnnot(page, index)
    try:
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        if raw.FPDFAnnot_GetFlags(annotation) & _NEVER_SHOWN or kind in _BESIDE:
            return False
        if kind in _STRIKING:
            marked.struck.extend(_quads(annotation))
            return False
        # Layers of annotations are lost on the way into the page.
        if raw.FPDFAnnot_HasKey(annotation, b"OC"):
            marked.written.append(_rectangle(annotation))
            return False
        if not bare and _has_picture(annotation):
            return True
        if kind in _WRITING and raw.FPDFAnnot_GetStringValue(annotation, _WRITING[kind], None, 0) > _EMPTY:
            marked.written.append(_rectangle(annotation))
        return False
    finally:
        raw.FPDFPage_CloseAnnot(annotation)


def _quads(annotation: Any) -> Iterator[Box]:
    """The boxes of the lines that an annotation marks; its own where it does not say."""
    points = raw.FS_QUADPOINTSF()
    count = raw.FPDFAnnot_CountAttachmentPoints(annotation)
    for index in range(count):
        raw.FPDFAnnot_GetAttachmentPoints(annotation, index, points)
        xs, ys = (points.x1, points.x2, points.x3, points.x4), (points.y1, points.y2, points.y3, points.y4)
        yield (min(xs), min(ys), max(xs), max(ys))
    if not count:
        yield _rectangle(annotation)


def _rectangle(annotation: Any) -> Box:
    box = raw.FS_RECTF()
    raw.FPDFAnnot_GetRect(annotation, ctypes.byref(box))
    xs, ys = (box.left, box.right), (box.bottom, box.top)
    return (min(xs), min(ys), max(xs), max(ys))
