"""OpenDocument texts and spreadsheets: what a reader sees in a cell."""

import pytest

from services.ingest.read import read_document
from shared.doubt import DoubtCode
from shared.errors import Rejected
from tests.ingest.files import blocks, cells, open_document, paragraphs

STYLES = "".join(
    f'<style:style style:name="{name}" style:family="text" style:parent-style-name="{parent}">'
    f"<style:text-properties {properties}/></style:style>"
    for name, parent, properties in [
        ("struck", "", 'style:text-line-through-style="solid"'),
        ("as-struck", "struck", ""),
        ("unstruck", "struck", 'style:text-line-through-style="none"'),
        ("hidden", "", 'text:display="none"'),
        ("white", "", 'fo:color="#ffffff"'),
        ("marked", "", 'fo:color="#ffffff" fo:background-color="#000000"'),
        ("raised", "", 'style:text-position="super 58%"'),
        ("level", "", 'style:text-position="0% 100%"'),
        ("tiny", "", 'fo:font-size="1pt"'),
        ("pale", "", 'fo:color="#e8e8e8"'),
        ("symbols", "", 'style:font-name="Wingdings"'),
        ("circle", "circle", ""),
    ]
)


def span(text: str, style: str) -> str:
    return f'<text:span text:style-name="{style}">{text}</text:span>'


def cell(inside: str, attributes: str = "") -> str:
    return f"<table:table-cell {attributes}><text:p>{inside}</text:p></table:table-cell>"


def row(*inside: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(inside)}</table:table-row>"


def seen(inside: str) -> tuple[str, DoubtCode | None]:
    block = blocks(open_document("text", f"<table:table>{row(cell('规章'), cell(inside))}</table:table>", STYLES))[1]
    return block.text, block.doubt


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (span("77", "struck") + "23", "23"),
        (span("77", "as-struck") + "23", "23"),
        (span("77", "unstruck") + "23", "7723"),
        (span("77", "hidden") + "23", "23"),
        (span("77", "white") + "23", "23"),
        (span("77", "marked") + "23", "7723"),
        (span("77", "tiny") + "23", "23"),
        (span("77", "circle") + "23", "7723"),
        ("23" + span("1", "raised"), "23[1]"),
        ("23" + span("1", "level"), "231"),
        (
            "23<text:note><text:note-citation>1</text:note-citation><text:note-body>77</text:note-body></text:note>",
            "23[1]",
        ),
        ("23<office:annotation><text:p>77</text:p></office:annotation>", "23"),
        ('23<text:hidden-text text:is-hidden="true">77</text:hidden-text>', "23"),
        ("2<text:s/>3<text:line-break/>4", "2 3 4"),
        ("<text:ruby><text:ruby-base>府</text:ruby-base><text:ruby-text>fǔ</text:ruby-text></text:ruby>", "府"),
        ("<draw:frame><draw:text-box><text:p>23</text:p></draw:text-box></draw:frame>", "23"),
    ],
)
def test_only_what_is_seen_is_read(inside: str, text: str) -> None:
    assert seen(inside) == (text, None)


@pytest.mark.parametrize(
    ("inside", "code"),
    [
        (span("23", "pale"), DoubtCode.HIDDEN_TEXT),
        (span("23", "symbols"), DoubtCode.SYMBOL_FONT),
        ('2<draw:frame text:anchor-type="as-char"><draw:image/></draw:frame>', DoubtCode.PICTURE),
        ("23<draw:rect/>", DoubtCode.COVERED_TEXT),
    ],
)
def test_what_cannot_be_told_is_in_doubt(inside: str, code: DoubtCode) -> None:
    assert seen(inside)[1] is code


def test_cells_are_merged_and_repeated_and_hidden_rows_are_not_there() -> None:
    spanned = 'table:number-columns-spanned="2" table:number-rows-spanned="2"'
    table = (
        "<table:table><table:table-header-rows>"
        + row(cell("办理结果", spanned), "<table:covered-table-cell/>", cell("自然人"))
        + "</table:table-header-rows>"
        + row("<table:covered-table-cell/>", "<table:covered-table-cell/>", cell("4"))
        + row(cell("旧"), attributes='table:visibility="collapse"')
        + row(cell("0", 'table:number-columns-repeated="3"'))
        + "</table:table>"
    )
    assert cells(open_document("text", table)) == [
        ("办理结果", 0, 0, 2, 2),
        ("自然人", 0, 2, 1, 1),
        ("4", 1, 2, 1, 1),
        ("0", 2, 0, 1, 1),
        ("0", 2, 1, 1, 1),
        ("0", 2, 2, 1, 1),
    ]


def test_deleted_text_and_hidden_sections_are_not_read() -> None:
    deleted = "<text:tracked-changes><text:deletion><text:p>旧</text:p></text:deletion></text:tracked-changes>"
    hidden = '<text:section text:display="none"><text:p>藏</text:p></text:section>'
    assert paragraphs(open_document("text", f"{deleted}{hidden}<text:h>一、总体情况</text:h>")) == ["一、总体情况"]


NUMBER = 'office:value-type="float" office:value="{}"'


def test_a_spreadsheets_cell_is_the_text_that_it_shows() -> None:
    styles = (
        '<style:style style:name="off" style:family="table">'
        '<style:table-properties table:display="false"/></style:style>'
        '<style:style style:name="struck" style:family="table-cell">'
        '<style:text-properties style:text-line-through-style="solid"/></style:style>'
    )
    sheet = (
        '<table:table table:name="年报"><table:table-column/><table:table-column table:visibility="collapse"/>'
        + row(cell("规章"), cell("旧"), cell("6.42", NUMBER.format(64200)), cell("7", NUMBER.format(7)))
        + row(cell("许可"), cell("旧"), cell("19", 'table:style-name="struck" ' + NUMBER.format(19)), cell("8"))
        + row(cell("旧"), cell("旧"), attributes='table:visibility="filter"')
        + '</table:table><table:table table:style-name="off"><table:table-row>'
        + cell("藏")
        + "</table:table-row></table:table>"
    )
    read = blocks(open_document("spreadsheet", sheet, styles))
    assert [(block.text, block.source) for block in read] == [
        ("规章", "年报!A1"),
        ("6.42（实际值64200）", "年报!C1"),
        ("7", "年报!D1"),
        ("许可", "年报!A2"),
        ("", "年报!C2"),
        ("8", "年报!D2"),
    ]


def test_a_document_that_is_encrypted_is_rejected() -> None:
    manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>"
    with pytest.raises(Rejected, match="password"):
        read_document(open_document("text", "", parts={"META-INF/manifest.xml": manifest}), "a.odt")


@pytest.mark.parametrize("kind", ["text", "spreadsheet"])
def test_an_endless_row_is_hostile(kind: str) -> None:
    endless = row(cell("规章"), cell("1", 'table:number-columns-repeated="999999"'))
    with pytest.raises(Rejected) as rejected:
        read_document(open_document(kind, f"<table:table>{endless}</table:table>"), "a")
    assert rejected.value.code == "hostile"
