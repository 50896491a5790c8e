"""Sums within the prose: 共公开信息82条，其中政策文件28条、工作动态39条、财政信息4条、其他11条。"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from services.validate.narrative.quantities import Quantity, quantities
from services.validate.narrative.sentences import Sentence
from shared.report import Number

_OPENING = re.compile(r"[（(]?(?:其中|包括|分别为|分别是|含)[，,：:]?")
# 共25条 may be followed only by the list of what it is made of.
_NOTHING_MORE = re.compile(r"^[）)]?[，,。；;：:（(]*$")
_LAST_RESORT = re.compile(r"(?:其他|其它|其余|另)[^，,、；;]{0,14}$")
_COMPARISON = re.compile(r"同比|环比|比上年|比去年|较上年|较去年|增加|增长|减少|下降|上升|提高")


@dataclass(frozen=True, slots=True)
class Sum:
    """A headline figure and the parts listed after it. ``exhaustive`` where the list ends with whatever else there is
    (其他), so that the parts must make up the whole; ``sentence`` is what states them, two sentences in one if need
    be."""

    whole: Quantity
    parts: tuple[Quantity, ...]
    exhaustive: bool
    sentence: Sentence

    @property
    def total(self) -> Number:
        return sum(part.value for part in self.parts)


def sums(sentence: Sentence, previous: Sentence | None) -> Iterator[Sum]:
    """The sums that are spelt out in ``sentence``; its headline may end the sentence before (共25条。其中…)."""
    for opening in _OPENING.finditer(sentence.text):
        head, whole_text = sentence.text[: opening.start()], sentence
        if not head and previous:
            head, whole_text = previous.text, Sentence(previous.text + sentence.text, previous.place, previous.before)
        whole = _headline(head)
        if whole and (listed := _listed(sentence.text, opening, whole)):
            parts, exhaustive = listed
            yield Sum(whole, parts, exhaustive, whole_text)


def _headline(head: str) -> Quantity | None:
    found = quantities(head)
    if found and found[-1].exact and _NOTHING_MORE.match(head[found[-1].end :]):
        return found[-1]
    return None


def _listed(text: str, opening: re.Match[str], whole: Quantity) -> tuple[tuple[Quantity, ...], bool] | None:
    """The list after ``opening``, if it is one: two or more exact counts of the whole's unit, each with a label; and
    whether it ends with whatever else there is."""
    end = len(text)
    if opening[0].startswith(("（", "(")):
        end = min((text.find(c, opening.end()) for c in "）)" if c in text[opening.end() :]), default=end)
    rest = text[opening.end() : end]
    if _OPENING.search(rest) or _COMPARISON.search(rest):
        return None
    parts = quantities(rest)
    if len(parts) < 2 or any(part.unit != whole.unit or not part.exact for part in parts):
        return None
    labels = [
        rest[before.end if before else 0 : part.start] for before, part in zip((None, *parts), parts, strict=False)
    ]
    if any(len(re.sub(r"[^一-鿿]", "", label)) < 2 for label in labels):
        return None
    return tuple(parts), bool(_LAST_RESORT.search(labels[-1]))
