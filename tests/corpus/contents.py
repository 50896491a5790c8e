"""Prints a figure as the content of a cell, and says what a reader may make of it."""

from random import Random
from typing import Literal, NamedTuple, get_args

from shared.report import Number

ContentStyle = Literal[
    "plain", "padded", "fullwidth", "thousands", "noted", "units", "marks", "blanks", "worded", "hidden"
]
CONTENT_STYLES: tuple[ContentStyle, ...] = get_args(ContentStyle)
"""``plain`` digits; ``padded`` with spaces; ``marks``: some zeros as ``/``, ``—`` or ``无``; ``blanks``: some cells
left empty; ``worded``: changes as ``减4``, a few figures in Chinese numerals; ``hidden``: characters of no width beside
the digits; the others as they are called."""

NUMERALS = "一二三四五六七八九十"


class Expected(NamedTuple):
    """What may be read from a cell: ``value`` (None: the page states no figure), or null where ``or_null``."""

    value: Number | None
    or_null: bool = False

    def admits(self, read: Number | None) -> bool:
        """Whether ``read`` is not wrong."""
        return (read is None and (self.or_null or self.value is None)) or (read is not None and read == self.value)


class Content(NamedTuple):
    """The text of a cell and what may be read from it."""

    text: str
    expected: Expected


def print_figure(figure: Number, style: ContentStyle, rng: Random, *, unit: str = "", signed: bool = False) -> Content:
    """``figure`` as cell content in ``style``. ``unit`` is 万元 for an amount, ``signed`` marks a column of changes."""
    if signed:
        return Content(_change(figure, style, rng), Expected(figure))
    if style == "blanks" and rng.random() < 0.12:
        return Content("", Expected(None))
    if style == "marks" and figure == 0 and rng.random() < 0.5:
        return Content(rng.choice(["/", "—", "无", "-", "／", "——"]), Expected(0, or_null=True))
    if style == "worded" and 1 <= figure <= 10 and isinstance(figure, int):
        return Content(NUMERALS[figure - 1] + rng.choice(["", "件"]), Expected(figure, or_null=True))
    if style == "units" and unit:
        return _amount(figure, rng)
    return Content(_digits(figure, style, rng), Expected(figure))


def _digits(figure: Number, style: ContentStyle, rng: Random) -> str:
    text = str(figure)
    match style:
        case "padded":
            return rng.choice([" {}", "{} ", "　{}", "　　 {}", " {}", "{}"]).format(text)
        case "fullwidth":
            return text.translate(str.maketrans("0123456789.", "０１２３４５６７８９．"))
        case "hidden":
            return rng.choice(["\u200b{}", "{}\u200b", "\ufeff{}", "{}\u2060", "{}"]).format(text)
        case "thousands":
            return f"{figure:,}"
        case "noted" if figure > 2 and rng.random() < 0.2:
            note = rng.choice(["（其中修订{}件）", "(含上年{}件)", "（注：其中{}件为部门）"]).format(
                rng.randint(1, int(figure))
            )
            return text + note
        case "units":
            return text + rng.choice(["件", "", " 件", "次"])
        case _:
            return text


def _amount(figure: Number, rng: Random) -> Content:
    """An amount in 万元 with its unit: as such, or in 元 where that is a whole number."""
    yuan = round(figure * 10_000)
    if yuan and rng.random() < 0.4:
        return Content(f"{yuan}元", Expected(figure, or_null=True))
    return Content(f"{figure}{rng.choice(['万元', ' 万元'])}", Expected(figure))


def _change(figure: Number, style: ContentStyle, rng: Random) -> str:
    """A change on last year, signed or worded."""
    size = str(abs(figure))
    if figure == 0:
        return size
    if style == "worded":
        return rng.choice(["增{}", "增加{}"] if figure > 0 else ["减{}", "减少{}"]).format(size)
    return rng.choice(["+{}", "{}"] if figure > 0 else ["-{}", "－{}", "−{}"]).format(size)
