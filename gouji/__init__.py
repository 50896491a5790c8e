"""gouji as a library: a file's bytes become reports and what is thought of them, without broker or database.

    >>> import gouji
    >>> from pathlib import Path
    >>> for outcome in gouji.read(Path("年报.docx").read_bytes(), "年报.docx"):
    ...     print(outcome.part, outcome.report and outcome.report.title, outcome.rejection)

This is the one way from bytes to judgement: the command line, the tests and the benchmarks take it too.
"""

from gouji.reading import Outcome, outcomes_of, read
from services.ingest.limits import Limits
from services.ingest.read import read_document
from shared.blocks import Document
from shared.doubt import Doubt, DoubtCode
from shared.errors import Rejected
from shared.report import Finding, Judgement, Report

__all__ = [
    "Document",
    "Doubt",
    "DoubtCode",
    "Finding",
    "Judgement",
    "Limits",
    "Outcome",
    "Rejected",
    "Report",
    "outcomes_of",
    "read",
    "read_document",
]
