"""Numbers in Chinese prose: 4件, 1,100余条, 三件, 1.2万元."""

import re
from dataclasses import dataclass

from shared.report import Number

_DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_SCALES = {"": 1, "万": 10_000, "亿": 100_000_000}

NUMBER = r"(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?|[零〇一二两三四五六七八九十百千]+"
COUNTED = "件|份|宗|起|例|条|次|项|个|篇|封"
QUANTITY = re.compile(
    rf"(?P<about>约|近|超过|超|逾|大约|不足|达到近|至少)?(?P<number>{NUMBER})(?P<more>余|多|来)?(?P<scale>[万亿])?(?P<more2>余|多)?"
    rf"(?P<unit>{COUNTED}|元)次?(?!人|以上|左右|事)"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit; ``exact`` unless the prose says about how many; from ``start`` to ``end`` in its text."""

    value: Number
    unit: str
    exact: bool
    start: int
    end: int


def quantities(text: str) -> list[Quantity]:
    """Every quantity in ``text``, in order."""
    return [quantity(found) for found in QUANTITY.finditer(text)]


def quantity(found: re.Match[str]) -> Quantity:
    """The quantity that :data:`QUANTITY` found."""
    exact = not (found["about"] or found["more"] or found["more2"])
    value = number(found["number"]) * _SCALES[found["scale"] or ""]
    return Quantity(int(value) if value % 1 == 0 else value, found["unit"], exact, found.start(), found.end())


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
