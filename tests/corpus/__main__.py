"""``make corpus``: renders documents in every layout, format, script and encoding, reads them with gouji and scores
what it read. Exits 1 where a figure is wrong, one that the page states was missed, or fewer figures were read of a
layout or damage than its floor allows (``floors.toml``), so that a reader cannot become safe by reading nothing."""

import argparse
import multiprocessing
import sys
import traceback
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

from tests.corpus.ancient import LAYOUTS_OF_THE_TIME, render_ancient
from tests.corpus.floors import below_floors, lower_floors
from tests.corpus.sample import damaged, undamaged
from tests.corpus.score import Score, score
from tests.corpus.spec import Spec, render
from tests.corpus.strangers import STRANGERS, misjudged

_WORKERS = 2
_FEWEST_FOR_FLOORS = 3000
"""Documents; the floors are of whole runs, and of a few pages a layout one that declines much falls below them."""


@dataclass
class Tally:
    """Sums over the documents of one layout."""

    documents: int = 0
    cells: int = 0
    wrong: int = 0
    missing: int = 0
    declined: int = 0
    stated: int = 0

    def add(self, scored: Score) -> None:
        """Counts one more document."""
        self.documents += 1
        self.cells += scored.cells
        self.wrong += len(scored.wrong)
        self.missing += len(scored.missing)
        self.declined += scored.declined
        self.stated += scored.stated

    @property
    def recall(self) -> float:
        """The share of the stated figures that were read."""
        return 1 - (self.missing + self.declined) / self.stated if self.stated else 1.0

    @property
    def row(self) -> list[str]:
        """The sums as a row of a table."""
        numbers = (self.documents, self.cells, self.wrong, self.missing, self.declined)
        return [*map(str, numbers), f"{self.recall:.4f}"]


def main() -> int:
    """Runs the corpus; returns the exit code."""
    options = _options()
    specs = [*undamaged(options.documents, options.seed), *damaged(options.damaged, options.seed)]
    specs = [spec for spec in specs if options.only in f"{spec.format} {spec.layout} {spec.damage} {spec.unseen}"]
    console = Console(width=100)
    tallies: dict[tuple[str, str], Tally] = defaultdict(Tally)
    failures = 0
    for spec, scored in track(_scores(specs), "reading", len(specs), console=Console(stderr=True)):
        tallies[_place(spec)].add(scored)
        if scored.wrong or (scored.missing and spec.damage == "none"):
            failures += 1
            _keep(
                options.failures / f"{spec.format}-{spec.layout}-{spec.damage}-{spec.unseen}-{spec.seed}", spec, scored
            )
    console.print(_drawn(tallies))
    recalls = {" ".join(place): tally.recall for place, tally in tallies.items()}
    if options.lower_floors:
        lower_floors(recalls)
    whole = not options.only and len(specs) >= _FEWEST_FOR_FLOORS
    fallen = list(below_floors(recalls)) if whole else []
    for sentence in fallen:
        console.print(f"floor: {sentence}")
    strangers = [fault for stranger in STRANGERS if (fault := misjudged(stranger))]
    strangers += [fault for layout in LAYOUTS_OF_THE_TIME for fault in score(render_ancient(1, layout)).wrong]
    for stranger in strangers:
        console.print(f"stranger: {stranger}")
    console.print(
        f"seed {options.seed}: {len(specs)} documents, {failures} with failures"
        + (f", kept in {options.failures}" if failures else "")
        + f"; {len(strangers)} pages that are no such report misjudged; {len(fallen)} layouts below their floor"
    )
    return 1 if failures or strangers or fallen else 0


def _place(spec: Spec) -> tuple[str, str]:
    """The line of the table that a document counts in."""
    if spec.damage != "none":
        return "damaged", spec.damage
    return (f"{spec.format}, unseen", spec.unseen) if spec.unseen != "none" else (spec.format, spec.layout)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.corpus", description=__doc__)
    parser.add_argument("--documents", type=int, default=2200, help="undamaged documents")
    parser.add_argument("--damaged", type=int, default=1100, help="damaged documents")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="only those whose 'format layout damage unseen' contains this")
    parser.add_argument("--failures", type=Path, default=Path("build/corpus"), help="where failing documents are kept")
    parser.add_argument(
        "--lower-floors",
        action="store_true",
        help="make floors.toml admit this run: lowers or adds floors, never raises one (review the difference)",
    )
    return parser.parse_args()


def _scores(specs: Iterable[Spec]) -> Iterator[tuple[Spec, Score]]:
    with multiprocessing.Pool(_WORKERS) as pool:
        yield from pool.imap(_score, specs, chunksize=8)


def _score(spec: Spec) -> tuple[Spec, Score]:
    try:
        return spec, score(render(spec))
    except Exception:
        return spec, Score(0, (f"crashed: {traceback.format_exc()}",))


def _keep(folder: Path, spec: Spec, scored: Score) -> None:
    """Writes a failing document, and how to make it again and what is wrong with its reading."""
    folder.mkdir(parents=True, exist_ok=True)
    rendered = render(spec)
    (folder / rendered.name).write_bytes(rendered.data)
    missing = (f"{cell} is missing, should be {rendered.truth.cells[cell].value}" for cell in scored.missing)
    lines = [str(spec), *scored.wrong, *missing]
    (folder / "faults.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _drawn(tallies: dict[tuple[str, str], Tally]) -> Table:
    table = Table(
        "format",
        "layout",
        *("documents", "cells", "wrong", "missing", "declined", "recall"),
        title="gouji on the corpus",
    )
    for (form, layout), tally in sorted(tallies.items()):
        table.add_row(form, layout, *tally.row)
    return table


if __name__ == "__main__":
    sys.exit(main())
