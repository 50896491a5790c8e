"""Rich text: what a reader sees, in cells and out of them."""

import pytest

from services.ingest.read import read_document
from shared.doubt import DoubtCode
from shared.errors import Rejected
from tests.ingest.files import blocks, cells, paragraphs

HEAD = (
    r"{\rtf1\ansi\ansicpg936{\fonttbl{\f0\fcharset134 SimSun;}{\f1\fcharset2 Wingdings;}{\f2 Arial;}}"
    r"{\colortbl;\red255\green255\blue255;\red0\green0\blue0;\red232\green232\blue232;}"
)


def rich(body: str) -> bytes:
    return f"{HEAD}{body}}}".encode()


def row(*texts: str, definitions: str = r"\cellx1000\cellx2000\cellx3000") -> str:
    return rf"\trowd{definitions}\pard\intbl " + "".join(rf"{text}\cell " for text in texts) + r"\row "


def seen(inside: str) -> tuple[str, DoubtCode | None]:
    block = blocks(rich(row("a", inside, "b")))[1]
    return block.text, block.doubt


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (r"{\strike 77}23", "23"),
        (r"\strike 77\strike0 23", "23"),
        (r"{\striked1 77}23", "23"),
        (r"{\v 77}23", "23"),
        (r"{\deleted 77}{\revised 23}", "23"),
        (r"{\cf1 77}23", "23"),
        (r"{\cf1\cb2 77}23", "7723"),
        (r"{\fs2 77}23", "23"),
        (r"{\strike 7\plain 7}23", "723"),
        (r"23{\super 1}", "23[1]"),
        (r"23{\up6 1}", "23[1]"),
        (r"23\super 1\nosupersub", "23[1]"),
        (r"23{\super\chftn{\footnote\pard\plain 77}}", "23"),
        (r"23{\*\annotation 77}", "23"),
        (r"23{\*\unknown 77}", "23"),
        (r"{\field{\*\fldinst MERGEFIELD 77}{\fldrslt 23}}", "23"),
        (r"\u24220?", "府"),
        (r"\uc2\u24220\'b8\'ae\'b9\'e6", "府规"),
        (r"{\upr{?}{\*\ud{\u24220?}}}", "府"),
        (r"\'b9\'e6\'d5\'c2", "规章"),
        (r"2\~3\_4\{\}", "2 3-4{}"),
    ],
)
def test_only_what_is_seen_is_read(inside: str, text: str) -> None:
    assert seen(inside) == (text, None)


@pytest.mark.parametrize(
    ("inside", "code"),
    [
        (r"{\f1 3}", DoubtCode.SYMBOL_FONT),
        (r"{\cf3 23}", DoubtCode.HIDDEN_TEXT),
        (r"23\chftn", DoubtCode.ANNOTATED_TEXT),
        (r"{\listtext 1.}23", DoubtCode.AUTOMATIC_NUMBER),
        (r"2{\pict\pngblip 89504e47}", DoubtCode.PICTURE),
        (r"{\field{\*\fldinst SYMBOL 51 \\\\f Wingdings}}", DoubtCode.SYMBOL_FONT),
        (r"23{\shp{\*\shpinst{\sp{\sn a}{\sv 77}}{\shptxt\pard\plain 5\par}}}", DoubtCode.COVERED_TEXT),
    ],
)
def test_what_cannot_be_told_is_in_doubt(inside: str, code: DoubtCode) -> None:
    assert seen(inside)[1] is code


def test_white_letters_are_seen_in_a_dark_cell() -> None:
    dark = row("a", r"{\cf1 23}", "b", definitions=r"\cellx1000\clcbpat2\cellx2000\cellx3000")
    assert blocks(rich(dark))[1].text == "23"


def test_cells_stand_where_their_edges_are_and_merged_ones_once() -> None:
    table = (
        row("a", "b", definitions=r"\clvmgf\cellx1000\cellx3000")
        + row("", "1", "2", definitions=r"\clvmrg\cellx1010\cellx2000\cellx3000")
        + row("c", "", "3", definitions=r"\clmgf\cellx1000\clmrg\cellx2000\cellx3000")
    )
    assert cells(rich(table)) == [
        ("a", 0, 0, 2, 1),
        ("b", 0, 1, 1, 2),
        ("1", 1, 1, 1, 1),
        ("2", 1, 2, 1, 1),
        ("c", 2, 0, 1, 2),
        ("3", 2, 2, 1, 1),
    ]


def test_a_table_in_the_only_cell_of_another_is_found() -> None:
    inner = r"\pard\intbl\itap2 a\nestcell 7\nestcell{\*\nesttableprops\trowd\cellx500\cellx900\nestrow}"
    outer = rf"\trowd\cellx1000 {inner}{{\nonesttables x\par}}\pard\intbl\itap1\cell\row \pard end\par"
    assert cells(rich(outer)) == [("a", 0, 0, 1, 1), ("7", 0, 1, 1, 1)]
    assert paragraphs(rich(outer)) == ["end"]


def test_rows_that_are_clipped_away_are_not_there() -> None:
    hidden = row("a", "77", "b").replace(r"\trowd", r"\trowd\trrh-20")
    assert [cell[0] for cell in cells(rich(hidden + row("a", "23", "b")))] == ["a", "23", "b"]


def test_headers_styles_and_properties_of_the_file_are_not_read() -> None:
    apart = r"{\stylesheet{\s1 77;}}{\info{\title 77}}{\header\pard {\field{\*\fldinst PAGE}{\fldrslt 7}}\par}"
    assert paragraphs(rich(rf"{apart}\pard one\par two\line three\par")) == ["one", "two", "three"]


def test_pictures_in_bytes_are_passed_over() -> None:
    data = rich("@").replace(b"@", b"{\\pict\\bin5 }}{{\\}one\\par two")
    assert paragraphs(data) == ["one", "two"]


@pytest.mark.parametrize("body", ["{" * 5_000, row(*["1"] * 2_000), r"\cell" * 3_000])
def test_files_made_to_do_harm_are_rejected(body: str) -> None:
    with pytest.raises(Rejected) as rejected:
        read_document(rich(f"a\\par {body}"), "a.rtf")
    assert rejected.value.code in ("hostile", "too_large")
