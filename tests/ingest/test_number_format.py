"""Number formats: what a spreadsheet shows of a value."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ingest.formats.sheet.number_format import exact, general, shown, text_shown

ACCOUNTING = '_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"_ ;_ @_ '


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [
        ("General", "23", "23"),
        ("General", "1234.56789012345", "1234.56789"),
        ("0", "2.5", "3"),
        ("0.00", "1.005", "1.01"),
        ("00000", "23", "00023"),
        ("#,##0", "1234567", "1,234,567"),
        ("#,##0", "-1234", "-1,234"),
        ("#,##0,", "1234567", "1,235"),
        ("0!.0000", "64200", "6.4200"),
        ("0!.0000", "42", "0.0042"),
        ("0\\.0,", "64200", "6.4"),
        ('0.0,"千"', "64200", "64.2千"),
        ('0"元"', "64200", "64200元"),
        ('General"件"', "23", "23件"),
        ("G/通用格式", "23", "23"),
        ("0%", "0.5", "50%"),
        (";;;", "19", ""),
        ("#", "0", ""),
        ("0;;", "0", ""),
        ("0.##", "5", "5."),
        ('#,##0;-#,##0;"-"', "0", "-"),
        (ACCOUNTING, "0", "-"),
        (ACCOUNTING, "1234", "1,234"),
        ('[>=10000]0!.0,"万";0', "64200", "6.4万"),
        ('[>=10000]0!.0,"万";0', "64", "64"),
        ("(0);(0)", "-3", "(3)"),
        ("@", "23", "23"),
        ("yyyy-mm-dd", "45000", "2023-03-15"),
        ('[$-804]yyyy"年"m"月"d"日"', "45000", "2023年3月15日"),
        ("yyyy/m/d h:mm", "45000.5", "2023/3/15 12:00"),
        ("[$¥-804]#,##0", "1234", "¥1,234"),
    ],
)
def test_a_value_is_shown_as_its_format_says(code: str, value: str, text: str) -> None:
    display = shown(code, Decimal(value))

    assert display is not None
    assert display.text.strip() == text


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("[DBNum1]0", "3"),
        ("# ?/?", "1.5"),
        ("0.00E+00", "12"),
        ("General", "123456789012"),
        ("0;", "-3"),
        ("0", "-0.2"),
        ("[<10]0;0", "-3"),
        ("h:mm", "0.5"),
        ("yyyy", "7"),
        ("mmmm", "45000"),
        ("0*5", "3"),
        ("x0", "3"),
        ("0;0;0;@;0", "3"),
    ],
)
def test_what_the_rules_do_not_cover_is_not_guessed(code: str, value: str) -> None:
    assert shown(code, Decimal(value)) is None


@pytest.mark.parametrize(
    ("code", "text", "seen"),
    [(";;;", "23", ""), ('@"件"', "23", "23件"), ("0", "详见附件", "详见附件"), ('0;0;0;"无"', "23", "无")],
)
def test_a_text_is_shown_as_its_format_says(code: str, text: str, seen: str) -> None:
    display = text_shown(code, text)

    assert display is not None
    assert display.text == seen


@given(st.decimals(0, 10**9, places=4), st.integers(0, 4))
def test_places_round_half_up(value: Decimal, places: int) -> None:
    display = shown("0." + "0" * places if places else "0", value)

    assert display is not None
    assert Decimal(display.text) == value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


@given(st.integers(-(10**14), 10**14))
def test_grouping_adds_commas_and_nothing_else(value: int) -> None:
    display = shown("#,##0", Decimal(value))

    assert display is not None
    assert display.text == f"{value:,}"


@given(st.integers(0, 10**10), st.integers(1, 6))
def test_a_literal_point_among_the_digits_divides(value: int, places: int) -> None:
    display = shown("0!." + "0" * places, Decimal(value))

    assert display is not None
    assert Decimal(display.text) == Decimal(value).scaleb(-places)


@given(st.floats(0.001, 10**9))
def test_general_is_the_number_to_the_width_of_a_cell(value: float) -> None:
    text = general(exact(value))

    assert text is not None
    assert len(text) <= 11
    assert abs(Decimal(text) - exact(value)) <= Decimal("0.0000000005") * max(Decimal(1), exact(value))


@given(st.text(st.sampled_from('0#?.,;%@!\\"_*[]<>=-GeneralyMdhs/E+元万 '), max_size=30), st.floats(-1e6, 1e6))
def test_any_format_shows_something_or_is_not_understood(code: str, value: float) -> None:
    shown(code, exact(value))
    text_shown(code, "23")
