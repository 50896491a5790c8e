"""Sums within the prose: 共公开信息82条，其中政策文件28条、工作动态39条、财政信息4条、其他11条。"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from services.validate.narrative.quantities import Quantity, quantities
from services.validate.narrative.sentences import Sentence
from services.validate.narrative.tokens import Token
from shared.report import Number

_REST = ("其他", "其它", "其余")
_LONGEST_REST = 14  # characters between such a word and its figure
_FEWEST_PARTS = 2  # one part beside its whole is a repetition, no sum
# A list that names no rest and misses its whole by no more is a slip; of lists in real reports that are no sums, none
# comes so near (20 such lists add up exactly, the others miss by 3.5 % or more).
_NEAR = 0.02
# The kinds that leave no other: a list of just these must make up its whole.
_EXHAUSTIVE = (
    {("applicant", "natural_person"), ("applicant", "organisations")},
    {("channel", "in person"), ("channel", "network"), ("channel", "letter")},
)


@dataclass(frozen=True, slots=True)
class Sum:
    """A headline figure and the parts listed after it. ``exhaustive`` where the list ends with whatever else there is
    (其他) or names kinds that leave no other; ``sentence`` is what states them, two sentences in one if need be."""

    whole: Quantity
    parts: tuple[Quantity, ...]
    exhaustive: bool
    sentence: Sentence

    @property
    def total(self) -> Number:
        return sum(part.value for part in self.parts)

    @property
    def must_agree(self) -> bool:
        """Whether a sum of its parts that is another than the whole is a slip."""
        missed = abs(self.total - self.whole.value)
        return self.exhaustive or missed <= max(1, _NEAR * self.whole.value)


def sums(sentence: Sentence, tokens: Sequence[Token], previous: Sentence | None) -> Iterator[Sum]:
    """The sums that are spelt out in ``sentence``; its headline may end the sentence before (共25条。其中…)."""
    for at, token in enumerate(tokens):
        if not (token.kind == "relation" and token.key in ("part", "respectively")):
            continue
        inside = at > 0 and tokens[at - 1].kind == "open"
        said, whole = sentence, _headline(tokens[: at - 1 if inside else at])
        if at == 0 and previous:
            said, whole = replace(previous, text=previous.text + sentence.text), _last_figure(previous.text)
        if whole is None:
            continue
        for group in _groups(tokens[at + 1 :], inside):
            if (found := _parts(group, whole)) and (listed := _labelled(sentence.text, group)) is not None:
                yield Sum(whole, found, _is_exhaustive(group, listed), said)


def _figures(tokens: Sequence[Token]) -> list[Quantity]:
    return [token.quantity for token in tokens if token.quantity]


def _headline(ahead: Sequence[Token]) -> Quantity | None:
    """The figure that stands last before the list; what stands in brackets behind it is a remark on it."""
    depth = 0
    for token in reversed(ahead):
        if token.kind == "close":
            depth += 1
        elif token.kind == "open":
            depth = max(0, depth - 1)
        elif depth == 0 and token.quantity:
            return token.quantity if token.quantity.exact else None
        elif depth == 0 and token.kind not in ("pause", "stop", "list", "filler"):
            return None
    return None


def _last_figure(text: str) -> Quantity | None:
    """The figure that ends ``text``, if one does."""
    found = quantities(text)
    ends = found and not text[found[-1].end :].strip("）)。；;，,：:")
    return found[-1] if ends and found[-1].exact else None


def _groups(tokens: Sequence[Token], inside: bool) -> Iterator[list[Token]]:
    """The lists that follow, parted by ；: each is a classification of the whole by itself. Within brackets they end
    with them; what stands in brackets of their own is left out."""
    group: list[Token] = []
    depth = 0
    for token in tokens:
        if token.kind == "close" and depth == 0 and inside:
            break
        if token.kind in ("open", "close"):
            depth = max(0, depth + (1 if token.kind == "open" else -1))
        elif depth == 0 and token.kind == "stop":
            yield group
            group = []
        elif depth == 0:
            group.append(token)
    yield group


def _parts(group: Sequence[Token], whole: Quantity) -> tuple[Quantity, ...] | None:
    """The parts of a list; None where it is none: fewer than two exact counts of the whole's unit, or words in it that
    compare, open another list, or say what there was besides."""
    figures = _figures(group)
    if len(figures) < _FEWEST_PARTS or any(f.unit != whole.unit or not f.exact for f in figures):
        return None
    stray = any(
        token.kind in ("number", "percent")
        or (token.kind == "relation" and token.key in ("part", "besides", "respectively", "share"))
        or (token.kind == "time" and token.key in ("compared", "last_year"))
        or (token.kind == "action" and token.key in ("carry_in", "carry_out"))
        for token in group
    )
    return None if stray else tuple(figures)


def _labelled(text: str, group: Sequence[Token]) -> list[str] | None:
    """What stands before each figure of a list, since the one before; None where one has no name."""
    ends = [group[0].start, *(token.end for token in group if token.quantity)]
    starts = [token.start for token in group if token.quantity]
    labels = [text[end:start] for end, start in zip(ends, starts, strict=False)]
    return labels if all(sum("一" <= letter <= "鿿" for letter in label) > 1 for label in labels) else None


def _is_exhaustive(group: Sequence[Token], labels: Sequence[str]) -> bool:
    last = labels[-1]
    if any(rest in last and len(last) - last.rindex(rest) <= _LONGEST_REST for rest in _REST):
        return True
    figures = [at for at, token in enumerate(group) if token.quantity]
    kinds = {
        (token.kind, token.key)
        for first, end in pairwise([-1, *figures])
        for token in group[first + 1 : end]
        if token.kind in ("applicant", "channel")
    }
    return any(kinds == exhaustive and len(figures) == len(exhaustive) for exhaustive in _EXHAUSTIVE)
