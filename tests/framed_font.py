"""The font that ``services/ingest/formats/pdf/library.py`` gives to PDFium, and that PDFs made for tests embed.

Chinese characters are framed squares, digits are drawn in seven segments, other characters as bars.
``python -m tests.framed_font`` writes it.
"""

import io

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from services.ingest.formats.pdf.library import FONTS

NAME = "Framed"
FILE = FONTS / "framed.ttf"
_EM = 1000
_HALF = 500
_Bar = tuple[int, int, int, int]  # left, bottom, right, top
_THICK = 70
_SEGMENTS = {  # of a digit 340 wide and 700 high, by the letters that data sheets give them
    "a": (80, 630, 420, 700),
    "b": (350, 350, 420, 700),
    "c": (350, 0, 420, 350),
    "d": (80, 0, 420, 70),
    "e": (80, 0, 150, 350),
    "f": (80, 350, 150, 700),
    "g": (80, 315, 420, 385),
}
_DIGITS = ("abcdef", "bc", "abged", "abgcd", "fgbc", "afgcd", "afgedc", "abc", "abcdefg", "abcdfg")
_LATIN = (*range(0x21, 0x30), *range(0x3A, 0x7F), 0xB7, 0x2014, 0x2026)
_CHINESE = (
    *range(0x2018, 0x201E),
    *range(0x2460, 0x2500),
    *range(0x2E80, 0x3000),
    *range(0x3001, 0x3040),
    *range(0x3400, 0xA000),
    *range(0xF900, 0xFB00),
    *range(0xFE30, 0xFE50),
    *range(0xFF01, 0xFFE7),
)
_EPOCH = 3_500_000_000  # seconds since 1904: any day will do, if always the same
_CODE_PAGES = 1 | 1 << 18 | 1 << 20  # Latin 1, simplified and traditional Chinese (OpenType, OS/2)
_SPACES = {0x20: _HALF, 0x3000: _EM}


def embedded_font() -> str:
    """The name under which reportlab knows the font."""
    if NAME not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(NAME, str(FILE)))
    return NAME


def font_file() -> bytes:
    """The font as a TrueType file."""
    outlines: dict[str, list[_Bar]] = {
        ".notdef": _frame(),
        "space": [],
        "wide": [],
        "bar": [(200, 0, 300, 500)],
        "square": _frame(),
    }
    outlines |= {f"digit{digit}": [_SEGMENTS[each] for each in segments] for digit, segments in enumerate(_DIGITS)}
    builder = FontBuilder(_EM, isTTF=True)
    builder.setupGlyphOrder(list(outlines))
    names = dict.fromkeys(_LATIN, "bar") | dict.fromkeys(_CHINESE, "square") | {0x20: "space", 0x3000: "wide"}
    builder.setupCharacterMap(names | {0x30 + digit: f"digit{digit}" for digit in range(10)})
    builder.setupGlyf({name: _drawn(boxes) for name, boxes in outlines.items()})
    wide = {name: _EM if name in ("square", "wide") else _HALF for name in outlines}
    starts = {name: min((bar[0] for bar in bars), default=0) for name, bars in outlines.items()}
    builder.setupHorizontalMetrics({name: (width, starts[name]) for name, width in wide.items()})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": NAME, "styleName": "Regular", "psName": NAME})
    builder.setupOS2(
        sTypoAscender=800, sTypoDescender=-200, usWinAscent=800, usWinDescent=200, ulCodePageRange1=_CODE_PAGES
    )
    builder.setupPost()
    builder.updateHead(created=_EPOCH, modified=_EPOCH)
    builder.font.recalcTimestamp = False
    buffer = io.BytesIO()
    builder.save(buffer)
    return buffer.getvalue()


def _frame() -> list[_Bar]:
    low, high, near = -80, 780, 60
    far = _EM - near
    return [
        (near, low, far, low + _THICK),
        (near, high - _THICK, far, high),
        (near, low, near + _THICK, high),
        (far - _THICK, low, far, high),
    ]


def _drawn(boxes: list[_Bar]) -> object:
    pen = TTGlyphPen(None)
    for left, bottom, right, top in boxes:
        pen.moveTo((left, bottom))
        for point in ((left, top), (right, top), (right, bottom)):
            pen.lineTo(point)
        pen.closePath()
    return pen.glyph()


if __name__ == "__main__":
    FILE.write_bytes(font_file())
