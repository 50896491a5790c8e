"""A golden page and what must be read of it, from two files."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from services.ingest.read import read_document
from services.parse.recognise import recognise
from shared.form import Form, load_form
from shared.form.model import Edition
from shared.report import Report

FOLDER = Path(__file__).parent / "pages"

Row = tuple[str, ...]
"""The cells of a row as they are written in a ``.read`` file: figures, ``?`` or ``?code``."""


@dataclass(frozen=True)
class Golden:
    """A page (``file``), what it shows (``what``), its ``edition``, and the ``rows`` that must be read by name."""

    file: Path
    what: str
    edition: Edition
    rows: Mapping[str, Row]

    @property
    def name(self) -> str:
        return self.file.stem

    def report(self) -> Report:
        """The page as gouji reads it."""
        return recognise(read_document(self.file.read_bytes(), self.file.name))


def goldens() -> list[Golden]:
    """All golden pages, by name."""
    return [_golden(file) for file in sorted(FOLDER.glob("*.read"))]


def _golden(file: Path) -> Golden:
    what: list[str] = []
    edition: Edition = "2021"
    rows: dict[str, Row] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        name, _, rest = line.partition(":")
        if line.startswith("#"):
            what.append(line[1:].strip())
        elif name == "edition":
            edition = rest.strip()
        elif line.strip():
            rows[name.strip()] = _spread(name.strip(), tuple(rest.split()), load_form(edition))
    pages = [page for page in file.parent.glob(f"{file.stem}.*") if page != file]
    if len(pages) != 1 or not what:
        raise ValueError(f"{file}: needs one page beside it and a line that says what it shows")
    return Golden(pages[0], " ".join(what), edition, rows)


def _spread(name: str, cells: Row, form: Form) -> Row:
    table, _, row = name.partition(".")
    columns = next(len(each.columns_of(each.row(row))) for each in form.tables if each.key == table)
    spread = cells * columns if len(cells) == 1 and cells[0].startswith("?") else cells
    if len(spread) != columns:
        raise ValueError(f"{name} has {columns} cells, not {len(cells)}")
    return spread


def rows_read(report: Report, form: Form) -> Iterator[tuple[str, Row]]:
    """What was read, row by row, as a ``.read`` file would say it."""
    for table in form.tables:
        for row in table.rows:
            cells = (f"{table.key}.{row.key}.{column}" for column in table.columns_of(row))
            yield f"{table.key}.{row.key}", tuple(_said(report, cell) for cell in cells)


def _said(report: Report, cell: str) -> str:
    figure = report.figure(cell)
    if figure is not None:
        return f"{figure:.15g}"
    return f"?{report.doubts[cell].code}" if cell in report.doubts else "?"
