"""How a cell of a workbook looks: its font on its ground, and its value in its number format."""

import re
from decimal import Decimal
from typing import NamedTuple

from services.ingest.formats.colours import WHITE, contrast
from services.ingest.formats.runs import Run, Said, said
from services.ingest.formats.sheet.number_format import Shown, exact, shown, text_shown
from services.ingest.formats.symbols import is_symbols
from shared.doubt import DoubtCode

Value = float | str | bool

_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_INVISIBLE_SIZE = 2  # points; letters as high are dots
_ILLEGIBLE_SIZE = 4  # chosen: in between a person may or may not read it, and the cell is null
_SPARE = 0.5  # characters by which a number may be wider than its column and still be shown


class Font(NamedTuple):
    """Letters: struck out or not, raised or lowered, their colour (None: whatever is seen on the ground), size."""

    struck: bool = False
    raised: bool = False
    colour: str | None = None
    size: float = 11
    name: str = ""


class Format(NamedTuple):
    """What the format of a cell says; ``ground`` is the colour behind its letters, ``repeats`` that they are repeated
    over its width, ``shrinks`` that they are made to fit it."""

    font: Font = Font()
    ground: str = WHITE
    code: str = "General"
    repeats: bool = False
    shrinks: bool = False


def run(text: str, font: Font, ground: str, colour: str | None = None) -> Run:
    """A stretch of text in ``font``; a ``colour`` of the number format counts before the font's."""
    colour = colour or font.colour
    drawn = True if colour is None else contrast(colour, ground)
    doubt = drawn if isinstance(drawn, DoubtCode) else None
    if font.size <= _ILLEGIBLE_SIZE:
        doubt = DoubtCode.HIDDEN_TEXT
    if is_symbols(font.name):
        doubt = DoubtCode.SYMBOL_FONT
    return Run(text, not font.struck and bool(drawn) and font.size > _INVISIBLE_SIZE, font.raised, doubt)


def number_said(value: float, look: Format, *, width: float | None = None, from_1904: bool = False) -> Said:
    """A number as its cell shows it. ``width`` is that of the column in characters: numbers that are wider are shown
    as ``####``."""
    number = exact(value)
    display = shown(look.code, number, from_1904=from_1904)
    if display is None:
        return Said(_plainly(number), DoubtCode.NUMBER_FORMAT)
    text, doubt = said([run(display.text.strip(), look.font, look.ground, display.colour)])
    if not text:
        return Said("")
    wide = len(text) * min(1.0, look.font.size / Font().size)
    if look.repeats or (width is not None and not look.shrinks and wide > width + _SPARE):
        doubt = doubt or DoubtCode.NUMBER_FORMAT
    return Said(text if display.is_date else with_exact(text, number), doubt)


def with_exact(text: str, number: Decimal) -> str:
    """What a cell shows of a number; where that is not the number itself, with it behind it in brackets."""
    return text if _is(text, number) else f"{text}（实际值{_plainly(number)}）"


def text_said(runs: list[Run], look: Format) -> Said:
    """The runs of a text as its cell shows them."""
    text, doubt = said(runs)
    display: Shown | None = text_shown(look.code, text)
    if display is None:
        return Said(text, DoubtCode.NUMBER_FORMAT)
    return Said(" ".join(display.text.split()), doubt or (DoubtCode.NUMBER_FORMAT if look.repeats and text else None))


def _is(text: str, number: Decimal) -> bool:
    """Whether a text shows a number and none but it."""
    figures = _FIGURE.findall(text.replace(",", ""))
    return len(figures) == 1 and Decimal(figures[0]) == abs(number)


def _plainly(number: Decimal) -> str:
    return format(number.normalize(), "f") if abs(number.adjusted()) < 20 else str(number)
