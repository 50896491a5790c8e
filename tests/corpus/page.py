"""A page before it is rendered: its parts in reading order, and what a reader should find in it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

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
    or it is not judged) and ``authority`` as the report should state them; ``marks``: words that must stand in the
    section of that number."""

    edition: Edition
    year: int
    title: str | None
    authority: str
    cells: dict[str, Expected]
    marks: dict[int, str]


@dataclass(frozen=True)
class Page:
    """A report as a sequence of parts, with its truth."""

    parts: tuple[Part, ...]
    truth: Truth

    def with_texts(self, change: Callable[[str], str]) -> "Page":
        """The page with every text changed, tables included."""
        return replace(
            self,
            parts=tuple(
                part.with_texts(change) if isinstance(part, Grid) else replace(part, text=change(part.text))
                for part in self.parts
            ),
        )
