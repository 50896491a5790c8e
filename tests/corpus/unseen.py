"""What stands in a cell and nobody sees there: each format conceals it in its own ways."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import Literal, get_args

from tests.corpus.contents import Content, Expected
from tests.corpus.grid import Grid, PrintedCell

Unseen = Literal["none", "hidden", "struck", "raised", "covered", "shown_otherwise"]
UNSEEN_KINDS: tuple[Unseen, ...] = get_args(Unseen)
"""``hidden``: not drawn, or in the colour of its ground; ``struck`` out; ``raised`` or lowered, as the mark of a note;
``covered`` by something drawn over it; ``shown_otherwise``: the file states it in another way than it is shown."""

_SHARE = 0.2  # of the cells with figures
_ALONE = 0.3  # of those, that show nothing at all
_DECOYS = ("77", "5", "120", "9")


@dataclass(frozen=True)
class Concealment:
    """How a page conceals: the kind, and by the id of the cell what is there and not seen. Where the cell's own text
    is empty it is all there is, otherwise it stands beside that text (behind it where it is ``raised``)."""

    kind: Unseen
    decoys: Mapping[str, str]

    def applied(self, grid: Grid) -> Grid:
        """``grid`` with its cells saying what they conceal: renderers look at ``unseen`` and ``decoy`` of a cell."""
        return grid.mapped(self._concealing)

    def _concealing(self, cell: PrintedCell) -> PrintedCell:
        decoy = self.decoys.get(cell.cell, "")
        return replace(cell, unseen=self.kind, decoy=decoy) if decoy else cell


def conceal(
    contents: Mapping[str, Content], kind: Unseen, rng: Random, *, may_blank: bool, may_decline: bool
) -> tuple[dict[str, Content], Concealment]:
    """Chooses cells to conceal something in; ``contents`` as they are then seen, and what they conceal.

    ``may_blank``: some may show nothing at all; ``may_decline``: a reader may give null where something is concealed.
    """
    seen, decoys = dict(contents), dict[str, str]()
    for cell, content in contents.items():
        if kind == "none" or not content.text[-1:].isdigit() or rng.random() > _SHARE:
            continue
        decoys[cell] = rng.choice(_DECOYS) if kind != "raised" else rng.choice("123")
        if may_blank and kind in ("hidden", "struck", "covered") and rng.random() < _ALONE:
            seen[cell] = Content("", Expected(None))
        elif may_decline:
            seen[cell] = content._replace(expected=content.expected._replace(or_null=True))
    return seen, Concealment(kind, decoys)
