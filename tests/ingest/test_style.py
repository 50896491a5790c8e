"""What style sheets and attributes make of a cell: seen, not seen, the mark of a note, or in doubt."""

import pytest

from services.ingest.limits import Limits
from services.ingest.read import read_document
from shared.blocks import Block
from shared.doubt import DoubtCode


def cell(inside: str, sheet: str = "", head: str = "", td: str = "") -> Block:
    """The second cell of a row, ``inside`` it."""
    style = f"<style>{sheet}</style>" if sheet else ""
    table = f"<table><tr><td>规章<td{td}>{inside}<tr><td>许可<td>7</table>"
    page = f"<!DOCTYPE html><html><head>{head}{style}</head><body>{table}</body></html>"
    return read_document(page.encode(), "page.html").blocks[1]


@pytest.mark.parametrize(
    ("sheet", "inside"),
    [
        ("td .x { display: none }", "<i class=x>9</i>23"),
        ("td > .x { display: none }", "<i class=x>9</i>23"),
        ("table i:first-child { visibility: hidden }", "<i>9</i>23"),
        ("#y { display: none } .x { display: inline }", "<i class=x id=y>9</i>23"),
        (".x { display: none !important }", "<i class=x style='display:inline'>9</i>23"),
        ("@media screen { .x { display: none } }", "<i class=x>9</i>23"),
        ("@supports (display: grid) { .x { display: none } }", "<i class=x>9</i>23"),
        ("td { .x { display: none } }", "<i class=x>9</i>23"),
        ("@layer a { .x { display: none !important } } .x { display: inline !important }", "<i class=x>9</i>23"),
        ("td { --c: none } .x { display: var(--c) }", "<i class=x>9</i>23"),
        (".x { color: white }", "<i class=x>9</i>23"),
        (".x { color: rgba(0, 0, 0, 0) }", "<i class=x>9</i>23"),
        ("td { background: #000; color: #fff } .x { color: black }", "<i class=x>9</i>23"),
        (".x { font-size: 0 }", "<i class=x>9</i>23"),
        (".x { position: absolute; clip: rect(0 0 0 0) }", "<i class=x>9</i>23"),
        (".x { display: inline-block; width: 0; height: 0; overflow: hidden }", "<i class=x>9</i>23"),
        (".x { display: inline-block; transform: scale(0) }", "<i class=x>9</i>23"),
        (".x { text-decoration: line-through }", "<b class=x><i>9</i></b>23"),
        (":root { --c: white } .x { color: var(--c) }", "<i class=x>9</i>23"),
        ("@import url('data:text/css,.x{display:none}');", "<i class=x>9</i>23"),
        ("", "<details><summary>23</summary>9</details>"),
        ("", "<dialog>9</dialog>23"),
        ("", "<select><option>9<option selected>23</select>"),
        ("", "<input value=23><input type=hidden value=9>"),
        ("", "<input value='23' title=9>"),
    ],
)
def test_what_the_page_s_own_style_sheets_hide_is_not_read(sheet: str, inside: str) -> None:
    assert cell(inside, sheet)[0] == "23"
    assert cell(inside, sheet).doubt is None


@pytest.mark.parametrize(
    ("sheet", "inside"),
    [
        ("@media print { .x { display: none } }", "<i class=x>2</i>3"),
        ("@media (max-width: 600px) { .x { display: none } }", "<i class=x>2</i>3"),
        ("div .x { display: none }", "<i class=x>2</i>3"),
        (".x { display: none } td .x { display: inline }", "<i class=x>2</i>3"),
        (".x:hover { display: none }", "<i class=x>2</i>3"),
        ("/* .x { display: none } */", "<i class=x>2</i>3"),
        ("@layer b { .x { display: none } } .x { display: inline }", "<i class=x>2</i>3"),
        (".y { visibility: hidden } .x { visibility: visible }", "<b class=y><i class=x>23</i></b>"),
        ("s { text-decoration: none }", "<s>2</s>3"),
        ("td { background: navy } .x { color: #fff }", "<i class=x>23</i>"),
        (".x { opacity: nonsense; font-size: 0 0 }", "<i class=x>2</i>3"),
        ("", "<i class=hidden aria-hidden=true>2</i>3"),
    ],
)
def test_what_is_seen_after_all_is_read(sheet: str, inside: str) -> None:
    assert cell(inside, sheet)[0] == "23"
    assert cell(inside, sheet).doubt is None


@pytest.mark.parametrize(
    "mark",
    [
        "<sup>1</sup>",
        "<i class=x>1</i>",
        "<i style='position:relative;top:-5px'>1</i>",
        "<i style='vertical-align:40%'>1</i>",
        "<i style='display:inline-block;transform:translateY(-6px)'>1</i>",
    ],
)
def test_raised_digits_are_the_mark_of_a_note(mark: str) -> None:
    assert cell(f"23{mark}", ".x { vertical-align: super; font-size: 8px }")[0] == "23[1]"


@pytest.mark.parametrize(
    ("inside", "sheet"),
    [
        ("<i style='float:right'>2</i>3", ""),
        ("<i style='position:absolute'>2</i>3", ""),
        ("<i style='margin-left:-9px'>2</i>3", ""),
        ("<i class=x>2</i>3", ".x { color: color-mix(in srgb, #fff 100%, #fff) }"),
        ("<i style='color:white;text-shadow:0 0 2px #000'>2</i>3", ""),
        ("<b class=x><i>3</i><i>2</i></b>", ".x { display: inline-flex; flex-direction: row-reverse }"),
        ("<b style='display:flex'><i>3</i><i class=x>2</i></b>", ".x { order: -1 }"),
        ("<div><template shadowrootmode=open>23</template>9</div>", ""),
        ("<input placeholder=23>", ""),
        ("<p><sup>9<sub>1</sub></sup></p>23", ""),
        ("<i style='font-size:8px'>2</i>3", ""),
        ("<i style='color:#ccc'>2</i>3", ""),
        ("<bdo dir=rtl>23</bdo>", ""),
        ("<i class=x>3</i>", ".x::before { content: '2' }"),
        ("<i class=x>2</i>3", "@container (min-width: 1px) { .x { display: none } }"),
        ("2<sup>1</sup>3", ""),
        ("<i style='clip-path:polygon(0 0, 50% 50%, 0 90%)'>2</i>3", ""),
        ("<svg><text>2</text></svg>3", ""),
        ("2<br>3", ""),
    ],
)
def test_what_cannot_be_told_is_in_doubt(inside: str, sheet: str) -> None:
    assert cell(inside, sheet).doubt is not None


@pytest.mark.parametrize("style", ["float:left", "position:absolute;top:9px", "margin:0 -15px", "order:2"])
def test_what_moves_a_table_as_a_whole_moves_no_figure(style: str) -> None:
    page = f"<div style='{style}'><table><tr><td>规章<td>23<tr><td>许可<td><i style='float:right'>2</i>3</table></div>"
    found = read_document(page.encode(), "page.html").blocks
    assert [(block.text, block.doubt is None) for block in found[1::2]] == [("23", True), ("23", False)]


def test_a_gap_parts_what_is_before_it_from_what_is_behind() -> None:
    assert cell("2<i style='visibility:hidden'>9</i>3")[0] == "2 3"


@pytest.mark.parametrize("name", ["hide", "d-none", "isHidden", "sr-only", "old sup"])
@pytest.mark.parametrize("link", ["<link rel=stylesheet href=/a.css>", "<style>@import '/a.css';</style>"])
def test_a_name_that_says_hidden_is_in_doubt_where_sheets_are_elsewhere(name: str, link: str) -> None:
    assert cell(f"<i class='{name}'>2</i>3", head=link).doubt is DoubtCode.EXTERNAL_STYLE
    assert cell("<i class=num>2</i>3", head=link).doubt is None


def test_a_cell_of_which_nothing_is_seen_says_so() -> None:
    for hidden in ("<i style='display:none'>9</i>", "<i style='color:white'>9</i>", "<s>9</s>"):
        assert cell(hidden)[0] == ""
        assert cell(hidden).doubt is DoubtCode.HIDDEN_TEXT
    assert cell("<i></i>").doubt is None


def test_a_cell_that_is_laid_out_elsewhere_casts_doubt_on_its_row() -> None:
    assert cell("23", td=" style='display:block'").doubt is DoubtCode.UNPROVED
    assert cell("23", td=" style='visibility:hidden'").text == ""
    assert cell("23", td=" style='display:none'").text == "许可"


@pytest.mark.parametrize(
    "sheet",
    [
        "td { color: red } " * 60_000,
        ":not(" * 5_000 + "a" + ")" * 5_000 + " { display: none }",
        "a{" * 3_000,
        "@media screen {" * 3_000 + "i { display: none }",
        "".join(f".c{n} > .d{n} {{ color: #{n:06x} }}" for n in range(20_000)),
        "i { --a: var(--b); --b: var(--a); display: var(--a) }",
        "i { display: " + "var(--x, " * 2_000 + "none" + ")" * 2_000 + " }",
    ],
)
def test_style_sheets_made_to_do_harm_are_within_the_limits(sheet: str) -> None:
    page = f"<style>{sheet}</style><table><tr><td>规章<td><i>2</i>3<tr><td>许可<td>7</table>"
    blocks = read_document(page.encode(), "page.html", Limits(seconds=3)).blocks
    assert blocks[1].text in ("23", "3")
