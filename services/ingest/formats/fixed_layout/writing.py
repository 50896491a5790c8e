"""Glyphs become lines of writing: those at one height, from left to right, in pieces that wide gaps part."""

from collections.abc import Iterable
from typing import NamedTuple

from services.ingest.formats.fixed_layout.page import Box, Glyph, around
from shared.doubt import DoubtCode

_WORD_GAP = 0.25  # of a glyph's height; a wider gap is a space
_PIECE_GAP = 1.1  # of a glyph's height; a wider gap parts two pieces, which may be cells
_SMALLER = 0.9  # of the font's size
_RAISED = 0.2  # of a digit's width


class Piece(NamedTuple):
    """A stretch of a line without a wide gap in it."""

    text: str
    left: float
    right: float
    doubt: DoubtCode | None = None


class CellText(NamedTuple):
    """What stands in a cell; the ``room`` (points) behind its last line, and the width ``em`` of its widest glyph; its
    ``doubt``, if any; the ``box`` around it, None where nothing stands there."""

    text: str
    room: float
    em: float
    doubt: DoubtCode | None = None
    box: Box | None = None


class WrittenLine(NamedTuple):
    """A line of writing: its pieces from left to right, and the heights between which it stands."""

    pieces: tuple[Piece, ...]
    top: float
    bottom: float

    @property
    def text(self) -> str:
        return "  ".join(piece.text for piece in self.pieces)

    @property
    def left(self) -> float:
        return self.pieces[0].left

    @property
    def right(self) -> float:
        return self.pieces[-1].right

    @property
    def doubt(self) -> DoubtCode | None:
        return next((piece.doubt for piece in self.pieces if piece.doubt), None)

    @property
    def box(self) -> Box:
        return (self.left, self.top, self.right, self.bottom)

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        return self.bottom - self.top


def write_lines(glyphs: Iterable[Glyph]) -> list[WrittenLine]:
    """The lines that ``glyphs`` make, from top to bottom; gaps tell where their spaces are."""
    return [_line(line) for line in _in_lines(glyph for glyph in glyphs if glyph.text != " ")]


def _in_lines(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """``glyphs`` in lines, each from left to right. They share one where their middles differ by less than half the
    higher one's height, as those of a figure and the mark of a note do."""
    lines: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: (glyph.y, glyph.left)):
        if lines and _on_one_line(lines[-1][0], glyph):
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    return [sorted(line, key=lambda glyph: glyph.left) for line in lines]


def write_text(glyphs: Iterable[Glyph], width: float) -> CellText:
    """All that ``glyphs`` say between the margins of a cell, which are ``width`` apart, its lines joined by a space.

    A figure that fills the cell, with the spaces before it, and goes on in the next line is one figure. Where the mark
    of a note stands at the end of its line nobody can tell whether it goes on.
    """
    text, room, em = "", 0.0, 0.0
    doubt: DoubtCode | None = None
    boxes: list[Box] = []
    for glyphs_of_line in _in_lines(glyphs):
        ink = [glyph for glyph in glyphs_of_line if glyph.text != " "]
        if not ink:
            continue
        line = _line(ink)
        wrapped = room < em and text[-1:].isdigit() and glyphs_of_line[0].text.isdigit()
        doubt = doubt or line.doubt
        if text[-1:] == "]" and ink[0].text.isdigit():
            doubt = doubt or DoubtCode.OVERLAPPING_TEXT
        text += line.text if wrapped or not text else f" {line.text}"
        boxes.append(line.box)
        first, last = glyphs_of_line[0], glyphs_of_line[-1]
        em = max(line.height / 2, *(glyph.right - glyph.left for glyph in ink))
        room = width - (last.right - first.left) if last is ink[-1] else width
    return CellText(text, room, em, doubt, around(boxes) if boxes else None)


def _on_one_line(first: Glyph, other: Glyph) -> bool:
    return other.y - first.y < 0.5 * max(first.bottom - first.top, other.bottom - other.top)


def _line(glyphs: list[Glyph]) -> WrittenLine:
    pieces: list[Piece] = []
    text, left, right = "", glyphs[0].left, glyphs[0].left
    doubt: DoubtCode | None = None
    base, in_mark = glyphs[0], False
    for glyph in glyphs:
        gap = glyph.left - right
        em = glyph.bottom - glyph.top
        between_figures = text[-1:].isdigit() and glyph.text.isdigit()
        marks = between_figures and _is_mark(base, glyph)
        if in_mark and not marks:
            text += "]"
            # A mark stands behind its figure: one among the digits may be one of them.
            if glyph.text.isdigit() and gap <= _WORD_GAP * em:
                doubt = doubt or DoubtCode.OVERLAPPING_TEXT
        if text and gap > (_WORD_GAP if between_figures else _PIECE_GAP) * em:
            pieces.append(Piece(text, left, right, doubt))
            text, left, doubt = "", glyph.left, None
        elif text and gap > _WORD_GAP * em:
            text += " "
        if marks and not in_mark:
            text += "["
        text += glyph.text
        right = max(right, glyph.right)
        doubt = doubt or glyph.doubt
        base, in_mark = base if marks else glyph, marks
    pieces.append(Piece(f"{text}]" if in_mark else text, left, right, doubt))
    return WrittenLine(tuple(pieces), min(glyph.top for glyph in glyphs), max(glyph.bottom for glyph in glyphs))


def _is_mark(base: Glyph, glyph: Glyph) -> bool:
    """Whether ``glyph`` is smaller than the one before it and stands higher or lower, as the mark of a note does."""
    return glyph.size < _SMALLER * base.size and abs(glyph.baseline - base.baseline) > _RAISED * (
        base.right - base.left
    )
