"""Rows that the end of a page broke in two: a label that goes on overleaf, a figure whose last digits stand there.

Rows are joined only where the upper labels fill their lines to the end, and where figures stand on both sides the upper
ones had no room for more. Digits make one figure only where other figures of the row are whole; else they stay two in
one cell, which nobody takes for one.
"""

from collections.abc import Sequence
from itertools import pairwise

from services.ingest.formats.fixed_layout.ruled import RuledCell
from services.ingest.spaces import is_figure
from shared.doubt import DoubtCode

_BREAKS_BEFORE = 2.0  # characters; signs that may not begin a line take a character with them into the next

Halves = list[tuple[RuledCell, RuledCell]]


def join_broken_rows(pages: Sequence[list[RuledCell]]) -> list[list[RuledCell]]:
    """The cells of a table by page, sides counted alike on all of them; a broken row stands whole on its first page,
    and not on the next, nor does the header that was repeated above its second half."""
    joined = [list(cells) for cells in pages]
    for above, below in pairwise(joined):
        if above and below:
            head = _repeated(joined[0], below)
            _join(above, below, head)
            if not head and (head := _without_figures(below)):
                _doubt(above, below, head)
    return joined


def _repeated(first: Sequence[RuledCell], page: Sequence[RuledCell]) -> int:
    """How many rows at the top of ``page`` repeat those of the first page."""
    header = {cell[:5] for cell in first}
    ends = sorted({cell.bottom for cell in page})
    rows = 0
    for end in ends:
        cells = [cell for cell in page if cell.top < end]
        if not all(cell[:5] in header for cell in cells) or not any(cell.text for cell in cells if cell.bottom == end):
            break
        if all(cell.bottom <= end for cell in cells):
            rows = end
    return rows


def _without_figures(page: Sequence[RuledCell]) -> int:
    """How many rows at the top of ``page`` hold no figure, of those above one that does: a header perhaps, though not
    as it stands on the first page, whose end broke that."""
    return min((cell.top for cell in page if is_figure(cell.text)), default=0)


def _join(above: list[RuledCell], below: list[RuledCell], head: int) -> None:
    """Joins the last row of ``above`` and the first of ``below`` under ``head`` repeated rows, if they are one."""
    halves = _halves(above, below, head)
    if (joint := _joint(halves)) is None:
        return
    for upper, lower in halves:
        between = joint if is_figure(upper.text) and is_figure(lower.text) else " "
        text = f"{upper.text}{between}{lower.text}".strip()
        above[above.index(upper)] = upper._replace(text=text, doubt=upper.doubt or lower.doubt)
    below[:] = [cell for cell in below if cell.top >= head and not _starts_at(cell, head)]


def _doubt(above: list[RuledCell], below: list[RuledCell], head: int) -> None:
    """Doubts the figures of the last row of ``above`` that may go on below what may be a header of ``head`` rows."""
    halves = _halves(above, below, head)
    if _joint(halves) is not None:
        for upper, lower in halves:
            if is_figure(upper.text) and lower.text:
                above[above.index(upper)] = upper._replace(doubt=DoubtCode.UNPROVED)


def _starts_at(cell: RuledCell, row: int) -> bool:
    return cell.top == row and cell.bottom == row + 1


def _halves(above: Sequence[RuledCell], below: Sequence[RuledCell], head: int) -> Halves:
    """The cells of the last row of ``above``, each with the one under it in the row below ``head`` others; none where
    something stands there that is under no cell."""
    end = max(cell.bottom for cell in above)
    uppers = {(cell.left, cell.right): cell for cell in above if cell.bottom == end}
    lowers = [cell for cell in below if _starts_at(cell, head)]
    if any(cell.text for cell in lowers if (cell.left, cell.right) not in uppers):
        return []
    return [(uppers[cell.left, cell.right], cell) for cell in lowers if (cell.left, cell.right) in uppers]


def _joint(halves: Halves) -> str | None:
    """What to put between the digits of two rows, each cell above the one below it, that are the halves of one row:
    nothing where it is sure that they make one figure. None where the rows are two."""
    both = [(upper, lower) for upper, lower in halves if upper.text and lower.text]
    figures = [(upper, lower) for upper, lower in both if is_figure(upper.text) and is_figure(lower.text)]
    labels = [pair for pair in both if pair not in figures]
    whole_above = any(is_figure(upper.text) and not lower.text for upper, lower in halves)
    whole_below = any(is_figure(lower.text) and not upper.text for upper, lower in halves)
    go_on = all(_goes_on(upper, lower.text) for upper, lower in figures)
    fill = all(upper.room < _BREAKS_BEFORE * max(upper.em, lower.em) for upper, lower in labels)
    if not both or not fill or not go_on or not (whole_above or whole_below or figures):
        return None
    if not labels and whole_below:
        return None
    return "" if whole_above and not whole_below else " "


def _goes_on(upper: RuledCell, digits: str) -> bool:
    """Whether a figure that had no room above goes on in no more digits."""
    return upper.room < upper.em and upper.text[-1].isdigit() and digits.isdigit() and len(digits) <= len(upper.text)
