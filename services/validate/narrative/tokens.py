"""A sentence as tokens: quantities, the words of the vocabulary, marks, and words that nobody knows here."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from services.validate.narrative.quantities import QUANTITY, Quantity, quantity
from shared.form import Form, load_form
from shared.form.model import Edition

_MARKS = {
    **dict.fromkeys("；;。！!？?", "stop"),
    **dict.fromkeys("，,：:", "pause"),
    "、": "list",
    **dict.fromkeys("（(", "open"),
    **dict.fromkeys("）)", "close"),
}
_SILENT = "“”\"'‘’《》〈〉【】[]—·-"
_NEXT_YEAR = r"(?:(?:下|次)(?:一)?(?:个)?年度?|20\d\d年度?)"
_ENTITY = "街道|单位|机关|中心|行政机关|[省市县区州盟旗镇乡局委办厅院校队处站所]"
_PATTERNS: tuple[tuple[str, str, str], ...] = (
    # Dates that only say what the report is of: the whole year, or its end.
    (r"(?:截至|截止|截止到)?(?:20\d\d年)?度?12月31日止?", "filler", "any"),
    (r"(?:截至|截止|截止到)(?:20\d\d|本)?年[底末]", "filler", "any"),
    (r"[自从]?(?:20\d\d年)?1月1日起?[至到]?", "filler", "any"),
    (r"20\d\d年度?(?:结转|转结|转入)(?:[至到]?本年度?|(?![至到下入]))", "action", "carry_in"),
    (rf"(?:结转|转结|顺延|转入)[至到入]?{_NEXT_YEAR}度?(?:继续)?(?:办理|答复|处理)?", "action", "carry_out"),
    (r"20\d\d年?度?[至到—~～-]+20\d\d年度?", "time", "part_of_a_year"),  # several years
    (r"20\d\d(?:年度?|(?=[-—至]))", "year", ""),
    (r"\d{1,2}月(?:\d{1,2}日)?|\d{1,2}日", "time", "part_of_a_year"),
    (r"\d+(?:\.\d+)?[%％]", "percent", ""),
    (r"第[\d一二三四五六七八九十]+(?:季度|条|款|项|部分|章|号)?", "time", "part_of_a_year"),
    ("办结率", "rate", "concluded"),
    # Rates that the tables do not know: of what was in time, of answers that pleased.
    (r"(?:按[时期]|限[时期]|及时|期内|(?:法定)?时限内?)(?:办结|答复|回复)率", "rate", "other"),
    (r"(?:答复|回复|满意|公开)率", "rate", "other"),
    (rf"(?:[我本](?:{_ENTITY}))?不掌握(?:[相有]关|该)?(?:政府)?(?:信息)?", "result", "unavailable.not_held"),
    (rf"[我本全各](?:{_ENTITY})", "self", ""),
)


class Token(NamedTuple):
    """A piece of a sentence, ``text[start:end]``.

    ``kind`` is that of the vocabulary (``action``, ``result`` …) with its meaning as ``key``; or ``quantity`` (then
    ``quantity`` is set), ``year`` (the key is its number), ``stop``, ``pause``, ``list``, ``open``, ``close``, or
    ``word``: characters that no vocabulary has.
    """

    kind: str
    key: str
    start: int
    end: int
    quantity: Quantity | None = None


class Vocabulary:
    """What each word means, for the reports of one edition."""

    def __init__(self, form: Form) -> None:
        self._meanings = _common() | _of_form(form)
        self._patterns = {f"p{at}": each for at, each in enumerate(_PATTERNS)}
        self._token = re.compile(
            "|".join(
                (
                    f"(?P<mark>[{re.escape(''.join(_MARKS))}])|[{re.escape(_SILENT)}]+",
                    *(f"(?P<{name}>{each[0]})" for name, each in self._patterns.items()),
                    f"(?P<amount>{QUANTITY.pattern})",
                    f"(?P<known>{_longest_first(self._meanings)})",
                    r"(?P<bare>\d+(?:\.\d+)?)",
                    "(?P<unknown>.)",
                )
            )
        )

    def tokens(self, text: str, names: re.Pattern[str]) -> list[Token]:
        """The tokens of ``text``. What matches ``names``, which are those of the authority, is ``self`` too."""
        found: list[Token] = []
        at = 0
        for name in names.finditer(text):
            found += self._tokens(text, at, name.start())
            found.append(Token("self", "own", name.start(), name.end()))
            at = name.end()
        return found + self._tokens(text, at, len(text))

    def _tokens(self, text: str, start: int, end: int) -> list[Token]:
        found: list[Token] = []
        for match in self._token.finditer(text, start, end):
            group, at, until = match.lastgroup, match.start(), match.end()
            if group == "known":
                found.append(Token(*self._meanings[match[0]], at, until))
            elif group == "mark":
                found.append(Token(_MARKS[match[0]], "", at, until))
            elif group == "amount":
                found.append(Token("quantity", "", at, until, quantity(match)))
            elif group == "bare":
                found.append(Token("number", "", at, until))
            elif group == "unknown" and found and found[-1].kind == "word" and found[-1].end == at:
                found[-1] = found[-1]._replace(end=until)
            elif group == "unknown":
                found.append(Token("word", "", at, until))
            elif group is not None:
                _, kind, key = self._patterns[group]
                found.append(Token(kind, match[0][:4] if kind == "year" else key, at, until))
        return found


def _longest_first(words: Iterable[str]) -> str:
    """A pattern for ``words`` that prefers longer ones, grouped by their first character to be tried faster."""
    by_first: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        by_first.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in by_first.items())


@cache
def vocabulary(edition: Edition) -> Vocabulary:
    """The vocabulary for reports of ``edition``."""
    return Vocabulary(load_form(edition))


def _common() -> dict[str, tuple[str, str]]:
    data = tomllib.loads(files("services.validate.narrative").joinpath("vocabulary.toml").read_text(encoding="utf-8"))
    return {
        word: (kind, key)
        for kind in reversed(data)  # of a word that stands under several, the first counts
        for key, words in data[kind].items()
        for word in words
    }


def _of_form(form: Form) -> dict[str, tuple[str, str]]:
    """The rows of results and the columns of applicants, as the form names them."""
    concluded = next(relation for relation in form.relations if relation.id == "applications.concluded").computed
    table = form.table("applications")
    meanings: dict[str, set[tuple[str, str]]] = {}
    for row in table.rows:
        if row.key in concluded and row.label not in ("其他", "总计"):
            for name in (row.label, *row.aliases, *re.split("[、，]", row.label)):
                meanings.setdefault(name.strip("“”"), set()).add(("result", row.key))
    for column in table.columns:
        if column.label not in ("其他", "总计"):
            meanings.setdefault(column.label, set()).add(("applicant", column.key))
    return {word: next(iter(of)) if len(of) == 1 else ("result", "") for word, of in meanings.items() if len(word) > 1}
