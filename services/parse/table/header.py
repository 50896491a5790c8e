"""Which column is which: the header of a table, or of a group of its rows, as the page prints it."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal, NamedTuple

from services.parse.table.tokens import Token
from shared.doubt import DoubtCode
from shared.form import Row, Table

_WIDE = 0.2  # of the rows; fewer have a figure that was split, or a page number

OTHER = ""
"""The key of a column that the form does not have (占比, 小计, 备注): it has a place in every row, and no cell."""


Need = Literal["nothing", "most", "each", "none"]


class Columns(NamedTuple):
    """The columns of a row from left to right.

    ``needs`` says what must show that they are these: ``nothing`` where the header names all of them, in an order that
    is plain and the form's; that the totals of ``most`` rows hold, where it is read piece by piece; besides that
    ``each`` row's own is not wrong, where labels were lost or a column that the form does not have is blank all over;
    or what ``none`` can show, where the header contradicts them. ``doubt`` says why.

    ``exchanged`` are two whose labels may have changed places, ``times`` says how often each is printed side by side
    (empty: once).
    """

    keys: tuple[str, ...]
    needs: Need = "nothing"
    doubt: DoubtCode = DoubtCode.HEADER_UNCLEAR
    exchanged: frozenset[str] = frozenset()
    times: tuple[int, ...] = ()

    @property
    def cells(self) -> int:
        """How many cells a row has."""
        return sum(self.times) if self.times else len(self.keys)

    def give(self, cells: Sequence[Token]) -> dict[str, Token] | None:
        """The cells by column, a merged cell that the page repeats once; None where its repetitions differ."""
        given: dict[str, Token] = {}
        at = 0
        for key, times in zip(self.keys, self.times or (1,) * len(self.keys), strict=True):
            if len({cell.text for cell in cells[at : at + times]}) != 1:
                return None
            if key != OTHER:
                given[key] = cells[at]
            at += times
        return given


@dataclass
class Header:
    """A run of column labels that no figure interrupts, labels of columns that the form does not have among them."""

    labels: list[Token] = field(default_factory=list)
    known: list[Token] = field(default_factory=list)
    """Those of the form's columns."""
    group: Token | None = None
    """The label of a group of columns (法人或其他组织)."""
    grouped_at: int = -1
    """How many labels stood before that label, -1 where there is none."""
    numbers_rows: bool = False
    """Whether there is a column of running numbers."""
    trailing: list[Token] = field(default_factory=list)
    """The labels of other columns that stand above all these, right of what spans them."""

    def add(self, label: Token) -> None:
        """Takes in one more label."""
        self.labels.append(label)
        if label.key != OTHER:
            self.known.append(label)

    @property
    def others(self) -> list[Token]:
        """The labels of columns that the form does not have: words on a line with others, or each label on its own."""
        lines = [label.line for label in self.known]
        alone = len(set(lines)) == len(lines)
        named = [label for label in self.labels if label.key == OTHER and (alone or label.line in lines)]
        return list({label.text: label for label in [*named, *self.trailing]}.values())

    def names_above(self, word: Token) -> bool:
        """Whether the column that ``word`` may name has its label already, on a line above."""
        last = next((label for label in reversed(self.known) if label.key == word.column), None)
        return last is not None and last.line != word.line

    def is_repeated(self) -> bool:
        """Whether a line names all its columns, and then all of them again: tables of several bodies side by side."""
        for _, run in groupby(self.known, key=lambda label: label.line):
            keys = [label.key for label in run]
            once = len(set(keys))
            if 1 < once < len(keys) and keys == keys[:once] * (len(keys) // once):
                return True
        return False

    def headings(self) -> dict[str, str]:
        """The text of each column's label as printed."""
        return {label.key: label.text for label in reversed(self.known)}


def columns_of(header: Header, row: Row, table: Table, widths: "Widths") -> Columns:
    """The columns of ``row`` as ``header`` prints them, or the form's and why not the header's."""
    form = table.columns_of(row)
    others = header.others
    if not others:
        return _columns(header, header.known, form, table, widths)
    # What stands in a header is a column if the form's are all there, and the rows have a cell for it.
    named = {label.key for label in header.known} == set(form)
    if not named:
        return _refuted(form) if table.layout == "groups" else _columns(header, header.known, form, table, widths)
    if table.layout == "groups" or widths.reached(len(form) + len(others)):
        texts = {label.text for label in others}
        among = [label for label in header.labels if label.key != OTHER or label.text in texts]
        own = _columns(header, among, form, table, widths)
        return own._replace(keys=own.keys + (OTHER,) * len(header.trailing))
    own = _columns(header, header.known, form, table, widths)
    filled = widths.most > len(form) and own.needs in ("nothing", "most")
    return own._replace(needs="each") if filled else own


def _columns(header: Header, labels: Sequence[Token], form: Sequence[str], table: Table, widths: "Widths") -> Columns:
    printed = _order(labels, header, table)
    known = [key for key in printed or () if not key.startswith("?")]
    if printed == [] and labels:
        return _refuted(form, DoubtCode.HEADER_CONTRADICTED)
    if printed is None and len(labels) > len(header.known):
        return _refuted(form)
    if printed is None or not set(known) <= set(form):
        return _by_the_form(header, form, table)
    return _named(printed, known, header, form, table, widths)


class Widths:
    """How many figures the rows of a table have: the fullest (``most``), and most of them (``usual``)."""

    def __init__(self, counts: Counter[int]) -> None:
        self._counts = counts
        self.most = max(counts, default=0)
        self.usual = counts.most_common(1)[0][0] if counts else 0

    def reached(self, count: int) -> bool:
        """Whether as many rows have ``count`` figures as damage to a few would not explain."""
        wide = sum(times for own, times in self._counts.items() if own >= count)
        return wide >= _WIDE * self._counts.total()


def _by_the_form(header: Header, form: Sequence[str], table: Table) -> Columns:
    """The form's columns in the form's order, where nothing in the header contradicts them: its labels were lost, or
    broken over lines at different heights."""
    lines = _lines(label for label in header.known if label.key in form)
    if not all(_ordered(line, form) for line in lines):
        return _refuted(form, DoubtCode.HEADER_CONTRADICTED)
    return _the_forms(form, table, {label.key for label in header.known}.intersection(form))


def _the_forms(form: Sequence[str], table: Table, named: Collection[str]) -> Columns:
    if table.layout == "groups":
        return Columns(tuple(form))
    return Columns(tuple(form), "most" if 2 * len(named) > len(form) else "each")


def _refuted(form: Sequence[str], doubt: DoubtCode = DoubtCode.HEADER_UNCLEAR) -> Columns:
    return Columns(tuple(form), "none", doubt)


def _named(
    printed: Sequence[str], known: Sequence[str], header: Header, form: Sequence[str], table: Table, widths: Widths
) -> Columns:
    others = len(known) < len(printed)
    keys = tuple(OTHER if key.startswith("?") else key for key in printed)
    if len(known) < len(form):
        if table.layout == "matrix" and widths.most == len(printed):
            return Columns(keys, "each")
        return _the_forms(form, table, known) if _ordered(known, form) else _refuted(form)
    times = tuple(_times(header.known, key) for key in printed) if len(header.known) > len(known) else ()
    if others or (times and (max(times) < 2 or (table.layout == "matrix" and sum(times) != widths.usual))):
        times = ()
    if list(known) == list(form):
        return Columns(keys, times=times)
    needs: Need = "nothing" if table.layout == "groups" else "most"  # there rows have no totals
    return Columns(keys, needs, exchanged=_exchanged(header, known, form), times=times)


def _order(labels: Sequence[Token], header: Header, table: Table) -> list[str] | None:
    """The columns from left to right, each once, those of no key as ``?1``, ``?2``; None where that cannot be told,
    none where what is told is refuted.

    A line that has them all tells it. Else those of a group stand where the group's label stands.
    """
    names = {id(label): label.key or f"?{label.text}" for label in labels}
    keys = [names[id(label)] for label in labels]
    line_of_group = header.group.line if header.group else None
    runs = groupby(labels, key=lambda label: label.line)
    lines = [(place, [names[id(label)] for label in run]) for place, run in runs]
    if len({place for place, _ in lines}) == 1 and lines[0][0] != line_of_group:
        return list(dict.fromkeys(keys))
    for place, line in lines:
        if set(line) == set(keys) and place != line_of_group:
            return list(dict.fromkeys(line))
    form = [column.key for column in table.columns]
    if first_place(labels, form) is not None:
        return form
    inner = {column.key for column in table.columns if column.group} if header.group else set(keys)
    if 1 < len(lines) < len(keys) and _scattered([line for _, line in lines], inner):
        return None
    opened = {id(label) for label in header.labels[: max(0, header.grouped_at)]}
    outer = [(names[id(label)], id(label) in opened) for label in labels if names[id(label)] not in inner]
    before = dict.fromkeys(key for key, left in outer if left)
    after = dict.fromkeys(key for key, left in outer if not left)
    members = dict.fromkeys(key for key in keys if key in inner)
    printed = list(dict.fromkeys([*before, *members, *after]))
    decreed = header.group is None or _ordered([key for key in printed if not key.startswith("?")], form)
    told = _stand_on_two_lines(labels, inner, line_of_group) or _stand_one_below_another(labels, table)
    return printed if decreed or told else []


def first_place(labels: Sequence[Token], form: Sequence[str]) -> int | None:
    """The place of the first of ``labels`` where they stand side by side in the ``form``'s order."""
    places = {label.place: label.key for label in labels}
    if len(places) != len(form) or [places[place] for place in sorted(places)] != list(form):
        return None
    return min(places) if max(places) - min(places) + 1 == len(form) else None


def _stand_on_two_lines(labels: Sequence[Token], inner: Collection[str], group: tuple[int, int] | None) -> bool:
    """Whether the group's label stands among all labels outside the group, and those in it on one line. Over more lines
    a label's place says how far it spans down, not which column it is."""
    outside = {label.line for label in labels if label.key not in inner}
    inside = {label.line for label in labels if label.key in inner}
    return outside == {group} and len(inside) == 1 and inside != outside


def _stand_one_below_another(labels: Sequence[Token], table: Table) -> bool:
    """Whether all labels of the form stand on lines of their own, and not only the group's has changed its place: two
    lines may have been swapped."""
    keys = [label.key for label in labels]
    decreed = sorted((column for column in table.columns), key=lambda column: bool(column.group))
    alone = len({label.line for label in labels}) == len(labels) == len(table.columns)
    return alone and set(keys) == {column.key for column in decreed} and keys != [column.key for column in decreed]


def _scattered(lines: Sequence[Sequence[str]], inner: Collection[str]) -> bool:
    """Whether the labels of ``inner`` columns stand on several lines, or on one with others: they were broken over
    lines at different heights, and their sequence is not their order."""
    holding = [line for line in lines if not set(inner).isdisjoint(line)]
    return len(holding) > 1 or any(not set(inner).issuperset(line) for line in holding)


def _exchanged(header: Header, printed: Sequence[str], form: Sequence[str]) -> frozenset[str]:
    """Two columns that have changed places in a header of a label a line: two lines may have been swapped."""
    moved = [key for key, own in zip(printed, form, strict=True) if key != own]
    lines = len({label.line for label in header.known})
    beside_one_another = lines <= max(2, len(header.known) // 3)
    return frozenset(moved) if len(moved) == 2 and not beside_one_another else frozenset()


def _times(labels: Sequence[Token], key: str) -> int:
    """How often a label is repeated side by side, where a page repeats merged cells."""
    places = [label for label in labels if label.key == key]
    return max((sum(other.line == label.line for other in places) for label in places), default=0)


def _lines(labels: Iterable[Token]) -> list[list[str]]:
    return [[label.key for label in run] for _, run in groupby(labels, key=lambda label: label.line)]


def _ordered(printed: Sequence[str], form: Sequence[str]) -> bool:
    """Whether ``printed`` keeps the form's order, labels missing or not."""
    places = [list(form).index(key) for key in dict.fromkeys(printed)]
    return places == sorted(places)
