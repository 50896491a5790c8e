"""What the prose says of a diagnosis: claims that the tables contradict now, and will not when they are corrected."""

from collections.abc import Iterable, Iterator, Sequence

from shared.form.sums import agree
from shared.report import Diagnosis, Finding, Number


def borne_out(diagnoses: Iterable[Diagnosis], findings: Sequence[Finding]) -> Iterator[Diagnosis]:
    """``diagnoses``, those after whose changes a figure of the prose agrees with the tables resolving its finding too.

    ``findings`` are all of the report's, which ``resolves`` names by their place."""
    claims = [(index, finding) for index, finding in enumerate(findings) if finding.rule.startswith("narrative.")]
    for diagnosis in diagnoses:
        amounts = {change.cell: change.expected - change.stated for change in diagnosis.changes}
        agreeing = [(index, finding) for index, finding in claims if _agrees(finding, amounts)]
        if not agreeing:
            yield diagnosis
            continue
        places = "、".join(dict.fromkeys(finding.place for _, finding in agreeing if finding.place))
        yield diagnosis.model_copy(
            update={
                "message": f"{diagnosis.message}改正后也与正文（{places}）一致。",
                "resolves": (*diagnosis.resolves, *(index for index, _ in agreeing)),
            }
        )


def _agrees(finding: Finding, amounts: dict[str, Number]) -> bool:
    """Whether the cells that the prose speaks of come to what it says once ``amounts`` are added to them."""
    added = sum(amounts.get(cell, 0) for cell in finding.cells)
    if not added or finding.expected is None or finding.actual is None:
        return False
    return agree(finding.expected + added, finding.actual)
