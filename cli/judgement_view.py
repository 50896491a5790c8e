"""The judgement on one file, for a clerk: the verdict, table by table, the suspects, and each finding with its place.

It speaks Chinese, since its reader wrote the report; the words in other commands and formats stand beside it."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from cli.checked import Checked
from cli.terminal import quoted, visible
from shared.form import load_form
from shared.form.wording import number
from shared.report import Claim, Finding, Judgement, Report, Tally, Verdict
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
        lines = (Padding(line, (0, 0, 0, 2), expand=False) for line in self._lines())
        part = f"（第{self._checked.part}份，共{self._checked.parts}份）" if self._checked.parts > 1 else ""
        return Group(quoted(f"{self._checked.source}{part}", "bold"), *lines, "")

    def _lines(self) -> Iterator[RenderableType]:
        report, judgement, rejected = self._checked.report, self._checked.judgement, self._checked.rejected
        if rejected:
            yield quoted(f"不能检查 {rejected.code}：{rejected.detail}", "bold red")
        elif report and judgement:
            yield quoted(report.title or "（无标题）")
            yield from _verdict(report, judgement)
            yield from _suspects(report, judgement)
            for finding in sorted(judgement.findings, key=lambda finding: finding.severity):
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


def _suspects(report: Report, judgement: Judgement) -> Iterator[Text]:
    """The cells that alone explain what is broken, each once."""
    suspects = {finding.suspect for finding in judgement.findings if finding.suspect}
    if report.edition == "unknown" or not suspects:
        return
    form = load_form(report.edition)
    labels = {cell.id: form.label(cell) for cell in form.cells()}
    for suspect in sorted(suspects, key=lambda suspect: suspect.cell):
        breaks = sum(suspect == finding.suspect for finding in judgement.findings)
        yield Text.assemble(
            ("疑点：", "bold red"),
            (f"{labels[suspect.cell]}现为{number(suspect.stated)}，似应为{number(suspect.expected)}", "bold"),
            f"（涉及{breaks}条关系）",
            (f"  {read_source(report.sources.get(suspect.cell, '')).place}", "dim cyan"),
        )


def _finding(report: Report, finding: Finding) -> Iterator[RenderableType]:
    mark, style = _SEVERITIES[finding.severity]
    place = next((report.sources[cell] for cell in finding.cells if cell in report.sources), "")
    place = read_source(place).place
    yield Text.assemble((visible(f"{mark} {finding.rule} {finding.at}"), style), (f"  {place}", "dim cyan"))
    yield _indented(finding.message)


def _claim(claim: Claim) -> Iterator[RenderableType]:
    mark, style = _CLAIMS[claim.status]
    yield quoted(f"{mark} {claim.rule} {claim.at}", style)
    yield _indented(claim.message)


def _indented(sentence: str) -> RenderableType:
    return Padding(quoted(sentence), (0, 0, 0, 2), expand=False)
