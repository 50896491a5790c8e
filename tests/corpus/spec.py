"""One document of the corpus as data: every choice that shapes it, and the seed of all that is drawn."""

from dataclasses import dataclass, fields, replace
from random import Random
from typing import Literal

from shared.form import load_form
from shared.form.model import Edition
from tests.corpus.contents import NUMERALS, Content, ContentStyle, Expected, print_figure
from tests.corpus.damage import Damage, damage_grid, damage_markup, damage_page, damage_table, damaged_truth
from tests.corpus.encodings import EncodingStyle, can_encode, encode
from tests.corpus.figures import CellFigures, FigureStyle, draw_figures
from tests.corpus.formats import BINARY_LAYOUTS, BLANKLESS, DECLINABLE, HTML_LAYOUTS, UNSEEN, BinaryFormat, html
from tests.corpus.grid import Grid
from tests.corpus.layouts import LAYOUTS
from tests.corpus.page import DISORDERLY, Line, Order, Page, Truth, arrange_parts
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
from tests.corpus.statutory import UNUSUAL, Arrangement, draw_tables
from tests.corpus.surroundings import SurroundingStyle, surround
from tests.corpus.unseen import Unseen, conceal
from tests.corpus.wording import LabelStyle, label_change

Format = Literal["text", "html"] | BinaryFormat


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
    order: Order = "decree"
    script: ScriptStyle = "simplified"
    encoding: EncodingStyle = "utf-8"
    unseen: Unseen = "none"
    damage: Damage = "none"

    def __str__(self) -> str:
        """The spec as code, its plain choices left out."""
        chosen = (f"{f.name}={value!r}" for f in fields(self) if (value := getattr(self, f.name)) != f.default)
        return f"Spec({', '.join(chosen)})"


@dataclass(frozen=True)
class Rendered:
    """A document of the corpus: its bytes under a file name, and its truth."""

    spec: Spec
    name: str
    data: bytes
    truth: Truth


def compose(spec: Spec) -> Page:
    """The page that ``spec`` describes, before script, layout, format and encoding."""
    rng = _dice(spec, "page")
    year = rng.randint(2021, 2025) if spec.edition == "2021" else rng.randint(2019, 2020)
    authority = rng.choice(AUTHORITIES)
    page = _compose_report(spec, authority, year)
    if spec.order == "with_last_year":
        before = _compose_report(replace(spec, seed=spec.seed + 1_000_000_000), authority, year - 1)
        page = replace(page, parts=(*page.parts, *before.parts))
    return surround(page, spec.surroundings, _dice(spec, "surroundings"))


def _compose_report(spec: Spec, authority: str, year: int) -> Page:
    form = load_form(spec.edition)
    figures = draw_figures(form, spec.figures, _dice(spec, "figures"))
    contents, concealment = conceal(
        _print_all(spec, figures),
        spec.unseen,
        _dice(spec, "unseen"),
        may_blank=_keeps_blanks(spec),
        may_decline=UNSEEN.get(spec.format, {}).get(spec.unseen, False),
    )
    title = write_title(authority, year, spec.title)
    paragraphs = write_sections(authority, year, write_period(year, spec.dates), figures, _dice(spec, "prose"))
    texts = {cell: content.text for cell, content in contents.items()}
    spoil = label_change(spec.labels, _dice(spec, "labels"))
    grids = [
        concealment.applied(grid.with_labels(spoil))
        for grid in draw_tables(form, texts, spec.arrangement, _dice(spec, "tables"))
    ]
    truth = Truth(
        edition=spec.edition,
        year=year,
        title=title.joined,
        authority=authority,
        script="simplified" if spec.script.startswith("simplified") else "traditional",
        cells=_expected(spec, contents, grids),
        marks={number: lines[-1] for number, lines in paragraphs.items() if lines and lines[-1]},
    )
    headings = write_headings(form, spec.headings, _dice(spec, "headings"))
    sections = [
        (Line(heading, "heading"), *(Line(text) for text in paragraphs[number] if text))
        for number, heading in enumerate(headings, 1)
    ]
    parts = arrange_parts([Line(line, "title") for line in title.lines], sections, grids, spec.order)
    return Page(parts, truth)


def _expected(spec: Spec, contents: dict[str, Content], grids: list[Grid]) -> dict[str, Expected]:
    """What may be read from each cell: nothing where the page leaves it out; null wherever a reader may decline: on
    pages far from the decree, and beside a blank or a figure in words where only their count tells cells apart."""
    rows = [[cell.cell for cell in row if cell.cell] for grid in grids for row in grid.rows]
    printed = {cell for row in rows for cell in row}
    expected = {cell: content.expected if cell in printed else Expected(None) for cell, content in contents.items()}
    declinable = LAYOUTS[spec.layout].declinable if spec.format == "text" else spec.layout in DECLINABLE
    if spec.arrangement in UNUSUAL or spec.order in DISORDERLY or declinable:
        return {cell: may._replace(or_null=True) for cell, may in expected.items()}
    if spec.format == "text" or spec.layout in BLANKLESS:
        unclear = {cell for cell, content in contents.items() if content.text == "" or content.text[0] in NUMERALS}
        rows += [[cell for cell in contents if cell.startswith(table)] for table in ("disclosure.", "disputes.")]
        beside = {cell for row in rows if not unclear.isdisjoint(row) for cell in row}
        expected |= {cell: expected[cell]._replace(or_null=True) for cell in beside}
    return expected


def render(spec: Spec) -> Rendered:
    """The document that ``spec`` describes; the same spec always gives the same bytes."""
    page = compose(spec).with_texts(script_change(spec.script, _dice(spec, "script")))
    if spec.format == "text":
        text = "\n".join(_lines(spec, page)) + "\n"
        suffix = "md" if spec.layout.startswith("markdown") else "txt"
        return _encoded(spec, page, text, text, suffix)
    damage = _dice(spec, "damage")
    page = page.with_grids(lambda grid: damage_grid(grid, spec.damage, damage))
    if spec.format == "html":
        body = damage_markup(HTML_LAYOUTS[spec.layout](page, _dice(spec, "layout")), spec.damage, damage)
        text = html.document(body, spec.encoding, _dice(spec, "html"))
        return _encoded(spec, page, text, html.visible(body), "html")
    data = BINARY_LAYOUTS[spec.format][spec.layout](page, _dice(spec, "layout"))
    return Rendered(spec, f"{spec.seed}.{spec.format}", data, _truth(spec, page, "\n".join(page.texts())))


def _encoded(spec: Spec, page: Page, text: str, visible: str, suffix: str) -> Rendered:
    """The document with ``text`` as its content, in the encoding of ``spec`` or, where that cannot hold it, UTF-8."""
    encoding = spec.encoding if can_encode(text, spec.encoding) else "utf-8"
    return Rendered(spec, f"{spec.seed}.{suffix}", encode(text, encoding), _truth(spec, page, visible))


def _truth(spec: Spec, page: Page, visible: str) -> Truth:
    return page.truth if spec.damage == "none" else damaged_truth(page.truth, visible)


def _dice(spec: Spec, step: str) -> Random:
    """The random numbers of one step: another choice elsewhere in the spec does not change them."""
    return Random(f"{spec.seed} {step}")


def _lines(spec: Spec, page: Page) -> list[str]:
    draw, rng, damage = LAYOUTS[spec.layout].draw, _dice(spec, "layout"), _dice(spec, "damage")
    gap = rng.choice([[], [""]])
    lines: list[str] = []
    for part in page.parts:
        lines += damage_table(draw(part, rng), spec.damage, damage) if isinstance(part, Grid) else [part.text, *gap]
    return damage_page(lines, spec.damage, damage)


def _print_all(spec: Spec, figures: CellFigures) -> dict[str, Content]:
    form = load_form(spec.edition)
    style, rng = spec.contents, _dice(spec, "contents")
    if style == "blanks" and not _keeps_blanks(spec):
        style = "marks"
    contents: dict[str, Content] = {}
    for cell in form.cells():
        column = form.table(cell.table).column(cell.column)
        contents[cell.id] = print_figure(figures[cell.id], style, rng, unit=column.unit, signed=column.signed)
    return contents


def _keeps_blanks(spec: Spec) -> bool:
    if spec.format == "text":
        return LAYOUTS[spec.layout].keeps_blanks
    return spec.layout not in BLANKLESS
