"""OFD (GB/T 33190-2016), the national fixed layout: a zip archive of XML parts, read as it is seen.

1. ``archive`` opens the parts and follows the locations by which they name one another.
2. ``document`` lists the pages, each with what is painted on it, in that order: templates, layers, annotations, seals.
3. ``objects`` walks through it; ``style`` says in which colours, ``text`` where the characters stand, ``path`` what is
   drawn.
4. ``sight`` keeps the glyphs that are seen, as far as boxes tell.
5. ``formats.fixed_layout`` makes lines, tables and paragraphs of them.
"""

from collections.abc import Iterator

from services.ingest.formats import fixed_layout
from services.ingest.formats.ofd.document import read_pages
from shared.blocks import Block

__all__ = ["blocks"]


def blocks(data: bytes) -> Iterator[Block]:
    """The blocks of an OFD document. Raises Rejected ``unreadable`` where it is damaged, encrypted or shows pictures
    only, ``hostile`` where it is made to exhaust its reader."""
    return fixed_layout.blocks(read_pages(data))
