"""Tells whether a text is the heading of one of the six sections."""

import re
from functools import cache
from typing import NamedTuple

from rapidfuzz import fuzz

from services.parse.label_key import label_key
from services.parse.memo import Memo
from shared.form import EDITIONS, load_form

NUMERALS = "一二三四五六七八九十"
LONGEST_HEADING = 40  # characters

_ORDINAL = re.compile(rf"\s*(?:第?([{NUMERALS}])(?:部分)?\s*[、.．,，:：\s]?|([1-6])\s*[、.．])\s*")
# Ordinals that elsewhere number what stands within a section: （一）总体情况, ① 总体情况, 1 总体情况.
_ANY_ORDINAL = re.compile(
    r"\s*[（(]?(?:第?(?P<numeral>[一二三四五六])[部分章节]*|0?(?P<digit>[1-6])|(?P<roman>[ⅠⅡⅢⅣⅤⅥ])|(?P<ringed>[①②③④⑤⑥]))[)）]?"
    r"\s*[、.．,，:：\s]*"
)
_IN_CONTENTS = re.compile(r"[….·]{2,}\s*[0-9]+$")
_SHORTEST_UNNUMBERED = 8  # characters; a shorter heading of other words than the decree's is one only behind 一、
_ALIKE = 68.0  # of 100 (rapidfuzz), behind the right number; chosen: two thirds of it are right
_ALIKE_UNNUMBERED = 90.0  # the same, where no number speaks for it
_LONGEST_WITH_KEYWORD = 30  # characters; chosen: a longer text that has the word is a sentence
_BEFORE = re.compile(
    r"^(?:20[0-9]{2}年?度?)?(?:本机关|本单位|[本我全][省市县区镇乡街道局委]+)?(?:政府信息公开|政务公开|信息公开)?(?:工作)?中?的?"
)
_APART = " 　。：:.\n"
# How the text begins that follows its heading on the line without a sign between: 一、总体情况2023年,…
_BEGINNING = re.compile(r"20[0-9]{2}|[无暂没未本我根按为]|一年来|近年|[（(][一1无][)）]|一是")


class Heading(NamedTuple):
    """A heading: its number, the block it stands in, its text as published, and what follows it in the same block."""

    number: int
    at: int
    text: str
    rest: str = ""


def read_heading(text: str) -> Heading | None:
    """The heading that ``text`` (longer than three characters) is or begins with."""
    return _SHORT[text] if len(text) <= LONGEST_HEADING else _long(text)


def read_heading_of_any_ordinal(text: str) -> Heading | None:
    """The heading that ``text`` is, behind an ordinal that only a page without better headings numbers them by."""
    ordinal = _ANY_ORDINAL.match(text) if 4 <= len(text) <= LONGEST_HEADING else None
    if not ordinal or _IN_CONTENTS.search(text):
        return None
    number = _number_of_any_kind(ordinal)
    stem = label_key(text[ordinal.end() :])
    alike = words().get(stem) == number or _alike(text, stem, number, _ALIKE_UNNUMBERED)
    return Heading(number, 0, text.strip()) if alike else None


def is_decreed(text: str) -> bool:
    """Whether a heading is worded as a decree words it."""
    ordinal = _ANY_ORDINAL.match(text)
    return label_key(text[ordinal.end() :] if ordinal else text) in _decreed()


@cache
def words() -> dict[str, int]:
    """The label key of every heading of every edition, and its number."""
    return {
        label_key(heading): section.number
        for edition in EDITIONS
        for section in load_form(edition).sections
        for heading in (section.heading, *section.aliases)
    }


@cache
def _decreed() -> frozenset[str]:
    """The label key of the headings as the decrees word them."""
    return frozenset(label_key(section.heading) for edition in EDITIONS for section in load_form(edition).sections)


@cache
def _stems() -> tuple[tuple[str, int], ...]:
    return tuple(words().items())


@cache
def _keywords() -> dict[int, tuple[str, ...]]:
    keywords: dict[int, tuple[str, ...]] = {}
    for edition in EDITIONS:
        for section in load_form(edition).sections:
            keywords[section.number] = tuple(dict.fromkeys((*keywords.get(section.number, ()), *section.keywords)))
    return keywords


def _long(text: str) -> Heading | None:
    return _run_in(text, ordinal) if (ordinal := _ORDINAL.match(text)) else None


def _read_short(text: str) -> Heading | None:
    if "*" in text:
        text = text.replace("**", "").strip() or text
    if (text[0].isdigit() and not text[:2].endswith((".", "、", "．"))) or _IN_CONTENTS.search(text):
        return None
    ordinal = _ORDINAL.match(text)
    stem = label_key(text[ordinal.end() :] if ordinal else text)
    formal = ordinal is not None and ordinal[1] is not None
    if (number := words().get(stem)) is not None and (
        formal or len(stem) >= _SHORTEST_UNNUMBERED or stem in _decreed()
    ):
        return Heading(number, 0, text.strip())
    if not ordinal and (text[-1] in "。；，！" or text[0] in "（("):
        return None
    if not ordinal:
        return _alike(text, stem, 0, _ALIKE_UNNUMBERED)
    number = _number(ordinal)
    return (
        _run_in(text, ordinal) or _alike(text, stem, number, _ALIKE) or (_told(text, stem, number) if formal else None)
    )


_SHORT = Memo(_read_short, LONGEST_HEADING)


def _number(ordinal: re.Match[str]) -> int:
    return NUMERALS.index(ordinal[1]) + 1 if ordinal[1] else int(ordinal[2])


def _number_of_any_kind(ordinal: re.Match[str]) -> int:
    for kind, numerals in (("numeral", NUMERALS), ("roman", "ⅠⅡⅢⅣⅤⅥ"), ("ringed", "①②③④⑤⑥"), ("digit", "123456")):
        if ordinal[kind]:
            return numerals.index(ordinal[kind]) + 1
    raise ValueError(ordinal[0])


def _alike(text: str, stem: str, number: int, threshold: float) -> Heading | None:
    """A heading that differs by some words; where numbered, of that number."""
    if len(stem) < 4:
        return None
    own_words = [(word, own) for word, own in _stems() if own == number or (not number and word in _decreed())]
    best = max(((fuzz.ratio(stem, word), own) for word, own in own_words), default=(0.0, 0))
    return Heading(best[1], 0, text.strip()) if best[0] >= threshold else None


def _told(text: str, stem: str, number: int) -> Heading | None:
    """A heading in words of its own, of which one tells together with its number: ``五、问题与改进``."""
    if len(stem) > _LONGEST_WITH_KEYWORD or text[-1] in "。；，！":
        return None
    plain = words().get(_BEFORE.sub("", stem)) == number
    has_keyword = any(word in stem for word in _keywords().get(number, ()))
    return Heading(number, 0, text.strip()) if plain or has_keyword else None


def _run_in(text: str, ordinal: re.Match[str]) -> Heading | None:
    """A heading that its text follows on the same line: ``六、其他需要报告的事项：无``."""
    number = _number(ordinal)
    beginning = label_key(text[ordinal.end() : ordinal.end() + 2 * LONGEST_HEADING])
    for word, own in _stems():
        if own != number or not beginning.startswith(word):
            continue
        end = ordinal.end()
        while label_key(text[ordinal.end() : end]) != word:
            end += 1
        rest = text[end:].lstrip(_APART + "，").rstrip()
        if rest and (text[end] in _APART or (ordinal[1] and len(word) > 3 and _BEGINNING.match(rest))):
            return Heading(number, 0, text[:end].strip(), _unbracketed(rest))
    return None


def _unbracketed(rest: str) -> str:
    return rest[1:-1] if rest in ("（无）", "(无)") else rest
