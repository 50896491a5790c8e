"""Puts headings that extraction broke, or ran together with text, on lines of their own.

Only for pages whose six headings were not all found, or stand without their numbers: a number on its own line (``二、``
then ``主动公开政府信息情况``), a heading broken over two lines, or one in a paragraph (``…日。一、总体情况2023年，…``).
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from services.parse.headings import LONGEST_HEADING, NUMERALS, Heading, words
from services.parse.label_key import label_key
from shared.blocks import Block
from shared.form import EDITIONS, load_form

_SECTIONS = 6  # of the form
_ALONE = re.compile(r"第?(?:([一二三四五六])|([1-6]))(?:部分)?\s*[、.．]?")
_NUMBERED = re.compile(r"第?([一二三四五六])(?:部分)?\s*[、.．]?\s*")
_CHANCE = 2  # headings above which their own number stands as the last figure of a table, or of a page
_PARAGRAPH = 12  # characters


def mend_headings(blocks: Sequence[Block], headings: Sequence[Heading]) -> Sequence[Block]:
    """``blocks`` with every heading in a block that it begins; the same ones where there was nothing to mend."""
    if len(headings) == _SECTIONS and not any(_follows_number(blocks, heading) for heading in headings):
        return blocks
    figures = sum(_follows_number(blocks, heading) for heading in headings) <= _CHANCE
    mended = [piece for block in _joined(blocks, figures=figures) for piece in _parted(block)]
    return mended if len(mended) != len(blocks) else blocks


def _follows_number(blocks: Sequence[Block], heading: Heading) -> bool:
    return heading.at > 0 and _number_alone(blocks[heading.at - 1].text) == heading.number


def _number_alone(text: str) -> int:
    """The number that ``text`` is and nothing else; 0 where it is none."""
    match = _ALONE.fullmatch(text.strip()) if 0 < len(text) <= _SECTIONS else None
    return _value(match) if match else 0


def _value(match: re.Match[str]) -> int:
    return NUMERALS.index(match[1]) + 1 if match[1] else int(match[2])


def _joined(blocks: Sequence[Block], *, figures: bool) -> Iterator[Block]:
    """The blocks, a number joined with its heading, and a heading's first half with its second; bare digits are
    ``figures``, or numbers of headings."""
    at = 0
    while at < len(blocks):
        block = blocks[at]
        after = blocks[at + 1].text.strip() if at + 1 < len(blocks) else ""
        bare = block.text.strip()
        if (whole := _whole(bare, after)) and not (figures and bare.isdigit()):
            yield Block(whole, *block[1:])
            at += 2
        else:
            yield block
            at += 1


def _whole(text: str, after: str) -> str:
    """The heading that two lines make, empty where they make none."""
    if not after or len(text) + len(after) > LONGEST_HEADING:
        return ""
    if number := _number_alone(text):
        if words().get(label_key(after)) != number:
            return ""
        sign = "" if text[-1] in "、.．" else "、" if len(text) == 1 else " "
        return text + sign + after
    if not (match := _NUMBERED.match(text)):
        return ""
    stem, number = label_key(text[match.end() :]), NUMERALS.index(match[1]) + 1
    known = words()
    return text + after if stem and stem not in known and known.get(stem + label_key(after)) == number else ""


def _parted(block: Block) -> Iterator[Block]:
    """The block, cut before each heading that stands inside its text."""
    text = block.text
    if len(text) < _PARAGRAPH:
        yield block
        return
    start = 0
    for match in _inside().finditer(text):
        if match.start() > start and words()[label_key(match[2])] == NUMERALS.index(match[1]) + 1:
            yield Block(text[start : match.start()], *block[1:])
            start = match.start()
    yield Block(text[start:], *block[1:]) if start else block


@cache
def _inside() -> re.Pattern[str]:
    """A heading inside a paragraph, not one of a list of the six: ``包括一、总体情况；二、…``."""
    named = {
        name
        for edition in EDITIONS
        for section in load_form(edition).sections
        for name in (section.heading, *section.aliases)
        if len(name) > 3
    }
    either = "|".join(sorted(map(re.escape, named), key=len, reverse=True))
    return re.compile(
        rf"(?<![、，,;；:：由括和及与])([一二三四五六])\s*[、.．]\s*({either})(?![;；、，,）)和及与以等两三四五六]\s*|\s*[;；])"
    )
