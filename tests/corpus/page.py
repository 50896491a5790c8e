"""A page before it is rendered: its parts in reading order, and what a reader should find in it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from shared.blocks import Script
from shared.form.model import Edition
from tests.corpus.contents import Expected
from tests.corpus.grid import Grid


@dataclass(frozen=True)
class Line:
    """A paragraph, heading or line of furniture."""

    text: str
    kind: str = "paragraph"


Part = Line | Grid


@dataclass(frozen=True)
class Truth:
    """What the author of the page meant.

    ``cells``: what may be read from each cell of the form; ``edition``, ``year``, ``title`` (None: the page has none,
    or it is not judged), ``authority`` and ``script`` as the report should state them; ``marks``: words that must
    stand in the section of that number; ``damaged``: the page lost something, so that null is right everywhere."""

    edition: Edition
    year: int
    title: str | None
    authority: str
    script: Script
    cells: dict[str, Expected]
    marks: dict[int, str]
    damaged: bool = False


@dataclass(frozen=True)
class Page:
    """A report as a sequence of parts, with its truth."""

    parts: tuple[Part, ...]
    truth: Truth

    def with_texts(self, change: Callable[[str], str]) -> "Page":
        """The page with every text changed, tables included."""
        lines = tuple(part if isinstance(part, Grid) else replace(part, text=change(part.text)) for part in self.parts)
        return replace(self, parts=lines).with_grids(lambda grid: grid.with_texts(change))

    def with_grids(self, change: Callable[[Grid], Grid]) -> "Page":
        """The page with every table changed."""
        return replace(self, parts=tuple(change(part) if isinstance(part, Grid) else part for part in self.parts))

    def texts(self) -> Iterator[str]:
        """Every text of the page, tables cell by cell."""
        for part in self.parts:
            if isinstance(part, Line):
                yield part.text
            else:
                yield from (cell.text for row in part.rows for cell in row)
