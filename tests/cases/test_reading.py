"""What must be read of each case of reading, and what of its page must be left alone."""

from typing import Any

import pytest
from _pytest.mark import ParameterSet

from gouji import Outcome, read
from tests.cases.folder import Case, cases

_AWAITED = {
    "p10-authority-jiehe",
    "p11-authority-whom-to-ask",
    "p12-authority-with-bianzhi",
    "p14-title-broken-inside-the-name",
    "p15-title-with-a-date-behind",
    "p16-heading-swallows-its-sentence",
    "p27-circular-about-reports",
    "p27b-reconsideration-statistics",
    "p29-last-years-period-left-in",
    "p31-publisher-fallback",
}
"""Cases that are not yet read as they should be; each that comes to be leaves this list."""


def _parameters() -> list[ParameterSet]:
    awaited = pytest.mark.xfail(strict=True, reason="not yet read as it should be")
    return [
        pytest.param(case, id=case.name, marks=[awaited] if case.name in _AWAITED else []) for case in cases("reading")
    ]


@pytest.mark.parametrize("case", _parameters())
def test_a_case_is_read_as_a_person_reads_it(case: Case) -> None:
    outcomes = read(case.files[0].read_bytes(), case.files[0].name)
    faults = [
        f"{what}: {found!r}, not {expected!r}"
        for what, expected in case.says["expect"].items()
        if what != "mentions" and not _admits(what, expected, found := _look(outcomes[0], what))
    ]
    assert not faults, case.says["what"]
    if "second report" in case.says["expect"].get("mentions", ""):
        assert len(outcomes) > 1


def _admits(what: str, expected: Any, found: Any) -> bool:
    return (
        found in expected if isinstance(expected, list) and what not in ("sections", "findings") else found == expected
    )


def _look(outcome: Outcome, what: str) -> Any:
    if what == "outcome":
        return "parsed" if outcome.report else "rejected"
    if what == "findings":
        found = outcome.judgement.findings if outcome.judgement else ()
        return [each.rule for each in found if not each.rule.startswith("completeness.")]
    report = outcome.report
    if report is None:
        return None
    if what in ("title", "authority", "year"):
        return getattr(report, what)
    if what == "sections":
        return [section.number for section in report.sections]
    if what.startswith("sections["):
        number, _, part = what.removeprefix("sections[").partition("].")
        return next((getattr(section, part) for section in report.sections if section.number == int(number)), None)
    return report.figure(what)
