"""Number formats: a cell's value as its format code shows it (ECMA-376, part 1, 18.8.31).

Nothing is shown by guesswork: :func:`shown` is None for what these rules do not cover (fractions, exponents, Chinese
numerals, calendars of other eras, …), and for values whose display differs between programs.
"""

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from services.ingest.formats.colours import WHITE
from services.ingest.formats.sheet.dates import date_shown

Kind = Literal["literal", "digit", "point", "comma", "percent", "slash", "text", "general", "date", "elapsed"]

_DIGITS = 15  # significant digits that a spreadsheet keeps
_GENERAL_WIDTH = 11  # characters that the format General takes at most
_MOST_PLACES = 60  # digits before or behind the point
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|_(?P<space>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|G/通用格式)|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)|(?P<text>@)"
    r"|(?P<date>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+|AM/PM|A/P|上午/下午)|(?P<slash>/)"
    r"|(?P<plain>[-+$():'~{}<>=^& ¥￥€]|[^\x00-\x7f])",
    re.DOTALL,
)
_COLOURS = {
    "black": "000000", "blue": "0000FF", "cyan": "00FFFF", "green": "00FF00", "magenta": "FF00FF", "red": "FF0000",
    "white": WHITE, "yellow": "FFFF00", "黑色": "000000", "蓝色": "0000FF", "青色": "00FFFF", "绿色": "00FF00",
    "洋红": "FF00FF", "红色": "FF0000", "白色": WHITE, "黄色": "FFFF00", "color2": WHITE, "颜色2": WHITE,
}  # fmt: skip
_COLOUR = re.compile(r"(?:color|颜色) ?\d{1,2}")
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?\d{1,15}(?:\.\d{1,10})?)")
_CURRENCY = re.compile(r"\$([^-\]]*)(?:-[0-9A-Fa-f]{1,8}(?:,\d+)?)?")


class Token(NamedTuple):
    """A piece of a format: ``text`` is a literal, a placeholder or a part of a date."""

    kind: Kind
    text: str


class Section(NamedTuple):
    """One of the formats between semicolons; ``condition`` is a comparison and its number."""

    tokens: tuple[Token, ...]
    condition: tuple[str, Decimal] | None
    colour: str | None

    def has(self, kind: Kind) -> bool:
        """Whether a token of ``kind`` is in it."""
        return any(token.kind == kind for token in self.tokens)


class Shown(NamedTuple):
    """What a cell shows, the colour that the format gives it (``RRGGBB``), and whether that is a date."""

    text: str
    colour: str | None = None
    is_date: bool = False


def shown(code: str, value: Decimal, *, from_1904: bool = False) -> Shown | None:
    """A number as ``code`` shows it; dates count from 1904 where the workbook says so."""
    sections = parse(code)
    if sections is None:
        return None
    numeric = [section for at, section in enumerate(sections) if not _is_for_text(sections, at)]
    if not numeric:  # a format of text alone shows numbers as General does
        return _in_section(sections[0], value, from_1904)
    section = _chosen(numeric, value)
    if section is None:
        return None
    if len(numeric) > 1 and section is not numeric[0] and section.condition is None:
        value = abs(value)
    return _in_section(section, value, from_1904)


def text_shown(code: str, text: str) -> Shown | None:
    """A text as ``code`` shows it."""
    sections = parse(code)
    if sections is None:
        return None
    own = [section for at, section in enumerate(sections) if _is_for_text(sections, at)]
    if not own:
        return Shown(text)
    tokens = own[0].tokens
    if not all(token.kind in ("literal", "text", "general") for token in tokens):
        return None
    return Shown("".join(token.text if token.kind == "literal" else text for token in tokens), own[0].colour)


@lru_cache(maxsize=500)
def parse(code: str) -> tuple[Section, ...] | None:
    """The sections of a format code; None where it is not understood."""
    sections = [_section(part) for part in _split(code or "General")]
    if len(sections) > 4 or None in sections:
        return None
    return tuple(section for section in sections if section is not None)


def _split(code: str) -> list[str]:
    """``code`` at the semicolons that are no literals."""
    parts = [""]
    for piece in re.findall(r'"[^"]*"|[\\!_*].|\[[^\]]*\]|.', code, re.DOTALL):
        if piece == ";":
            parts.append("")
        else:
            parts[-1] += piece
    return parts


def _section(code: str) -> Section | None:
    tokens: list[Token] = []
    condition, colour, at = None, None, 0
    while at < len(code):
        match = _TOKEN.match(code, at)
        if match is None:
            return None
        at = match.end()
        kind, text = match.lastgroup or "", match[match.lastgroup or 0]
        if found := _CONDITION.fullmatch(text) if kind == "bracket" else None:
            condition = found[1], Decimal(found[2])
        elif kind == "bracket" and text.lower() in _COLOURS:
            colour = _COLOURS[text.lower()]
        elif (token := _token(kind, text)) is not None:
            tokens.append(token)
        else:
            return None
    return Section(tuple(tokens), condition, colour)


def _token(kind: str, text: str) -> Token | None:
    match kind:
        case "quoted" | "escaped" | "plain":
            return Token("literal", text)
        case "space":
            return Token("literal", " ")
        case "fill":  # repeated as often as there is room for
            return None if text.isdigit() else Token("literal", "")
        case "digit" | "point" | "comma" | "percent" | "slash" | "text" | "general" | "date":
            return Token(kind, text)
        case _:
            return _bracketed(text)


def _bracketed(text: str) -> Token | None:
    """What brackets add: the sign of a currency, hours beyond a day, or (a colour) nothing to read."""
    if _COLOUR.fullmatch(text.lower()):
        return Token("literal", "")
    if match := _CURRENCY.fullmatch(text):
        return Token("literal", match[1])
    return Token("elapsed", text) if re.fullmatch("h+|m+|s+", text.lower()) else None


def _is_for_text(sections: Sequence[Section], at: int) -> bool:
    """Whether a section is for texts: the fourth, or the last where it has an ``@``."""
    return at == 3 or (at == len(sections) - 1 and sections[at].has("text"))


def _chosen(sections: Sequence[Section], value: Decimal) -> Section | None:
    """The section that a number is shown by; None where programs differ."""
    if any(section.condition for section in sections):
        return _by_condition(sections, value)
    if value < 0 and len(sections) > 1:
        # What an empty section does to negative numbers where it is the last is told in two ways.
        return None if len(sections) == 2 and not sections[1].tokens else sections[1]
    return sections[2] if value == 0 and len(sections) > 2 else sections[0]


def _by_condition(sections: Sequence[Section], value: Decimal) -> Section | None:
    if value < 0:  # whether the sign is shown depends on the condition, and on the program
        return None
    for at, section in enumerate(sections[:2]):
        if section.condition and _holds(section.condition, value):
            return section
        if section.condition is None and at == len(sections) - 1:
            return section
        if section.condition is None and at == 0:
            return None
    return sections[2] if len(sections) > 2 and sections[2].condition is None else None


def _holds(condition: tuple[str, Decimal], value: Decimal) -> bool:
    sign, limit = condition
    order = (value > limit) - (value < limit)
    return order in {"<": (-1,), "<=": (-1, 0), ">": (1,), ">=": (0, 1), "=": (0,), "<>": (-1, 1)}[sign]


def _in_section(section: Section, value: Decimal, from_1904: bool) -> Shown | None:
    if section.has("date") or section.has("elapsed"):
        text = (
            None
            if section.has("digit")
            else date_shown([(token.kind, token.text) for token in section.tokens], value, from_1904)
        )
    elif section.has("digit"):
        text = None if section.has("slash") else _placed(section.tokens, value)
    elif section.has("general") or section.has("text"):
        plain = general(abs(value))
        filled = [token.text if token.kind == "literal" else plain for token in section.tokens]
        text = None if plain is None else ("-" if value < 0 else "") + "".join(each or "" for each in filled)
    else:
        text = "".join("%" if token.kind == "percent" else token.text for token in section.tokens)
    return None if text is None else Shown(text, section.colour, section.has("date"))


def general(value: Decimal) -> str | None:
    """A number as the format General shows it; None for those shown with an exponent."""
    if value == value.to_integral_value():
        text = str(int(value))
        return text if len(text.lstrip("-")) <= _GENERAL_WIDTH else None
    whole = len(str(abs(int(value))))
    places = _GENERAL_WIDTH - 1 - whole
    if places < 1 or abs(value) < Decimal("0.0001"):
        return None
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return format(rounded, "f").rstrip("0").rstrip(".")


def exact(value: float) -> Decimal:
    """A number with the digits that a spreadsheet keeps: 1.2000000000000002 is 1.2."""
    return Decimal(format(value, f".{_DIGITS}g"))


def _placed(tokens: Sequence[Token], value: Decimal) -> str | None:
    """A number with its digits in the places that a section has for them."""
    whole, rest = _halves(tokens)
    places = sum(token.kind == "digit" for token in rest)
    if max(places, len(whole)) > _MOST_PLACES:
        return None
    scale = _scaling(rest if places else whole)
    scaled = value * 100 ** sum(token.kind == "percent" for token in tokens) / Decimal(1000) ** scale
    if abs(scaled) >= Decimal(10) ** _DIGITS:
        return None
    rounded = abs(scaled).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    if value < 0 and rounded == 0:
        return None
    digits, _, decimals = format(rounded, "f").partition(".")
    text = _whole(whole, digits.lstrip("0")) + _decimals(rest, decimals)
    return f"-{text}" if value < 0 else text


def _halves(tokens: Sequence[Token]) -> tuple[list[Token], list[Token]]:
    """The tokens before the decimal point, and it with those behind it."""
    at = next((at for at, token in enumerate(tokens) if token.kind == "point"), len(tokens))
    return list(tokens[:at]), list(tokens[at:])


def _scaling(tokens: Sequence[Token]) -> int:
    """How many commas follow the last digit: each divides by a thousand."""
    commas = 0
    for token in reversed(tokens):
        if token.kind == "digit":
            return commas
        commas = commas + 1 if token.kind == "comma" else 0
    return 0


def _whole(tokens: Sequence[Token], digits: str) -> str:
    """The places before the point, filled from the right; the first takes all digits that are left."""
    last = max((at for at, token in enumerate(tokens) if token.kind == "digit"), default=-1)
    grouped = any(token.kind == "comma" for token in tokens[:last])
    text, taken = "", 0
    first = next((at for at, token in enumerate(tokens) if token.kind == "digit"), -1)
    for at in range(len(tokens) - 1, -1, -1):
        token = tokens[at]
        if token.kind != "digit":
            text = {"comma": "", "percent": "%"}.get(token.kind, token.text) + text
            continue
        left = len(digits) - taken
        for _ in range(max(1, left) if at == first else 1):
            digit = digits[len(digits) - taken - 1] if taken < len(digits) else {"0": "0", "?": " "}.get(token.text, "")
            separator = "," if grouped and digit and digit != " " and taken and taken % 3 == 0 else ""
            text, taken = digit + separator + text, taken + 1
    return text if first >= 0 else digits + text


def _decimals(tokens: Sequence[Token], digits: str) -> str:
    """The point and the places behind it: zeros at the end are not shown where a place does not ask for them."""
    kept = len(digits.rstrip("0"))
    text, place = "", 0
    for token in tokens:
        if token.kind != "digit":
            text += {"comma": "", "percent": "%"}.get(token.kind, token.text)
            continue
        text += digits[place] if token.text == "0" or place < kept else {"?": " "}.get(token.text, "")
        place += 1
    return text
