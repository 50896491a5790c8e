"""The way through a rich text file: groups, destinations, letters, paragraphs and cells."""

from collections.abc import Callable
from typing import NamedTuple

from services.ingest.formats.colours import WHITE
from services.ingest.formats.rtf.letters import NUMBERS, SWITCHES, Letters, Tables
from services.ingest.formats.rtf.levels import Levels
from services.ingest.formats.rtf.tables import Table
from services.ingest.formats.rtf.words import Token, tokens
from services.ingest.formats.runs import Run, Said, said
from shared.doubt import DoubtCode
from shared.errors import Rejected

_MOST_GROUPS = 500  # within one another; documents have some ten
# Destinations that are no part of the page's text.
_APART = frozenset((
    "stylesheet", "info", "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf",
    "ftnsep", "footnote", "annotation", "atnid", "atnauthor", "xe", "tc", "rxe", "txe", "nonesttables", "shprslt",
    "pntext", "listtext", "sp", "themedata", "filetbl", "listtable", "revtbl", "private",
))  # fmt: skip
# Destinations that a reader need not know, of which these hold text that is seen.
_KNOWN = frozenset(("shpinst", "nesttableprops", "ud", "shppict"))
_SIGNS = {
    "tab": "\t", "line": "\n", "~": " ", "_": "-", "emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘",
    "rquote": "’", "ldblquote": "“", "rdblquote": "”", "emspace": " ", "enspace": " ", "qmspace": " ", "softline": "\n",
    "{": "{", "}": "}", "\\": "\\",
}  # fmt: skip
_PARAGRAPH_ENDS = frozenset(("par", "sect", "page", "\r", "\n"))
_DRAWN = ("EQ", "SYMBOL", "ADVANCE", "QUOTE", "=")  # fields that are drawn from their instruction


class _Group(NamedTuple):
    """What holds within braces: how letters look, where text goes (empty: onto the page), how many characters stand
    for a Unicode one in files for old readers."""

    letters: Letters = Letters()
    destination: str = ""
    skipped: int = 1


class Reader:
    """Reads one file."""

    def __init__(self) -> None:
        self.levels = Levels()
        self._tables = Tables()
        self._groups = [_Group()]
        self._starred = False
        self._to_skip = 0
        self._bytes = b""
        self._runs: list[Run] = []
        self._instruction = ""
        self._font = 0
        self._channels: dict[str, int] = {}

    def read(self, data: bytes) -> list[Said | Table]:
        """Its paragraphs and tables."""
        for token in tokens(data):
            if token.kind in ("text", "byte"):
                self._take(token)
                continue
            self._flush()
            if token.kind == "open":
                self._open()
            elif token.kind == "close":
                self._close()
            else:
                self._obey(token)
        self._flush()
        self._end_paragraph()
        return self.levels.finish()

    # Groups and destinations

    def _open(self) -> None:
        if len(self._groups) > _MOST_GROUPS:
            raise Rejected("hostile", "The file is nested deeper than any document.")
        self._groups.append(self._groups[-1])
        self._starred = False

    def _close(self) -> None:
        if len(self._groups) > 1:
            left = self._groups.pop()
            if left.destination == "fldinst" and self._groups[-1].destination != "fldinst":
                self._end_instruction()
        self._starred = False

    def _aim(self, destination: str) -> None:
        self._groups[-1] = self._groups[-1]._replace(destination=destination)

    def _obey(self, token: Token) -> None:
        word, number = token.word, token.number
        if word == "*":
            self._starred = True
            return
        starred, self._starred = self._starred, False
        group = self._groups[-1]
        if word == "u" and number is not None:
            self._say(chr(number & 0xFFFF))
            self._to_skip = group.skipped
        elif word == "uc":
            self._groups[-1] = group._replace(skipped=max(0, number or 0))
        elif word in ("fonttbl", "colortbl", "fldinst", "pict", "object"):
            self._enter(word)
        elif word == "upr" and not group.destination:  # a text in bytes, and then the same in Unicode
            self._aim("upr")
        elif word == "ud" and group.destination == "upr":
            self._aim("")
        elif word in _APART or (starred and word not in _KNOWN):
            self._leave_out(word)
        elif word == "shptxt":
            self._begin_box()
        elif group.destination in ("", "box"):
            self._on_page(word, number, boxed=group.destination == "box")
        else:
            self._in_table_of(group.destination, word, number)

    def _enter(self, word: str) -> None:
        if word in ("pict", "object") and not self._groups[-1].destination:
            self._runs.append(Run("", doubt=DoubtCode.PICTURE))
        if word == "fldinst":
            self._instruction = ""
        if word == "object" or self._groups[-1].destination in ("apart", "object"):
            word = "apart"
        self._aim(word)

    def _leave_out(self, word: str) -> None:
        if word in ("listtext", "pntext") and not self._groups[-1].destination:
            self._runs.append(Run("", doubt=DoubtCode.AUTOMATIC_NUMBER))
        self._aim("apart")

    def _in_table_of(self, destination: str, word: str, number: int | None) -> None:
        """A word in the tables of fonts or colours."""
        if destination == "fonttbl" and word == "f":
            self._font = number or 0
        elif destination == "fonttbl" and word == "fcharset":
            self._tables.fonts[self._font] = (number or 0, "")
        elif destination == "colortbl" and word in ("red", "green", "blue"):
            self._channels[word] = max(0, min(255, number or 0))

    def _end_instruction(self) -> None:
        """A field that is drawn from its instruction shows what is not in the file, or else in its result."""
        if self._instruction.strip().upper().startswith(_DRAWN) and not self._groups[-1].destination:
            self._runs.append(Run("", doubt=DoubtCode.SYMBOL_FONT))

    # Text

    def _take(self, token: Token) -> None:
        text = token.text
        if self._to_skip:
            taken = min(self._to_skip, len(text))
            self._to_skip -= taken
            text = text[taken:]
        self._bytes += text

    def _flush(self) -> None:
        """Reads the bytes met so far as text of the letters they are in."""
        if self._bytes:
            group = self._groups[-1]
            font = self._font if group.destination == "fonttbl" else group.letters.font
            try:
                text = self._bytes.decode(self._tables.encoding(font), "replace")
            except LookupError:
                text = self._bytes.decode("cp1252", "replace")
            self._bytes = b""
            self._say(text)

    def _say(self, text: str) -> None:
        group = self._groups[-1]
        if group.destination in ("", "box"):
            self._runs.append(self._tables.run(text, group.letters, self._tables.colour(self.levels.ground) or WHITE))
        elif group.destination == "fldinst":
            self._instruction += text
        elif group.destination == "fonttbl":
            charset, name = self._tables.fonts.get(self._font, (0, ""))
            self._tables.fonts[self._font] = (charset, name + text.rstrip(";"))
        elif group.destination == "colortbl":
            for _ in range(text.count(";")):
                whole = len(self._channels) == 3
                channels = (
                    "".join(f"{self._channels[name]:02X}" for name in ("red", "green", "blue")) if whole else None
                )
                self._tables.colours.append(channels)
                self._channels = {}

    # The page

    def _begin_box(self) -> None:
        """A text box: it floats, so that in a table nobody knows what it covers."""
        if self.levels.current and not self._groups[-1].destination:
            self._runs.append(Run("", doubt=DoubtCode.COVERED_TEXT))
        self._aim("apart" if self._groups[-1].destination else "box")

    def _on_page(self, word: str, number: int | None, *, boxed: bool) -> None:
        if word in _SIGNS:
            self._say(_SIGNS[word])
        elif word in _PARAGRAPH_ENDS and boxed:
            self._say("\n")
        elif word in _PARAGRAPH_ENDS:
            self._end_paragraph()
        elif word in _LETTERS:
            group = self._groups[-1]
            self._groups[-1] = group._replace(letters=_LETTERS[word](group.letters, number))
        elif word in _PAGE and not boxed:
            _PAGE[word](self, number or 0)

    def end_cell(self, level: int) -> None:
        """What stands in a cell is complete."""
        self.levels.enter(level)
        self._end_paragraph()
        self.levels.end_cell(level)

    def refer(self) -> None:
        """The mark of a note, which programs number; one that is not raised stands among the digits."""
        letters = self._groups[-1].letters
        if not (letters.raised or letters.lifted):
            self._runs.append(Run("", doubt=DoubtCode.ANNOTATED_TEXT))

    def set_code_page(self, number: int) -> None:
        """How bytes are to be read whose font does not say."""
        self._tables.set_code_page(number)

    def _end_paragraph(self) -> None:
        text, doubt = said(self._runs)
        if not text.isascii():  # characters beyond U+FFFF are written as two halves
            text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        self.levels.put(Said(text, doubt))
        self._runs = []


Change = Callable[[Letters, int | None], Letters]


def _set(name: str, switch: bool) -> Change:
    """The change of one property; a ``switch`` is on unless its number is 0."""
    return lambda letters, number: letters.with_(name, number != 0 if switch else number or 0)


_LETTERS: dict[str, Change] = {
    **{word: _set(name, True) for word, name in SWITCHES.items()},
    **{word: _set(name, False) for word, name in NUMBERS.items()},
    "plain": lambda _, __: Letters(),
    "nosupersub": lambda letters, _: letters._replace(raised=False),
}

_PAGE: dict[str, Callable[[Reader, int], None]] = {
    "ansicpg": Reader.set_code_page,
    "pard": lambda reader, _: reader.levels.enter(0),
    "intbl": lambda reader, _: reader.levels.enter(max(1, reader.levels.current)),
    "itap": lambda reader, number: reader.levels.enter(number),
    "cell": lambda reader, _: reader.end_cell(1),
    "row": lambda reader, _: reader.levels.end_row(1),
    "nestcell": lambda reader, _: reader.end_cell(reader.levels.nested),
    "nestrow": lambda reader, _: reader.levels.end_row(reader.levels.nested),
    "trowd": lambda reader, _: reader.levels.define_row(),
    "trleft": lambda reader, number: reader.levels.define_left(number),
    "trrh": lambda reader, number: reader.levels.define_height(number),
    "cellx": lambda reader, number: reader.levels.define_edge(number),
    "clmrg": lambda reader, _: reader.levels.define(across=True),
    "clvmgf": lambda reader, _: reader.levels.define(begins_down=True),
    "clvmrg": lambda reader, _: reader.levels.define(down=True),
    "clcbpat": lambda reader, number: reader.levels.define(ground=number),
    "chftn": lambda reader, _: reader.refer(),
}
