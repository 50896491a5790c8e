"""A page before it is rendered: its parts in reading order, and what a reader should find in it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

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

Order = Literal["decree", "twice", "tables_last", "tables_swapped", "with_last_year"]
ORDERS: tuple[Order, ...] = get_args(Order)
"""``decree``: each table in its section; ``twice``: the whole report again after itself; ``tables_last``: the tables
follow the sixth section; ``tables_swapped``: the second and third stand in each other's section; ``with_last_year``:
last year's report follows, with other figures."""

DISORDERLY: frozenset[Order] = frozenset({"tables_last", "tables_swapped", "with_last_year"})
"""Orders in which a reader may decline to read a table: its section does not vouch for it, or another contradicts."""


@dataclass(frozen=True)
class Truth:
    """What the author of the page meant.

    ``cells``: what may be read from each cell of the form; ``edition``, ``year``, ``title`` (None: the page has none,
    or it is not judged), ``authority`` and ``script`` as the report should state them; ``marks``: words that must
    stand in the section of that number; ``damaged``: the page lost something, so that null is right everywhere."""

    edition: Edition | Literal["unknown"]
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


def arrange_parts(
    title: Sequence[Part], sections: Sequence[tuple[Part, ...]], grids: Sequence[Grid], order: Order
) -> tuple[Part, ...]:
    """The parts of a page: ``sections`` are each a heading and its paragraphs, ``grids`` the tables of two to four."""
    disclosure, applications, disputes = grids
    tables: list[tuple[Part, ...]] = [(), (disclosure,), (applications,), (disputes,), (), ()]
    match order:
        case "tables_last":
            tables = [(), (), (), (), (), tuple(grids)]
        case "tables_swapped":
            tables[2], tables[3] = tables[3], tables[2]
        case _:
            pass
    body = tuple(part for section, table in zip(sections, tables, strict=True) for part in (*section, *table))
    return (*title, *body, *title, *body) if order == "twice" else (*title, *body)
