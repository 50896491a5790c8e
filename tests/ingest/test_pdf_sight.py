"""PDF: what the page paints last counts, and what nobody can tell is doubtful."""

import io
from collections.abc import Callable
from typing import Literal

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from shared.doubt import DoubtCode
from shared.errors import Rejected
from shared.source import read_source
from tests.ingest.files import FONT, blocks, paragraphs, pdf

Drawing = Callable[[Canvas], None]


def cell(draw: Drawing, change: Callable[[bytes], bytes] = bytes) -> tuple[str, DoubtCode | None]:
    """What is read in a cell of a ruled table, at 210 to 290 by 610 to 640, in which ``draw`` draws."""

    def table(canvas: Canvas) -> None:
        canvas.rect(100, 600, 100, 40)
        canvas.rect(200, 600, 100, 40)
        canvas.drawString(110, 615, "规章")
        canvas.saveState()
        draw(canvas)
        canvas.restoreState()

    block = blocks(change(pdf(table)))[1]
    return block.text, block.doubt


def old(canvas: Canvas) -> None:
    canvas.drawString(240, 615, "23")


def new(canvas: Canvas) -> None:
    canvas.drawString(240, 615, "28")


def box(canvas: Canvas, gray: float = 1) -> None:
    canvas.saveState()
    canvas.setFillGray(gray)
    canvas.rect(230, 610, 40, 20, stroke=0, fill=1)
    canvas.restoreState()


def picture(shade: int, alpha: int = 255) -> ImageReader:
    buffer = io.BytesIO()
    Image.new("RGBA", (8, 8), (shade, shade, shade, alpha)).save(buffer, "PNG")
    return ImageReader(buffer)


def cover_with_picture(canvas: Canvas, alpha: int = 255) -> None:
    canvas.drawImage(picture(255, alpha), 230, 610, 40, 20, mask="auto")


def stand_on_picture(canvas: Canvas) -> None:
    canvas.drawImage(picture(200), 200, 600, 100, 40)


def drawn(*steps: Drawing) -> Drawing:
    def draw(canvas: Canvas) -> None:
        for step in steps:
            step(canvas)

    return draw


@pytest.mark.parametrize(
    "cover", [box, lambda canvas: box(canvas, 0.9), cover_with_picture], ids=["white", "grey", "picture"]
)
def test_a_figure_typed_over_a_covered_one_is_the_one_that_counts(cover: Drawing) -> None:
    assert cell(drawn(old, cover, new)) == ("28", None)


@pytest.mark.parametrize(
    "cover", [box, lambda canvas: box(canvas, 0), cover_with_picture], ids=["white", "black", "picture"]
)
def test_a_covered_figure_is_not_read_and_the_cell_says_why(cover: Drawing) -> None:
    assert cell(drawn(old, cover)) == ("", DoubtCode.COVERED_TEXT)


def test_figures_on_a_coloured_ground_are_read() -> None:
    assert cell(drawn(lambda canvas: box(canvas, 0.8), old)) == ("23", None)
    assert cell(drawn(stand_on_picture, old)) == ("23", None)


def test_a_figure_half_of_which_is_covered_is_doubtful() -> None:
    def half(canvas: Canvas) -> None:
        canvas.setFillGray(1)
        canvas.rect(230, 610, 40, 8.5, stroke=0, fill=1)

    assert cell(drawn(old, half)) == ("\ufffd\ufffd", DoubtCode.COVERED_TEXT)


def test_the_rest_of_a_figure_whose_last_digit_is_covered_is_doubtful() -> None:
    def cover(canvas: Canvas) -> None:
        canvas.setFillGray(1)
        canvas.rect(245, 610, 40, 20, stroke=0, fill=1)

    assert cell(drawn(old, cover)) == ("\ufffd", DoubtCode.COVERED_TEXT)


def test_a_transparent_picture_hides_nothing() -> None:
    assert cell(drawn(old, lambda canvas: cover_with_picture(canvas, 40))) == ("23", None)


def test_figures_on_top_of_one_another_are_never_interleaved() -> None:
    assert cell(drawn(old, new)) == ("2\ufffd\ufffd", DoubtCode.OVERLAPPING_TEXT)
    assert cell(drawn(old, lambda canvas: canvas.drawString(242, 614, "47")))[1] is DoubtCode.OVERLAPPING_TEXT


def _mode(canvas: Canvas, mode: Literal[0, 1, 2, 3, 4, 7]) -> None:
    text = canvas.beginText(240, 615)
    text.setTextRenderMode(mode)
    text.textOut("23")
    canvas.drawText(text)


def _white(canvas: Canvas) -> None:
    canvas.setFillGray(1)
    old(canvas)


def _as_its_ground(canvas: Canvas) -> None:
    box(canvas, 0)
    old(canvas)


def _clipped(canvas: Canvas) -> None:
    path = canvas.beginPath()
    path.rect(100, 100, 20, 20)
    canvas.clipPath(path, stroke=0)
    old(canvas)


def _tiny(canvas: Canvas) -> None:
    canvas.setFont(FONT, 0.5)
    old(canvas)


@pytest.mark.parametrize(
    "hide", [lambda canvas: _mode(canvas, 3), lambda canvas: _mode(canvas, 7), _white, _as_its_ground, _clipped, _tiny]
)
def test_a_figure_that_is_not_painted_is_not_read(hide: Drawing) -> None:
    text, doubt = cell(hide)

    assert text == ""
    assert doubt is DoubtCode.HIDDEN_TEXT


@pytest.mark.parametrize("mode", [0, 1, 2, 4])
def test_a_figure_that_is_painted_in_another_mode_is_read(mode: Literal[0, 1, 2, 4]) -> None:
    assert cell(lambda canvas: _mode(canvas, mode)) == ("23", None)


def test_text_off_the_page_is_not_read() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(100, 700, "规章")
        canvas.drawString(700, 700, "99")

    assert paragraphs(pdf(draw)) == ["规章"]


def in_form(canvas: Canvas) -> None:
    canvas.beginForm("form")
    canvas.setFont(FONT, 10)
    old(canvas)
    canvas.endForm()
    canvas.doForm("form")


def test_text_in_a_form_is_read_unless_it_is_covered() -> None:
    assert cell(in_form) == ("23", None)
    assert cell(drawn(in_form, box, new)) == ("28", None)


def on_layer(state: bytes) -> Callable[[bytes], bytes]:
    """Gives a PDF a layer ``layer`` that is ON or OFF."""

    def change(data: bytes) -> bytes:
        data = data.replace(b"/Resources <<", b"/Resources << /Properties << /layer 900 0 R >>")
        layers = b"/OCProperties << /OCGs [900 0 R] /D << /%s [900 0 R] >> >>" % state
        data = data.replace(b"/Type /Catalog", b"/Type /Catalog " + layers)
        return data.replace(b"\nxref\n", b"\n900 0 obj\n<< /Type /OCG /Name (layer) >>\nendobj\nxref\n")

    return change


def _layered(canvas: Canvas) -> None:
    code: list[str] = vars(canvas)["_code"]
    code.append("/OC /layer BDC")
    old(canvas)
    code.append("EMC")


def test_a_layer_that_is_off_is_not_read_and_one_that_is_on_is() -> None:
    assert cell(_layered, on_layer(b"ON")) == ("23", None)
    assert cell(_layered, on_layer(b"OFF")) == ("", DoubtCode.HIDDEN_TEXT)
    assert cell(drawn(_layered, new), on_layer(b"OFF")) == ("28", None)


def annotation(body: str) -> Callable[[bytes], bytes]:
    """Gives the page of a PDF an annotation over the figure in the cell."""

    def change(data: bytes) -> bytes:
        data = data.replace(b"/Contents", b"/Annots [901 0 R] /Contents", 1)
        added = f"901 0 obj\n<< /Type /Annot /Rect [230 610 270 630] {body} >>\nendobj\n".encode()
        appearance = (
            b"902 0 obj\n<< /Type /XObject /Subtype /Form /BBox [0 0 40 20] /Resources << /Font << /F 903 0 R >> >> "
            b"/Length 53 >>\nstream\n1 g 0 0 40 20 re f 0 g BT /F 10 Tf 10 5 Td (28) Tj ET \nendstream\nendobj\n"
            b"903 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>\nendobj\n"
        )
        return data.replace(b"\nxref\n", b"\n" + added + appearance + b"xref\n")

    return change


@pytest.mark.parametrize(
    ("body", "read"),
    [
        ("/Subtype /FreeText /Contents (28) /DA (/Helv 7 Tf 0 g) /AP << /N 902 0 R >>", ("28", None)),
        ("/Subtype /Stamp /AP << /N 902 0 R >>", ("28", None)),
        ("/Subtype /Widget /FT /Tx /V (28) /AP << /N 902 0 R >>", ("28", None)),
        ("/Subtype /Stamp /F 2 /AP << /N 902 0 R >>", ("23", None)),
        ("/Subtype /Link", ("23", None)),
        ("/Subtype /Highlight /QuadPoints [230 630 270 630 230 610 270 610] /C [1 1 0]", ("23", None)),
    ],
)
def test_an_annotation_counts_as_it_shows(body: str, read: tuple[str, DoubtCode | None]) -> None:
    assert cell(old, annotation(body)) == read


@pytest.mark.parametrize(
    "body",
    [
        "/Subtype /FreeText /Contents (28) /DA (/Helv 7 Tf 0 g)",
        "/Subtype /StrikeOut /QuadPoints [230 630 270 630 230 610 270 610]",
        "/Subtype /StrikeOut",
        "/Subtype /Redact /QuadPoints [230 630 270 630 230 610 270 610]",
        "/Subtype /Stamp /OC 904 0 R /AP << /N 902 0 R >>",
    ],
)
def test_a_figure_that_an_annotation_takes_back_is_doubtful(body: str) -> None:
    text, doubt = cell(old, annotation(body))

    assert not any(character.isdigit() for character in text)
    assert doubt is DoubtCode.ANNOTATED_TEXT


def test_a_figure_struck_out_by_a_line_askew_is_doubtful() -> None:
    assert cell(drawn(old, lambda canvas: canvas.line(236, 610, 254, 628))) == (
        "\ufffd\ufffd",
        DoubtCode.ANNOTATED_TEXT,
    )


def test_the_text_that_a_scanner_laid_behind_its_pictures_is_not_read() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawImage(picture(230), 0, 0, 595, 842)
        text = canvas.beginText(100, 700)
        text.setTextRenderMode(3)
        text.textOut("某某县政府信息公开年报 23")
        canvas.drawText(text)
        canvas.drawString(290, 30, "1")

    with pytest.raises(Rejected, match="OCR") as rejected:
        blocks(pdf(draw))
    assert rejected.value.code == "unreadable"


@pytest.mark.parametrize(
    ("turn", "where"),
    [
        (0, (240, 519, 250, 529)),
        (90, (313, 240, 323, 250)),
        (180, (345, 313, 355, 323)),
        (270, (272, 592, 282, 602)),
    ],
)
def test_a_source_says_where_the_figure_stands_on_the_page_as_shown(turn: int, where: tuple[int, ...]) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(turn)  # which swaps width and height at 90 and 270
        canvas.drawString(240, 315, "23")

    source = read_source(blocks(pdf(draw))[0].source)

    assert (source.place, source.page) == ("p1 L1", 1)
    assert source.box is not None
    assert all(abs(one - other) < 2 for one, other in zip(source.box, where, strict=True)), source.box
