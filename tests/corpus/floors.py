"""The floors of recall: of each layout and each damage, the smallest share of the stated figures that may be read.

A floor is the least that a run of ``make corpus`` gave over the seeds of its making (101 to 104), less ``SPREAD``; it
is lowered only by hand, with a reason in the commit. A place without a floor is not held to one.
"""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

FILE = Path(__file__).parent / "floors.toml"
SPREAD = 0.02
"""Another seed draws other pages, of which a reader may decline a little more."""


def below_floors(recalls: Mapping[str, float]) -> Iterator[str]:
    """A sentence for each place (``text row_bars``, ``damaged lost_line``) of which less was read than its floor."""
    floors = _floors()
    for place, recall in recalls.items():
        if recall < floors.get(place, 0.0):
            yield f"{place}: {recall:.4f} of the figures were read, its floor is {floors[place]:.4f}"


def lower_floors(recalls: Mapping[str, float]) -> None:
    """Writes the floors that ``recalls`` does not fall below."""
    floors = _floors()
    for place, recall in recalls.items():
        floors[place] = min(floors.get(place, 1.0), max(0.0, recall - SPREAD))
    lines = (f'"{place}" = {floor:.4f}' for place, floor in sorted(floors.items()))
    FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _floors() -> dict[str, float]:
    return tomllib.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
