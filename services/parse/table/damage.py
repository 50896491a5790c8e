"""Signs, in the sequence of a table's rows, that lines were lost, repeated or moved."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from services.parse.table.entries import Entry, Gathered
from shared.form import Table

_MOST_ENTRIES = 300  # of a table; the form has 25 rows, and a page that repeats them ten times is no report of it


def in_order(entries: Sequence[Entry], rank: Mapping[str, int]) -> list[Entry]:
    """``entries`` without those that stand out of the form's order: there, labels may have changed places.

    None are left of a table with absurdly many, whose order would take too long to see.
    """
    kept = list(entries) if len(entries) <= _MOST_ENTRIES else []
    while any(rank[a.key] > rank[b.key] for a, b in pairwise(kept)):
        inversions = Counter[int]()
        for i, earlier in enumerate(kept):
            for j in range(i + 1, len(kept)):
                if rank[kept[j].key] < rank[earlier.key]:
                    inversions[i] += 1
                    inversions[j] += 1
        worst = max(inversions.values())
        kept = [entry for i, entry in enumerate(kept) if inversions[i] < worst]
    return kept


def is_upside_down(gathered: Gathered) -> bool:
    """Whether figures may stand before their labels: some precede the first label, none follow the last."""
    entries = gathered.entries
    return bool(gathered.orphans and entries and not entries[-1].stated)


def adrift(entries: Sequence[Entry], table: Table, rank: Mapping[str, int]) -> set[int]:
    """The rows (by id) that stand between one with too few figures and one with too many, none of them beside its
    label: what the one lacks may have wandered through all of them to the other."""
    drifting: set[int] = set()
    between: list[int] = []
    leaning = 0
    for entry in entries:
        count = len(table.columns_of(table.rows[rank[entry.key]]))
        beside = entry.near or any(figure.line in entry.lines for _, figure in entry.pairs)
        lean = 0 if beside else entry.stated + len(entry.pairs) - count
        if lean == 0:
            between.append(id(entry))
            continue
        if lean * leaning < 0:
            drifting.update(between)
        between, leaning = [], lean
    return drifting


def usual_count(entries: Sequence[Entry]) -> int:
    """How many figures mostly stand between a label and the next, where none stand beside them; 0 where it varies."""
    counts = Counter(entry.stated for entry in entries if not entry.near and entry.stated)
    count, times = next(iter(counts.most_common(1)), (0, 0))
    return count if 2 * times > counts.total() else 0


def crowded_lines(entries: Sequence[Entry]) -> set[tuple[int, int]]:
    """The lines on which several rows stand: where lines ran together, so may the figures between them."""
    return {line for line, labels in Counter(entry.label.line for entry in entries).items() if labels > 1}
