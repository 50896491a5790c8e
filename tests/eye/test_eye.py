"""No figure is read that Chromium does not show, whatever styles and elements hide, raise or move it."""

from collections.abc import Iterator

import pytest

from tests.eye.chromium import CHROMIUM, Browser, browser
from tests.eye.held import hold

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs chromium (a Debian package)")

PAGES = 100
_A_TENTH = 10


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as tab:
        yield tab


def test_no_figure_is_read_that_chromium_does_not_show(chromium: Browser) -> None:
    cells, missed = 0, 0
    for seed in range(1, PAGES + 1):
        held = hold(seed, chromium)
        assert not held.invented, f"page {seed}"
        cells += held.cells
        missed += len(held.missed)
    assert _A_TENTH * missed < cells, "what is plainly shown has to be read"
