"""One document of the corpus as data: every choice that shapes it, and the seed of all that is drawn."""

from dataclasses import dataclass
from random import Random
from typing import Literal

from shared.form import load_form
from shared.form.model import Edition
from tests.corpus.contents import Content, ContentStyle, print_figure
from tests.corpus.damage import Damage, damage_grid, damage_page, damage_table, damaged_truth
from tests.corpus.encodings import EncodingStyle, can_encode, encode
from tests.corpus.figures import CellFigures, FigureStyle, draw_figures
from tests.corpus.formats import BINARY_LAYOUTS, HTML_LAYOUTS, html
from tests.corpus.grid import Grid
from tests.corpus.layouts import LAYOUTS
from tests.corpus.page import Line, Page, Part, Truth
from tests.corpus.prose import (
    AUTHORITIES,
    DateStyle,
    HeadingStyle,
    TitleStyle,
    write_headings,
    write_period,
    write_sections,
    write_title,
)
from tests.corpus.scripts import ScriptStyle, script_change
from tests.corpus.statutory import Arrangement, draw_tables
from tests.corpus.surroundings import SurroundingStyle, surround
from tests.corpus.wording import LabelStyle, label_change

Format = Literal["text", "html", "docx", "xlsx", "pdf"]


@dataclass(frozen=True)
class Spec:
    """The choices that make a document; the defaults make the plainest one."""

    seed: int = 0
    edition: Edition = "2021"
    format: Format = "text"
    layout: str = "row_bars"
    figures: FigureStyle = "distinct"
    contents: ContentStyle = "plain"
    labels: LabelStyle = "clean"
    arrangement: Arrangement = "decree"
    title: TitleStyle = "one_line"
    headings: HeadingStyle = "decree"
    dates: DateStyle = "whole"
    surroundings: SurroundingStyle = "none"
    script: ScriptStyle = "simplified"
    encoding: EncodingStyle = "utf-8"
    damage: Damage = "none"


@dataclass(frozen=True)
class Rendered:
    """A document of the corpus: its bytes under a file name, and its truth."""

    spec: Spec
    name: str
    data: bytes
    truth: Truth


def compose(spec: Spec, rng: Random) -> Page:
    """The page that ``spec`` describes, before layout, format and encoding."""
    form = load_form(spec.edition)
    year = rng.randint(2021, 2025) if spec.edition == "2021" else rng.randint(2019, 2020)
    authority = rng.choice(AUTHORITIES)
    figures = draw_figures(form, spec.figures, rng)
    contents = _print_all(spec, figures, rng)
    title = write_title(authority, year, spec.title)
    period = write_period(year, spec.dates)
    paragraphs = write_sections(authority, year, period, figures, rng)
    texts = {cell: content.text for cell, content in contents.items()}
    grids = [
        grid.with_labels(label_change(spec.labels, rng)) for grid in draw_tables(form, texts, spec.arrangement, rng)
    ]
    truth = Truth(
        edition=spec.edition,
        year=year,
        title=title.joined,
        authority=authority,
        script="simplified" if spec.script.startswith("simplified") else "traditional",
        cells={cell: content.expected for cell, content in contents.items()},
        marks={number: lines[-1] for number, lines in paragraphs.items() if lines and lines[-1]},
    )
    parts: list[Part] = [Line(line, "title") for line in title.lines]
    for number, heading in enumerate(write_headings(form, spec.headings, rng), 1):
        parts.append(Line(heading, "heading"))
        parts += [Line(text) for text in paragraphs[number] if text]
        parts += [grids[number - 2]] if number in (2, 3, 4) else []
    return surround(Page(tuple(parts), truth), spec.surroundings, rng)


def render(spec: Spec) -> Rendered:
    """The document that ``spec`` describes; the same spec always gives the same bytes."""
    rng = Random(spec.seed)
    page = compose(spec, rng).with_texts(script_change(spec.script, rng))
    if spec.format == "text":
        text = "\n".join(_lines(spec, page, rng)) + "\n"
    else:
        page = page.with_grids(lambda grid: damage_grid(grid, spec.damage, rng))
        text = "\n".join(page.texts())
    truth = damaged_truth(page.truth, text) if spec.damage != "none" else page.truth
    if spec.format in BINARY_LAYOUTS:
        data = BINARY_LAYOUTS[spec.format][spec.layout](page, rng)
        return Rendered(spec, f"{spec.seed}.{spec.format}", data, truth)
    if spec.format == "html":
        text = html.document(HTML_LAYOUTS[spec.layout](page, rng), spec.encoding, rng)
    encoding = spec.encoding if can_encode(text, spec.encoding) else "utf-8"
    suffix = "md" if spec.layout.startswith("markdown") else "html" if spec.format == "html" else "txt"
    return Rendered(spec, f"{spec.seed}.{suffix}", encode(text, encoding), truth)


def _lines(spec: Spec, page: Page, rng: Random) -> list[str]:
    draw = LAYOUTS[spec.layout].draw
    gap = rng.choice([[], [""]])
    lines: list[str] = []
    for part in page.parts:
        lines += damage_table(draw(part, rng), spec.damage, rng) if isinstance(part, Grid) else [part.text, *gap]
    return damage_page(lines, spec.damage, rng)


def _print_all(spec: Spec, figures: CellFigures, rng: Random) -> dict[str, Content]:
    form = load_form(spec.edition)
    style = spec.contents
    if style == "blanks" and spec.format == "text" and not LAYOUTS[spec.layout].keeps_blanks:
        style = "marks"
    contents: dict[str, Content] = {}
    for cell in form.cells():
        column = form.table(cell.table).column(cell.column)
        contents[cell.id] = print_figure(figures[cell.id], style, rng, unit=column.unit, signed=column.signed)
    return contents
