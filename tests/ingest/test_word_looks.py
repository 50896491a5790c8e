"""Word documents: what a reader sees of a cell, by the styles and by its own formatting."""

import pytest

from services.ingest.read import read_document
from shared.doubt import DoubtCode
from shared.errors import Rejected
from tests.ingest.files import archive, blocks, word, word_xml


def style(kind: str, name: str, inside: str, based_on: str = "", default: bool = False) -> str:
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    marked = ' w:default="1"' if default else ""
    return f'<w:style w:type="{kind}" w:styleId="{name}"{marked}>{base}{inside}</w:style>'


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def table(cell: str, properties: str = "", row: str = "", whole: str = "") -> str:
    first = f"<w:tc><w:p>{run('规章')}</w:p></w:tc>"
    second = f"<w:tc><w:tcPr>{properties}</w:tcPr>{cell}</w:tc>"
    return f"<w:tbl><w:tblPr>{whole}</w:tblPr><w:tr>{row}{first}{second}</w:tr></w:tbl>"


def paragraph(inside: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def seen(body: str, styles: str = "") -> tuple[str, DoubtCode | None]:
    """Text and doubt of the second cell of a document's table."""
    block = blocks(word_xml(body, styles=styles))[1]
    return block.text, block.doubt


STYLES = "".join([
    "<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val='21'/></w:rPr></w:rPrDefault></w:docDefaults>",
    style("character", "Struck", "<w:rPr><w:strike/></w:rPr>"),
    style("character", "AsStruck", "", based_on="Struck"),
    style("character", "NotStruck", "<w:rPr><w:strike w:val='0'/></w:rPr>", based_on="Struck"),
    style("character", "One", "<w:rPr><w:vanish/></w:rPr>", based_on="Other"),
    style("character", "Other", "", based_on="One"),
    style("character", "Mark", "<w:rPr><w:vertAlign w:val='superscript'/></w:rPr>"),
    style("paragraph", "StruckLine", "<w:rPr><w:strike/></w:rPr>"),
    style("table", "Dark", "<w:tblStylePr w:type='firstRow'><w:rPr><w:color w:val='FFFFFF'/></w:rPr>"
          "<w:tcPr><w:shd w:val='clear' w:fill='1F3864'/></w:tcPr></w:tblStylePr>"),
    style("table", "White", "<w:rPr><w:color w:val='FFFFFF'/></w:rPr>"),
])  # fmt: skip


def by_style(name: str) -> str:
    return f'<w:rStyle w:val="{name}"/>'


@pytest.mark.parametrize(
    ("properties", "text"),
    [
        (by_style("Struck"), "23"),
        (by_style("AsStruck"), "23"),
        (by_style("NotStruck"), "7723"),
        (by_style("One"), "23"),
        (by_style("Struck") + "<w:strike w:val='0'/>", "7723"),
        (by_style("Missing"), "7723"),
        ("<w:dstrike/>", "23"),
        ("<w:specVanish/>", "23"),
        ("<w:color w:val='FFFFFF'/>", "23"),
        ("<w:color w:val='auto' w:themeColor='background1'/>", "23"),
        ("<w:color w:val='FF0000'/>", "7723"),
        ("<w:color w:val='FFFFFF'/><w:highlight w:val='black'/>", "7723"),
        ("<w:color w:val='FFFF00'/><w:highlight w:val='yellow'/>", "23"),
        ("<w:color w:val='1F3864'/><w:shd w:val='clear' w:fill='1F3864'/>", "23"),
        ("<w:sz w:val='2'/>", "23"),
        ("<w:w w:val='1'/>", "23"),
        ("<w14:textFill><w14:noFill/></w14:textFill>", "23"),
    ],
)
def test_what_is_struck_hidden_or_of_the_grounds_colour_is_not_read(properties: str, text: str) -> None:
    assert seen(table(paragraph(run("77", properties) + run("23"))), STYLES) == (text, None)


def test_a_toggle_in_two_styles_is_off_and_in_one_of_them_on() -> None:
    in_both = paragraph(run("23", by_style("Struck")), "<w:pStyle w:val='StruckLine'/>")
    in_one = paragraph(run("77"), "<w:pStyle w:val='StruckLine'/>")
    assert seen(table(in_both + in_one), STYLES) == ("23", None)


@pytest.mark.parametrize(
    ("properties", "text"),
    [
        (by_style("Mark"), "23[1]"),
        ("<w:position w:val='8'/>", "23[1]"),
        ("<w:position w:val='-6'/>", "23[1]"),
        ("<w:position w:val='0'/>", "231"),
    ],
)
def test_what_is_raised_or_lowered_is_a_note(properties: str, text: str) -> None:
    assert seen(table(paragraph(run("23") + run("1", properties))), STYLES) == (text, None)


def test_white_letters_are_seen_on_the_dark_ground_that_their_style_gives_them_and_nowhere_else() -> None:
    white = paragraph(run("23", "<w:color w:val='FFFFFF'/>"))
    dark = "<w:tblStyle w:val='Dark'/><w:tblLook w:val='0020'/>"
    unused = "<w:tblStyle w:val='Dark'/><w:tblLook w:firstRow='0'/>"
    assert seen(table(paragraph(run("23")), whole=dark), STYLES) == ("23", None)
    assert seen(table(white, "<w:shd w:val='clear' w:fill='1F3864'/>"), STYLES) == ("23", None)
    assert seen(table(white, whole=unused), STYLES) == ("", DoubtCode.HIDDEN_TEXT)
    assert seen(
        table(paragraph(run("77") + run("23", "<w:color w:val='000000'/>")), whole="<w:tblStyle w:val='White'/>"),
        STYLES,
    ) == ("23", None)


MARK = "<w:r><w:fldChar w:fldCharType='{}'/></w:r>"
FIELD = MARK.format("begin") + "{}" + MARK.format("separate") + "{}" + MARK.format("end")
DROPDOWN = (
    "<w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:ddList><w:result w:val='1'/><w:listEntry w:val='5'/>"
    "<w:listEntry w:val='23'/></w:ddList></w:ffData></w:fldChar></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>"
)
BOX = (
    "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wp:inline><w:txbxContent><w:p>{0}</w:p></w:txbxContent></wp:inline>"
    "</w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p>{0}</w:p></w:txbxContent></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)
UNKNOWN_TO_WORD = (
    "<mc:AlternateContent><mc:Choice xmlns:zz='urn:zz' Requires='zz'>{}</mc:Choice><mc:Fallback>{}</mc:Fallback>"
    "</mc:AlternateContent>"
)


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (FIELD.format("<w:r><w:t>9</w:t></w:r>", run("23")), "23"),
        (DROPDOWN, "23"),
        (BOX.format(run("23")), "23"),
        (UNKNOWN_TO_WORD.format(run("9"), run("23")), "23"),
        (run("2") + "<w:r><w:sym w:font='Times New Roman' w:char='F033'/></w:r>", "23"),
        (
            run("23") + "<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:footnoteReference w:id='2'/></w:r>",
            "23",
        ),
        (run("23") + "<w:r><w:commentReference w:id='0'/></w:r>", "23"),
        ("<m:oMath><m:r><m:t>23</m:t></m:r></m:oMath>", "23"),
        ("<w:moveFrom>" + run("77") + "</w:moveFrom><w:moveTo>" + run("23") + "</w:moveTo>", "23"),
    ],
)
def test_fields_boxes_symbols_and_marks_show_what_they_show(inside: str, text: str) -> None:
    assert seen(table(paragraph(inside))) == (text, None)


PICTURE = "<w:r><w:drawing><wp:inline/></w:drawing></w:r>"
COVER = "<w:r><w:drawing><wp:anchor behindDoc='0'><wp:wrapNone/></wp:anchor></w:drawing></w:r>"


@pytest.mark.parametrize(
    ("inside", "code"),
    [
        (run("2") + "<w:r><w:sym w:font='Wingdings' w:char='F033'/></w:r>", DoubtCode.SYMBOL_FONT),
        (run("23", "<w:rFonts w:ascii='Wingdings 2'/>"), DoubtCode.SYMBOL_FONT),
        (
            FIELD.replace("separate", "none").format("<w:r><w:instrText>EQ \\o(2,3)</w:instrText></w:r>", ""),
            DoubtCode.SYMBOL_FONT,
        ),
        (run("23") + PICTURE, DoubtCode.PICTURE),
        (run("23") + COVER, DoubtCode.COVERED_TEXT),
        (run("23") + "<w:r><w:footnoteReference w:id='2'/></w:r>", DoubtCode.ANNOTATED_TEXT),
        (f"<w:bdo w:val='rtl'>{run('32')}</w:bdo>", DoubtCode.REORDERED_TEXT),
        (run("\u202e32"), DoubtCode.REORDERED_TEXT),
        (run("23", "<w:color w:val='E8E8E8'/>"), DoubtCode.HIDDEN_TEXT),
        (run("23", "<w:webHidden/>"), DoubtCode.HIDDEN_TEXT),
        (run("1", "<w:vertAlign w:val='superscript'/>") + run("23"), DoubtCode.OVERLAPPING_TEXT),
    ],
)
def test_what_cannot_be_told_is_in_doubt(inside: str, code: DoubtCode) -> None:
    assert seen(table(paragraph(inside)))[1] is code


def test_an_automatic_number_in_a_cell_is_in_doubt() -> None:
    numbered = "<w:numPr><w:numId w:val='3'/></w:numPr>"
    assert seen(table(paragraph(run("23"), numbered)))[1] is DoubtCode.AUTOMATIC_NUMBER
    assert seen(table(paragraph("", numbered))) == ("", None)


def test_a_deleted_cell_makes_those_behind_it_doubtful() -> None:
    assert seen(table(paragraph(run("23")), "<w:cellDel/>"))[1] is DoubtCode.ANNOTATED_TEXT
    assert seen(table(paragraph(run("23")), "<w:cellIns/>")) == ("23", None)


@pytest.mark.parametrize(
    "row", ["<w:trPr><w:hidden/></w:trPr>", "<w:trPr><w:trHeight w:val='20' w:hRule='exact'/></w:trPr>"]
)
def test_rows_that_are_hidden_are_not_there(row: str) -> None:
    hidden = table(paragraph(run("77")), row=row).replace("</w:tbl>", "")
    shown = f"<w:tr><w:tc>{paragraph(run('规章'))}</w:tc><w:tc>{paragraph(run('23'))}</w:tc></w:tr></w:tbl>"
    assert [block.text for block in blocks(word_xml(hidden + shown))] == ["规章", "23"]


def chunk(data: str | bytes, name: str) -> bytes:
    relationship = f'<Relationships><Relationship Id="a" Target="{name}"/></Relationships>'
    parts = {f"word/{name}": data, "word/_rels/document.xml.rels": relationship}
    body = f"{table(paragraph(run('1')))}<w:altChunk r:id='a'/>{table(paragraph(run('2')))}"
    return word_xml(body, parts=parts)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ("<html><body><table><tr><td>许可<td>5</table></body></html>", "afchunk.htm"),
        (word_xml(table(paragraph(run("5"))).replace("规章", "许可")), "afchunk.docx"),
    ],
)
def test_an_embedded_document_is_read_in_its_place(data: str | bytes, name: str) -> None:
    cells = [(block.text, block.table) for block in blocks(chunk(data, name))]
    assert cells == [("规章", 1), ("1", 1), ("许可", 2), ("5", 2), ("规章", 3), ("2", 3)]


def test_an_embedded_document_that_cannot_be_read_is_named() -> None:
    with pytest.raises(Rejected, match=r"altChunk: word/a\.png") as rejected:
        read_document(chunk(b"\x89PNG\r\n", "a.png"), "a.docx")
    assert rejected.value.code == "unsupported_format"


def test_a_document_whose_styles_are_damaged_is_rejected() -> None:
    with pytest.raises(Rejected):
        read_document(archive({"word/document.xml": word_xml(""), "word/styles.xml": "<w:styles"}), "a.docx")


def test_documents_of_a_word_processor_are_read_with_their_styles() -> None:
    assert [block.text for block in blocks(word(lambda document: document.add_heading("一、总体情况")))] == [
        "一、总体情况"
    ]
