"""Markdown tables."""

from random import Random

from tests.corpus.grid import Grid, PrintedCell
from tests.corpus.layouts.prefixed import stated


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _rule(width: int) -> str:
    return "|" + " --- |" * width


def table(grid: Grid, rng: Random) -> list[str]:
    """One table, its first row taken for the header, merged cells left blank or repeated."""
    rows = rng.choice([grid.blanked, grid.repeated])()
    return ["", _row(rows[0]), _rule(grid.width), *map(_row, rows[1:]), ""]


def row_tables(grid: Grid, rng: Random) -> list[str]:
    """One small table a row, each under an invented header."""
    header = rng.choice(["列{}", "Column {}", "Unnamed: {}", " "])
    lines = []
    for cells in rng.choice([grid.blanked, grid.dropped])():
        names = [header.format(i) for i in range(1, len(cells) + 1)]
        lines += ["", _row(names), _rule(len(cells)), _row(cells)]
    return [*lines, ""]


def numbered_row_tables(grid: Grid, rng: Random) -> list[str]:
    """The same where the invented header numbers the columns: digits that are no figures."""
    lines = []
    for cells in grid.blanked():
        lines += ["", _row([str(i) for i in range(len(cells))]), _rule(len(cells)), _row(cells)]
    return [*lines, ""]


def html_table(grid: Grid, rng: Random) -> list[str]:
    """A table in HTML among lines of Markdown or text, as programs that read pictures write merged cells."""
    rows = ["<tr>" + "".join(_html_cell(cell) for cell in row) + "</tr>" for row in grid.rows]
    before, after = rng.choice([("<table>", "</table>"), ("<html><body><table border=1>", "</table></body></html>")])
    return ["", before + "".join(rows) + after, ""] if rng.random() < 0.5 else ["", before, *rows, after, ""]


def _html_cell(cell: PrintedCell) -> str:
    spans = "".join(
        f' {name}="{span}"' for name, span in (("rowspan", cell.rowspan), ("colspan", cell.colspan)) if span > 1
    )
    return f"<td{spans}>{cell.text.replace(chr(10), '<br>')}</td>"


def marked_up(grid: Grid, rng: Random) -> list[str]:
    """Bold cells, some with spaces inside the marks, and line breaks of HTML."""
    rows = [
        [slot.cell.text.replace("\n", "<br>") if slot.place == "corner" else "" for slot in row]
        for row in grid.resolved()
    ]
    bold = [[f"**{text}**" if text and rng.random() < 0.5 else text for text in row] for row in rows]
    return ["", _row(bold[0]), _rule(grid.width), *map(_row, bold[1:]), ""]


def paths(grid: Grid, rng: Random) -> list[str]:
    """The labels of a row in one cell: ``三、本年度办理结果 / （三）不予公开 / 1.属于国家秘密``."""
    parting = rng.choice([" / ", "-", " > ", "—", " ", ""])
    rows = []
    for slots in grid.resolved():
        labels = list({id(slot.cell): slot.cell.line for slot in slots if not slot.cell.is_figure}.values())
        figures = list({id(slot.cell): slot.cell.line for slot in slots if slot.cell.is_figure}.values())
        rows.append([parting.join(filter(None, labels)), *figures] if labels and figures else labels or figures)
    width = max(map(len, rows))
    lines = [_row(row + [""] * (width - len(row))) for row in rows]
    return ["", lines[0], _rule(width), *lines[1:], ""]


def flat_header(grid: Grid, rng: Random) -> list[str]:
    """One heading for every column, and a new table wherever the headings change, as language models tidy up."""
    lines: list[str] = []
    above: list[str] = []
    for label, figures in stated(grid):
        names = [name for name, _ in figures]
        if names != above:
            lines += ["", _row(["项目", *names]), _rule(len(names) + 1)]
            above = names
        lines.append(_row([label, *(figure for _, figure in figures)]))
    return [*lines, ""]


def headerless(grid: Grid, rng: Random) -> list[str]:
    """Only the rows with figures, opened by bars."""
    return [_row([cell.line for cell in row]) for row in grid.rows if any(cell.cell for cell in row)]


def bullets(grid: Grid, rng: Random) -> list[str]:
    """A list of rows, each with the list of its figures."""
    return [
        line
        for label, figures in stated(grid)
        for line in (f"- {label}", *(f"  - {column}：{figure}" for column, figure in figures))
    ]
