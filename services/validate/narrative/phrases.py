"""Phrases: the tokens that belong to one figure, or to a word for none or all, and what they say is counted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from services.validate.narrative.statements import Subject
from services.validate.narrative.tokens import Token

DISPUTES = ("reconsideration", "litigation", "litigation_direct", "litigation_after_reconsideration")
DOCUMENTS = ("regulations", "normative_documents")
DECISIONS = ("licensing", "penalties", "coercive_measures")
_OF_ACTIONS: dict[str, tuple[str, tuple[str, ...]]] = {
    "receive": ("received", ()),
    "receive_new": ("received", ("new",)),
    "conclude": ("concluded", ()),
    "finish": ("concluded", ("finished",)),
}
_RESULTS = frozenset({"result", "applicant", "outcome"})
_NAMING = ("action", "result", "applicant", "outcome", "object")
_COLUMNS = {"issue": "issued", "repeal": "repealed", "in_force": "in_force", "make": "made"}


def with_applications(tokens: Sequence[Token]) -> list[Token]:
    """``tokens`` with every way to write an application for disclosure as one: a run of its pieces that has 公开 and
    申请 is an object ``application``; one that has 申请 alone is ``bare``, any other is ``information``."""
    found: list[Token] = []
    run: list[Token] = []
    for token in (*tokens, Token("stop", "", 0, 0)):
        if token.kind == "piece" or (token.kind == "object" and token.key == "application"):
            run.append(token)
            continue
        if run:
            found.append(_object_of(run))
            run = []
        found.append(token)
    return found[:-1]


def _object_of(run: Sequence[Token]) -> Token:
    keys = {(token.kind, token.key) for token in run}
    if ("object", "application") in keys or {("piece", "disclosure"), ("piece", "application")} <= keys:
        kind, key = "object", "application"
    elif ("piece", "application") in keys:
        kind, key = "object", "bare"
    else:
        kind, key = "information", "disclosure" if ("piece", "disclosure") in keys else ""
    return Token(kind, key, run[0].start, run[-1].end)


@dataclass(frozen=True)
class Phrase:
    """The tokens of a phrase, in order; those behind its figure, if any, from ``behind`` on. ``object`` is what the
    phrase before spoke of, which this one may leave out."""

    tokens: Sequence[Token]
    behind: int
    object: str = ""

    @cached_property
    def left(self) -> Sequence[Token]:
        return self.tokens[: self.behind]

    def has(self, kind: str, *keys: str) -> bool:
        """Whether there is a token of ``kind``, with one of ``keys`` if any are given."""
        return any(token.kind == kind and (not keys or token.key in keys) for token in self.tokens)

    def keys(self, kind: str) -> tuple[str, ...]:
        """The keys of the tokens of ``kind``, in order: those before the figure, or else those behind it."""
        before = tuple(token.key for token in self.left if token.kind == kind)
        if not before and kind in _RESULTS and any(token.kind == "action" for token in self.left):
            return ()  # 新收的5件申请中自然人…: the figure is of what was done
        return before or tuple(token.key for token in self.tokens[self.behind :] if token.kind == kind)

    def subjects(self) -> list[Subject]:
        """What is counted here: several where several are named (行政复议、行政诉讼), none where nothing is."""
        for find in (self._carried, self._results, self._applicants, self._outcomes, self._objects):
            if found := list(find()):
                return found
        return []

    def in_order(self) -> list[Subject]:
        """What is counted here, one after the other as it is named: for figures that follow respectively (分别为)."""
        documents = [key for key in self.keys("object") if key in DOCUMENTS]
        spoken_of = documents[0] if documents else "application"
        each = (Phrase((token,), 1, spoken_of).subjects() for token in self.left if token.key not in documents)
        return [found[0] for found in each if found and found[0].kind != "unknown"]

    def _carried(self) -> Iterator[Subject]:
        for key in ("carry_out", "carry_in"):
            if key in self.keys("action"):
                yield Subject("carried_out" if key == "carry_out" else "carried_in")

    def _results(self) -> Iterator[Subject]:
        for key in self.keys("result"):
            received = "receive" in self.keys("action") and not key.startswith("not_processed.")
            yield Subject("unknown") if received or not key else Subject("result", (key,))

    def _applicants(self) -> Iterator[Subject]:
        for key in self.keys("applicant"):
            yield Subject("applicant", (key,))
        if self.has("channel"):
            yield Subject("unknown")

    def _outcomes(self) -> Iterator[Subject]:
        tracks = tuple(key for key in self.keys("object") if key in DISPUTES) or (
            (self.object,) if self.object in DISPUTES else ()
        )
        for key in self.keys("outcome"):
            yield Subject("outcome", (key,), tracks) if tracks else Subject("unknown")

    def _objects(self) -> Iterator[Subject]:
        actions = self.keys("action")
        objects = self.keys("object") or ((self.object,) if self.object else ())
        for key in objects:
            if key in DISPUTES:
                yield Subject("disputes", (key,))
        for key in objects:
            if key in DOCUMENTS:
                yield from (
                    Subject("documents", (key,), (_COLUMNS[action],)) for action in actions if action in _COLUMNS
                )
            elif key in DECISIONS and ("decide" in actions or (self._states(key) and "receive" not in actions)):
                yield Subject("decisions", (key,))
            elif key == "fees":
                yield Subject("fees")
            elif key in ("application", "bare"):
                yield from (Subject(*_OF_ACTIONS[each]) for each in actions if each in _OF_ACTIONS)

    def _states(self, key: str) -> bool:
        """Whether a count of ``key`` stands here by itself (行政处罚15件), not of what was published about it."""
        return key in self.keys("object") and not self.has("information")

    @property
    def first(self) -> int:
        """Where the words that say what is counted begin, as an index of ``tokens``."""
        return next((at for at, token in enumerate(self.tokens) if token.kind in _NAMING), len(self.tokens))

    def unknown_words(self, strictly: bool) -> bool:
        """Whether a word that nobody knows here stands between a figure and what says what it counts; ``strictly``,
        anywhere before the figure."""
        named_before = self.first < self.behind
        begin = 0 if strictly else self.first
        between = self.tokens[begin : self.behind] if named_before else self.tokens[self.behind :]
        return any(token.kind in ("word", "number") for token in between)
