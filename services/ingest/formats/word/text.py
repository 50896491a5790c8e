"""The text of a paragraph as a reader sees it: its runs, with fields, symbols, notes and drawings resolved."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from services.ingest.formats.runs import Run
from services.ingest.formats.symbols import is_symbols
from services.ingest.formats.word.fields import Fields
from services.ingest.formats.word.look import Levels, Look, fill, look
from services.ingest.formats.word.names import Element, W, local, number, value
from services.ingest.formats.word.styles import Properties, Styles
from shared.doubt import DoubtCode

_UNSEEN = frozenset({"del", "moveFrom"})  # what was deleted or moved away
_APART = frozenset({"pPr", "rPr", "txbxContent", "rt", "delText", "delInstrText"})  # rt: how a word is pronounced
_CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_NOTES = frozenset({"footnoteReference", "endnoteReference"})
# Parts of a formula that stand above, below or around others.
_FORMULA = frozenset({"sSup", "sSub", "sSubSup", "sPre", "limLow", "limUpp", "f", "nary", "rad", "m", "eqArr", "acc"})
_PLAIN_LOOK = Look(True, False, None, "")
# Twentieths of a point that a line may be high at most, for its text to be cut off, or cut.
_CLIPPED_LINE = 20
_CUT_LINE = 120
_TEXT_FONT = re.compile(
    "times|arial|calibri|cambria|courier|tahoma|verdana|helvetica|simsun|nsimsun|simhei|fangsong|kaiti|dengxian"
    "|microsoft|宋|黑|仿宋|楷|等线|微软|华文|方正",
    re.IGNORECASE,
)


class Setting(NamedTuple):
    """What is said of runs by the table they stand in, and the colour behind them; ``in_cell``: they stand in one."""

    styles: tuple[Properties, ...]
    ground: str
    in_cell: bool


class Texts:
    """Reads the paragraphs of a document of these ``styles``."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles

    def runs(self, paragraph: Element, setting: Setting) -> list[Run]:
        """The runs of a paragraph, without its text boxes."""
        own = paragraph.find(f"{W}pPr")
        style = self._styles.named("paragraph", own.find(f"{W}pStyle") if own is not None else None)
        merged = {**self._styles.paragraph(style), **self._styles.properties(own)}
        ground = fill(merged.get("shd"), setting.ground)
        levels = Levels(self._styles.defaults, (*setting.styles, self._styles.run(style)), ground)
        gathered = _Gathering(self._styles, levels)
        gathered.through(paragraph, _PLAIN_LOOK)
        return _in_lines(gathered.runs, merged, setting)


def boxes(paragraph: Element) -> Iterator[Element]:
    """The contents of a paragraph's text boxes."""
    for child in paragraph:
        name = local(child)
        if name == "txbxContent":
            yield child
        elif name == "AlternateContent":
            yield from boxes(_chosen(child))
        elif name not in _UNSEEN:
            yield from boxes(child)


def _in_lines(runs: list[Run], paragraph: Properties, setting: Setting) -> list[Run]:
    """``runs`` as the lines of their paragraph let them be seen."""
    spacing = paragraph.get("spacing")
    if value(spacing, "lineRule") == "exact":
        height = number(spacing, 240, "line")
        if height <= _CLIPPED_LINE:
            return []
        if height <= _CUT_LINE:
            runs = [run._replace(doubt=run.doubt or DoubtCode.HIDDEN_TEXT) for run in runs]
    numbering = paragraph.get("numPr")
    numbered = numbering is not None and number(numbering.find(f"{W}numId"), 0) != 0
    if setting.in_cell and numbered and any(run.seen and run.text.strip() for run in runs):
        return [*runs, Run("", doubt=DoubtCode.AUTOMATIC_NUMBER)]
    return runs


class _Gathering:
    """The runs met so far on the way through a paragraph."""

    def __init__(self, styles: Styles, levels: Levels) -> None:
        self.runs: list[Run] = []
        self._styles = styles
        self._levels = levels
        self._fields = Fields()

    def through(self, parent: Element, seen: Look) -> None:
        """Gathers what stands in ``parent``, whose own text looks as ``seen`` says."""
        for child in parent:
            name = local(child)
            if name in _UNSEEN or name in _APART:
                continue
            if name in _CHARACTERS:
                self._say(_CHARACTERS[name], seen)
            elif name in _HANDLERS:
                _HANDLERS[name](self, child, seen)
            elif name in _NOTES:
                self._refer(child, seen)
            elif name in _FORMULA:
                self._doubt(DoubtCode.PICTURE)
                self.through(child, seen)
            else:
                self.through(child, seen)

    def _say(self, text: str, seen: Look) -> None:
        if self._fields.shown:
            self.runs.append(Run(text, seen.seen, seen.raised, seen.doubt))

    def _doubt(self, code: DoubtCode) -> None:
        self.runs.append(Run("", doubt=code))

    def run(self, element: Element, _: Look) -> None:
        own = self._styles.properties(element.find(f"{W}rPr"))
        style = self._styles.named("character", own.get("rStyle"))
        self.through(element, look(self._levels, self._styles.run(style), own))

    def text(self, element: Element, seen: Look) -> None:
        self._say(element.text or "", seen)

    def symbol(self, element: Element, seen: Look) -> None:
        """A character by its number in a font: in a font of letters those from F000 on are its plain ones."""
        font, code = value(element, "font") or seen.font, value(element, "char")
        character = chr(int(code, 16) & 0xFFFF) if re.fullmatch("[0-9A-Fa-f]{1,6}", code) else ""
        if 0xF020 <= ord(character or "\0") <= 0xF0FF:
            character = chr(ord(character) - 0xF000)
        if is_symbols(font) or not _TEXT_FONT.search(font) or not character.isprintable():
            self._say("", seen._replace(doubt=DoubtCode.SYMBOL_FONT))
        else:
            self._say(character, seen)

    def _refer(self, element: Element, seen: Look) -> None:
        """The mark of a note, which Word numbers; one that is not raised stands among the digits."""
        followed = element.get(f"{W}customMarkFollows") in ("1", "true", "on")
        if not (seen.raised or followed) and seen.seen:
            self._doubt(DoubtCode.ANNOTATED_TEXT)

    def field(self, element: Element, seen: Look) -> None:
        shown = self._fields.meet(element)
        if shown is not None:
            self._say(shown.text, seen._replace(doubt=shown.doubt or seen.doubt))

    def instruction(self, element: Element, _: Look) -> None:
        self._fields.instruct(element.text or "")

    def reordered(self, element: Element, seen: Look) -> None:
        self._doubt(DoubtCode.REORDERED_TEXT)
        self.through(element, seen)

    def alternative(self, element: Element, seen: Look) -> None:
        self.through(_chosen(element), seen)

    def drawing(self, element: Element, seen: Look) -> None:
        """A picture in the line, or something that floats over it."""
        if seen.seen and not _is_beside(element) and next(element.iter(f"{W}txbxContent"), None) is None:
            self._doubt(DoubtCode.COVERED_TEXT if _floats(element) else DoubtCode.PICTURE)


_HANDLERS: dict[str, Callable[[_Gathering, Element, Look], None]] = {
    "r": _Gathering.run,
    "t": _Gathering.text,
    "sym": _Gathering.symbol,
    "fldChar": _Gathering.field,
    "instrText": _Gathering.instruction,
    "bdo": _Gathering.reordered,
    "AlternateContent": _Gathering.alternative,
    "drawing": _Gathering.drawing,
    "pict": _Gathering.drawing,
    "object": _Gathering.drawing,
}


# Word's own extensions of the format, by which it knows what a rendering requires.
_UNDERSTOOD = re.compile(r"http://schemas\.(?:microsoft|openxmlformats)\.(?:com|org)/")


def _chosen(alternatives: Element) -> Element:
    """Of several renderings the first that today's readers know all of."""
    for choice in alternatives.iterfind("{*}Choice"):
        required = (choice.nsmap.get(prefix) or "" for prefix in choice.get("Requires", "").split())
        if all(map(_UNDERSTOOD.match, required)):
            return choice
    fallback = alternatives.find("{*}Fallback")
    return alternatives if fallback is None else fallback


def _floats(drawing: Element) -> bool:
    anchored = drawing.find("{*}anchor") is not None
    return anchored or any("position:absolute" in each.get("style", "") for each in drawing.iter())


def _is_beside(drawing: Element) -> bool:
    """Whether a drawing lies behind the text, or makes it step aside."""
    anchor = drawing.find("{*}anchor")
    if anchor is None:
        return False
    return anchor.get("behindDoc") in ("1", "true") or anchor.find("{*}wrapNone") is None
