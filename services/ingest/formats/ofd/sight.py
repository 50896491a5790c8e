"""Which glyphs of a page are seen, as far as boxes tell: OFD has no renderer here to ask.

What lies under an opaque rectangle, has the shade of its ground, is cut off, a speck or not painted is not seen. What
lies behind a seal or another picture is doubtful, for it may let it through.
"""

from collections.abc import Sequence

from services.ingest.formats.fixed_layout.cover import Sight, codes_of_rests, judge_of, share_within
from services.ingest.formats.fixed_layout.drawing import Drawing
from services.ingest.formats.fixed_layout.page import Box, Glyph, Hidden
from services.ingest.formats.ofd.objects import Written
from shared.doubt import DoubtCode

_SMALLEST = 300  # of a page's narrower side: two points of A4, below which writing is a speck
_UNCUT, _CUT_OFF = 0.9, 0.1  # of a glyph's inner box

_HIDING = {Sight.COVERED: DoubtCode.COVERED_TEXT, Sight.FAINT: DoubtCode.HIDDEN_TEXT}
_DOUBTING = {Sight.PARTLY: DoubtCode.COVERED_TEXT, Sight.BEHIND: DoubtCode.COVERED_TEXT}


def part_seen(
    written: Sequence[Written], drawing: Drawing, size: tuple[float, float]
) -> tuple[list[Glyph], list[Hidden]]:
    """The glyphs of a page of ``size`` that are seen, the doubtful among them, and where those stand that are not."""
    judge = judge_of(drawing.areas)
    smallest = min(size) / _SMALLEST
    sheet = (0.0, 0.0, *size)
    hiding: list[DoubtCode | None] = []
    doubting: list[DoubtCode | None] = []
    for each in written:
        glyph = each.glyph
        if glyph.text == " ":
            hides, doubts = None, None
        elif each.shade is None or glyph.bottom - glyph.top < smallest:
            hides, doubts = DoubtCode.HIDDEN_TEXT, None
        else:
            hides, doubts = _cut(glyph, sheet, each.clip)
            sight = judge(glyph.box, each.order, each.shade)
            hides, doubts = hides or _HIDING.get(sight), doubts or _DOUBTING.get(sight)
        hiding.append(hides)
        doubting.append(doubts or (DoubtCode.SYMBOL_FONT if each.symbols else None))
    rests = codes_of_rests(hiding, [each.order for each in written])
    seen = [_doubted(each.glyph, doubting[at] or rests.get(at)) for at, each in enumerate(written) if not hiding[at]]
    hidden = [
        Hidden(each.glyph.x, each.glyph.y, code, _is_in(each.glyph, drawing.pictures))
        for each, code in zip(written, hiding, strict=True)
        if code
    ]
    return seen, hidden


def _cut(glyph: Glyph, sheet: Box, clip: Box | None) -> tuple[DoubtCode | None, DoubtCode | None]:
    """Why the edges of the page or those of a clip hide a glyph, or make it doubtful."""
    share = min(share_within(glyph.box, sheet), share_within(glyph.box, clip) if clip else 1.0)
    if share >= _UNCUT:
        return None, None
    return (None, DoubtCode.COVERED_TEXT) if share > _CUT_OFF else (DoubtCode.HIDDEN_TEXT, None)


def _doubted(glyph: Glyph, code: DoubtCode | None) -> Glyph:
    return glyph.doubted(code) if code and glyph.text.isdigit() else glyph


def _is_in(glyph: Glyph, boxes: Sequence[Box]) -> bool:
    return any(left <= glyph.x <= right and top <= glyph.y <= bottom for left, top, right, bottom in boxes)
