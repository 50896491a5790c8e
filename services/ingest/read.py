"""A file's bytes become a :class:`~shared.blocks.Document`: what it is, and its paragraphs and cells in reading order.

1. ``detect`` says by content, never by name, which format it is.
2. ``decode`` and a module of ``formats`` take its blocks out.
3. ``normalise`` gives them one way of writing.
"""

from services.ingest.decode import decode
from services.ingest.formats import text
from services.ingest.normalise import close_gaps, normalise
from shared.blocks import Block, Document
from shared.errors import Rejected


def read_document(data: bytes, name: str) -> Document:
    """The paragraphs and cells of a file; ``name`` serves messages only.

    Raises Rejected: ``empty``, ``unsupported_format``, ``unreadable``, ``too_large``, ``hostile``.
    """
    if not data.strip():
        raise Rejected("empty", "The file is empty.")
    decoded = decode(data)
    written = normalise(decoded.text)
    blocks = _without_gaps(list(text.blocks(written.text)))
    if not any(block.text for block in blocks):
        raise Rejected("empty", "The file holds no text.")
    return Document.model_construct(
        format="text", encoding=decoded.encoding, script=written.script, blocks=tuple(blocks)
    )


def _without_gaps(blocks: list[Block]) -> list[Block]:
    """The blocks without stray spaces, all closed in one pass."""
    texts = close_gaps("\n".join(block.text for block in blocks)).split("\n")
    return [Block(content, *block[1:]) for content, block in zip(texts, blocks, strict=True)]
