"""The rows of a table as the page prints them: each label with the cells that follow it, under the header above it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from services.parse.table.header import OTHER, Header
from services.parse.table.tokens import Token

END = "end"
"""What follows the last row of a table that nothing follows."""


@dataclass
class PageRow:
    """A row as the page states it.

    ``figures`` are the cells after its label, blanks included; ``pairs`` labels of columns, each with the figure behind
    it; ``lines`` the lines its label stands on; ``next_key`` the next row's key, or what ends the table. ``strays``
    counts the figures right above its label that belong to no row, ``strays_above`` says whether any stand there since
    the last header or group. ``together``: the label of another row, or of a column, stands on its line, no figure
    between; ``twice``: the same row stands on its line once more; ``numbered``: a figure stands before it there;
    ``enclosed``: the label goes on below its figures.

    Where figures stand is decided once, when the row is complete: ``beside`` the label where they are on its line, and
    no row's worth of them below it. ``cells`` are those on its line then, else all; ``inner`` those from the first
    figure to the last; ``stated`` counts all figures, ``stated_cells`` those among ``cells``.
    """

    key: str
    label: Token
    header: Header
    figures: list[Token] = field(default_factory=list)
    pairs: list[tuple[Token, Token]] = field(default_factory=list)
    lines: set[tuple[int, int]] = field(default_factory=set)
    next_key: str = END
    strays: int = 0
    strays_above: bool = False
    together: bool = False
    twice: bool = False
    numbered: bool = False
    enclosed: bool = False
    beside: bool = field(init=False, default=False)
    cells: list[Token] = field(init=False, default_factory=list)
    inner: list[Token] = field(init=False, default_factory=list)
    stated: int = field(init=False, default=0)
    stated_cells: int = field(init=False, default=0)

    @property
    def is_open(self) -> bool:
        """Whether no figure of it was seen yet."""
        return not self.figures and not self.pairs

    @property
    def below(self) -> int:
        """How many figures stand on other lines than its label's, where some stand on it."""
        return self.stated - self.stated_cells

    def headings(self) -> dict[str, str]:
        """The text of each column's label as printed for this row."""
        if self.pairs:
            return {label.key: label.text for label, _ in reversed(self.pairs)}
        return self.header.headings()

    def complete(self) -> None:
        """Counts what stands beside the label and behind it; to be called when the row is."""
        on_line = [figure for figure in self.figures if figure.line in self.lines]
        self.stated = sum(figure.states for figure in self.figures)
        on_line_stated = sum(figure.states for figure in on_line)
        self.beside = on_line_stated > 0
        self.lay(on_line if self.beside else self.figures)

    def lay(self, cells: list[Token]) -> None:
        """Takes ``cells`` for those of the row."""
        self.cells = cells
        self.inner = inner_cells(cells)
        self.stated_cells = sum(cell.states for cell in cells)


def inner_cells(cells: list[Token]) -> list[Token]:
    """The cells from the first figure to the last; none where no figure is among them."""
    states = [cell.states for cell in cells]
    return cells[states.index(True) : len(states) - states[::-1].index(True)] if True in states else []


@dataclass
class Gathered:
    """All rows of a table, and how many figures stood before the first of them."""

    rows: list[PageRow] = field(default_factory=list)
    orphans: int = 0


def gather(tokens: Sequence[Token], next_key: str, *, headers_below: bool = False) -> Gathered:
    """The rows in ``tokens``; ``next_key`` is what ends the table. ``headers_below``: a header may stand between a
    row's label and its figures."""
    return _Gatherer(tokens, headers_below=headers_below).run(next_key)


class _Gatherer:
    """Walks the tokens once. ``header`` holds while rows follow; ``forming`` is a header of which more may come;
    ``row`` is the one that figures belong to, ``last`` the last one seen."""

    def __init__(self, tokens: Sequence[Token], *, headers_below: bool) -> None:
        self.tokens = tokens
        self.headers_below = headers_below
        self.found = Gathered()
        self.header = Header()
        self.forming: Header | None = None
        self.row: PageRow | None = None
        self.last: PageRow | None = None
        self.column = ""
        self.strays_above = False
        self.strays: list[Token] = []
        self.above: tuple[int, int] | None = None
        self.trailing: list[Token] = []
        self.numbers_rows = False

    def run(self, next_key: str) -> Gathered:
        for at, token in enumerate(self.tokens):
            match token.kind:
                case "figure" if self.row and not self.forming:
                    self.row.figures.append(token)
                case "figure":
                    self._figure(token)
                case "row":
                    self._begin_row(token)
                case "column":
                    self._name_column(token, token.key)
                case "either" if self._names_a_row(at):
                    self._begin_row(token)
                case "either":
                    self._name_column(token, token.column)
                case _:
                    self._other(token)
        if self.last:
            self.last.next_key = next_key
        for row in self.found.rows:
            row.complete()
        return self.found

    def _other(self, token: Token) -> None:
        """What is neither figure, row nor column."""
        if token.kind == "rest":
            if self.last and self.last.key == token.key:
                self.last.lines.add(token.line)
                self.last.enclosed = self.last.enclosed or bool(self.last.figures)
        elif token.kind == "caption" and token.key == "columns":
            self._group_columns(token)
        elif token.kind == "group" and self.row and self.row.is_open:
            return  # the label of a merged cell drifts between its rows
        elif token.kind != "caption" or token.key not in ("group", "half"):
            self.row = None
            self.column = ""
            self.strays_above = self.strays_above and token.kind == "words"
            self._other_column(token)

    def _other_column(self, token: Token) -> None:
        """Words in a header, which may be the label of a column that the form does not have."""
        if token.kind == "caption" and token.key not in ("other", "serial"):
            self.above, self.trailing = token.line, []
        elif token.key == "serial":
            self.numbers_rows = True
            if self.forming:
                self.forming.numbers_rows = True
        elif token.kind not in ("words", "caption"):
            return
        elif self.forming:
            self.forming.add(token._replace(key=OTHER))
        elif token.line == self.above:
            self.trailing.append(token._replace(key=OTHER))

    def _form(self) -> Header:
        """The header that is forming, begun if none is."""
        if self.forming is None:
            self.forming = Header(trailing=self.trailing, numbers_rows=self.numbers_rows)
            self.trailing = []
        return self.forming

    def _begin_row(self, token: Token) -> None:
        together = twice = False
        numbers = sum(stray.line == token.line for stray in self.strays)
        if self.last:
            again = self.last.key == token.key
            if again and self.last.is_open and self.row and not self.forming:
                self.last.lines.add(token.line)
                return
            if again and self.last.is_open:  # it stood as a heading above its own header
                self.found.rows.pop()
            self.last.next_key = token.key
            on_line = token.line in self.last.lines
            together = on_line and self.last.is_open and not again
            twice = on_line and again and not self.last.is_open
            numbers += self._give_back(token)
        if self.forming:
            self.header, self.forming = self.forming, None
        self.row = self.last = PageRow(
            token.key, token, self.header, lines={token.line}, strays_above=self.strays_above, numbered=numbers > 0
        )
        self.row.strays = sum(stray.line != token.line for stray in self.strays)
        self.row.together, self.row.twice = together, twice
        self.strays = []
        self.found.rows.append(self.row)
        self.column = ""

    def _give_back(self, token: Token) -> int:
        """Takes from the row above what stands on the line of the label ``token``, before it (a running number), where
        the figures of the row above stand on its own line; says how many."""
        if not self.row or token.line in self.row.lines or not _stand_on(self.row.lines, self.row.figures):
            return 0
        before = len(self.row.figures)
        while self.row.figures and self.row.figures[-1].line == token.line:
            self.row.figures.pop()
        return before - len(self.row.figures)

    def _name_column(self, token: Token, key: str) -> None:
        if self.row and token.line in self.row.lines and self.row.figures:
            self.row.together = True
        self.column = key
        self._form().add(token._replace(kind="column", key=key))

    def _group_columns(self, token: Token) -> None:
        self.column = ""
        forming = self._form()
        if forming.group is None:
            forming.grouped_at = len(forming.labels)
            forming.group = token

    def _figure(self, token: Token) -> None:
        """A figure that does not simply follow on its row."""
        if self.forming is None:
            self._stray(token)
        elif token.states or self.column:
            self._behind_a_column(token, self.forming)

    def _behind_a_column(self, token: Token, forming: Header) -> None:
        labels = forming.known
        if self.row and self.headers_below and len(labels) > 1 and labels[-1].at != token.at and self._is_blank():
            self.row.header = self.header = forming
            self.row.figures = [token]
            self.forming = None
        elif self.row and self.column and labels and (len(labels) == 1 or labels[-1].at == token.at):
            self.row.pairs.append((labels[-1], token))
            self.forming = None
        elif token.states:
            self._stray(token)
            if self.row and self.headers_below:
                self.row.together = True
            self.row = None
        self.column = ""

    def _is_blank(self) -> bool:
        """Whether the row has said nothing yet."""
        return self.row is not None and not self.row.pairs and not any(cell.states for cell in self.row.figures)

    def _stray(self, token: Token) -> None:
        if token.states:
            self.strays_above = True
            self.strays.append(token)
            self.found.orphans += self.last is None

    def _names_a_row(self, at: int) -> bool:
        """Whether a word that names a row and a column names the row here: figures, or the first label with its figure,
        follow, and no header or pair surrounds it."""
        word = self.tokens[at]
        if self.forming and self.forming.known and not self.forming.names_above(word):
            return False
        ahead = (token for token in self.tokens[at + 1 :] if token.states or token.kind not in ("figure", word.kind))
        first, second = next(ahead, None), next(ahead, None)
        if first is None or first.kind == "column":
            # The first column of a row whose figures have not begun, though its own may be blank.
            opened = self.row is not None and self.row.is_open
            return second is not None and second.states and not opened
        in_pairs = self.row is not None and (bool(self.row.pairs) or first.at == word.at == self.row.label.at)
        return first.states and not in_pairs


def _stand_on(lines: Iterable[tuple[int, int]], figures: Sequence[Token]) -> bool:
    return any(figure.states and figure.line in lines for figure in figures)
