"""Finds the headings of reports older than the form, for the years to 2018, whose sections every office chose."""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from rapidfuzz import fuzz

from services.parse.essence import essence
from services.parse.headings import Heading
from shared.blocks import Block

_NUMERALS = "一二三四五六七八九十"
_FORMAL = re.compile(rf"(?P<numeral>[{_NUMERALS}])\s*(?P<sign>[、.．，,]?)\s*(?P<words>[^，。；]{{2,40}})")
_LONGEST_HEADING = 40
_ALIKE = 75.0


def find_formal_headings(blocks: Sequence[Block]) -> list[Heading]:
    """Headings ``一、`` ``二、`` and so on, whatever they say; without a sign behind the numeral only those that such
    reports are known to have."""
    found: list[Heading] = []
    for at, block in enumerate(blocks):
        match = _FORMAL.fullmatch(block.text.strip()) if len(block.text) <= _LONGEST_HEADING else None
        if not match or _NUMERALS.index(match["numeral"]) != len(found):
            continue
        if match["sign"] or _is_known(match["words"]):
            found.append(Heading(len(found) + 1, at, block.text.strip()))
    return found


def count_known(headings: Sequence[Heading]) -> int:
    """How many of ``headings`` are such as reports older than the form are known to have."""
    return sum(_is_known(heading.text[1:]) for heading in headings)


def _is_known(words: str) -> bool:
    stem = essence(words)
    return any(fuzz.ratio(stem, own) >= _ALIKE for own in _known())


@cache
def _known() -> tuple[str, ...]:
    text = files("shared.form").joinpath("older.toml").read_text(encoding="utf-8")
    return tuple(essence(heading) for heading in tomllib.loads(text)["headings"])
