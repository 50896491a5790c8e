"""Numbers in Chinese prose: 4件, 1,100余条, 三件, 1.2万元."""

import re
from dataclasses import dataclass

from shared.report import Number

_DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_SCALES = {"": 1, "万": 10_000, "亿": 100_000_000}

_NUMBER = r"(?:\d{1,3}(?:[,，]\d{3})+(?!\d)|\d+)(?:\.\d+)?|[零〇一二两三四五六七八九十百千]+"
_UNIT = "件次|件|份|宗|起|例|条|次|项|个|篇|封|期|部|场|户|人次|批|元"
QUANTITY = re.compile(
    rf"(?P<about>约|近|超过|超|逾|大约|不足|达到近|至少|近乎)?(?P<number>{_NUMBER})(?P<more>余|多|来)?(?P<scale>[万亿])?(?P<more2>余|多)?"
    rf"(?P<unit>{_UNIT})(?P<after>左右|以上|以内|以下)?(?!事|类|名)"
)
COUNTED = frozenset({"件次", "件", "份", "宗", "起", "例", "条", "次", "项", "个", "篇", "封"})
"""Units in which applications, documents and decisions are counted; a figure in another is of something else."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, from ``start`` to ``end`` in its text; ``exact`` unless the prose says about how many.
    What it stands for lies between ``least`` and ``most``: 1.25万件 is rounded, 300余件 more than 300 and less than
    400; of what is only about so many (约280件), nothing can be said.
    """

    value: Number
    unit: str
    exact: bool
    least: Number
    most: Number
    start: int
    end: int

    def fits(self, actual: Number) -> bool:
        """Whether ``actual`` is a number that the prose may call this."""
        return self.least <= actual <= self.most

    @property
    def bounded(self) -> bool:
        """Whether it says more than about how many."""
        return self.exact or self.most > self.value


def quantities(text: str) -> list[Quantity]:
    """Every quantity in ``text``, in order."""
    return [quantity(found) for found in QUANTITY.finditer(text)]


def quantity(found: re.Match[str]) -> Quantity:
    """The quantity that :data:`QUANTITY` found."""
    scale = _SCALES[found["scale"] or ""]
    value = number(found["number"]) * scale
    whole = int(value) if value % 1 == 0 else value
    more, about = found["more"] or found["more2"], found["about"] or found["after"]
    least = most = whole
    if more and not about:
        most = whole + _next_step(found["number"]) * scale
    elif scale > 1 and found["unit"] != "元":
        # Money is stated to the digit: 1.2万元 is twelve thousand, as the table's own column in 万元 is.
        half = float(scale / 2 / 10 ** len(found["number"].partition(".")[2]))
        least, most = whole - half, whole + half
    return Quantity(whole, found["unit"], not (more or about), least, most, found.start(), found.end())


def _next_step(digits: str) -> Number:
    """By how much 余 may exceed a round number: 300余 is less than 400, 20余 less than 30."""
    value = number(digits)
    step = 1
    while value and value % (step * 10) == 0:
        step *= 10
    return step


def number(text: str) -> Number:
    """The value of digits, with or without separators, or of Chinese numerals below ten thousand."""
    if text[0].isdigit():
        plain = text.replace(",", "").replace("，", "")
        return float(plain) if "." in plain else int(plain)
    if not set(text) & set(_PLACES):
        return int("".join(str(_DIGITS[c]) for c in text))
    total, digit = 0, 0
    for c in text:
        if c in _PLACES:
            total, digit = total + (digit or 1) * _PLACES[c], 0
        else:
            digit = _DIGITS[c]
    return total + digit
