"""Word documents (.docx): paragraphs and tables in the order of the body, as a reader sees them.

Sources: ``P7`` is the seventh paragraph with text, ``T2R3C4`` the cell at row 3, column 4 of the second data table;
``chunk1 P7`` is a paragraph of the first document that is embedded whole.

    package.py   the parts of the file
    styles.py    what its styles say
    look.py      how a run looks by them and by its own properties
    fields.py    what fields show
    text.py      the runs of a paragraph
    body.py      paragraphs and tables
    embedded.py  documents within the document
"""

from collections.abc import Iterator

from services.ingest.formats.word.body import Body
from services.ingest.formats.word.embedded import Embeddings
from services.ingest.formats.word.names import W
from services.ingest.formats.word.package import Package
from services.ingest.formats.word.styles import Styles
from shared.blocks import Block


def blocks(data: bytes) -> Iterator[Block]:
    """The blocks of a document. Raises Rejected ``unreadable`` where it is damaged, ``hostile`` for a document type,
    ``unsupported_format`` where it embeds another whole that gouji does not read."""
    package = Package(data)
    body = package.main().find(f"{W}body")
    if body is None:
        return iter(())
    return iter(Body(Styles(package.beside("styles.xml")), Embeddings(package).blocks).through(body))
