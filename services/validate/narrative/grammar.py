"""What the prose states: each figure, or word for none or all, with its subject, and whether it is plainly meant.

A sentence is read from left to right, phrase by phrase (what stands between commas, list marks and brackets, or between
two figures). A phrase's own words say what its figure counts; what it leaves out is taken from the phrase before, as a
reader does (受理17件，办结19件). A statement is plain only if every word between its subject and its figure is known: a
word that nobody knows here may make it a part of what it seems to be.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from services.validate.narrative.phrases import DISPUTES, DOCUMENTS, Phrase, with_applications
from services.validate.narrative.quantities import COUNTED, Quantity
from services.validate.narrative.scope import is_own, names_somebody_else
from services.validate.narrative.sentences import Sentence
from services.validate.narrative.statements import Plainness, Statement, Subject, least_plain
from services.validate.narrative.tokens import Token

_YEARS = re.compile(r"(20\d\d)年")
_LAPSED = frozenset({"last_year", "next_year", "compared"})
_DEPENDENT = frozenset({"result", "applicant", "outcome"})
_OF_APPLICATIONS = frozenset({"result", "applicant", "received", "concluded", "carried_in", "carried_out"})
_WORDS = ("none", "all", "zero")
_QUALIFYING = frozenset({"word", "channel", "scope", "number"})
_WHOLES = frozenset({"received", "concluded", "disputes"})


@dataclass
class _Frame:
    """What a sentence knows when it comes to a phrase.

    ``object`` is what it spoke of last; ``whole`` the last whole that was counted, with how plain that was; ``about``
    whether it is about applications, ``disclosure`` whether about disclosure at all; ``year`` the last that was named.
    ``wider``, ``partial``, ``cumulative``, ``undone`` and ``decides`` are what takes the following figures from the
    authority's own of this year: a wider area, a part of the year, several years, what was only planned, and disputes
    that the authority does not suffer but decides. ``listing`` is so behind 其中: what follows are parts of the whole,
    and no plainer than it."""

    object: str = ""
    whole: Subject | None = None
    plainness: Plainness = "plain"
    figure: Quantity | None = None
    about: bool = False
    disclosure: bool = False
    year: int | None = None
    wider: bool = False
    partial: bool = False
    cumulative: bool = False
    undone: bool = False
    decides: bool = False
    listing: bool = False
    respectively: list[Subject] = field(default_factory=list)

    def next_sentence(self) -> "_Frame":
        """What is still known in the next sentence of the paragraph."""
        return _Frame(
            object=self.object if self.about else "",
            about=self.about,
            disclosure=self.disclosure,
            year=self.year,
            wider=self.wider,
            partial=self.partial,
        )


class Reader:
    """Reads the sentences of one report in their order. ``year`` and ``authority`` are the report's."""

    def __init__(self, year: int | None, authority: str | None) -> None:
        self._year = year
        self._authority = authority
        self._frame = _Frame()

    def read(self, sentence: Sentence, tokens: Sequence[Token]) -> list[Statement]:
        """The statements of ``sentence``, whose tokens are ``tokens``."""
        self._frame = _Frame() if sentence.opens else self._frame.next_sentence()
        reading = _Sentence(self._frame, sentence, self._year, self._authority)
        return list(reading.read(with_applications(tokens)))

    def pass_over(self, sentence: Sentence) -> None:
        """Takes note of a sentence that states nothing: of the year that it names, if any."""
        self._frame = _Frame() if sentence.opens else self._frame.next_sentence()
        if years := _YEARS.findall(sentence.text):
            self._frame.year, self._frame.partial = int(years[-1]), False


class _Sentence:
    def __init__(self, frame: _Frame, sentence: Sentence, year: int | None, authority: str | None) -> None:
        self._frame = frame
        self._outer: list[_Frame] = []
        self._sentence = sentence
        self._year = year
        self._authority = authority
        self._start = 0

    def read(self, tokens: Sequence[Token]) -> Iterator[Statement]:
        """The statements in ``tokens``, from left to right."""
        includes = _carried_in_is_included(tokens)
        for at, token in enumerate(tokens):
            match token.kind:
                case "quantity":
                    phrase = Phrase(tokens[self._start : _end(tokens, at + 1)], at - self._start, self._frame.object)
                    yield from (replace(stated, includes=includes) for stated in self._figure(phrase, token))
                    self._start = at + 1
                case "percent":
                    yield from self._percent(Phrase(tokens[self._start : at], at - self._start), token)
                    self._start = at + 1
                case "pause" | "stop" | "open" | "close":
                    yield from self._without_figure(tokens[self._start : at])
                    self._start = at + 1
                    self._mark(token.kind)
                case _:
                    self._notice(token)
        yield from self._without_figure(tokens[self._start :])

    def _mark(self, kind: str) -> None:
        """A mark: what stands in brackets says nothing of what follows them."""
        if kind == "open":
            self._outer.append(self._frame)
            self._frame = replace(self._frame)
        elif kind == "close" and self._outer:
            self._frame = self._outer.pop()
        elif kind == "stop":
            self._frame.undone = self._frame.listing = False

    def _notice(self, token: Token) -> None:
        """A word that bears on all that follows it."""
        frame = self._frame
        match token:
            case Token(kind="year"):
                frame.year, frame.partial = int(token.key), False
            case Token(kind="time", key="this_year"):
                frame.partial = False
            case Token(kind="time", key="part_of_a_year"):
                frame.partial = True
            case Token(kind="time", key="cumulative"):
                frame.cumulative = True
            case Token(kind="scope", key="not_done"):
                frame.undone = True
            case Token(kind="self"):
                word = self._sentence.text[token.start : token.end]
                frame.wider = token.key != "own" and not is_own(word, self._authority)
            case Token(kind="relation", key="part"):
                frame.listing = True
            case Token(kind="object", key="application"):
                frame.about = frame.disclosure = True
            case Token(kind="information", key="disclosure") | Token(kind="result"):
                frame.disclosure = True

    def _figure(self, phrase: Phrase, token: Token) -> Iterator[Statement]:
        quantity = token.quantity
        assert quantity is not None  # noqa: S101  # what makes it a quantity
        frame = self._frame
        for behind in phrase.tokens[phrase.behind + 1 :]:
            self._notice(behind)
        subject = self._subject(phrase, quantity)
        own = self._plainness(phrase, subject, quantity)
        depends = frame.listing or subject.kind in _DEPENDENT
        plain = least_plain(own, frame.plainness) if depends and frame.whole else own
        self._remember(phrase, subject, plain, quantity)
        if subject.kind != "unknown" and plain != "foreign" and quantity.exact:
            yield Statement(subject, "figure", plain, self._sentence, token.start, token.end, quantity)

    def _subject(self, phrase: Phrase, quantity: Quantity) -> Subject:
        """What a figure counts; ``unknown`` where no table counts it, or the words do not tell."""
        frame = self._frame
        found = phrase.subjects()
        if phrase.has("relation", "respectively"):
            frame.respectively = found
        if frame.respectively and not (found and not phrase.has("relation", "respectively")):
            return frame.respectively.pop(0)
        frame.respectively = []
        if not found or (quantity.unit == "元") != (found[0].kind == "fees"):
            return Subject("unknown")
        if quantity.unit not in COUNTED and quantity.unit != "元":
            return Subject("unknown")
        if phrase.has("relation", "all") and quantity.value:
            return Subject("unknown")  # of each of several, or of a part
        return self._in_context(_together(found))

    def _in_context(self, subject: Subject) -> Subject:
        """``subject`` where the sentence speaks of what it needs."""
        frame = self._frame
        if subject.kind in _OF_APPLICATIONS and not frame.about:
            return Subject("unknown")
        if subject.kind == "disputes" and not frame.disclosure:
            return Subject("unknown")
        return subject

    def _remember(self, phrase: Phrase, subject: Subject, plain: Plainness, quantity: Quantity) -> None:
        frame = self._frame
        frame.figure = quantity if quantity.exact else None
        if objects := [key for key in phrase.keys("object") if key != "bare"]:
            frame.object = objects[-1]
        if {"receive", "conclude", "finish"} & set(phrase.keys("action")) and subject.kind == "disputes":
            frame.decides = True
        if subject.kind not in _DEPENDENT and not frame.listing:
            frame.whole, frame.plainness = subject, "doubtful" if subject.kind == "unknown" else plain

    def _plainness(self, phrase: Phrase, subject: Subject, quantity: Quantity | None) -> Plainness:
        frame = self._frame
        elsewhere = frame.wider or frame.partial or frame.undone
        years = {token.key for token in phrase.tokens if token.kind == "year"}
        other_year = self._year is not None and (frame.year not in (None, self._year) or len(years) > 1)
        lapsed = any(token.kind == "time" and token.key in _LAPSED for token in phrase.tokens)
        if elsewhere or other_year or lapsed or phrase.has("scope", "others") or self._somebody_else(phrase):
            return "foreign"
        if subject.kind in ("disputes", "outcome") and (frame.decides or self._decides(phrase)):
            return "foreign"
        strictly = subject.kind in _DEPENDENT or phrase.has("relation", "part")
        doubts = (frame.cumulative, phrase.has("scope", "sorted"), phrase.unknown_words(strictly))
        return "doubtful" if any(doubts) else "plain"

    def _decides(self, phrase: Phrase) -> bool:
        """Whether somebody handles disputes here, as the body that decides them."""
        return bool({"receive", "conclude", "finish"} & set(phrase.keys("action")))

    def _somebody_else(self, phrase: Phrase) -> bool:
        begin = phrase.tokens[0].start if phrase.tokens else 0
        end = phrase.tokens[phrase.first].start if phrase.first < len(phrase.tokens) else begin
        said = self._sentence.text[begin:end]
        return not phrase.has("self") and names_somebody_else(said, self._authority)

    def _without_figure(self, tokens: Sequence[Token]) -> Iterator[Statement]:
        """A phrase that states none, or all."""
        words = [at for at, token in enumerate(tokens) if token.kind == "relation" and token.key in _WORDS]
        if not words:
            self._remember_object(tokens)
            return
        at = words[0]
        token = tokens[at]
        phrase = Phrase(tokens, len(tokens), self._frame.object)
        if tokens[words[-1]].key == "zero":
            yield from self._none(phrase, tokens[:at], token)
        elif token.key == "none":
            yield from self._none(replace(phrase, object=""), tokens[at + 1 :], token)
        else:
            yield from self._all(phrase, tokens, at)
        self._remember_object(tokens)

    def _remember_object(self, tokens: Sequence[Token]) -> None:
        if objects := [token.key for token in tokens if token.kind == "object" and token.key != "bare"]:
            self._frame.object = objects[-1]

    def _none(self, phrase: Phrase, said: Sequence[Token], token: Token) -> Iterator[Statement]:
        """There was none of what ``said`` names, and qualifies by nothing that is not known."""
        allowed = ("filler", "information", "list", "relation", "object", "action", "applicant", "self", "time", "year")
        if any(each.kind not in allowed or each.key in ("conclude", "finish", "respectively") for each in said):
            return
        named = Phrase(said, len(said))
        actions, objects = set(named.keys("action")), named.keys("object")
        for subject in _nothing_of(actions, objects, self._frame.about):
            plain = self._plainness(replace(phrase, behind=0), subject, None)
            if plain != "foreign":
                yield Statement(subject, "none", plain, self._sentence, token.start, phrase.tokens[-1].end)

    def _all(self, phrase: Phrase, tokens: Sequence[Token], at: int) -> Iterator[Statement]:
        """All of the last whole were so: 申请人均为自然人, 均维持, 全部办结."""
        frame, behind = self._frame, tokens[at + 1 :]
        if any(token.kind in _QUALIFYING for token in tokens) or phrase.has("relation", "part"):
            return
        whole = frame.whole or (Subject("received") if frame.about and frame.figure is None else None)
        if whole is None or whole.kind not in _WHOLES or frame.plainness != "plain":
            return
        subject = _all_of(Phrase(behind, len(behind), frame.object), whole)
        if subject and self._plainness(replace(phrase, behind=0), subject, None) == "plain":
            yield Statement(subject, "all", "plain", self._sentence, tokens[at].start, tokens[-1].end)

    def _percent(self, phrase: Phrase, token: Token) -> Iterator[Statement]:
        frame = self._frame
        if phrase.has("rate", "concluded"):
            subject, quantity = Subject("rate"), None
        elif phrase.has("relation", "share") and frame.figure:
            subject, quantity = Subject("share"), frame.figure
        else:
            return
        plain = self._plainness(phrase, subject, quantity)
        if frame.about and plain != "foreign":
            yield Statement(subject, "percent", plain, self._sentence, token.start, token.end, quantity)


def _together(found: Sequence[Subject]) -> Subject:
    """Several of one kind as one: 予以公开和部分公开 is their sum. Of several kinds nobody knows which is meant."""
    kinds = {subject.kind for subject in found}
    if len(kinds) > 1 or (kinds & {"documents", "received", "concluded", "fees"} and len(set(found)) > 1):
        return Subject("unknown")
    keys = tuple(dict.fromkeys(key for subject in found for key in subject.keys))
    return found[0]._replace(keys=keys)


def _nothing_of(actions: set[str], objects: Sequence[str], about: bool) -> Iterator[Subject]:
    """What there was none of, in a phrase with these ``actions`` and ``objects``."""
    disputes = tuple(key for key in objects if key in DISPUTES)
    if disputes:
        yield Subject("disputes", disputes)
    for key, kind in (("carry_in", "carried_in"), ("carry_out", "carried_out")):
        if key in actions:
            yield Subject(kind)
            return
    applications = "application" in objects or ("bare" in objects and about)
    if applications and not disputes and actions <= {"receive", "occur"}:
        yield Subject("received")
    if "issue" in actions:
        yield from (Subject("documents", (key,), ("issued",)) for key in objects if key in DOCUMENTS)
    if "fees" in objects and actions & {"charge", "occur"}:
        yield Subject("fees")


def _all_of(phrase: Phrase, whole: Subject) -> Subject | None:
    """What all of ``whole`` were, by the words behind 均 or 全部."""
    if whole.kind == "disputes":
        outcomes = phrase.keys("outcome")
        return Subject("outcome", outcomes[:1], whole.keys) if len(outcomes) == 1 else None
    applicants, results = phrase.keys("applicant"), phrase.keys("result")
    if len(applicants) == 1 and not results:
        return Subject("applicant", applicants)
    if results and not applicants:
        return Subject("result", results)
    return Subject("concluded") if phrase.has("action", "finish") and not phrase.has("action", "receive") else None


def _carried_in_is_included(tokens: Sequence[Token]) -> bool | None:
    """Whether what was received counts what was carried in: stated beside it (收到10件，上年结转1件) it does not, as a
    part of it (收到10件（含上年结转1件）) it does; None where the sentence says nothing."""
    for at, token in enumerate(tokens):
        if token.kind == "action" and token.key == "carry_in":
            ahead = tokens[_begin(tokens, at) : at]
            return any(each.kind == "relation" and each.key == "part" for each in ahead)
    return None


def _begin(tokens: Sequence[Token], at: int) -> int:
    return max((i + 1 for i in range(at) if tokens[i].kind in ("pause", "stop", "open", "quantity")), default=0)


def _end(tokens: Sequence[Token], at: int) -> int:
    """Where the phrase ends whose figure stands before ``at``."""
    ends = ("pause", "stop", "open", "close", "list", "quantity", "percent")
    return next((i for i in range(at, len(tokens)) if tokens[i].kind in ends), len(tokens))
