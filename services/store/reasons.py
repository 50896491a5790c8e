"""Why a figure does not follow from last year's, as the prose tells: expired documents, reorganised authorities."""

import re
from typing import NamedTuple

from shared.form import Continuity
from shared.report import Number, Report

_SENTENCE = re.compile(r"[^。；;\n]+")
_CLAUSE = re.compile(r"[^，,、：:（）()]+")
_COUNT = re.compile(r"(\d+)(?:余)?[件份个宗起项]")


class Reason(NamedTuple):
    """The sentence that gives a reason; ``exact`` where it states just the difference."""

    quote: str
    exact: bool


def reason(rule: Continuity, report: Report, difference: Number) -> Reason | None:
    """What the prose of ``report`` says of a ``difference`` in what ``rule`` is about: a sentence that names both the
    matter and one of the reasons that the form's data know for it, in one clause with the figure where it is exact."""
    found: Reason | None = None
    for section in report.sections:
        for sentence in _SENTENCE.findall(section.text):
            if not (any(word in sentence for word in rule.reasons) and any(word in sentence for word in rule.about)):
                continue
            clauses = [clause for clause in _CLAUSE.findall(sentence) if any(word in clause for word in rule.reasons)]
            counts = {int(count) for clause in clauses for count in _COUNT.findall(clause)}
            if difference in counts:
                return Reason(sentence.strip(), exact=True)
            found = found or Reason(sentence.strip(), exact=False)
    return found
