"""PDF, held against the rendered page: a figure that is read is the one whose digits the pixels show.

Pages of cells are painted at random: figures over and under boxes and pictures, white, invisible, cut off, struck out.
The digits of the embedded font are drawn in seven segments, so that the pixels can be read back without our reader.
"""

import re
from collections.abc import Callable
from random import Random

import pypdfium2 as pdfium
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from services.ingest.formats.pdf import blocks
from shared.source import read_source
from tests.ingest.files import FONT, pdf

SIZE, ROWS, COLUMNS = 12, 9, 7
WIDE, HIGH, LEFT, TOP, BASELINE = 70, 60, 40, 800, 22
SCALE = 6
CONTRAST = 40  # of 255 shades
FEWEST = 8  # of the cells of a page; in the others the figure is covered, hidden or in doubt
SEGMENTS = {
    (250, 665): "a",
    (385, 525): "b",
    (385, 175): "c",
    (250, 35): "d",
    (115, 175): "e",
    (115, 525): "f",
    (250, 350): "g",
}
HOLLOW = (250, 525)  # where no digit has ink
DIGITS = {
    frozenset(segments): str(digit)
    for digit, segments in enumerate(
        ("abcdef", "bc", "abged", "abgcd", "fgbc", "afgcd", "afgedc", "abc", "abcdefg", "abcdfg")
    )
}

Step = Callable[[Canvas, float, float, Random], None]


def write(canvas: Canvas, x: float, y: float, rng: Random) -> None:
    canvas.drawString(x + rng.choice([20, 20, 22, 26]), y + BASELINE, str(rng.randint(1, 99999)))


def _covered(shade: float, alpha: float = 1) -> Step:
    def cover(canvas: Canvas, x: float, y: float, rng: Random) -> None:
        canvas.setFillGray(shade, alpha)
        left, wide = rng.choice([(15, 50), (15, 50), (30, 30)])
        canvas.rect(x + left, y + BASELINE - 4, wide, rng.choice([18, 18, 8]), stroke=0, fill=1)

    return cover


def _pictured(canvas: Canvas, x: float, y: float, rng: Random) -> None:
    shade = rng.choice([255, 200, 0])
    picture = ImageReader(Image.new("RGBA", (4, 4), (shade, shade, shade, rng.choice([255, 255, 60]))))
    canvas.drawImage(picture, x + 15, y + BASELINE - 4, 50, 18, mask="auto")


def _written(shade: float = 0, mode: int = 0, clip: bool = False) -> Step:
    def draw(canvas: Canvas, x: float, y: float, rng: Random) -> None:
        canvas.setFillGray(shade)
        if clip:
            path = canvas.beginPath()
            path.rect(x, y, rng.choice([10, 28, 60]), HIGH)
            canvas.clipPath(path, stroke=0)
        vars(canvas)["_code"].append(f"{mode} Tr")
        write(canvas, x, y, rng)
        vars(canvas)["_code"].append("0 Tr")

    return draw


def _struck(canvas: Canvas, x: float, y: float, rng: Random) -> None:
    canvas.line(x + 15, y + BASELINE + 4, x + 60, y + BASELINE + rng.choice([4, 9]))


STEPS: tuple[Step, ...] = (
    write,
    write,
    _covered(1),
    _covered(1),
    _covered(0),
    _covered(0.8),
    _covered(1, 0.3),
    _pictured,
    _written(shade=1),
    _written(mode=3),
    _written(clip=True),
    _struck,
)


def painted(seed: int) -> bytes:
    rng = Random(seed)

    def draw(canvas: Canvas) -> None:
        for at in range(ROWS * COLUMNS):
            x, y = LEFT + WIDE * (at % COLUMNS), TOP - HIGH * (1 + at // COLUMNS)
            canvas.rect(x, y, WIDE, HIGH)
            canvas.setFont(FONT, SIZE)
            for step in (write, *rng.choices(STEPS, k=rng.choice([0, 1, 2, 2, 3]))):
                canvas.saveState()
                step(canvas, x, y, rng)
                canvas.restoreState()

    return pdf(draw)


@pytest.mark.parametrize("seed", range(12))
def test_no_figure_is_read_that_the_pixels_do_not_show(seed: int) -> None:
    data = painted(seed)
    picture = pdfium.PdfDocument(data)[0].render(scale=SCALE, grayscale=True).to_pil()
    read = [block for block in blocks(data) if block.certain and not block.doubt and block.text.isdigit()]

    assert len(read) >= FEWEST
    for block in read:
        source = read_source(block.source)
        row = re.fullmatch(r"p1 T1R(\d+)C\d+", source.place)
        assert source.box
        assert row
        baseline = 842 - (TOP - HIGH * int(row[1]) + BASELINE)
        assert shown(picture, source.box[0], baseline, len(block.text)) == block.text, block


def shown(picture: Image.Image, left: float, baseline: float, digits: int) -> str:
    """The digits that a picture shows from ``left`` on."""

    def shade(x: float, y: float) -> int:
        at = (round((x * SIZE / 1000 + left) * SCALE), round((baseline - y * SIZE / 1000) * SCALE))
        pixel = picture.getpixel(at)
        assert isinstance(pixel, int)
        return pixel

    text = ""
    for at in range(digits):
        ground = shade(HOLLOW[0] + 500 * at, HOLLOW[1])
        inked = {name for (x, y), name in SEGMENTS.items() if abs(shade(x + 500 * at, y) - ground) > CONTRAST}
        text += DIGITS.get(frozenset(inked), "?")
    return text
