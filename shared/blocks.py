"""The neutral stream that extraction makes of any file, and recognition reads: no format knows the form, no recogniser
knows the format."""

from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

from shared.doubt import DoubtCode

Script = Literal["simplified", "traditional"]


class Block(NamedTuple):
    """A paragraph or a table cell, in reading order; a tuple, so that an event carries hundreds of them cheaply.

    ``text`` is normalised (simplified characters, no pinyin, half-width digits); a blank cell is ``""`` and is kept.
    ``source`` points back into the file for a human: ``L45`` (line), ``L45C3`` (third cell of that line),
    ``T2R3C4`` (table, row, cell), ``p2 T1R3C4 [x0 y0 x1 y1]`` (page first, a box last: see ``shared/source.py``),
    ``Sheet1!B4``, ``title`` (a title that is not printed).
    ``table`` is 0 for a paragraph, else the running number of the table (or of the run of cell lines) it stands in.
    ``row`` and ``column`` count from 0 within that table. Where ``certain``, they come from the format's own geometry,
    merged cells resolved (``rowspan`` x ``colspan``, stated once at the top left); otherwise ``row`` is just the line
    and ``column`` the cell's place in it, and merged or lost cells may have shifted it.
    ``doubt`` is set where the format cannot tell what a reader sees there: its figures are not to be read, and ``text``
    is the best that can be said of it.
    """

    text: str
    source: str
    table: int = 0
    row: int = 0
    column: int = 0
    rowspan: int = 1
    colspan: int = 1
    certain: bool = False
    doubt: DoubtCode | None = None


class Document(BaseModel):
    """A file, read: what it was (``format`` such as ``text``, ``html``, ``docx``; ``encoding`` as Python names it, or
    ``binary``), the ``script`` it was written in, and its normalised blocks."""

    model_config = ConfigDict(frozen=True)

    format: str
    encoding: str
    script: Script
    blocks: tuple[Block, ...]
