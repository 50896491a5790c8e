"""Every golden page is read as it is written, cell by cell, and every null for the reason that is written."""

import pytest

from shared.form import load_form
from tests.golden.page import Golden, goldens, rows_read


@pytest.mark.parametrize("golden", goldens(), ids=lambda golden: golden.name)
def test_a_page_is_read_as_it_is_written(golden: Golden) -> None:
    report = golden.report()
    assert report.edition == golden.edition
    read = dict(rows_read(report, load_form(golden.edition)))
    expected = {name: golden.rows.get(name, ("?",) * len(cells)) for name, cells in read.items()}
    assert {name: _as_written(cells, expected[name]) for name, cells in read.items()} == expected, golden.what


def _as_written(read: tuple[str, ...], written: tuple[str, ...]) -> tuple[str, ...]:
    """``read``, with the doubts left out for which any will do."""
    return tuple(
        "?" if like == "?" and cell.startswith("?") else cell for cell, like in zip(read, written, strict=True)
    )
