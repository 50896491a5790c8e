"""The proof: what must hold before the cells of a row are read, one rule for each way a page misleads.

A row comes here with the cells that its place or its layout gives it. Every rule says of a row why it is not to be
read, or None; a row that no rule doubts is read. Rules are asked in the order of :data:`RULES`, each of all rows before
the next, so that a later one knows what the earlier ones refused.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from services.parse.table.facts import Candidate, TableOnPage
from services.parse.table.rows import PageRow
from services.parse.table.text_cells import TEXT
from shared.doubt import Doubt, DoubtCode

_MOST_STRAYS = 3  # figures: a page number such as 第 3 页 共 9 页 has two


Rule = Callable[[TableOnPage, Candidate], Doubt | None]


def labels_together(table: TableOnPage, candidate: Candidate) -> Doubt | None:
    """Labels of two rows stand on a line with no figure between, or the label of a column behind its figures: the
    figures that follow are either's."""
    return Doubt.of(DoubtCode.LABELS_TOGETHER) if candidate.row.together else None


def order(table: TableOnPage, candidate: Candidate) -> Doubt | None:
    """A row stands out of the form's order, and not with its whole group: labels may have changed places."""
    safe = id(candidate.row) in table.in_order or id(candidate.row) in table.moved
    return None if safe else Doubt.of(DoubtCode.ROW_ORDER)


def succession(table: TableOnPage, candidate: Candidate) -> Doubt | None:
    """Figures follow the label, and what follows them is not the form's next row: a label was lost between, and they
    may be the lost row's."""
    if candidate.row.beside or table.is_followed(candidate.row):
        return None
    return Doubt.of(DoubtCode.ROW_LOST_BELOW)


def upside_down(table: TableOnPage, candidate: Candidate) -> Doubt | None:
    """Figures stand before the first label and none behind the last: each row's may be those of the one above."""
    if candidate.row.beside or not table.is_upside_down:
        return None
    return Doubt.of(DoubtCode.FIGURES_SHIFTED)


def balance(table: TableOnPage, candidate: Candidate) -> Doubt | None:
    """The row stands between one with too few figures and one with too many: what the one lacks may have wandered
    through it to the other."""
    shifted = not candidate.row.beside and id(candidate.row) in table.shifted
    return Doubt.of(DoubtCode.FIGURES_SHIFTED) if shifted else None


def swept_blanks(table: TableOnPage, candidate: Candidate) -> Doubt | None:
    """Blanks were placed by the layout, and the row ends in one: some extractors sweep blanks to the end of a row, and
    nothing on this page shows that they were not."""
    if not candidate.placed.by_layout:
        return None
    kept = table.placing.keeps_blanks(candidate.row.beside)
    last = candidate.placed.cells.get(candidate.columns.keys[-1])
    believed = kept is not None and (kept or last is None or last.states)
    return None if believed else Doubt.of(DoubtCode.BLANK_UNPLACED)


def broken_figures(table: TableOnPage, candidate: Candidate) -> Doubt | None:
    """Figures above a label that goes on over lines belong to no row: a narrow column broke label and figures alike,
    and the last digits of figures add up as the figures do."""
    row = candidate.row
    broken = table.vocabulary.table.layout == "matrix" and row.strays > _MOST_STRAYS and len(row.lines) > 1
    return Doubt.of(DoubtCode.FIGURES_SHIFTED) if broken else None


def unnamed_column(table: TableOnPage, candidate: Candidate) -> Doubt | None:
    """The page has a column that the header does not name: most rows have more figures than it names columns, or the
    row begins with a blank and a like one has more."""
    row, count = candidate.row, candidate.columns.cells
    if row.pairs or candidate.placed.by_place:
        return None
    alike = table.widths_alike(row)
    wider = sum(stated > count for stated in alike)
    if table.vocabulary.table.layout == "groups":
        unnamed = wider > 0 and not row.cells[0].states
    else:
        unnamed = 2 * wider > len(alike)
    return Doubt.of(DoubtCode.COLUMN_COUNT) if unnamed else None


def own_total(table: TableOnPage, candidate: Candidate) -> Doubt | None:
    """Something about the row is odd, so that only its own total can confirm it: where its figures begin, figures that
    belong to no row above it, a figure in the cell of its label or below those beside it, several labels on its line,
    figures below a label where other rows have them beside theirs, a running number that does not stand before its
    label and so may be among its figures."""
    row = candidate.row
    odd = candidate.placed.weak or _is_crowded(table, row) or _stands_apart(table, row)
    return Doubt.of(DoubtCode.UNPROVED) if odd and not row.pairs and not table.total(candidate) else None


def _is_crowded(table: TableOnPage, row: PageRow) -> bool:
    """Whether figures or labels that are not the row's stand so near that they may be."""
    strays = row.strays > 0 and table.vocabulary.table.layout == "matrix"
    number = row.header.numbers_rows and not row.numbered
    return strays or number or row.label.line in table.shared_lines or _runs_into(row)


def _stands_apart(table: TableOnPage, row: PageRow) -> bool:
    """Whether figures stand below a label where other rows have them beside theirs, or where some are nobody's."""
    return not row.beside and not row.enclosed and (row.strays_above or table.mostly_beside)


def displaced(table: TableOnPage, candidate: Candidate) -> Doubt | None:
    """The format's own geometry puts the columns in another order than the header tells (a merged cell spans too few),
    and the row does not agree with its own total."""
    row, keys = candidate.row, candidate.columns.keys
    if not table.is_placed(row) or row.pairs:
        return None
    places = {label.key: label.place for label in row.header.labels if label.key in keys}
    displaced = len(places) == len(keys) and sorted(places, key=places.__getitem__) != list(keys)
    return Doubt.of(DoubtCode.HEADER_CONTRADICTED) if displaced and not table.total(candidate) else None


def cut_off(table: TableOnPage, candidate: Candidate) -> Doubt | None:
    """Lines were lost behind the row, as the label that follows shows, and it does not agree with its own total: its
    last figures may be those of the row of which only they are left."""
    row = candidate.row
    if table.vocabulary.table.layout != "matrix" or not row.beside or row.pairs or table.is_placed(row):
        return None
    copied = table.vocabulary.rank.get(row.next_key, len(table.vocabulary.rank)) <= table.rank(row)
    cut = not copied and not table.is_followed(row) and table.total(candidate) is False
    return Doubt.of(DoubtCode.ROW_LOST_BELOW) if cut else None


def header(table: TableOnPage, candidate: Candidate) -> Doubt | None:
    """The header is not whole, or in another order than the form's, and the rows do not show it right by their
    totals."""
    columns = candidate.columns
    if columns.needs == "nothing" or candidate.placed.by_place or candidate.states_zeros_only:
        return None
    shown = columns.needs != "none" and table.totals_mostly_hold
    text = any(cell.key == TEXT for cell in candidate.placed.cells.values())
    contradicted = columns.needs == "each" and (text or table.total(candidate) is False)
    return None if shown and not contradicted else Doubt.of(columns.doubt)


def copies(table: TableOnPage, candidate: Candidate) -> Doubt | None:
    """The row stands more than once and does not say the same."""
    others = [other for other in table.standing if other.row.key == candidate.row.key]
    differ = any(other.texts != candidate.texts for other in others)
    return Doubt.of(DoubtCode.COPIES_DIFFER) if differ else None


def company(table: TableOnPage, candidate: Candidate) -> Doubt | None:
    """Other rows of the table had to be refused, and the row, whose figures follow its label, does not agree with its
    own total."""
    row = candidate.row
    safe = row.beside or row.pairs or not table.is_damaged or table.total(candidate) is not False
    return None if safe else Doubt.of(DoubtCode.TOTAL_CONTRADICTED)


def one_line(table: TableOnPage, candidate: Candidate) -> Doubt | None:
    """The lines of the page were all joined into one, so that a blank and a figure that came apart make a row of the
    right length; and the row does not agree with its own total, or has none while others had to be refused."""
    if not table.is_on_one_line or candidate.row.pairs or candidate.columns.cells < 2:
        return None
    holds = table.total(candidate)
    safe = holds or (holds is None and not table.is_damaged)
    return None if safe else Doubt.of(DoubtCode.UNPROVED)


def _runs_into(row: PageRow) -> bool:
    """Whether a figure stands in the cell of the label, and others beside it: it may be part of the label; or others
    below those beside the label: they may be the row's."""
    inner = row.inner if row.beside else []
    return row.below > 0 or bool(inner and inner[0].at == row.label.at != inner[-1].at)


RULES: tuple[Rule, ...] = (
    labels_together,
    order,
    succession,
    upside_down,
    balance,
    swept_blanks,
    broken_figures,
    unnamed_column,
    own_total,
    displaced,
    cut_off,
    header,
    copies,
    company,
    one_line,
)
"""All rules, in the order in which they are asked."""

_switched_off: set[str] = set()


@contextmanager
def without(*names: str) -> Iterator[None]:
    """Switches the rules called ``names`` off, to see what depends on them."""
    _switched_off.update(names)
    try:
        yield
    finally:
        _switched_off.difference_update(names)


def prove(table: TableOnPage) -> None:
    """Leaves those of ``table.standing`` that no rule doubts."""
    for rule in RULES:
        if rule.__name__ in _switched_off:
            continue
        doubts = [(candidate, rule(table, candidate)) for candidate in table.standing]
        table.refused += [(candidate.row, doubt.code) for candidate, doubt in doubts if doubt]
        table.standing = [candidate for candidate, doubt in doubts if not doubt]
