"""Judges one report: every relation of its edition, what is missing, and the verdict that follows."""

from services.validate.competence import competence
from services.validate.completeness import no_tables, null_cells, sections
from services.validate.figures import odd_figures
from services.validate.identity import identity
from services.validate.localise.explain import explain
from services.validate.localise.prose import borne_out
from services.validate.narrative import claims as narrative
from services.validate.relations import Evaluation, evaluate, finding
from services.validate.remnants import remnants
from shared.form import Cell, Form, equations, load_form
from shared.form.model import TableKey
from shared.report import Finding, Judgement, Number, Report, Tally, verdict_of


def judge(report: Report, further: tuple[Finding, ...] = ()) -> Judgement:
    """The findings, verdict and counts of ``report``. Pure: the same report always gets the same judgement.

    ``further`` are findings by rules that need more than the report (continuity); they are counted with the others."""
    if report.edition == "unknown":
        findings = (*no_tables(report), *further)
        return Judgement(
            findings=findings,
            verdict=verdict_of(findings),
            whole=_tally(findings, [], Evaluation((), (), ())),
            tables={},
        )
    form = load_form(report.edition)
    figures = report.figures(form)
    evaluation = evaluate(equations(report.edition), figures, report.added())
    claims = narrative.claims(report, form, figures)
    breaches = [finding(form, breach) for breach in evaluation.breaches]
    explained = explain(form, evaluation, figures, breaches, claimed=narrative.claimed(claims))
    findings = (
        *explained.findings,  # first, since diagnoses name them by their place
        *odd_figures(form, figures, report.level),
        *competence(report, form, figures),
        *null_cells(form, figures, report.doubts),
        *sections(form, report),
        *identity(report),
        *remnants(report),
        *(narrative.finding(claim) for claim in claims if claim.status == "contradicts"),
        *further,
    )
    return Judgement(
        findings=findings,
        diagnoses=tuple(borne_out(explained.diagnoses, findings)),
        claims=claims,
        verdict=verdict_of(findings),
        whole=_tally(findings, list(figures.values()), evaluation),
        tables={table.key: _table_tally(form, table.key, findings, figures, evaluation) for table in form.tables},
    )


def _tally(findings: tuple[Finding, ...], figures: list[Number | None], evaluation: Evaluation) -> Tally:
    errors = sum(finding.severity == "error" for finding in findings)
    return Tally(
        verdict=verdict_of(findings),
        cells=len(figures),
        stated=len(figures) - figures.count(None),
        holding=len(evaluation.holding),
        broken=len(evaluation.breaches),
        unknown=len(evaluation.unknown),
        errors=errors,
        warnings=len(findings) - errors,
    )


def _table_tally(
    form: Form,
    key: TableKey,
    findings: tuple[Finding, ...],
    figures: dict[Cell, Number | None],
    evaluation: Evaluation,
) -> Tally:
    return _tally(
        tuple(f for f in findings if f.at == key or any(cell.startswith(f"{key}.") for cell in f.cells)),
        [figures[cell] for cell in form.table(key).cells()],
        Evaluation(
            tuple(e for e in evaluation.holding if e.relation.table == key),
            tuple(b for b in evaluation.breaches if b.equation.relation.table == key),
            tuple(e for e in evaluation.unknown if e.relation.table == key),
        ),
    )
