"""A judged report, for the tests of store."""

from datetime import UTC, datetime

import pytest

from shared.events import ObjectDiscovered, Validated
from tests.validate.reports import report


def judged(key: str, document_id: str) -> Validated:
    """A report without faults, from the object ``key``."""
    origin = ObjectDiscovered(key=key, etag="1", size=1, last_modified=datetime(2025, 1, 2, tzinfo=UTC))
    return Validated(origin=origin, document_id=document_id, report=report(), findings=(), verdict="clean")


@pytest.fixture
def validated() -> Validated:
    """One such report."""
    return judged("a.txt", "a" * 64)
