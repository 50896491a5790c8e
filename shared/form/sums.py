"""Sums of figures: the one way to add them up, and to say that two are the same."""

from collections.abc import Iterable

_TOLERANCE = 5e-7
"""Figures are whole numbers, or 万元 down to a hundredth of a yuan, which is 1e-6: half of that is no difference, and
far more than the noise of adding thirty floats."""


def total(figures: Iterable[int | float | None]) -> int | float | None:
    """The sum of ``figures``; None where one of them is not known, for then nothing can be said of it."""
    try:
        return sum(figures)  # type: ignore[arg-type]
    except TypeError:  # a None among them; to look for it first would cost as much again
        return None


def agree(one: int | float, other: int | float) -> bool:
    """Whether two figures, or sums of figures, are the same but for the noise of adding decimals up."""
    return abs(one - other) < _TOLERANCE
