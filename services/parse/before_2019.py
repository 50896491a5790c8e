"""Finds the headings of reports older than the form, for the years to 2018, whose sections every office chose."""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from rapidfuzz import fuzz

from services.parse.headings import Heading
from services.parse.label_key import label_key
from shared.blocks import Block

_NUMERALS = "一二三四五六七八九十"
_DIGITS = "123456789"
_FORMAL = re.compile(rf"(?P<number>[{_NUMERALS}])\s*(?P<sign>[、.．，,]?)\s*(?P<words>[^，。；]{{2,40}})")
# Elsewhere these number what stands within a section, so that such a heading must be a known one.
_OTHERS = (
    re.compile(rf"[（(](?P<number>[{_NUMERALS}])[)）](?P<sign>)\s*(?P<words>[^，。；]{{2,40}})"),
    re.compile(r"(?P<number>[1-9])[、.．](?P<sign>)\s*(?P<words>[^，。；]{2,40})"),
)
_UNNUMBERED = re.compile(rf"^[（(]?[{_NUMERALS}{_DIGITS}][)）]?")
_FEW = 4  # headings; a page with fewer may number them in another way
_LONGEST_HEADING = 40  # characters, as in headings
_LONGEST_CELL = 60  # characters; chosen: a longer text is prose
_ALIKE = 75.0  # of 100 (rapidfuzz); chosen: a word more or less


def find_formal_headings(blocks: Sequence[Block]) -> list[Heading]:
    """Headings ``一、`` ``二、`` and so on, whatever they say; without a sign behind the numeral, or numbered
    otherwise, only those that such reports are known to have."""
    found = _numbered(blocks, _FORMAL)
    if len(found) >= _FEW:
        return found
    return max(found, *(_numbered(blocks, pattern) for pattern in _OTHERS), key=len)


def _numbered(blocks: Sequence[Block], pattern: re.Pattern[str]) -> list[Heading]:
    found: list[Heading] = []
    for at, block in enumerate(blocks):
        match = pattern.fullmatch(block.text.strip()) if len(block.text) <= _LONGEST_HEADING else None
        if not match or (_NUMERALS + _DIGITS).index(match["number"]) % len(_NUMERALS) != len(found):
            continue
        if match["sign"] or _is_known(match["words"]):
            found.append(Heading(len(found) + 1, at, block.text.strip()))
    return found


def count_known(headings: Sequence[Heading]) -> int:
    """How many of ``headings`` are such as reports older than the form are known to have."""
    return sum(_is_known(_UNNUMBERED.sub("", heading.text)) for heading in headings)


def _is_known(words: str) -> bool:
    stem = label_key(words)
    return any(fuzz.ratio(stem, own) >= _ALIKE for own in _known())


@cache
def _known() -> tuple[str, ...]:
    text = files("shared.form").joinpath("older.toml").read_text(encoding="utf-8")
    return tuple(label_key(heading) for heading in tomllib.loads(text)["headings"])


def statistics(blocks: Sequence[Block]) -> set[int]:
    """The cells of the statistics that such reports append, which are no text of a section."""
    return {at for at, block in enumerate(blocks) if block.table and len(block.text) <= _LONGEST_CELL}
