"""A page as rich text, written by hand as Word and WPS write it."""

from collections.abc import Callable
from random import Random

from tests.corpus.grid import Grid, PrintedCell, Slot
from tests.corpus.page import Page

_HEAD = (
    r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fnil\fcharset134 SimSun;}{\f1\fnil\fcharset2 Wingdings;}}"
    r"{\colortbl;\red255\green0\blue0;\red255\green255\blue255;}{\stylesheet{\s0 Normal;}}"
    r"{\*\generator gouji}{\info{\title 77}}"
)
_LOOKS = {
    "hidden": [r"\v", r"\cf2", r"\fs2"],
    "struck": [r"\strike", r"\striked1", r"\deleted"],
    "raised": [r"\super", r"\sub", r"\up8", r"\dn6"],
    "shown_otherwise": [r"\f1"],
}
_WIDTH = 900  # twentieths of a point


def merged(page: Page, rng: Random) -> bytes:
    """Tables with merged cells, characters as bytes of GBK."""
    return _saved(page, lambda grid: _table(grid, rng, _as_bytes), _as_bytes)


def unicode(page: Page, rng: Random) -> bytes:
    """The same, characters by their numbers with a question mark for old readers."""
    return _saved(page, lambda grid: _table(grid, rng, _as_numbers), _as_numbers)


def nested(page: Page, rng: Random) -> bytes:
    """Every table stands in the only cell of another."""

    def draw(grid: Grid) -> str:
        inner = "".join(_row(slots, rng, _as_bytes, nested=True) for slots in grid.resolved())
        return rf"\trowd\cellx9000\pard\intbl {inner}\pard\intbl\itap1\cell\row" + "\n"

    return _saved(page, draw, _as_bytes)


def tabbed(page: Page, rng: Random) -> bytes:
    """No tables: rows are paragraphs, cells are parted by tabs."""

    def draw(grid: Grid) -> str:
        return "".join(r"\tab ".join(map(_as_bytes, texts)) + "\\par\n" for texts in grid.blanked())

    return _saved(page, draw, _as_bytes)


def _saved(page: Page, draw: Callable[[Grid], str], write: Callable[[str], str]) -> bytes:
    parts = (
        draw(part) if isinstance(part, Grid) else rf"\pard\plain {write(part.text)}\par" + "\n" for part in page.parts
    )
    return f"{_HEAD}{''.join(parts)}}}".encode("ascii")


def _table(grid: Grid, rng: Random, write: Callable[[str], str]) -> str:
    return "".join(_row(slots, rng, write) for slots in grid.resolved())


def _row(slots: list[Slot], rng: Random, write: Callable[[str], str], *, nested: bool = False) -> str:
    definitions = cells = ""
    column = 0
    while column < len(slots):
        slot = slots[column]
        column += slot.cell.colspan
        down = {"down": r"\clvmrg", "corner": r"\clvmgf" if slot.cell.rowspan > 1 else ""}.get(slot.place, "")
        definitions += rf"{down}\cellx{column * _WIDTH}"
        text = _cell(slot.cell, rng, write) if slot.place == "corner" else ""
        cells += text + (r"\nestcell " if nested else r"\cell ")
    if nested:
        return rf"\pard\intbl\itap2 {cells}{{\*\nesttableprops\trowd{definitions}\nestrow}}{{\nonesttables 77\par}}"
    return rf"\trowd\trgaph108{definitions}\pard\intbl {cells}\row" + "\n"


def _cell(printed: PrintedCell, rng: Random, write: Callable[[str], str]) -> str:
    text = r"\line ".join(write(line) for line in printed.text.split("\n"))
    if not printed.decoy:
        return text
    concealed = rf"{{{rng.choice(_LOOKS[printed.unseen])} {printed.decoy}}}"
    return text + concealed if printed.unseen == "raised" else concealed + text


def _as_bytes(text: str) -> str:
    return "".join(
        _plain(character) if character.isascii() else "".join(rf"\'{byte:02x}" for byte in character.encode("gb18030"))
        for character in text
    )


def _as_numbers(text: str) -> str:
    return "".join(
        _plain(character) if character.isascii() else "".join(rf"\u{number}?" for number in _halves(character))
        for character in text
    )


def _halves(character: str) -> list[int]:
    """The numbers of a character in UTF-16, below zero from 32768 on."""
    data = character.encode("utf-16-le")
    return [int.from_bytes(data[at : at + 2], "little", signed=True) for at in range(0, len(data), 2)]


def _plain(character: str) -> str:
    return {"\\": r"\\", "{": r"\{", "}": r"\}", "\t": r"\tab ", "\n": r"\line "}.get(character, character)
