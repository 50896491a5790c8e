"""A page as an OpenDocument text, written by hand."""

import io
from collections.abc import Callable, Iterable
from html import escape
from random import Random
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from tests.corpus.grid import Grid, PrintedCell
from tests.corpus.page import Page

_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office",
        "style": "style",
        "text": "text",
        "table": "table",
        "fo": "xsl-fo-compatible",
    }.items()
)
_STYLES = {
    "hidden": ['text:display="none"', 'fo:color="#ffffff"', 'fo:font-size="1pt"'],
    "struck": ['style:text-line-through-style="solid"', 'style:text-line-through-type="double"'],
    "raised": ['style:text-position="super 58%"', 'style:text-position="-33% 58%"'],
    "shown_otherwise": ['style:font-name="Wingdings"'],
}


def merged(page: Page, rng: Random) -> bytes:
    """Tables with merged cells."""
    return _saved(page, lambda grid: _table(grid, rng))


def spans(page: Page, rng: Random) -> bytes:
    """The same, the text of every cell in several spans and paragraphs, as editing leaves it."""

    def written(text: str) -> str:
        lines = []
        for line in text.split("\n"):
            middle = rng.randint(0, len(line))
            halves = (f"<text:span>{_text(half)}</text:span>" for half in (line[:middle], line[middle:]))
            lines.append("".join(halves))
        return "</text:p><text:p>".join(lines)

    return _saved(page, lambda grid: _table(grid, rng, written))


def blanks(page: Page, rng: Random) -> bytes:
    """Tables without merged cells: blank ones stand where a merged one would continue."""

    def draw(grid: Grid) -> str:
        rows = (
            "".join(_cell(slot.cell if slot.place == "corner" else PrintedCell(""), rng, _text, "") for slot in row)
            for row in grid.resolved()
        )
        return _rows(rows)

    return _saved(page, draw)


def tabbed(page: Page, rng: Random) -> bytes:
    """No tables: rows are paragraphs, cells are parted by tabs."""

    def draw(grid: Grid) -> str:
        return "".join(f"<text:p>{'<text:tab/>'.join(map(_text, texts))}</text:p>" for texts in grid.blanked())

    return _saved(page, draw)


def _saved(page: Page, draw: Callable[[Grid], str]) -> bytes:
    lines = (draw(part) if isinstance(part, Grid) else f"<text:p>{_text(part.text)}</text:p>" for part in page.parts)
    body = "".join(lines)
    styles = "".join(
        f'<style:style style:name="{kind}{at}" style:family="text">'
        f"<style:text-properties {properties}/></style:style>"
        f'<style:style style:name="as {kind}{at}" style:family="text" style:parent-style-name="{kind}{at}"/>'
        for kind, looks in _STYLES.items()
        for at, properties in enumerate(looks)
    )
    content = (
        f"<office:document-content {_NAMESPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text", ZIP_STORED)
        package.writestr("content.xml", content)
    return buffer.getvalue()


def _table(grid: Grid, rng: Random, written: Callable[[str], str] | None = None) -> str:
    rows = []
    for slots in grid.resolved():
        cells = ""
        for slot in slots:
            if slot.place == "corner":
                spans = (("columns", slot.cell.colspan), ("rows", slot.cell.rowspan))
                reach = " ".join(f'table:number-{name}-spanned="{count}"' for name, count in spans)
                cells += _cell(slot.cell, rng, written or _text, reach)
            else:
                cells += "<table:covered-table-cell/>"
        rows.append(cells)
    return _rows(rows)


def _rows(rows: Iterable[str]) -> str:
    whole = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    return f"<table:table>{whole}</table:table>"


def _cell(printed: PrintedCell, rng: Random, written: Callable[[str], str], reach: str) -> str:
    concealed = ""
    if printed.decoy:
        at = rng.randrange(len(_STYLES[printed.unseen]))
        style = f"{rng.choice(['', 'as '])}{printed.unseen}{at}"
        concealed = f'<text:span text:style-name="{style}">{printed.decoy}</text:span>'
    inside = written(printed.text)
    inside = inside + concealed if printed.unseen == "raised" else concealed + inside
    return f"<table:table-cell {reach}><text:p>{inside}</text:p></table:table-cell>"


def _text(text: str) -> str:
    return escape(text).replace("\n", "<text:line-break/>").replace("\t", "<text:tab/>")
