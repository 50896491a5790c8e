"""A page as a Word document."""

import io
from collections.abc import Callable
from random import Random
from typing import cast

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.parts.document import DocumentPart
from docx.shared import Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.run import Run

from tests.corpus.grid import Grid, PrintedCell
from tests.corpus.page import Page

Write = Callable[[_Cell, PrintedCell, Random], None]


def merged(page: Page, rng: Random) -> bytes:
    """Tables with merged cells."""
    return _saved(page, lambda word, grid: _merged_table(_new_table(word, grid), grid, _write, rng))


def runs(page: Page, rng: Random) -> bytes:
    """The same, the text of every cell in several runs and paragraphs, as editing leaves it."""

    def write(cell: _Cell, printed: PrintedCell, rng: Random) -> None:
        _conceal(cell, printed, rng, behind=False)
        for number, line in enumerate(printed.text.split("\n")):
            paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
            middle = rng.randint(0, len(line))
            paragraph.add_run(line[:middle])
            paragraph.add_run(line[middle:]).bold = True
        _conceal(cell, printed, rng, behind=True)

    return _saved(page, lambda word, grid: _merged_table(_new_table(word, grid), grid, write, rng))


def corrected(page: Page, rng: Random) -> bytes:
    """The same with what figures replace struck out or hidden before them, and the marks of notes behind them."""

    def write(cell: _Cell, printed: PrintedCell, rng: Random) -> None:
        paragraph, text = cell.paragraphs[0], printed.text
        if text[-1:].isdigit() and rng.random() < 0.3:
            before = paragraph.add_run("77").font
            before.strike, before.hidden = rng.choice([(True, None), (None, True), (True, True)])
        paragraph.add_run(text).font.strike = rng.choice([None, False])
        if text[-1:].isdigit() and rng.random() < 0.3:
            paragraph.add_run("1").font.superscript = True

    return _saved(page, lambda word, grid: _merged_table(_new_table(word, grid), grid, write, rng))


def blanks(page: Page, rng: Random) -> bytes:
    """Tables without merged cells: blank ones stand where a merged one would continue."""

    def draw(word: WordDocument, grid: Grid) -> None:
        table = _new_table(word, grid)
        for row, slots in zip(table.rows, grid.resolved(), strict=True):
            for cell, slot in zip(row.cells, slots, strict=True):
                if slot.place == "corner":
                    _write(cell, slot.cell, rng)

    return _saved(page, draw)


def nested(page: Page, rng: Random) -> bytes:
    """Every table stands in the only cell of another."""

    def draw(word: WordDocument, grid: Grid) -> None:
        outer = word.add_table(1, 1).cell(0, 0)
        _merged_table(outer.add_table(len(grid.rows), grid.width), grid, _write, rng)

    return _saved(page, draw)


def tabbed(page: Page, rng: Random) -> bytes:
    """No tables: rows are paragraphs, cells are parted by tabs."""

    def draw(word: WordDocument, grid: Grid) -> None:
        for texts in grid.blanked():
            word.add_paragraph("\t".join(texts))

    return _saved(page, draw)


def _saved(page: Page, draw: Callable[[WordDocument, Grid], None]) -> bytes:
    word = Document()
    for part in page.parts:
        if isinstance(part, Grid):
            draw(word, part)
        else:
            word.add_paragraph(part.text)
    buffer = io.BytesIO()
    word.save(buffer)
    return buffer.getvalue()


def _new_table(word: WordDocument, grid: Grid) -> Table:
    table: Table = word.add_table(len(grid.rows), grid.width)
    return table


def _merged_table(table: Table, grid: Grid, write: Write, rng: Random) -> None:
    cells = [list(row.cells) for row in table.rows]
    for row, slots in enumerate(grid.resolved()):
        for column, slot in enumerate(slots):
            if slot.place != "corner":
                continue
            cell = cells[row][column]
            if slot.cell.rowspan * slot.cell.colspan > 1:
                cell = cell.merge(cells[row + slot.cell.rowspan - 1][column + slot.cell.colspan - 1])
            write(cell, slot.cell, rng)


def _write(cell: _Cell, printed: PrintedCell, rng: Random) -> None:
    _conceal(cell, printed, rng, behind=False)
    cell.paragraphs[0].add_run(printed.text)
    _conceal(cell, printed, rng, behind=True)


def _conceal(cell: _Cell, printed: PrintedCell, rng: Random, *, behind: bool) -> None:
    """Adds what the cell conceals: before its text, or behind it as the mark of a note is."""
    if printed.decoy and behind == (printed.unseen == "raised"):
        run = cell.paragraphs[-1].add_run(printed.decoy)
        rng.choice(_CONCEALING[printed.unseen])(run)


def _in_style(**formatting: bool) -> Callable[[Run], None]:
    """Formats a run by a style that is based on another, which says it."""

    def apply(run: Run) -> None:
        styles = cast(DocumentPart, run.part).document.styles
        name = "-".join(formatting)
        if name not in styles:
            base = styles.add_style(f"{name} base", WD_STYLE_TYPE.CHARACTER)
            for property_, on in formatting.items():
                setattr(base.font, property_, on)
            styles.add_style(name, WD_STYLE_TYPE.CHARACTER).base_style = base
        run.style = styles[name]

    return apply


def _formatted(**formatting: object) -> Callable[[Run], None]:
    def apply(run: Run) -> None:
        for name, setting in formatting.items():
            setattr(run.font, name, setting)

    return apply


def _whiten(run: Run) -> None:
    run.font.color.rgb = RGBColor(255, 255, 255)


def _set_position(run: Run) -> None:
    run._r.get_or_add_rPr().append(parse_xml(f'<w:position {nsdecls("w")} w:val="10"/>'))


def _as_symbols(run: Run) -> None:
    """Digits as characters of a symbol font, by number."""
    for digit in run.text:
        code = f"F0{ord(digit):02X}"
        run._r.append(parse_xml(f'<w:sym {nsdecls("w")} w:font="Wingdings" w:char="{code}"/>'))
    for text in run._r.findall(qn("w:t")):
        run._r.remove(text)


_CONCEALING: dict[str, list[Callable[[Run], None]]] = {
    "hidden": [_formatted(hidden=True), _in_style(hidden=True), _whiten, _formatted(size=Pt(1))],
    "struck": [_formatted(strike=True), _formatted(double_strike=True), _in_style(strike=True)],
    "raised": [_formatted(superscript=True), _formatted(subscript=True), _in_style(superscript=True), _set_position],
    "shown_otherwise": [_as_symbols, _formatted(name="Wingdings")],
}
