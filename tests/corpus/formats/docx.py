"""A page as a Word document."""

import io
from collections.abc import Callable
from random import Random

from docx import Document
from docx.document import Document as WordDocument
from docx.table import Table, _Cell

from tests.corpus.grid import Grid
from tests.corpus.page import Page

Write = Callable[[_Cell, str], None]


def merged(page: Page, rng: Random) -> bytes:
    """Tables with merged cells."""
    return _saved(page, lambda word, grid: _merged_table(_new_table(word, grid), grid, _write))


def runs(page: Page, rng: Random) -> bytes:
    """The same, the text of every cell in several runs and paragraphs, as editing leaves it."""

    def write(cell: _Cell, text: str) -> None:
        for number, line in enumerate(text.split("\n")):
            paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
            middle = rng.randint(0, len(line))
            paragraph.add_run(line[:middle])
            paragraph.add_run(line[middle:]).bold = True

    return _saved(page, lambda word, grid: _merged_table(_new_table(word, grid), grid, write))


def corrected(page: Page, rng: Random) -> bytes:
    """The same with what figures replace struck out or hidden before them, and the marks of notes behind them."""

    def write(cell: _Cell, text: str) -> None:
        paragraph = cell.paragraphs[0]
        if text[-1:].isdigit() and rng.random() < 0.3:
            before = paragraph.add_run("77").font
            before.strike, before.hidden = rng.choice([(True, None), (None, True), (True, True)])
        paragraph.add_run(text).font.strike = rng.choice([None, False])
        if text[-1:].isdigit() and rng.random() < 0.3:
            paragraph.add_run("1").font.superscript = True

    return _saved(page, lambda word, grid: _merged_table(_new_table(word, grid), grid, write))


def blanks(page: Page, rng: Random) -> bytes:
    """Tables without merged cells: blank ones stand where a merged one would continue."""

    def draw(word: WordDocument, grid: Grid) -> None:
        table = _new_table(word, grid)
        for row, texts in zip(table.rows, grid.blanked(), strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text

    return _saved(page, draw)


def nested(page: Page, rng: Random) -> bytes:
    """Every table stands in the only cell of another."""

    def draw(word: WordDocument, grid: Grid) -> None:
        outer = word.add_table(1, 1).cell(0, 0)
        _merged_table(outer.add_table(len(grid.rows), grid.width), grid, _write)

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


def _merged_table(table: Table, grid: Grid, write: Write) -> None:
    cells = [list(row.cells) for row in table.rows]
    for row, slots in enumerate(grid.resolved()):
        for column, slot in enumerate(slots):
            if slot.place != "corner":
                continue
            cell = cells[row][column]
            if slot.cell.rowspan * slot.cell.colspan > 1:
                cell = cell.merge(cells[row + slot.cell.rowspan - 1][column + slot.cell.colspan - 1])
            write(cell, slot.cell.text)


def _write(cell: _Cell, text: str) -> None:
    cell.text = text
