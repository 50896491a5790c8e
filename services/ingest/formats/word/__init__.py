"""Word documents (.docx): paragraphs and tables in the order of the body, as a reader sees them.

Sources: ``P7`` is the seventh paragraph with text, ``T2R3C4`` the cell at row 3, column 4 of the second data table;
``chunk1 P7`` is a paragraph of the first document that is embedded whole.

    styles.py    what its styles say
    look.py      how a run looks by them and by its own properties
    fields.py    what fields show
    text.py      the runs of a paragraph
    body.py      paragraphs and tables
    embedded.py  documents within the document
"""

import re
from collections.abc import Iterator

from services.ingest.formats.package import Package
from services.ingest.formats.word.body import Body
from services.ingest.formats.word.embedded import Embeddings
from services.ingest.formats.word.names import W
from services.ingest.formats.word.styles import Styles
from shared.blocks import Block

_MAIN_PART = re.compile(r"word/document\d*\.xml")


def blocks(data: bytes, unheeded: frozenset[str] = frozenset()) -> Iterator[Block]:
    """The blocks of a document; formatting by the names ``unheeded`` is not looked at. Raises Rejected ``unreadable``
    where it is damaged, ``hostile`` for a document type, ``unsupported_format`` where it embeds another whole that
    gouji does not read."""
    package = Package(data, "Word document")
    # ``word/document.xml``, or what Word on the web calls it
    names = (name for name in package.names() if _MAIN_PART.fullmatch(name))
    main = min(names, key=lambda name: (len(name), name), default="word/document.xml")
    body = package.xml(main).find(f"{W}body")
    if body is None:
        return iter(())
    styles = Styles(package.optional("word/styles.xml"), unheeded)
    return iter(Body(styles, Embeddings(package, main).blocks).through(body))
