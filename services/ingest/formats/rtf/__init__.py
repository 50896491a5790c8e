"""Rich text (.rtf): paragraphs and tables in their order, as a reader sees them.

Sources: ``P7`` is the seventh paragraph with text, ``T2R3C4`` the cell at row 3, column 4 of the second data table.
After the Rich Text Format (RTF) Specification 1.9.1 of Microsoft.

    words.py     control words, groups and text out of bytes
    letters.py   how letters look, and the tables of fonts and colours
    reader.py    the way through a document
    levels.py    the page and the tables within one another, while they are read
    tables.py    rows by what their definitions say of edges and merged cells
    outline.py   paragraphs and tables as blocks
"""

from collections.abc import Iterator

from services.ingest.formats.rtf.outline import blocks_of
from services.ingest.formats.rtf.reader import Reader
from shared.blocks import Block


def blocks(data: bytes) -> Iterator[Block]:
    """The blocks of a document. Raises Rejected ``hostile`` for groups or tables beyond any document's."""
    return blocks_of(Reader().read(data))
