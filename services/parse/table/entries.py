"""A table's tokens, gathered by row: each row's label with the figures that follow it, under the header above it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from services.parse.table.header import Header
from services.parse.table.tokens import Token

END = "end"
"""What follows the last row of a table that nothing follows."""


@dataclass
class Entry:
    """A row as the page states it.

    ``figures`` are the cells after its label, blanks included; ``pairs`` labels of columns, each with the figure
    behind it; ``lines`` the lines its label stands on; ``follower`` the next row's key, or what ends the table;
    ``loose`` where figures stand before its label, since the last header or group, that belong to no row, ``torn``
    counts those right above it; ``mixed`` where the label of a column follows on its line, or the labels of two rows
    stand on one, no figure between; ``enclosed`` where the label goes on below its figures.

    Of a complete row, ``beside`` are the cells on the lines of its label, ``near`` says whether any of them holds a
    figure, ``cells`` are those beside then, else all, ``inner`` those from the first figure to the last; ``stated`` and
    ``stated_cells`` count the figures.
    """

    key: str
    label: Token
    header: Header
    figures: list[Token] = field(default_factory=list)
    pairs: list[tuple[Token, Token]] = field(default_factory=list)
    lines: set[tuple[int, int]] = field(default_factory=set)
    follower: str = END
    loose: bool = False
    torn: int = 0
    mixed: bool = False
    enclosed: bool = False
    beside: list[Token] = field(init=False)
    near: bool = field(init=False)
    cells: list[Token] = field(init=False)
    stated: int = field(init=False)
    stated_cells: int = field(init=False)
    inner: list[Token] = field(init=False)

    def headings(self) -> dict[str, str]:
        """The text of each column's label as printed for this row."""
        labels = [label for label, _ in self.pairs] or self.header.labels
        return {label.key: label.text for label in reversed(labels)}

    def settle(self) -> None:
        """Counts what stands beside the label and behind it; to be called when the row is complete."""
        self.stated = sum([figure.states for figure in self.figures])
        if self.figures and self.figures[0].line == self.figures[-1].line:
            self.beside = self.figures if self.figures[0].line in self.lines else []
            beside = self.stated if self.beside else 0
        else:
            self.beside = [figure for figure in self.figures if figure.line in self.lines]
            beside = sum([figure.states for figure in self.beside])
        self.near = beside > 0
        self.cells = self.beside if self.near else self.figures
        self.stated_cells = beside or self.stated
        self.inner = inner_cells(self.cells)


def inner_cells(cells: list[Token]) -> list[Token]:
    """The cells from the first figure to the last; none where no figure is among them."""
    states = [cell.states for cell in cells]
    return cells[states.index(True) : len(states) - states[::-1].index(True)] if True in states else []


@dataclass
class Gathered:
    """All rows of a table, and how many figures stood before the first of them."""

    entries: list[Entry] = field(default_factory=list)
    orphans: int = 0


def gather(tokens: Sequence[Token], follower: str) -> Gathered:
    """The rows in ``tokens``; ``follower`` is what ends the table."""
    return _Gatherer(tokens).run(follower)


class _Gatherer:
    """Walks the tokens once. ``header`` holds while rows follow; ``forming`` is a header of which more may come."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.found = Gathered()
        self.header = Header()
        self.forming: Header | None = None
        self.entry: Entry | None = None
        self.last: Entry | None = None
        self.column: str | None = None
        self.loose = False
        self.torn = 0

    def run(self, follower: str) -> Gathered:
        for at, token in enumerate(self.tokens):
            match token.kind:
                case "figure" if self.entry and not self.forming:
                    self.entry.figures.append(token)
                case "figure":
                    self._figure(token)
                case "row":
                    self._row(token, token.key)
                case "column":
                    self._column(token, token.key)
                case "either" if self._names_a_row(at):
                    self._row(token, token.key)
                case "either":
                    self._column(token, token.column)
                case _:
                    self._other(token)
        if self.last:
            self.last.follower = follower
        for entry in self.found.entries:
            entry.settle()
        return self.found

    def _other(self, token: Token) -> None:
        """What is neither figure, row nor column."""
        if token.kind == "rest":
            if self.last and self.last.key == token.key:
                self.last.lines.add(token.line)
                self.last.enclosed = self.last.enclosed or bool(self.last.figures)
        elif token.kind == "caption" and token.key == "columns":
            self._columns_of_a_group(token)
        elif token.kind != "caption" or token.key not in ("group", "half"):
            self.entry = None
            self.column = None
            self.loose = self.loose and token.kind == "words"
            if token.kind == "words" and self.forming:
                self.forming.strangers += 1

    def _row(self, token: Token, key: str) -> None:
        contested = False
        if self.last:
            if self.last.key == key and not self.last.figures and not self.last.pairs:
                self.last.lines.add(token.line)
                return
            self.last.follower = key
            contested = token.line in self.last.lines and not self.last.figures and not self.last.pairs
        if self.forming:
            self.header, self.forming = self.forming, None
        self.entry = self.last = Entry(key, token, self.header, lines={token.line}, loose=self.loose, torn=self.torn)
        self.torn = 0
        self.entry.mixed = contested
        self.found.entries.append(self.entry)
        self.column = None

    def _column(self, token: Token, key: str) -> None:
        if self.entry and token.line in self.entry.lines and self.entry.figures:
            self.entry.mixed = True
        self.column = key
        self.forming = self.forming or Header()
        self.forming.labels.append(token._replace(kind="column", key=key))

    def _columns_of_a_group(self, token: Token) -> None:
        self.column = None
        self.forming = self.forming or Header()
        if self.forming.grouped_at < 0:
            self.forming.grouped_at = len(self.forming.labels)
            self.forming.group_line = token.line

    def _figure(self, token: Token) -> None:
        """A figure that does not simply follow on its row."""
        if self.forming is None:
            self._stray(token)
        elif token.states or self.column:
            self._behind_a_column(token)

    def _behind_a_column(self, token: Token) -> None:
        labels = self.forming.labels if self.forming else []
        if self.entry and self.column and labels and (len(labels) == 1 or labels[-1].at == token.at):
            self.entry.pairs.append((labels[-1], token))
            self.forming = None
        elif token.states:
            self._stray(token)
            self.entry = None
        self.column = None

    def _stray(self, token: Token) -> None:
        if token.states:
            self.loose = True
            self.torn += 1
            self.found.orphans += self.last is None

    def _names_a_row(self, at: int) -> bool:
        """Whether a word that names a row and a column names the row here: figures, or the first label with its figure,
        follow, and no header or pair surrounds it."""
        word = self.tokens[at]
        if self.forming and self.forming.labels and not self.forming.names_above(word):
            return False
        ahead = (token for token in self.tokens[at + 1 :] if token.states or token.kind not in ("figure", word.kind))
        first, second = next(ahead, None), next(ahead, None)
        if first is None or first.kind == "column":
            # The first column of a row whose figures have not begun, though its own may be blank.
            opened = self.entry is not None and not self.entry.figures and not self.entry.pairs
            return second is not None and second.states and not opened
        in_pairs = self.entry is not None and (bool(self.entry.pairs) or first.at == word.at == self.entry.label.at)
        return first.states and not in_pairs
