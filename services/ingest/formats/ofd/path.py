"""What is drawn: abbreviated path data (GB/T 33190-2016 section 9.1) as outlines."""

import re
from collections.abc import Iterator
from itertools import islice

from services.ingest.formats.fixed_layout.page import Point
from services.ingest.formats.ofd.values import Matrix, numbers

_STEP = re.compile(r"([A-Za-z])([^A-Za-z]*)")
_POINTS = {"M": 1, "S": 1, "L": 1, "Q": 2, "B": 3}
"""How many points each operator is followed by."""

_ARC = 7  # numbers: two radii, an angle, two flags and the point where it ends
_MOST_STEPS = 20_000  # of a path; a longer one is a drawing


def outlines(data: str | None, matrix: Matrix) -> Iterator[list[Point]]:
    """The outlines that path data describe, each a list of points; a curve counts as the straight lines between what
    defines it, an arc as its chord."""
    outline: list[Point] = []
    for operator, operands in islice(_STEP.findall(data or ""), _MOST_STEPS):
        if operator in "MS" and outline:
            yield outline
            outline = []
        if operator in "CZz" and outline:
            outline.append(outline[0])
            continue
        values = numbers(operands)
        if operator == "A":
            values = values[_ARC - 2 : _ARC]
        wanted = 2 * _POINTS.get(operator, 1)
        if len(values) >= wanted:
            outline += [matrix.point(values[at], values[at + 1]) for at in range(0, wanted, 2)]
    if outline:
        yield outline
