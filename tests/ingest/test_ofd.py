"""OFD: characters where the standard puts them, tables by their rules, and only what is seen."""

import pytest

from services.ingest.formats.ofd.text import deltas
from shared.doubt import DoubtCode
from shared.errors import Rejected
from shared.source import read_source
from tests.ingest.files import blocks, cells, paragraphs
from tests.ofd import NAMESPACE, SYMBOLS, box, fill, layer, line, ofd, text

WHITE_BOX = box(78, 21, 14, 8, inside=fill(255), more='Fill="true" Stroke="false"')
OLD, NEW = text("23", 80, 27), text("28", 80, 27)


def cell(*objects: str, resources: str = "") -> tuple[str, DoubtCode | None]:
    """What is read in the second cell of a ruled table, at 70 to 110 by 20 to 30 millimetres."""
    frame = (box(30, 20, 40, 10), box(70, 20, 40, 10), text("规章", 35, 27))
    block = blocks(ofd([layer(*frame, *objects)], resources=resources))[1]
    return block.text, block.doubt


def test_a_ruled_table_and_prose_are_read_in_their_order() -> None:
    rows = [box(30 + 40 * column, 40 + 10 * row, 40, 10) for row in range(2) for column in range(2)]
    texts = [text("规章", 35, 47), text("7", 80, 47), text("许可", 35, 57), text("8", 80, 57)]
    data = ofd([layer(text("某某县年报", 80, 30), *rows, *texts)])

    assert paragraphs(data) == ["某某县年报"]
    assert [each[:3] for each in cells(data)] == [("规章", 0, 0), ("7", 0, 1), ("许可", 1, 0), ("8", 1, 1)]


def test_a_source_says_where_the_figure_stands() -> None:
    source = read_source(blocks(ofd([layer(text("23", 100, 50))]))[0].source)

    assert (source.place, source.page) == ("p1 L1", 1)
    assert source.box == pytest.approx((283.5, 132.7, 294.8, 144), abs=1)


@pytest.mark.parametrize(
    ("value", "steps"),
    [
        ("1 2.5 3", [1, 2.5, 3]),
        ("g 3 2.5 1", [2.5, 2.5, 2.5, 1]),
        ("1 g 2 0.5 g 1 4", [1, 0.5, 0.5, 4]),
        ("", []),
        (None, []),
    ],
)
def test_distances_may_be_repeated(value: str | None, steps: list[float]) -> None:
    assert deltas(value) == steps


def test_a_matrix_scales_and_moves_what_an_object_holds() -> None:
    code = '<ofd:TextCode X="0" Y="10" DeltaX="g 1 5">23</ofd:TextCode>'
    scaled = (
        f'<ofd:TextObject ID="1" Boundary="80 23 20 6" CTM="0.4 0 0 0.4 0 0" Font="1" Size="10">{code}</ofd:TextObject>'
    )

    assert cell(scaled) == ("23", None)


def test_text_turned_by_a_quarter_is_read_as_it_lies() -> None:
    def on_its_side(content: str, x: float, y: float) -> str:
        more = 'CTM="0 1 -1 0 0 0"'
        steps = " ".join("4" for _ in content[1:])
        code = f'<ofd:TextCode X="0" Y="0" DeltaX="{steps}">{content}</ofd:TextCode>'
        return f'<ofd:TextObject ID="1" Boundary="{x} {y} 10 40" {more} Font="1" Size="4">{code}</ofd:TextObject>'

    data = ofd([layer(on_its_side("政府信息公开", 100, 50), on_its_side("规章七件", 90, 50))])

    assert paragraphs(data) == ["政府信息公开规章七件"]


def test_several_codes_of_a_text_and_characters_without_distances() -> None:
    codes = '<ofd:TextCode X="0" Y="4">规章</ofd:TextCode><ofd:TextCode X="20" Y="4">7</ofd:TextCode>'
    data = ofd([layer(f'<ofd:TextObject ID="1" Boundary="30 30 40 6" Font="1" Size="4">{codes}</ofd:TextObject>')])

    assert [block.text for block in blocks(data)] == ["规章", "7"]


def test_templates_layers_and_composites_are_part_of_the_page() -> None:
    template = f"<ofd:Page {NAMESPACE}>{layer(box(30, 20, 40, 10), box(70, 20, 40, 10))}</ofd:Page>"
    unit = f'<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="50"><ofd:Content>{text("7", 0, 5)}</ofd:Content>'
    unit += "</ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>"
    composite = '<ofd:CompositeObject ID="51" Boundary="80 22 20 8" ResourceID="50"/>'
    page = (
        f'<ofd:Template TemplateID="5"/>{layer("<ofd:PageBlock>", text("规章", 35, 27), composite, "</ofd:PageBlock>")}'
    )
    data = ofd(
        [page],
        common='<ofd:TemplatePage ID="5" BaseLoc="Tpls/Tpl_0/Content.xml"/>',
        resources=unit,
        parts={"Doc_0/Tpls/Tpl_0/Content.xml": template},
    )

    assert [each[:3] for each in cells(data)] == [("规章", 0, 0), ("7", 0, 1)]


def test_a_figure_typed_over_a_covered_one_is_the_one_that_counts() -> None:
    assert cell(OLD, WHITE_BOX, NEW) == ("28", None)
    assert cell(OLD, WHITE_BOX) == ("", DoubtCode.COVERED_TEXT)
    assert cell(OLD, NEW) == ("2\ufffd\ufffd", DoubtCode.OVERLAPPING_TEXT)


@pytest.mark.parametrize(
    "hidden",
    [
        text("23", 80, 27, more='Visible="false"'),
        text("23", 80, 27, more='Fill="false"'),
        text("23", 80, 27, inside=fill(255)),
        text("23", 80, 27, inside='<ofd:FillColor Value="0 0 0" Alpha="0"/>'),
        text("23", 80, 27, more='DrawParam="60"'),
        text("23", 80, 27, size=0.2),
        text(
            "23",
            80,
            27,
            inside='<ofd:Clips><ofd:Clip><ofd:Area><ofd:Path Boundary="50 50 4 4"><ofd:AbbreviatedData>'
            "M 0 0 L 4 0 L 4 4 L 0 4 C</ofd:AbbreviatedData></ofd:Path></ofd:Area></ofd:Clip></ofd:Clips>",
        ),
    ],
)
def test_a_figure_that_is_not_painted_is_not_read(hidden: str) -> None:
    parameters = f'<ofd:DrawParams><ofd:DrawParam ID="60">{fill(255)}</ofd:DrawParam></ofd:DrawParams>'

    assert cell(hidden, resources=parameters) == ("", DoubtCode.HIDDEN_TEXT)


def test_figures_on_a_coloured_ground_are_read() -> None:
    assert cell(box(70, 20, 40, 10, inside=fill(200), more='Fill="true"'), OLD) == ("23", None)
    assert cell(box(70, 20, 40, 10, inside=fill(0), more='Fill="true"'), text("23", 80, 27, inside=fill(255))) == (
        "23",
        None,
    )


def test_a_figure_struck_out_or_in_a_font_of_symbols_is_doubtful() -> None:
    assert cell(OLD, line(79, 25.6, 85, 25.6)) == ("\ufffd\ufffd", DoubtCode.ANNOTATED_TEXT)
    assert cell(OLD, line(79, 29, 85, 22)) == ("\ufffd\ufffd", DoubtCode.ANNOTATED_TEXT)
    assert cell(text("23", 80, 27, font=SYMBOLS)) == ("\ufffd\ufffd", DoubtCode.SYMBOL_FONT)


def annotated(annotation: str) -> tuple[str, DoubtCode | None]:
    parts: dict[str, str | bytes] = {
        "Doc_0/Annots/Annotations.xml": f'<ofd:Annotations {NAMESPACE}><ofd:Page PageID="100">'
        "<ofd:FileLoc>Page_0/Annotation.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>",
        "Doc_0/Annots/Page_0/Annotation.xml": f"<ofd:PageAnnot {NAMESPACE}>{annotation}</ofd:PageAnnot>",
    }
    frame = (box(30, 20, 40, 10), box(70, 20, 40, 10), text("规章", 35, 27), OLD)
    document = "<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>"
    block = blocks(ofd([layer(*frame)], document=document, parts=parts))[1]
    return block.text, block.doubt


def appearance(*objects: str) -> str:
    return f'<ofd:Appearance Boundary="78 21 14 8">{"".join(objects)}</ofd:Appearance>'


PICTURE = '<ofd:ImageObject ID="2" Boundary="0 0 14 8" ResourceID="70"/>'
COVER = box(0, 0, 14, 8, inside=fill(255), more='Fill="true" Stroke="false"')


@pytest.mark.parametrize(
    ("annotation", "read"),
    [
        (f'<ofd:Annot ID="1" Type="Stamp">{appearance(COVER, text("28", 2, 6))}</ofd:Annot>', ("28", None)),
        (f'<ofd:Annot ID="1" Type="Stamp">{appearance(COVER)}</ofd:Annot>', ("", DoubtCode.COVERED_TEXT)),
        (f'<ofd:Annot ID="1" Type="Stamp" Visible="false">{appearance(COVER)}</ofd:Annot>', ("23", None)),
        (f'<ofd:Annot ID="1" Type="Highlight">{appearance(COVER)}</ofd:Annot>', ("23", None)),
        (
            f'<ofd:Annot ID="1" Type="Highlight">{appearance(line(1, 4.6, 7, 4.6))}</ofd:Annot>',
            ("\ufffd\ufffd", DoubtCode.ANNOTATED_TEXT),
        ),
        (f'<ofd:Annot ID="1" Type="Stamp">{appearance(PICTURE)}</ofd:Annot>', ("\ufffd\ufffd", DoubtCode.COVERED_TEXT)),
    ],
)
def test_an_annotation_counts_as_it_shows(annotation: str, read: tuple[str, DoubtCode | None]) -> None:
    assert annotated(annotation) == read


def test_a_figure_under_the_seal_of_a_signature_is_doubtful() -> None:
    parts: dict[str, str | bytes] = {
        "Doc_0/Signs/Signatures.xml": f"<ofd:Signatures {NAMESPACE}>"
        '<ofd:Signature ID="1" BaseLoc="Sign_0/Signature.xml"/></ofd:Signatures>',
        "Doc_0/Signs/Sign_0/Signature.xml": f"<ofd:Signature {NAMESPACE}><ofd:SignedInfo>"
        '<ofd:StampAnnot ID="1" PageRef="100" Boundary="75 15 20 20"/></ofd:SignedInfo></ofd:Signature>',
    }
    frame = (box(30, 20, 40, 10), box(70, 20, 40, 10), text("规章", 35, 27), OLD)
    body = "<ofd:Signatures>Doc_0/Signs/Signatures.xml</ofd:Signatures>"

    assert blocks(ofd([layer(*frame)], body=body, parts=parts))[1].doubt is DoubtCode.COVERED_TEXT


def test_a_page_that_is_a_picture_with_text_behind_it_is_a_scan() -> None:
    media = (
        '<ofd:MultiMedias><ofd:MultiMedia ID="70" Type="Image"><ofd:MediaFile>scan.jpg</ofd:MediaFile></ofd:MultiMedia>'
    )
    picture = '<ofd:ImageObject ID="2" CTM="210 0 0 297 0 0" Boundary="0 0 210 297" ResourceID="70"/>'
    data = ofd(
        [layer(text("政府信息公开年报23", 40, 50), picture)],
        resources=f"{media}</ofd:MultiMedias>",
        parts={"Doc_0/Res/scan.jpg": b"\xff\xd8\xff\xe0 a picture"},
    )

    with pytest.raises(Rejected, match="OCR") as rejected:
        blocks(data)
    assert rejected.value.code == "unreadable"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (ofd([], parts={"Encryptions.xml": "<a/>"}), "unreadable"),
        (ofd([layer("<ofd:PageBlock>" * 60 + "</ofd:PageBlock>" * 60)]), "hostile"),
        (ofd([layer("<a/>" * 300_000)]), "too_large"),
        (ofd(["<ofd:Content>"]), "unreadable"),
        (ofd([], parts={"Doc_0/PublicRes.xml": '<!DOCTYPE d [<!ENTITY a "b">]><d>&a;</d>'}), "hostile"),
    ],
)
def test_what_is_made_to_do_harm_is_rejected(data: bytes, code: str) -> None:
    with pytest.raises(Rejected) as rejected:
        blocks(data)
    assert rejected.value.code == code


def test_a_composite_that_holds_itself_is_hostile() -> None:
    itself = '<ofd:CompositeObject ID="51" Boundary="0 0 20 8" ResourceID="50"/>'
    unit = f'<ofd:CompositeGraphicUnit ID="50"><ofd:Content>{itself}</ofd:Content></ofd:CompositeGraphicUnit>'

    with pytest.raises(Rejected) as rejected:
        blocks(ofd([layer(itself)], resources=unit))
    assert rejected.value.code == "hostile"
