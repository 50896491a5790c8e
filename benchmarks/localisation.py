"""How well wrong cells are found: spoils consistent forms at random and counts what the judgement says of them.

Prints one line a kind of mistake: in how many cases the suspect is unique and right, in how many the truth is one of
the explanations listed, in how many it is missing or an innocent cell is named; and how long a judgement takes.
Run it as ``python -m benchmarks.localisation [cases]``; the seed is fixed, so that a figure can be checked.
"""

import sys
import time
from collections import Counter
from collections.abc import Callable
from random import Random

from services.validate.judge import judge
from shared.form import Cell, Form, load_form
from shared.report import Finding, Number
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


def measure(spoil: Spoil, cases: int) -> tuple[Counter[str], list[float]]:
    """Judges ``cases`` spoilt forms: the outcomes counted, and the seconds that each judgement took, ascending."""
    random = Random(SEED)
    form = load_form("2021")
    outcomes: Counter[str] = Counter()
    seconds = []
    for _ in range(cases):
        true = consistent(form, random)
        spoilt = dict(true)
        spoil(form, spoilt, random)
        truth = changes(true, spoilt)
        document = report(cells={cell.id: figure for cell, figure in spoilt.items()})
        start = time.perf_counter()
        judgement = judge(document)
        seconds.append(time.perf_counter() - start)
        outcomes[outcome([f for f in judgement.findings if f.severity == "error"], truth)] += 1
    return outcomes, sorted(seconds)


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
        "them;\nmissing: the truth is not listed; innocent: a cell that was right is named as the suspect."
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else CASES)
