"""A page as a PDF with a text layer."""

import io
from collections.abc import Callable
from random import Random
from typing import Literal

from reportlab.pdfgen.canvas import Canvas

from tests.corpus.formats.fixed_layout import WIDTH, Paper, Writer
from tests.corpus.page import Page


class PdfPaper(Paper):
    """Sheets of a PDF; ``rng`` chooses the ways in which text is hidden."""

    def __init__(self, rng: Random) -> None:
        self._buffer = io.BytesIO()
        self._canvas = Canvas(self._buffer, pagesize=(WIDTH, 842), invariant=True)
        self._rng = rng
        self._layered = False

    def begin(self, height: float) -> None:
        self._canvas.setPageSize((WIDTH, height))

    def end(self) -> None:
        self._canvas.showPage()

    def string(self, text: str, left: float, y: float, size: float) -> None:
        self._canvas.setFont(self.font, size)
        self._canvas.drawString(left, y, text)

    def hidden(self, text: str, left: float, y: float, size: float) -> None:
        self._canvas.saveState()
        hide = self._rng.choice(_HIDING)
        self._layered |= hide is _on_a_layer_that_is_off
        hide(self._canvas, lambda: self.string(text, left, y, size))
        self._canvas.restoreState()

    def watermark(self, text: str, left: float, y: float, size: float) -> None:
        self._canvas.saveState()
        self._canvas.translate(left, y)
        self._canvas.rotate(40)
        self._canvas.setFillGray(0.8)
        self.string(text, 0, 0, size)
        self._canvas.restoreState()

    def frame(self, left: float, bottom: float, right: float, top: float) -> None:
        self._canvas.rect(left, bottom, right - left, top - bottom)

    def line(self, left: float, bottom: float, right: float, top: float) -> None:
        self._canvas.line(left, bottom, right, top)

    def cover(self, left: float, bottom: float, right: float, top: float) -> None:
        self._canvas.saveState()
        self._canvas.setFillGray(1)
        self._canvas.rect(left, bottom, right - left, top - bottom, stroke=0, fill=1)
        self._canvas.restoreState()

    def saved(self) -> bytes:
        self._canvas.save()
        return _with_layer(self._buffer.getvalue()) if self._layered else self._buffer.getvalue()


Draw = Callable[[], None]


def _white(canvas: Canvas, draw: Draw) -> None:
    canvas.setFillGray(1)
    draw()


def _transparent(canvas: Canvas, draw: Draw) -> None:
    canvas.setFillAlpha(0)
    draw()


def _invisible(canvas: Canvas, draw: Draw) -> None:
    _raw(canvas, "3 Tr")
    draw()


def _on_a_layer_that_is_off(canvas: Canvas, draw: Draw) -> None:
    _raw(canvas, "/OC /off BDC")
    draw()
    _raw(canvas, "EMC")


def _clipped(canvas: Canvas, draw: Draw) -> None:
    path = canvas.beginPath()
    path.rect(0, 0, 9, 9)
    canvas.clipPath(path, stroke=0)
    draw()


_HIDING: tuple[Callable[[Canvas, Draw], None], ...] = (
    _white,
    _transparent,
    _invisible,
    _on_a_layer_that_is_off,
    _clipped,
)


def _raw(canvas: Canvas, operators: str) -> None:
    """Puts operators into the page that reportlab has no words for."""
    code: list[str] = vars(canvas)["_code"]
    code.append(operators)


def _with_layer(data: bytes) -> bytes:
    """Gives a PDF the layer ``off``; readers find the objects behind it again by themselves."""
    data = data.replace(b"/Resources <<", b"/Resources << /Properties << /off 9000 0 R >>")
    layers = b"/Type /Catalog /OCProperties << /OCGs [9000 0 R] /D << /OFF [9000 0 R] >> >>"
    data = data.replace(b"/Type /Catalog", layers)
    return data.replace(b"\nxref\n", b"\n9000 0 obj\n<< /Type /OCG /Name (off) >>\nendobj\nxref\n")


def ruled(page: Page, rng: Random) -> bytes:
    """Tables with rules, on A4."""
    return Writer(PdfPaper(rng), top=rng.choice([True, False])).write(page)


def unruled(page: Page, rng: Random) -> bytes:
    """Tables without a rule, only positions tell the columns apart."""
    return Writer(PdfPaper(rng), rules="none").write(page)


def lined(page: Page, rng: Random) -> bytes:
    """Tables with rules between rows only."""
    return Writer(PdfPaper(rng), rules="rows").write(page)


def characters(page: Page, rng: Random) -> bytes:
    """Every character placed on its own, as some printer drivers do; the font is embedded, for of characters that a
    reader's own fonts lack nothing would be left."""
    return Writer(PdfPaper(rng), apart=True).write(page)


def small_pages(page: Page, rng: Random) -> bytes:
    """Ruled tables that run over several short pages, each with its number at the foot."""
    return Writer(PdfPaper(rng), height=420).write(page)


def repeated_headers(page: Page, rng: Random) -> bytes:
    """The same where every page of a table begins with its header again."""
    return Writer(PdfPaper(rng), height=420, heads=True).write(page)


def stamped(page: Page, rng: Random) -> bytes:
    """A watermark across every page, and every string printed twice to make it bold."""
    return Writer(PdfPaper(rng), stamp="内部资料 1999", twice=rng.choice([True, False])).write(page)


def torn_rows(page: Page, rng: Random) -> bytes:
    """Ruled tables in which a row is torn by the end of a page: of each of its cells the first line stands there, and
    what is left of it overleaf."""
    return Writer(PdfPaper(rng), narrow=rng.choice([0.0, 20.0]), heads=rng.choice([True, False]), tears=rng).write(page)


def narrow(page: Page, rng: Random) -> bytes:
    """Columns so narrow that long figures go on in a second line, with rules or without."""
    rules: Literal["all", "rows", "none"] = rng.choice(["all", "rows", "none"])
    return Writer(
        PdfPaper(rng), rules=rules, top=rng.choice([True, False]), narrow=rng.choice([16.0, 20.0, 24.0])
    ).write(page)
