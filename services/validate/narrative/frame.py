"""What a sentence knows when it comes to a phrase."""

from dataclasses import dataclass, field

from services.validate.narrative.quantities import Quantity
from services.validate.narrative.scope import is_own
from services.validate.narrative.statements import Plainness, Subject
from services.validate.narrative.tokens import Token

_IN_ALL = "累计"  # behind the year it only means its sum


@dataclass(slots=True)
class Frame:
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
    last: Subject | None = None
    last_plainness: Plainness = "plain"
    whole_figure: Quantity | None = None
    about: bool = False
    disclosure: bool = False
    year: int | None = None
    wider: bool = False
    partial: bool = False
    lapsed: bool = False
    this_year: bool = False
    cumulative: bool = False
    undone: bool = False
    elsewhere: bool = False
    decides: bool = False
    listing: bool = False
    respectively: list[Subject] = field(default_factory=list)

    def next_sentence(self) -> "Frame":
        """What is still known in the next sentence of the paragraph."""
        return Frame(
            object=self.object if self.about else "",
            about=self.about,
            year=self.year,
            wider=self.wider,
            partial=self.partial,
        )

    def notice(self, token: Token, word: str, year: int | None, authority: str | None) -> None:
        """Takes in a word that bears on all that follows it, in a report of ``authority`` for ``year``."""
        if token.kind in ("year", "time"):
            self._notice_time(token, word, year)
            return
        match token:
            case Token(kind="scope", key="not_done"):
                self.undone = True
            case Token(kind="self"):
                self.wider, self.elsewhere = token.key != "own" and not is_own(word, authority), False
                self.listing = self.listing and self.wider
            case Token(kind="relation", key="part"):
                self.listing = True
            case Token(kind="object", key="application"):
                self.about = self.disclosure = True
            case Token(kind="information", key="disclosure") | Token(kind="result"):
                self.disclosure = True

    def _notice_time(self, token: Token, word: str, year: int | None) -> None:
        match token:
            case Token(kind="year"):
                self.year, self.partial, self.lapsed = int(token.key), False, False
                self.this_year = self.year == year
            case Token(key="this_year"):
                self.partial, self.lapsed, self.this_year = False, False, True
            case Token(key="last_year" | "next_year"):
                self.lapsed = True
            case Token(key="part_of_a_year"):
                self.partial = True
            case Token(key="cumulative"):
                self.cumulative = not (self.this_year and word == _IN_ALL)
