"""What phrases mean together: several subjects as one, none or all of them, one said more closely by the next."""

from collections.abc import Iterator, Sequence

from services.validate.narrative.phrases import DECISIONS, DISPUTES, DOCUMENTS, Phrase
from services.validate.narrative.statements import Subject
from services.validate.narrative.tokens import Token

ROWS = frozenset({"concluded", "carried_in", "carried_out"})
"""The kinds of subjects that are a row of the form by themselves."""


def together(found: Sequence[Subject]) -> Subject:
    """Several of one kind as one: 予以公开和部分公开 is their sum. Of several kinds nobody knows which is meant."""
    found = _without_groups(found)
    kinds = {subject.kind for subject in found}
    if len(kinds) > 1 or (kinds & {"documents", "received", "concluded", "fees"} and len(set(found)) > 1):
        return Subject("unknown")
    keys = tuple(dict.fromkeys(key for subject in found for key in subject.keys))
    return found[0]._replace(keys=keys)


def _without_groups(found: Sequence[Subject]) -> Sequence[Subject]:
    """Of 属于四类过程性信息不予公开 only the row, where its group is named beside it."""
    rows = {key.partition(".")[0] for subject in found for key in subject.keys if "." in key and not key.endswith("*")}
    return [s for s in found if not any(key.endswith(".*") and key[:-2] in rows for key in s.keys)]


def nothing_of(actions: set[str], objects: Sequence[str], about: bool) -> Iterator[Subject]:
    """What there was none of, in a phrase with these ``actions`` and ``objects``."""
    disputes = tuple(key for key in objects if key in DISPUTES)
    if disputes:
        yield Subject("disputes", disputes)
    for key, kind in (("carry_in", "carried_in"), ("carry_out", "carried_out")):
        if key in actions:
            yield Subject(kind)
            return
    applications = "application" in objects or ("bare" in objects and about)
    if applications and not disputes and actions <= {"receive", "receive_new", "occur"}:
        yield Subject("received")
    for action, column in (("issue", "issued"), ("repeal", "repealed")):
        if action in actions:
            yield from (Subject("documents", (key,), (column,)) for key in objects if key in DOCUMENTS)
    if "fees" in objects and actions & {"charge", "occur"}:
        yield Subject("fees")
    yield from (Subject("decisions", (key,)) for key in objects if key in DECISIONS and "decide" in actions)


def refined(last: Subject, phrase: Phrase) -> Subject | None:
    """What ``last`` was, more closely, by a phrase that says one thing only."""
    outcomes, results = phrase.keys("outcome"), phrase.keys("result")
    tracks = [key for key in phrase.keys("object") if key in DISPUTES]
    if last.kind == "disputes" and len(outcomes) == 1 and not tracks:
        return Subject("outcome", outcomes, last.keys)
    if last.kind == "disputes" and len(tracks) == 1 and not outcomes and last.keys == ("litigation",):
        return Subject("disputes", (tracks[0],)) if tracks[0] != "litigation" else None
    applicants = phrase.keys("applicant")
    if len(applicants) == 1 and not results and last.kind in ROWS | {"received", "result"}:
        rows = last.keys if last.kind == "result" else (last.kind,)
        return Subject("applicant", applicants, rows)
    within = [key for key in results if any(group == f"{key.partition('.')[0]}.*" for group in last.keys)]
    return Subject("result", (within[0],)) if last.kind == "result" and len(within) == len(results) == 1 else None


def all_of(phrase: Phrase, whole: Subject) -> Subject | None:
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


def carried_in_is_included(tokens: Sequence[Token], at: int) -> bool | None:
    """Whether the figure at ``at`` counts what was carried in: in brackets or a list behind it
    (收到10件（含上年结转1件）) it does; stated beside it (收到10件，上年结转1件) it does not; None where the sentence
    says nothing of this figure."""
    for place, token in enumerate(tokens):
        if token.kind == "action" and token.key == "carry_in":
            begin = _begin(tokens, place)
            if not any(each.kind == "relation" and each.key == "part" for each in tokens[begin:place]):
                return False
            return True if all(each.kind != "quantity" for each in tokens[at + 1 : begin]) and at < begin else None
    return None


def _begin(tokens: Sequence[Token], at: int) -> int:
    return max((i + 1 for i in range(at) if tokens[i].kind in ("pause", "stop", "open", "quantity")), default=0)


def end_of(tokens: Sequence[Token], at: int) -> int:
    """Where the phrase ends whose figure stands before ``at``."""
    ends = ("pause", "stop", "open", "close", "list", "quantity", "percent")
    return next((i for i in range(at, len(tokens)) if tokens[i].kind in ends), len(tokens))
