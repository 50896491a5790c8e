"""Sources: what names the place, and the box a console can draw."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.source import Source, read_source, write_source


@pytest.mark.parametrize(
    ("source", "parts"),
    [
        ("p2 T1R3C4 [310.5 120 322.1 132.4]", Source("p2 T1R3C4", 2, (310.5, 120, 322.1, 132.4))),
        ("p12 L7", Source("p12 L7", 12, None)),
        ("Sheet[1]!B4", Source("Sheet[1]!B4", None, None)),
        ("L45C3", Source("L45C3", None, None)),
        ("", Source("", None, None)),
    ],
)
def test_a_source_is_a_place_and_perhaps_a_page_and_a_box(source: str, parts: Source) -> None:
    assert read_source(source) == parts


@given(st.text())
def test_any_string_is_a_source(source: str) -> None:
    assert source.startswith(read_source(source).place)


@given(st.tuples(*[st.integers(-9999, 99999).map(lambda tenths: tenths / 10)] * 4))
def test_what_is_written_is_read_again(box: tuple[float, float, float, float]) -> None:
    assert read_source(write_source("p1 L1", box)) == Source("p1 L1", 1, box)
