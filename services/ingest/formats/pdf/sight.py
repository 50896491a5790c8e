"""Which glyphs of a page are seen.

1. What is painted plainly (by the page itself, in full, with nothing over it and a contrast to what lies under it) is
   seen; what is cut off, a speck or not painted is not.
2. The others are looked at on the rendered page, see ``appearance``.
3. Figures of which a part is hidden, and those that an annotation takes back, are doubtful.
"""

from collections.abc import Sequence, Set
from typing import NamedTuple
from unicodedata import category

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from services.ingest.formats.fixed_layout.cover import (
    LEAST_CONTRAST,
    PAPER,
    Sight,
    codes_of_rests,
    judge_of,
    share_within,
)
from services.ingest.formats.fixed_layout.page import UNKNOWN, Box, Glyph, Hidden
from services.ingest.formats.pdf.annotations import Marked
from services.ingest.formats.pdf.appearance import Look, Spot, looks
from services.ingest.formats.pdf.display import View
from services.ingest.formats.pdf.glyphs import Written, read_glyphs
from services.ingest.formats.pdf.objects import Drawn, Text, address_of, bounds_of
from shared.doubt import DoubtCode

_SMALLEST = 300  # of a page's narrower side: two points of A4, below which writing is a speck
_UNCUT, _CUT_OFF = 0.9, 0.1  # of a glyph's inner box, within what does not cut it off

_MOST_READINGS = 4  # of a page; texts that lie hidden in as many layers are no honest ones

_PLAIN = Text(None, 0)
_SEEN = (Look.SEEN, None)
Judged = tuple[Look, DoubtCode | None]


class _Reading(NamedTuple):
    """The glyphs of a page's text layer, each with its text object and what to think of it."""

    written: Sequence[Written]
    owners: Sequence[Text]
    judged: Sequence[Judged]


def part_seen(
    page: pdfium.PdfPage, text_page: pdfium.PdfTextPage, view: View, drawn: Drawn
) -> tuple[list[Glyph], list[Hidden]]:
    """The glyphs of a page that are seen, the doubtful among them, and where those stand that are not. Closes
    ``text_page``.

    PDFium tells of two equal characters in one place but the first. So where nobody sees any of a text, the page is
    read again without it.
    """
    reading = _read(page, text_page, view, drawn)
    hidden: list[Hidden] = []
    for _ in range(_MOST_READINGS):
        if not (wholly := _wholly_hidden(reading)):
            break
        hidden += _hidden(reading, drawn, wholly)
        drawn = _without(drawn, wholly)
        reading = _read(page, page.get_textpage(), view._replace(level=False), drawn)  # what comes up may be turned
    return _shown(reading, _in_their_place(reading, view, drawn)), [*hidden, *_hidden(reading, drawn)]


def _read(page: pdfium.PdfPage, text_page: pdfium.PdfTextPage, view: View, drawn: Drawn) -> _Reading:
    written = read_glyphs(text_page, view)
    owners = _owners(text_page, written, drawn)
    text_page.close()
    return _Reading(written, owners, _judged(page, view, written, owners, drawn))


def _wholly_hidden(reading: _Reading) -> set[int]:
    """The orders of the text objects of which no glyph is seen."""
    seen: set[int] = {_PLAIN.order}
    unseen: set[int] = set()
    for each, owner, (look, _) in zip(*reading, strict=True):
        if each.glyph.text != " ":
            (unseen if look is Look.HIDDEN else seen).add(owner.order)
    return unseen - seen


def _without(drawn: Drawn, orders: Set[int]) -> Drawn:
    """``drawn`` without some text objects, which are then no part of the page either."""
    for text in drawn.texts.values():
        if text.order in orders:
            text.remove()
    return drawn._replace(texts={at: text for at, text in drawn.texts.items() if text.order not in orders})


def _hidden(reading: _Reading, drawn: Drawn, orders: Set[int] | None = None) -> list[Hidden]:
    """The glyphs that are not seen, no watermarks; only those of some text objects where ``orders`` are given."""
    return [
        Hidden(each.glyph.x, each.glyph.y, code, _is_in(each.glyph, drawn.drawing.pictures))
        for each, owner, (look, code) in zip(*reading, strict=True)
        if look is Look.HIDDEN and code and (orders is None or owner.order in orders)
    ]


def _in_their_place(reading: _Reading, view: View, drawn: Drawn) -> set[int]:
    """The orders of the text objects that lie upon glyphs which are not seen, though others of their text are: PDFium
    may have passed over equal ones of theirs."""
    places = [(each.glyph, owner.order) for each, owner, (look, _) in zip(*reading, strict=True) if look is Look.HIDDEN]
    if not places:
        return set()
    boxes = [(text.order, bounds_of(text.handle, text.matrix, view)) for text in drawn.texts.values()]
    return {order for glyph, its in places for order, box in boxes if order != its and _is_in(glyph, (box,))}


def _shown(reading: _Reading, displacing: Set[int]) -> list[Glyph]:
    glyphs: list[Glyph] = []
    rests = codes_of_rests(
        [code for _, code in reading.judged], [owner.order or -at for at, owner in enumerate(reading.owners)]
    )
    for at, (each, owner, (look, code)) in enumerate(zip(*reading, strict=True)):
        if look is Look.HIDDEN:
            continue
        if each.glyph.text.isdigit():
            code = code or rests.get(at) or _code_of(owner, displacing)
        glyphs.append(each.glyph.doubted(code) if code else each.glyph)
    return glyphs


def _code_of(owner: Text, displacing: Set[int]) -> DoubtCode | None:
    if owner.order in displacing:
        return DoubtCode.OVERLAPPING_TEXT
    return DoubtCode.SYMBOL_FONT if owner.symbols else None


def with_marks(glyphs: Sequence[Glyph], marked: Marked) -> list[Glyph]:
    """``glyphs``, those doubted that annotations take back or write over; what these write is a glyph nobody knows."""
    areas = [*marked.struck, *marked.written]
    return [
        *(glyph.doubted(DoubtCode.ANNOTATED_TEXT) if _is_in(glyph, areas) else glyph for glyph in glyphs),
        *(Glyph(UNKNOWN, *box, baseline=box[3], doubt=DoubtCode.ANNOTATED_TEXT) for box in marked.written),
    ]


def _owners(text_page: pdfium.PdfTextPage, written: Sequence[Written], drawn: Drawn) -> Sequence[Text]:
    """The text object of each glyph; a plain one for all where nothing on the page could hide any."""
    if (
        not drawn.drawing.areas
        and not any(text.may_hide for text in drawn.texts.values())
        and all(each.shade is not None and PAPER - each.shade >= LEAST_CONTRAST for each in written)
    ):
        return [_PLAIN] * len(written)
    return [drawn.texts.get(address_of(raw.FPDFText_GetTextObject(text_page, each.number)), _PLAIN) for each in written]


def _judged(
    page: pdfium.PdfPage, view: View, written: Sequence[Written], owners: Sequence[Text], drawn: Drawn
) -> list[Judged]:
    judge = judge_of(drawn.drawing.areas)
    judged: list[Judged] = [_SEEN] * len(written)
    unclear: dict[int, Sight] = {}
    smallest = min(view.width, view.height) / _SMALLEST
    sheet = (0.0, 0.0, view.width, view.height)
    for at, (each, owner) in enumerate(zip(written, owners, strict=True)):
        glyph = each.glyph
        if glyph.text == " " or category(glyph.text) == "Cf":  # characters that have no ink, wherever they stand
            continue
        if each.shade is None:
            judged[at] = (Look.HIDDEN, None)
        elif owner.invisible or glyph.bottom - glyph.top < smallest:
            judged[at] = (Look.HIDDEN, DoubtCode.HIDDEN_TEXT)
        elif (cut := _cut(glyph, sheet, owner.clip)) is not Look.SEEN:
            judged[at] = (cut, DoubtCode.COVERED_TEXT if cut is Look.PARTLY else DoubtCode.HIDDEN_TEXT)
        elif owner is not _PLAIN:
            sight = judge(glyph.box, owner.order, each.shade)
            if not owner.plain or sight is not Sight.CLEAR:
                unclear[at] = sight
    spots = [Spot(owners[at], written[at].space) for at in unclear]
    orders = {spot.text.order for spot in spots}
    whole = [Spot(owner, each.space) for each, owner in zip(written, owners, strict=True) if owner.order in orders]
    for (at, sight), look in zip(unclear.items(), looks(page, drawn, spots, whole), strict=True):
        judged[at] = _on_the_page(look, sight)
    return judged


def _cut(glyph: Glyph, sheet: Box, clip: Box | None) -> Look:
    """How much of a glyph the edges of the page and those of a clip leave."""
    if clip is None and glyph.left >= 0 and glyph.top >= 0 and glyph.right <= sheet[2] and glyph.bottom <= sheet[3]:
        return Look.SEEN
    share = min(share_within(glyph.box, sheet), share_within(glyph.box, clip) if clip else 1.0)
    if share >= _UNCUT:
        return Look.SEEN
    return Look.PARTLY if share > _CUT_OFF else Look.HIDDEN


def _on_the_page(look: Look, sight: Sight) -> Judged:
    """What to think of a glyph that looks so on the rendered page, and seemed so before."""
    if look is Look.SEEN:
        return _SEEN
    if look is Look.PARTLY or sight in (Sight.COVERED, Sight.PARTLY, Sight.BEHIND):
        return (look, DoubtCode.COVERED_TEXT)
    return (look, DoubtCode.HIDDEN_TEXT)


def _is_in(glyph: Glyph, boxes: Sequence[Box]) -> bool:
    return any(left <= glyph.x <= right and top <= glyph.y <= bottom for left, top, right, bottom in boxes)
