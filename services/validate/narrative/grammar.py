"""What the prose states: each figure, or word for none or all, with its subject, and whether it is plainly meant.

A sentence is read from left to right, phrase by phrase (what stands between commas, list marks and brackets, or between
two figures). A phrase's own words say what its figure counts; what it leaves out is taken from the phrase before, as a
reader does (受理17件，办结19件). A statement is plain only if every word between its subject and its figure is known: a
word that nobody knows here may make it a part of what it seems to be.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from services.validate.narrative.frame import Frame
from services.validate.narrative.meanings import (
    ROWS,
    all_of,
    carried_in_is_included,
    end_of,
    nothing_of,
    refined,
    together,
)
from services.validate.narrative.phrases import DISPUTES, Phrase, with_applications
from services.validate.narrative.quantities import COUNTED, Quantity
from services.validate.narrative.scope import names_somebody_else
from services.validate.narrative.sentences import Sentence
from services.validate.narrative.statements import Plainness, Statement, Subject, least_plain
from services.validate.narrative.tokens import Token

_EVERYBODY = {"natural_person", "organisations"}  # 公民、法人和其他组织
_AMONG = "中"
_APPLICATIONS = re.compile("依申请公开|公开申请|申请公开|依申请")
_YEARS = re.compile(r"(20\d\d)年")
_TRACKS = frozenset({"litigation_direct", "litigation_after_reconsideration"})
_DEPENDENT = frozenset({"result", "applicant", "outcome"})
_OF_APPLICATIONS = frozenset({"result", "applicant", "received", "concluded", "carried_in", "carried_out"})
_PLAIN = frozenset(
    {"filler", "information", "list", "relation", "object", "action", "applicant", "result", "self", "time", "year"}
)
_CARRIED = ("carried_in", "carried_out")
_WORDS = ("none", "all", "zero")
_QUALIFYING = frozenset({"word", "channel", "scope", "number"})
_WHOLES = frozenset({"received", "concluded", "disputes"})


class Reader:
    """Reads the sentences of one report in their order. ``year`` and ``authority`` are the report's."""

    def __init__(self, year: int | None, authority: str | None) -> None:
        self._year = year
        self._authority = authority
        self._frame = Frame()

    def read(self, sentence: Sentence, tokens: Sequence[Token]) -> list[Statement]:
        """The statements of ``sentence``, whose tokens are ``tokens``."""
        self._frame = Frame() if sentence.opens else self._frame.next_sentence()
        reading = _Sentence(self._frame, sentence, self._year, self._authority)
        return list(reading.read(with_applications(tokens)))

    def pass_over(self, sentence: Sentence) -> None:
        """Takes note of a sentence that states nothing: of the year that it names, if any."""
        self._frame = Frame() if sentence.opens else self._frame.next_sentence()
        self._frame.about = self._frame.about or ("申请" in sentence.text and bool(_APPLICATIONS.search(sentence.text)))
        if "年" in sentence.text and (years := _YEARS.findall(sentence.text)):
            self._frame.year, self._frame.partial = int(years[-1]), False


class _Sentence:
    def __init__(self, frame: Frame, sentence: Sentence, year: int | None, authority: str | None) -> None:
        self._frame = frame
        self._outer: list[Frame] = []
        self._sentence = sentence
        self._year = year
        self._authority = authority
        self._start = 0

    def read(self, tokens: Sequence[Token]) -> Iterator[Statement]:
        """The statements in ``tokens``, from left to right."""
        if len({token.key for token in tokens if token.kind == "result"}) > 1:
            self._frame.about = True  # several results are those of applications
        for at, token in enumerate(tokens):
            match token.kind:
                case "quantity":
                    phrase = self._phrase(tokens[self._start : end_of(tokens, at + 1)], at - self._start)
                    includes = carried_in_is_included(tokens, at)
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

    def _phrase(self, tokens: Sequence[Token], behind: int) -> Phrase:
        """A phrase, which may leave out what is spoken of: where the paragraph is about applications, these."""
        return Phrase(tokens, behind, self._frame.object or ("application" if self._frame.about else ""))

    def _mark(self, kind: str) -> None:
        """A mark: what stands in brackets says nothing of what follows them."""
        if kind == "open":
            self._outer.append(self._frame)
            self._frame = replace(self._frame)
        elif kind == "close" and self._outer:
            self._frame = self._outer.pop()
        elif kind == "stop":
            self._frame.undone = self._frame.listing = self._frame.lapsed = self._frame.elsewhere = False

    def _notice(self, token: Token) -> None:
        self._frame.notice(token, self._sentence.text[token.start : token.end], self._year, self._authority)

    def _figure(self, phrase: Phrase, token: Token) -> Iterator[Statement]:
        quantity = token.quantity
        assert quantity is not None  # noqa: S101  # what makes it a quantity
        frame = self._frame
        for behind in phrase.tokens[phrase.behind + 1 :]:
            self._notice(behind)
        subject = self._subject(phrase, quantity)
        own = self._plainness(phrase, subject, quantity)
        depends = frame.listing or (subject.kind in _DEPENDENT and frame.whole and frame.whole.kind != "unknown")
        plain = least_plain(own, frame.plainness) if depends and frame.whole else own
        self._remember(phrase, subject, plain, quantity)
        if subject.kind in _OF_APPLICATIONS:
            frame.about = True
        if subject.kind != "unknown" and plain != "foreign" and quantity.bounded:
            whole = frame.whole_figure if subject.kind == "applicant" and not subject.of else None
            yield Statement(subject, "figure", plain, self._sentence, token.start, token.end, quantity, whole=whole)

    def _subject(self, phrase: Phrase, quantity: Quantity) -> Subject:
        """What a figure counts; ``unknown`` where no table counts it, or the words do not tell."""
        frame = self._frame
        found = phrase.subjects()
        if phrase.has("relation", "respectively"):
            frame.respectively = phrase.in_order()
        if frame.respectively and not (found and not phrase.has("relation", "respectively")):
            return frame.respectively.pop(0)
        frame.respectively = []
        if not found or not _is_counted_in(quantity, found[0]):
            return Subject("unknown")
        words = {token.key for token in phrase.left if token.kind == "relation"}
        if "none" in words:
            return Subject("carried_out" if phrase.has("action", "finish") and not frame.listing else "unknown")
        if ("all" in words and quantity.value) or "about" in words:
            return Subject("unknown")  # of each of several, or of a part; or only about so many
        return self._as_part(phrase, self._in_context(phrase, together(found)), found)

    def _as_part(self, phrase: Phrase, subject: Subject, found: Sequence[Subject]) -> Subject:
        """``subject`` where it is a part of what was counted before: an action done with a part counts no row."""
        frame, last = self._frame, self._frame.last
        if last and last.kind == "applicant" and not phrase.keys("object") and found[0].kind in _WHOLES:
            return Subject("unknown")  # 商业企业申请2件，已办结1件
        if frame.listing and subject.kind in ("received", "concluded"):
            return Subject("unknown")  # 新收的5件中，4件年内办结
        if subject.kind != "applicant" or subject.of:
            return subject
        if phrase.has("action", "conclude", "finish"):
            return subject._replace(of=("concluded",))
        if last and last.kind == "applicant" and not phrase.keys("action"):
            return subject._replace(of=last.of)
        return subject._replace(of=(frame.whole.kind,)) if frame.whole and frame.whole.kind in ROWS else subject

    def _speaks_of_applications(self, phrase: Phrase, subject: Subject) -> bool:
        """Whether words that could be said of anything are about applications here: 收到申请5件 with nothing else said
        of them, or a result that only they have (不予公开)."""
        if subject.kind in _CARRIED:
            return True
        if subject.kind == "result":
            return subject.keys != ("granted",)
        return set(phrase.keys("object")) == {"bare"} and not phrase.unknown_words(strictly=True)

    def _in_context(self, phrase: Phrase, subject: Subject) -> Subject:
        """``subject`` where the sentence speaks of what it needs."""
        frame = self._frame
        spoken_of = frame.about or self._speaks_of_applications(phrase, subject)
        if subject.kind in _OF_APPLICATIONS and not spoken_of:
            return Subject("unknown")
        if subject.kind in _CARRIED and frame.last and frame.last.kind == "unknown":
            return Subject("unknown")
        if subject.kind == "outcome" and (frame.whole is None or frame.whole.kind != "disputes"):
            return Subject("unknown")
        if subject.kind == "disputes" and not (frame.disclosure or set(subject.keys) <= _TRACKS):
            return Subject("unknown")
        return subject

    def _remember(self, phrase: Phrase, subject: Subject, plain: Plainness, quantity: Quantity) -> None:
        frame = self._frame
        frame.figure = quantity if quantity.exact else None
        frame.last, frame.last_plainness = subject, plain
        if objects := [key for key in phrase.keys("object") if key != "bare"]:
            frame.object = objects[-1]
        elif subject.kind in _OF_APPLICATIONS:
            frame.object = "application"
        if subject.kind == "disputes" and self._decides(phrase):
            frame.decides = True
        if subject.kind not in _DEPENDENT and not frame.listing:
            frame.listing = phrase.tokens[-1].kind == "filler" and self._word(phrase.tokens[-1]) == _AMONG
            frame.whole, frame.plainness = subject, "doubtful" if subject.kind == "unknown" else plain
            frame.whole_figure = frame.figure

    def _plainness(self, phrase: Phrase, subject: Subject, quantity: Quantity | None) -> Plainness:
        frame = self._frame
        if self._somebody_else(phrase) or (phrase.has("scope", "others") and phrase.has("action")):
            frame.elsewhere = True
        elsewhere = frame.wider or frame.partial or frame.lapsed or frame.undone or frame.elsewhere
        years = {token.key for token in phrase.tokens if token.kind == "year"}
        other_year = self._year is not None and (frame.year not in (None, self._year) or len(years) > 1)
        if elsewhere or other_year or phrase.has("time", "compared") or phrase.has("scope", "others"):
            return "foreign"
        if subject.kind in ("disputes", "outcome") and (frame.decides or self._decides(phrase)):
            return "foreign"
        strictly = subject.kind in _DEPENDENT or phrase.has("relation", "part")
        doubts = (frame.cumulative, phrase.has("scope", "sorted"), phrase.unknown_words(strictly))
        return "doubtful" if any(doubts) else "plain"

    def _decides(self, phrase: Phrase) -> bool:
        """Whether somebody handles disputes here, as the body that decides them."""
        handled = {"receive", "receive_new", "conclude", "finish"} & set(phrase.keys("action"))
        return bool(handled) and not phrase.has("information", "disclosure") and not phrase.has("object", "application")

    def _somebody_else(self, phrase: Phrase) -> bool:
        ahead = phrase.tokens[: phrase.first]
        if not ahead or any(token.kind == "self" for token in ahead):
            return False
        return names_somebody_else(self._sentence.text[ahead[0].start : ahead[-1].end], self._authority)

    def _without_figure(self, tokens: Sequence[Token]) -> Iterator[Statement]:
        """A phrase that states none, or all."""
        words = [at for at, token in enumerate(tokens) if token.kind == "relation" and token.key in _WORDS]
        if not words:
            yield from self._said_of_it(tokens)
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

    def _said_of_it(self, tokens: Sequence[Token]) -> Iterator[Statement]:
        """What is said of the figure before: 行政诉讼1件，为复议后起诉; 不予公开1件，系涉及国家秘密."""
        frame = self._frame
        if frame.last is None or frame.figure is None or frame.last_plainness != "plain":
            return
        phrase = Phrase(tokens, len(tokens), frame.object)
        subject = refined(frame.last, phrase)
        if subject is None or phrase.unknown_words(strictly=True) or self._plainness(phrase, subject, None) != "plain":
            return
        begin, end = tokens[0].start, tokens[-1].end
        yield Statement(subject, "figure", "plain", self._sentence, begin, end, frame.figure)

    def _word(self, token: Token) -> str:
        return self._sentence.text[token.start : token.end]

    def _remember_object(self, tokens: Sequence[Token]) -> None:
        if objects := [token.key for token in tokens if token.kind == "object" and token.key != "bare"]:
            self._frame.object = objects[-1]

    def _none(self, phrase: Phrase, said: Sequence[Token], token: Token) -> Iterator[Statement]:
        """There was none of what ``said`` names, and qualifies by nothing that is not known."""
        allowed = (
            "filler",
            "information",
            "list",
            "relation",
            "object",
            "action",
            "applicant",
            "result",
            "self",
            "time",
            "year",
        )
        if any(each.kind not in allowed or each.key in ("conclude", "finish", "respectively") for each in said):
            return
        named = Phrase(said, len(said))
        actions, objects = set(named.keys("action")), named.keys("object")
        results = named.keys("result")
        about = self._frame.about
        applicants = set(named.keys("applicant"))
        if applicants and not applicants >= _EVERYBODY:
            nothing = [Subject("applicant", tuple(sorted(applicants)), ("received",))] if "receive" in actions else []
        else:
            nothing = [Subject("result", results)] if results else list(nothing_of(actions, objects, about))
        for subject in nothing:
            plain = self._plainness(replace(phrase, behind=0), subject, None)
            if plain != "foreign":
                yield Statement(subject, "none", plain, self._sentence, token.start, phrase.tokens[-1].end)

    def _all(self, phrase: Phrase, tokens: Sequence[Token], at: int) -> Iterator[Statement]:
        """All of the last whole were so: 申请人均为自然人, 均维持, 全部办结."""
        frame, behind = self._frame, tokens[at + 1 :]
        if any(token.kind in _QUALIFYING for token in tokens) or phrase.has("relation", "part"):
            return
        if phrase.has("action", "finish") and (tracks := [key for key in phrase.keys("object") if key in DISPUTES]):
            if frame.disclosure and self._plainness(replace(phrase, behind=0), Subject("rate"), None) == "plain":
                pending = Subject("outcome", ("pending",), tuple(tracks))
                yield Statement(pending, "none", "plain", self._sentence, tokens[at].start, tokens[-1].end)
            return
        whole = frame.whole or (Subject("received") if frame.about and frame.figure is None else None)
        if whole is None or whole.kind not in _WHOLES or frame.plainness != "plain":
            return
        subject = all_of(Phrase(behind, len(behind), frame.object), whole)
        if whole.kind == "disputes" and subject is None and phrase.has("action", "finish"):
            pending = Subject("outcome", ("pending",), whole.keys)
            yield Statement(pending, "none", "plain", self._sentence, tokens[at].start, tokens[-1].end)
        if subject and self._plainness(replace(phrase, behind=0), subject, None) == "plain":
            yield Statement(subject, "all", "plain", self._sentence, tokens[at].start, tokens[-1].end)

    def _percent(self, phrase: Phrase, token: Token) -> Iterator[Statement]:
        frame = self._frame
        if phrase.has("rate", "concluded"):
            subject, quantity = Subject("rate"), None
        elif phrase.has("relation", "share") and frame.figure and not phrase.subjects():
            subject, quantity = Subject("share"), frame.figure
        else:
            return
        plain = self._plainness(phrase, subject, quantity)
        if frame.about and plain != "foreign":
            yield Statement(subject, "percent", plain, self._sentence, token.start, token.end, quantity)


def _is_counted_in(quantity: Quantity, subject: Subject) -> bool:
    """Whether the figure's unit is one in which the subject is counted: money for fees, and for nothing else."""
    return quantity.unit == "元" if subject.kind == "fees" else quantity.unit in COUNTED
