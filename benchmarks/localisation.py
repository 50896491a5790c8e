"""How well wrong cells are found: spoils consistent forms at random and counts what the judgement says of them.

Prints one line a kind of mistake: in how many cases the suspect is unique and right, in how many the truth is one of
the explanations listed, in how many it is missing or an innocent cell is named; and how long a judgement takes. Then
one line a human slip, which changes more cells than the fewest that would mend the form: in how many cases the
diagnosis names it first, or among its alternatives.
Run it as ``python -m benchmarks.localisation [cases]``; the seed is fixed, so that a figure can be checked.
"""

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from random import Random

from services.validate.judge import judge
from shared.form import Cell, Form, load_form
from shared.report import Change, Finding, Judgement, Number
from tests.validate import spoiling
from tests.validate.reports import report
from tests.validate.spoiling import Figures, changes, consistent, mistype, swap

SEED = 20241231
CASES = 10_000

Spoil = Callable[[Form, Figures, Random], None]


def one_cell(form: Form, figures: Figures, random: Random) -> None:
    mistype(figures, random.choice(form.table("applications").cells()), random)


def one_cell_beside_nulls(form: Form, figures: Figures, random: Random) -> None:
    cells = random.sample(form.table("applications").cells(), 5)
    for cell in cells[1:]:
        figures[cell] = None
    mistype(figures, cells[0], random)


def one_dispute(form: Form, figures: Figures, random: Random) -> None:
    mistype(figures, random.choice(form.table("disputes").cells()), random)


def two_cells(form: Form, figures: Figures, random: Random) -> None:
    for cell in random.sample(form.table("applications").cells(), 2):
        mistype(figures, cell, random)


def swapped_in_a_row(form: Form, figures: Figures, random: Random) -> None:
    row = random.choice(form.table("applications").rows).key
    one, two = random.sample(form.table("applications").columns, 2)
    swap(figures, Cell("applications", row, one.key), Cell("applications", row, two.key))


def swapped_in_a_column(form: Form, figures: Figures, random: Random) -> None:
    column = random.choice(form.table("applications").columns).key
    one, two = random.sample(form.table("applications").rows, 2)
    swap(figures, Cell("applications", one.key, column), Cell("applications", two.key, column))


def three_cells(form: Form, figures: Figures, random: Random) -> None:
    for cell in random.sample(form.table("applications").cells(), 3):
        mistype(figures, cell, random)


def all_totals(form: Form, figures: Figures, random: Random) -> None:
    for row in form.table("applications").rows:
        mistype(figures, Cell("applications", row.key, "total"), random)


KINDS: tuple[tuple[str, Spoil, float], ...] = (
    ("one cell", one_cell, 1),
    ("one cell beside 4 nulls", one_cell_beside_nulls, 0.2),
    ("one cell of disputes", one_dispute, 0.2),
    ("two cells", two_cells, 1),
    ("two swapped in a row", swapped_in_a_row, 0.2),
    ("two swapped in a column", swapped_in_a_column, 0.2),
    ("three cells", three_cells, 0.2),
    ("all 25 totals", all_totals, 0.02),
)


SLIPS: tuple[tuple[str, Spoil], ...] = (
    ("late change", spoiling.late_change),
    ("carried out left at zero", spoiling.carried_out_left_at_zero),
    ("group left out", spoiling.group_left_out),
    ("group counted twice", spoiling.group_counted_twice),
    ("concluded row stale", spoiling.concluded_row_stale),
    ("carried in and out swapped", spoiling.carry_swapped),
    ("row moved but its total", spoiling.row_moved_without_total),
    ("row moved to its neighbour", spoiling.row_moved),
)


def outcome(findings: list[Finding], truth: dict[str, Number | None]) -> str:
    """What the findings say of a form whose spoilt cells should have the figures of ``truth``."""
    if not findings:
        return "silent"
    if any(f.suspect and truth.get(f.suspect.cell) != f.suspect.expected for f in findings):
        return "innocent"
    if all(f.suspect and len(f.explanations) == 1 for f in findings):
        return "unique"
    return "listed" if all(_lists_the_truth(f, truth) for f in findings) else "missing"


def _lists_the_truth(finding: Finding, truth: dict[str, Number | None]) -> bool:
    return any(all(truth.get(c.cell) == c.expected for c in found.changes) for found in finding.explanations)


def diagnosed(judgement: Judgement, truth: dict[str, Number | None]) -> str:
    """What the diagnoses say of a form with one slip, after which the cells of ``truth`` should have its figures."""

    def true(changes: tuple[Change, ...]) -> bool:
        return {change.cell: change.expected for change in changes} == truth

    if not judgement.diagnoses:
        return "silent" if not any(finding.severity == "error" for finding in judgement.findings) else "missing"
    if outcome(list(judgement.findings), truth) == "innocent":
        return "innocent"
    if len(judgement.diagnoses) > 1:
        return "several"
    (diagnosis,) = judgement.diagnoses
    if true(diagnosis.changes):
        return "first"
    if not diagnosis.alternatives:
        return "innocent"
    return "listed" if any(true(other.changes) for other in diagnosis.alternatives) else "missing"


def measure_slip(spoil: Spoil, cases: int) -> Counter[str]:
    """Judges ``cases`` forms with one human slip each: the outcomes counted."""
    return Counter(diagnosed(judgement, truth) for judgement, truth, _ in _judged(spoil, cases))


def measure(spoil: Spoil, cases: int) -> tuple[Counter[str], list[float]]:
    """Judges ``cases`` spoilt forms: the outcomes counted, and the seconds that each judgement took, ascending."""
    outcomes: Counter[str] = Counter()
    seconds = []
    for judgement, truth, took in _judged(spoil, cases):
        seconds.append(took)
        outcomes[outcome([f for f in judgement.findings if f.severity == "error"], truth)] += 1
    return outcomes, sorted(seconds)


def _judged(spoil: Spoil, cases: int) -> Iterator[tuple[Judgement, dict[str, Number | None], float]]:
    """``cases`` spoilt forms judged: the judgement, the truth, and the seconds it took."""
    random = Random(SEED)
    form = load_form("2021")
    for _ in range(cases):
        true = consistent(form, random)
        spoilt = dict(true)
        spoil(form, spoilt, random)
        truth = changes(true, spoilt)
        document = report(cells={cell.id: figure for cell, figure in spoilt.items()})
        start = time.perf_counter()
        judgement = judge(document)
        yield judgement, truth, time.perf_counter() - start


def main(cases: int) -> None:
    columns = ("cases", "silent", "unique", "listed", "missing", "innocent", "p50 ms", "p99 ms", "max ms")
    print(f"{'mistake':24}" + "".join(f"{column:>10}" for column in columns))
    for name, spoil, share in KINDS:
        outcomes, seconds = measure(spoil, max(1, int(cases * share)))
        counts = [len(seconds), *(outcomes[key] for key in ("silent", "unique", "listed", "missing", "innocent"))]
        times = [seconds[int(len(seconds) * share)] * 1000 for share in (0.5, 0.99)] + [seconds[-1] * 1000]
        print(f"{name:24}" + "".join(f"{c:>10}" for c in counts) + "".join(f"{t:>10.2f}" for t in times))
    print(
        "silent: no relation is broken; unique: every suspect is right; listed: several explanations, the truth among "
        "them;\nmissing: the truth is not listed; innocent: a cell that was right is named as the suspect.\n"
    )
    kinds = ("silent", "first", "listed", "missing", "several", "innocent")
    print(f"{'human slip':28}" + "".join(f"{column:>10}" for column in kinds))
    for name, spoil in SLIPS:
        counted = measure_slip(spoil, max(1, cases // 10))
        print(f"{name:28}" + "".join(f"{counted[kind]:>10}" for kind in kinds))
    print("first: the only diagnosis names the slip; listed: among its alternatives; several: more than one diagnosis.")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else CASES)
