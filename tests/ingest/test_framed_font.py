"""The font that PDFium is given is the one that its maker writes."""

from tests.framed_font import FILE, font_file


def test_the_font_in_the_package_is_the_one_that_is_made() -> None:
    assert FILE.read_bytes() == font_file()
