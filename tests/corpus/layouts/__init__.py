"""Layouts of a table in plain text, by name. A layout turns a grid into the lines that extraction left of it."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.corpus.grid import Grid
from tests.corpus.layouts import bars, cell_lines, delimited, markdown, pdf_text, prefixed, tabs

Draw = Callable[[Grid, Random], list[str]]


@dataclass(frozen=True)
class Layout:
    """``draw`` makes the lines; ``keeps_blanks`` says whether an empty cell leaves a trace in them, without which the
    figures beside it cannot be told apart; ``declinable`` whether a reader may give null."""

    draw: Draw
    keeps_blanks: bool = True
    declinable: bool = False


LAYOUTS: dict[str, Layout] = {
    # Seen on real sites.
    "row_bars": Layout(bars.padded_rows),
    "row_bars_dropped": Layout(bars.dropped_rows),
    "row_bars_blank": Layout(bars.blank_rows),
    "row_bars_opened": Layout(bars.opened_rows),
    "row_bars_wrapped_header": Layout(bars.wrapped_header_rows),
    "row_bars_repeated_header": Layout(bars.repeated_header_rows),
    "row_bars_page_numbers": Layout(bars.rows_with_page_numbers),
    "cell_bar": Layout(cell_lines.cell_bar),
    "cell_bar_runs": Layout(cell_lines.cell_bar_runs),
    "cell_bar_line": Layout(cell_lines.bar_between),
    "bar_cell": Layout(cell_lines.bar_opens),
    "cell_tab_indented": Layout(cell_lines.tab_indented),
    "cell_blank_lines": Layout(cell_lines.blank_separated, keeps_blanks=False),
    "cell_lines": Layout(cell_lines.bare, keeps_blanks=False),
    "tabs": Layout(tabs.blank_rows),
    "tabs_shifted": Layout(tabs.shifted_rows),
    "tabs_dropped": Layout(tabs.dropped_rows),
    "markdown": Layout(markdown.table),
    "markdown_row_tables": Layout(markdown.row_tables),
    "markdown_numbered_row_tables": Layout(markdown.numbered_row_tables),
    "pdf_raw": Layout(pdf_text.raw, keeps_blanks=False),
    "pdf_aligned": Layout(pdf_text.aligned, keeps_blanks=False),
    "pdf_pages": Layout(pdf_text.paged, keeps_blanks=False),
    # Not seen yet.
    "row_bars_tight": Layout(bars.tight_rows),
    "row_bars_fullwidth": Layout(bars.fullwidth_rows),
    "row_bars_repeated": Layout(bars.repeated_rows),
    "box_drawing": Layout(bars.box_drawing),
    "ascii_grid": Layout(bars.ascii_grid),
    "label_then_figures": Layout(cell_lines.label_then_figures, keeps_blanks=False, declinable=True),
    "column_major": Layout(cell_lines.column_major, keeps_blanks=False, declinable=True),
    "spaces": Layout(delimited.spaces, keeps_blanks=False),
    "single_spaces": Layout(delimited.single_spaces, keeps_blanks=False),
    "commas": Layout(delimited.commas),
    "semicolons": Layout(delimited.semicolons),
    "one_line": Layout(delimited.one_line, keeps_blanks=False, declinable=True),
    "one_line_bars": Layout(delimited.one_line_bars, declinable=True),
    "entities": Layout(delimited.entities),
    "markdown_html": Layout(markdown.html_table),
    "markdown_marked_up": Layout(markdown.marked_up),
    "markdown_paths": Layout(markdown.paths),
    "markdown_flat_header": Layout(markdown.flat_header),
    "markdown_headerless": Layout(markdown.headerless, declinable=True),
    "markdown_bullets": Layout(markdown.bullets, declinable=True),
    "prefixed_rows": Layout(prefixed.rows, declinable=True),
    "prefixed_lines": Layout(prefixed.lines, declinable=True),
}
