"""The judgement on one file, for a clerk: the verdict, table by table, each slip with what it breaks, other findings.

It speaks Chinese, since its reader wrote the report; the words in other commands and formats stand beside it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.text import Text

from cli.checked import Checked
from cli.terminal import quoted, visible
from shared.form import load_form
from shared.form.wording import number
from shared.report import Claim, Diagnosis, Finding, Judgement, Report, Tally, Verdict
from shared.source import read_source

_VERDICTS: dict[Verdict, tuple[str, str]] = {
    "clean": ("一致 clean", "bold green"),
    "incomplete": ("不完整 incomplete", "bold yellow"),
    "inconsistent": ("不一致 inconsistent", "bold red"),
}
_SEVERITIES = {"error": ("✗", "bold red"), "warning": ("!", "yellow")}
_CLAIMS = {"agrees": ("✓", "green"), "unknown": ("?", "dim")}


class JudgementView:
    """What is thought of ``checked``; ``verbose`` also lists the claims of its prose that were confirmed."""

    def __init__(self, checked: Checked, verbose: bool = False) -> None:
        self._checked = checked
        self._verbose = verbose

    def __rich__(self) -> RenderableType:
        lines = map(_Indented, self._lines())
        part = f"（第{self._checked.part}份，共{self._checked.parts}份）" if self._checked.parts > 1 else ""
        return Group(quoted(f"{self._checked.source}{part}", "bold"), *lines, "")

    def _lines(self) -> Iterator[RenderableType]:
        report, judgement, rejected = self._checked.report, self._checked.judgement, self._checked.rejected
        if rejected:
            yield quoted(f"不能检查 {rejected.code}：{rejected.detail}", "bold red")
        elif report and judgement:
            yield quoted(report.title or "（无标题）")
            yield from _verdict(report, judgement)
            for diagnosis in judgement.diagnoses:
                yield from _diagnosis(report, judgement, diagnosis)
            explained = {index for diagnosis in judgement.diagnoses for index in diagnosis.resolves}
            others = (finding for index, finding in enumerate(judgement.findings) if index not in explained)
            for finding in sorted(others, key=lambda finding: finding.severity):
                yield from _finding(report, finding)
            if self._verbose:
                for claim in judgement.claims:
                    if claim.status != "contradicts":  # else it is among the findings
                        yield from _claim(claim)
                yield from (quoted(f"· {remark}", "dim") for remark in report.remarks)


def _verdict(report: Report, judgement: Judgement) -> Iterator[Text]:
    words, style = _VERDICTS[judgement.verdict]
    whole = judgement.whole
    yield Text.assemble((words, style), f"  错误{whole.errors}条，提示{whole.warnings}条")
    if report.edition != "unknown":
        form = load_form(report.edition)
        tables = (f"{form.table(key).name}{_counts(tally)}" for key, tally in judgement.tables.items())
        yield Text("；".join(tables), style="dim")


def _counts(tally: Tally) -> str:
    """How many figures are stated, and how many relations hold."""
    relations = tally.holding + tally.broken + tally.unknown
    judged = f"，勾稽关系{tally.holding}/{relations}条成立" if relations else ""
    return f"填报{tally.stated}/{tally.cells}个数据{judged}"


def _diagnosis(report: Report, judgement: Judgement, diagnosis: Diagnosis) -> Iterator[RenderableType]:
    """A slip, where the cells to change stand, and in a line each the relations that it breaks."""
    places = [place for change in diagnosis.changes if (place := _source(report, [change.cell]))]
    where = "".join(f"  {place}" for place in places)
    yield Text.assemble(("诊断：", "bold red"), (visible(diagnosis.message), "bold"), (where, "dim cyan"))
    for index in diagnosis.resolves:
        finding = judgement.findings[index]
        sides = f"  {number(finding.expected or 0)} ≠ {number(finding.actual or 0)}"
        yield _Indented(Text.assemble(_heading(finding), sides, (f"  {_source(report, finding.cells)}", "dim cyan")))
        if finding.quote:
            yield _Indented(_Indented(quoted(finding.message)))


def _heading(finding: Finding) -> tuple[str, str]:
    mark, style = _SEVERITIES[finding.severity]
    return visible(f"{mark} {finding.rule} {finding.at}"), style


def _source(report: Report, cells: Iterable[str]) -> str:
    """Where the page states the first of ``cells`` that it states."""
    return read_source(next((report.sources[cell] for cell in cells if cell in report.sources), "")).place


def _finding(report: Report, finding: Finding) -> Iterator[RenderableType]:
    yield Text.assemble(_heading(finding), (f"  {_source(report, finding.cells)}", "dim cyan"))
    yield _Indented(quoted(finding.message))


def _claim(claim: Claim) -> Iterator[RenderableType]:
    mark, style = _CLAIMS[claim.status]
    yield quoted(f"{mark} {claim.rule} {claim.at}", style)
    yield _Indented(quoted(claim.message))


@dataclass(frozen=True, slots=True)
class _Indented:
    """A line two columns in, also where it is broken; in a pipe, where none is, of any length."""

    line: RenderableType

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if options.no_wrap:
            yield Text("  ", end="")
            yield self.line
        else:
            yield Padding(self.line, (0, 0, 0, 2), expand=False)
