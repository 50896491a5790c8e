"""How the letters of a rich text file look, and its tables of fonts and colours."""

from dataclasses import dataclass, field
from typing import NamedTuple

from services.ingest.formats.colours import WHITE, contrast
from services.ingest.formats.runs import Run
from services.ingest.formats.symbols import is_symbols
from shared.doubt import DoubtCode

# Code pages by the character set of a font; 2 is for symbols.
_PAGES = {128: "cp932", 129: "cp949", 134: "gb18030", 136: "big5", 204: "cp1251", 161: "cp1253", 0: "", 1: ""}
_SYMBOLS = 2
_CODE_PAGES = {936: "gb18030", 54936: "gb18030", 950: "big5", 65001: "utf-8", 10008: "gb18030"}
# Half points, per cent of a letter's width, and twentieths of a point by which letters are moved together.
_INVISIBLE_SIZE, _ILLEGIBLE_SIZE = 4, 8
_NARROW = 10
_CONDENSED = -60


class Letters(NamedTuple):
    """The properties of letters; ``colour`` and ``ground`` are numbers in the table of colours."""

    font: int = 0
    size: int = 24
    struck: bool = False
    hidden: bool = False
    deleted: bool = False
    web_hidden: bool = False
    raised: bool = False
    lifted: bool = False
    colour: int = 0
    ground: int = 0
    width: int = 100
    spacing: int = 0

    def with_(self, name: str, setting: int) -> "Letters":
        """These letters with one property set."""
        return self._replace(**{name: setting})  # type: ignore[arg-type]


SWITCHES = {
    "strike": "struck", "striked": "struck", "v": "hidden", "deleted": "deleted", "webhidden": "web_hidden",
    "super": "raised", "sub": "raised", "up": "lifted", "dn": "lifted",
}  # fmt: skip
"""Control words that switch a property on, or off with the number 0."""

NUMBERS = {
    "f": "font", "fs": "size", "cf": "colour", "cb": "ground", "highlight": "ground", "chcbpat": "ground",
    "charscalex": "width", "expndtw": "spacing",
}  # fmt: skip
"""Control words whose number is a property."""


@dataclass
class Tables:
    """Fonts by number (character set, name) and colours (``RRGGBB``; None for the automatic one)."""

    fonts: dict[int, tuple[int, str]] = field(default_factory=dict)
    colours: list[str | None] = field(default_factory=list)
    code_page: str = "cp1252"

    def encoding(self, font: int) -> str:
        """How bytes are to be read in a font."""
        charset, _ = self.fonts.get(font, (0, ""))
        return _PAGES.get(charset, "") or self.code_page

    def set_code_page(self, number: int) -> None:
        """Takes the code page of the file."""
        self.code_page = _CODE_PAGES.get(number, f"cp{number}" if 0 < number < 60_000 else "cp1252")

    def colour(self, number: int) -> str | None:
        """A colour by its number; None for the automatic one."""
        return self.colours[number] if 0 <= number < len(self.colours) else None

    def run(self, text: str, letters: Letters, around: str = WHITE) -> Run:
        """A stretch of text in ``letters``, in a cell or page of the colour ``around``."""
        charset, name = self.fonts.get(letters.font, (0, ""))
        colour, ground = self.colour(letters.colour), self.colour(letters.ground) or around
        drawn = True if colour is None else contrast(colour, ground)
        legible = letters.size > _INVISIBLE_SIZE and letters.width > _NARROW
        seen = not (letters.struck or letters.hidden or letters.deleted) and bool(drawn) and legible
        doubts = {
            DoubtCode.HIDDEN_TEXT: isinstance(drawn, DoubtCode)
            or letters.size <= _ILLEGIBLE_SIZE
            or letters.web_hidden,
            DoubtCode.OVERLAPPING_TEXT: letters.spacing <= _CONDENSED,
            DoubtCode.SYMBOL_FONT: charset == _SYMBOLS or is_symbols(name),
        }
        doubt = next((code for code, arises in doubts.items() if arises), None)
        return Run(text, seen, letters.raised or letters.lifted, doubt)
