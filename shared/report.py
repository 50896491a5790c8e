"""A report as parse reads it and validate judges it: the output contract of ``gouji parse`` in types."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict

from shared.blocks import Script
from shared.cells import Figures as Figures
from shared.cells import Number as Number
from shared.cells import Shape, Value
from shared.doubt import Doubt
from shared.form.catalogue import advice
from shared.form.load import EDITIONS, UNKNOWN
from shared.form.model import Cell, Edition, Form, Severity, TableKey


class _Message(BaseModel):
    model_config = ConfigDict(frozen=True)


def _known(edition: Edition) -> Edition:
    if edition != UNKNOWN and edition not in EDITIONS:
        raise ValueError(f"no edition of the form is called {edition!r}")
    return edition


class Section(_Message):
    """One of the six sections: number 1 to 6, its heading as published, its prose (paragraphs joined by newlines,
    tables left out)."""

    number: int
    heading: str
    text: str


class Period(_Message):
    """The statistical period (统计期限), both days included."""

    start: date
    end: date


class Report(_Message):
    """What one document says, or a part of it: ``part`` counts the reports that a document holds, from 1.

    The fields are the contract's JSON, so that a report needs no translation on its way: the figures of the three
    tables (None for edition ``unknown``), and by cell id (``applications.granted.total``) their ``sources``, ``notes``
    and, of every null, ``doubts``. Whoever walks over cells asks :meth:`cells`, :meth:`stated`, :meth:`figures` or
    :meth:`figure`, and need not know which table is nested how. ``additions`` are rows that the page has and the
    form has not, by table and key (``refused.work_secret``), with their figures by column. ``remarks`` are Chinese
    sentences on how the page was read where that needed a choice.
    """

    title: str | None
    authority: str | None
    level: str | None = None
    year: int | None
    period: Period | None = None
    edition: Annotated[Edition, AfterValidator(_known)]
    script: Script
    format: str
    encoding: str
    part: int = 1
    sections: tuple[Section, ...]
    disclosure: Figures | None
    applications: dict[str, Figures] | None
    disputes: dict[str, Figures] | None
    sources: dict[str, str] = {}
    notes: dict[str, str] = {}
    doubts: dict[str, Doubt] = {}
    additions: dict[TableKey, dict[str, Figures]] = {}
    remarks: tuple[str, ...] = ()

    def cells(self) -> dict[Cell, Value]:
        """What the page states in each cell, in the form's order."""
        return {
            cell: Value(figure, self.sources.get(id_ := cell.id), self.notes.get(id_), self.doubts.get(id_))
            for cell, figure in self._shape().figures()
        }

    def figure(self, cell: str) -> Number | None:
        """The figure of the cell called ``cell`` (``TABLE.ROW.COLUMN``), None where it is not stated."""
        return self._shape().figure(cell)

    def figures(self, form: Form) -> dict[Cell, Number | None]:
        """The figure of every cell of ``form``, None where it is not stated."""
        return self._shape().figures_of(form.cells())

    def stated(self) -> Iterator[tuple[Cell, Number | None]]:
        """The figure of every cell that the report has, None where the page states none."""
        return self._shape().figures()

    def _shape(self) -> Shape:
        return Shape(self.disclosure, self.applications, self.disputes)

    def added(self) -> dict[Cell, Number | None]:
        """The figures of the additions, by the cells that they would be if the form had them."""
        return {
            Cell(table, row, column): figure
            for table, rows in self.additions.items()
            for row, figures in rows.items()
            for column, figure in figures.items()
        }


Slip = Literal[
    "total_not_updated",
    "part_left_out",
    "subtotal_counted_twice",
    "groups_summed_as_leaves",
    "carried_out_counted",
    "carry_left_at_zero",
    "carry_swapped",
    "carry_from_balance",
    "swapped",
    "shifted_column",
    "shifted_row",
    "transposed_digits",
    "missing_digit",
    "extra_digit",
    "mistyped_digit",
    "omitted",
    "surplus",
]
"""The human slips that an explanation can be recognised as."""


class Change(_Message):
    """A cell (by id) whose ``stated`` figure would have to be ``expected``."""

    cell: str
    stated: Number
    expected: Number


class Explanation(_Message):
    """A set of changes after which every relation that it touches holds (a smallest one, or what a known slip would
    have left), and the slip that it looks like, if any.

    ``message`` is a Chinese clause without a full stop."""

    slip: Slip | None = None
    changes: tuple[Change, ...]
    message: str


class Finding(_Message):
    """What a rule found.

    ``at`` names the row, column, track or table, ``cells`` are cell ids, ``expected`` is the computed side and
    ``actual`` the stated one, ``message`` is one Chinese sentence that a reviewer can paste into an e-mail,
    ``message_en`` the same in English, where the rule has it.
    ``suspect`` is the likely culprit, set only where no other explanation leaves it out; ``explanations`` are all sets
    of changes that would mend it, likeliest first (at most the first 30). Nothing stored is ever changed by them.
    Where the prose is at issue, ``quote`` is the sentence and ``place`` where it stands (``第一部分第3段第2句``)."""

    rule: str
    at: str
    severity: Severity
    expected: Number | None = None
    actual: Number | None = None
    cells: tuple[str, ...] = ()
    message: str
    message_en: str = ""
    suspect: Change | None = None
    explanations: tuple[Explanation, ...] = ()
    quote: str | None = None
    place: str | None = None


class Alternative(_Message):
    """What else could explain what a diagnosis explains: in words, without a full stop, and the cells to change."""

    message: str
    changes: tuple[Change, ...]


class Diagnosis(_Message):
    """One slip: broken relations that have one cause.

    ``message`` is a Chinese paragraph that a reviewer can paste into an e-mail. ``changes`` are the cells to change and
    ``slip`` what they look like; both are empty where several readings are as likely as one another, which are then all
    among ``alternatives``. Without alternatives the changes are certain, as far as arithmetic goes. ``resolves`` are
    the findings that it explains, by their place among the report's."""

    message: str
    slip: Slip | None = None
    changes: tuple[Change, ...] = ()
    resolves: tuple[int, ...]
    alternatives: tuple[Alternative, ...] = ()


class Claim(_Message):
    """A figure in the prose, held against the table or against its own parts.

    ``stated`` is what the prose says, ``expected`` what the cells (or parts) come to, None where one is null."""

    rule: str
    at: str
    cells: tuple[str, ...] = ()
    stated: Number
    expected: Number | None
    status: Literal["agrees", "contradicts", "unknown"]
    quote: str
    place: str
    message: str


Verdict = Literal["clean", "incomplete", "inconsistent"]


class Tally(_Message):
    """A verdict and the counts behind it: cells of the form and those stated, relations that hold, are broken, or
    cannot be judged (``unknown``), findings by severity."""

    verdict: Verdict
    cells: int
    stated: int
    holding: int
    broken: int
    unknown: int
    errors: int
    warnings: int


class Judgement(_Message):
    """What validate says of one report: its findings, the slips behind them, the claims of its prose (also those that
    agree), and the tally of the whole and of each table."""

    findings: tuple[Finding, ...]
    diagnoses: tuple[Diagnosis, ...] = ()
    claims: tuple[Claim, ...] = ()
    verdict: Verdict
    whole: Tally
    tables: dict[TableKey, Tally]


def verdict_of(findings: Iterable[Finding]) -> Verdict:
    """``clean`` without findings (those that are only advice aside), ``incomplete`` where something is only missing,
    ``inconsistent`` where two statements contradict each other or a figure cannot be."""
    rules = [finding.rule for finding in findings if finding.rule not in advice()]
    if not rules:
        return "clean"
    return "incomplete" if all(rule.startswith("completeness.") for rule in rules) else "inconsistent"
