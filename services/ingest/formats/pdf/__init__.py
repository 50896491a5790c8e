"""PDF with a text layer.

1. ``annotations`` makes what is laid upon a page (notes, form fields) part of it, as a viewer shows it.
2. ``objects`` reads what the page paints, in that order; ``glyphs`` its characters.
3. ``sight`` keeps the glyphs that are seen: most are beyond doubt, the others are looked at on the rendered page.
4. ``formats.fixed_layout`` makes lines, tables and paragraphs of them.
"""

from collections.abc import Iterator

from services.ingest.formats import fixed_layout
from services.ingest.formats.pdf.document import read_pages
from shared.blocks import Block

__all__ = ["blocks"]


def blocks(data: bytes) -> Iterator[Block]:
    """The blocks of a PDF. Raises Rejected ``unreadable`` where it is damaged or locked, or shows pictures only."""
    return fixed_layout.blocks(read_pages(data))
