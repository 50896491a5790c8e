"""How much a file may ask of us before it is turned away."""

from typing import NamedTuple

from shared.limits import MAX_OBJECT_BYTES


class Limits(NamedTuple):
    """The defaults suit reports, which hold some ten to two hundred kilobytes of text."""

    file_bytes: int = MAX_OBJECT_BYTES
    text_bytes: int = 8 * 1024 * 1024  # of plain text, Markdown and HTML
    blocks: int = 20_000  # paragraphs and cells of a document; a report has some five hundred
    seconds: int = 4  # of processor time in the sandbox
    megabytes: int = 384  # of memory in the sandbox, beside the code of the libraries


LIMITS = Limits()
MOST_COLUMNS = 1_000  # of any table
MOST_CELLS = 100_000  # of any table, spans included
