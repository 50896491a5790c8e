"""Rates in the prose: how many of the applications were concluded, and what share of them a stated figure is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from services.validate.narrative.quantities import quantities
from shared.report import Number

_PERCENT = r"(?P<percent>\d{1,3}(?:\.\d+)?)[%％]"
# 按时办结率 is about time limits, which the tables do not know.
_CONCLUDED = re.compile(
    rf"(?<![按限][时期])(?<!及时)(?<!期内)(?<!时限)办结率(?:均|已)?(?:为|是|达到?|保持在?)?(?:了)?{_PERCENT}"
)
_SHARE = re.compile(
    rf"^[，,、（(]?(?:约)?占(?:申请)?(?:总数|总量|总|全部)?(?:申请)?(?:量|数)?(?:比)?(?:的|例)?(?:为|达)?{_PERCENT}"
)


@dataclass(frozen=True, slots=True)
class Rate:
    """A percentage as the prose gives it, with so many ``decimals``; ``part`` is the figure it is a share of, None for
    the rate of concluded applications."""

    percent: Number
    decimals: int
    part: Number | None
    start: int
    end: int

    def fits(self, part: Number, whole: Number) -> bool:
        """Whether the percentage is that of ``part`` in ``whole``, rounded or cut off."""
        exact = 100 * part / whole
        return bool(abs(self.percent - exact) < 10**-self.decimals)


def rates(text: str) -> Iterator[Rate]:
    """The rates in a sentence that can be checked."""
    for found in _CONCLUDED.finditer(text):
        yield _rate(found, None, 0)
    for quantity in quantities(text):
        if quantity.exact and (share := _SHARE.match(text[quantity.end :])):
            yield _rate(share, quantity.value, quantity.end)


def _rate(found: re.Match[str], part: Number | None, offset: int) -> Rate:
    percent = found["percent"]
    decimals = len(percent.partition(".")[2])
    return Rate(float(percent), decimals, part, offset + found.start(), offset + found.end())
