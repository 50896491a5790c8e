"""How much a file may ask of us before it is turned away."""

from typing import TYPE_CHECKING, NamedTuple

from shared.limits import MAX_OBJECT_BYTES

if TYPE_CHECKING:
    from shared.settings import Settings


class Limits(NamedTuple):
    """The defaults suit reports, which hold some ten to two hundred kilobytes of text."""

    file_bytes: int = MAX_OBJECT_BYTES
    text_bytes: int = 8 * 1024 * 1024  # of plain text, Markdown and HTML
    blocks: int = 20_000  # paragraphs and cells of a document; a report has some five hundred
    seconds: int = 4  # of processor time in the sandbox
    megabytes: int = 384  # of memory in the sandbox, beside the code of the libraries


LIMITS = Limits()


def limits_of(settings: "Settings") -> Limits:
    """The limits that the operator set."""
    return Limits(
        file_bytes=settings.max_object_bytes, seconds=settings.extract_seconds, megabytes=settings.extract_megabytes
    )


MOST_COLUMNS = 1_000  # of any table
MOST_CELLS = 100_000  # of any table, spans included
