"""Documents of Word 97 to 2003 (.doc, also named .wps): converted to DOCX (msdoc2docx) and read as that.

The format is intricate, so another reader (office_oxide) is heard as well: a row of a table on which the two disagree
is in doubt. Sources are those of the converted document, in which paragraphs and tables stand in the same order.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from doc2docx import convert
from doc2docx.cfb import CompoundFileLimits
from doc2docx.errors import Doc2DocxError, EncryptedDocumentError

from services.ingest.formats import word
from services.ingest.formats.doc.second_opinion import rows_agreed, rows_of
from shared.blocks import Block
from shared.doubt import DoubtCode
from shared.errors import Rejected
from shared.limits import MAX_OBJECT_BYTES

_LIMITS = CompoundFileLimits(MAX_OBJECT_BYTES, MAX_OBJECT_BYTES, 100_000)
# What hides or raises text: all of it is compared, for the other reader knows little of formatting.
_FORMATTING = frozenset({
    "strike", "dstrike", "vanish", "specVanish", "vertAlign", "position", "color", "sz", "w", "shd", "highlight",
    "spacing",
})  # fmt: skip


def blocks(data: bytes) -> Iterator[Block]:
    """The blocks of a document. Raises Rejected ``unreadable`` where it is damaged or needs a password."""
    converted = _converted(data)
    found = list(word.blocks(converted))
    agreed = rows_agreed(rows_of(found), rows_of(word.blocks(converted, _FORMATTING)), data)
    return (block if (block.table, block.row) in agreed else _doubted(block) for block in found)


def _doubted(block: Block) -> Block:
    return block._replace(doubt=block.doubt or DoubtCode.READERS_DISAGREE) if block.table else block


def _converted(data: bytes) -> bytes:
    """The document as DOCX."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "a.doc"), Path(folder, "a.docx")
        source.write_bytes(data)
        try:
            convert(source, target, limits=_LIMITS)
        except EncryptedDocumentError as error:
            raise Rejected("unreadable", "The document can only be opened with a password.") from error
        except Doc2DocxError as error:
            raise Rejected("unreadable", f"The Word 97 document is damaged: {error}.") from error
        return target.read_bytes()
