"""The tables of a page, read: which stand where, from which copy, and what each cell states."""

from collections.abc import Iterator, Sequence

from services.parse.editions import Choice
from services.parse.table.additions import added_rows, remark_on, with_additions
from services.parse.table.reader import Ground, read_rows
from services.parse.table.reading import Reading, relations_of, values_of
from services.parse.table.repair import mend_labels
from services.parse.table.segments import Evidence, Segment, closing_keys_of
from services.parse.table.text_cells import read_text_cells
from services.parse.table.tokens import Token, read_tokens
from services.parse.table.tracks import read_tracks
from services.parse.table.vocabulary import Vocabulary, vocabulary_of
from shared.blocks import Block
from shared.doubt import Doubt, DoubtCode
from shared.form import Form, Table, load_form
from shared.form.model import TableKey
from shared.report import Figures

_SENTENCE = 15  # characters; a text in a table's place that is longer, or ends a sentence, is prose
_NOTES = ("注：", "注:", "备注：", "备注:", "说明：", "说明:", "*", "※")
_REMARK = 6  # characters; such a line before or after a table is the section's
_FEWEST_ROWS = 2  # on a line, for them to be a table
_ENDS = ("。", "；", "！", "？")


class Tables:
    """The tables of a page: their ``figures`` by table key (none for edition ``unknown``), the ``sources``, ``notes``
    and ``doubts`` of their cells, the figures of ``additions`` by table and row, the ``blocks`` they stand in, and
    ``remarks`` on how they were read."""

    def __init__(self, blocks: Sequence[Block], evidence: Evidence, choice: Choice) -> None:
        self.figures: dict[str, dict[str, Figures]] = {}
        self.sources: dict[str, str] = {}
        self.notes: dict[str, str] = {}
        self.doubts: dict[str, Doubt] = {}
        self.additions: dict[TableKey, dict[str, Figures]] = {}
        self.blocks: set[int] = set()
        self.remarks: list[str] = []
        self._page = blocks
        self._vocabularies: dict[Vocabulary, Vocabulary] = {}
        if choice.edition == "unknown":
            return
        form = load_form(choice.edition)
        for table in form.tables:
            segments = [segment for segment in evidence.segments if segment.table == table.key]
            reading = _of_copies([self._read(segment, table, form) for segment in segments])
            if table.layout == "groups" and not choice.shown:
                reading = Reading(
                    doubts={row.key: DoubtCode.EDITION_NOT_SHOWN for row in table.rows},
                    remarks=[f"页面没有显示格式的版本，按年份取{form.edition}年版；各版不同的第二部分表格未读取。"],
                )
            self.remarks += reading.remarks
            values = values_of(reading, vocabulary_of(form.edition, table.key), blocks)
            self.figures[table.key] = values.figures
            self.sources |= values.sources
            self.notes |= values.notes
            self.doubts |= values.doubts
            self._add_rows(reading, vocabulary_of(form.edition, table.key))

    def _add_rows(self, reading: Reading, form: Vocabulary) -> None:
        for row in added_rows(vocabulary := self._vocabularies.get(form, form), form):
            figures = values_of(reading, vocabulary, self._page).figures[row.key]
            self.additions.setdefault(form.table.key, {})[row.key] = figures
            self.remarks.append(remark_on(row, figures, vocabulary))

    def _read(self, segment: Segment, table: Table, form: Form) -> Reading:
        vocabulary = known = vocabulary_of(form.edition, table.key)
        tokens = read_tokens(self._page, segment.start, segment.end, known)
        kinds = [token.kind for token in tokens]
        text = "words" in kinds
        if text:
            mend_labels(tokens, known)
        if "addition" in kinds or (text and any(token.kind == "addition" for token in tokens)):
            tokens, vocabulary = with_additions(tokens, known)
            self._vocabularies[known] = vocabulary
        if text:
            tokens = read_text_cells(tokens, vocabulary)
        if tokens and tokens[len(tokens) // 2].line == tokens[-1].line:
            tokens = _each_on_its_line(tokens)
        self.blocks.update(self._cells(tokens) if text else [token.at for token in tokens])
        ground = Ground(vocabulary, self._page, closing_keys_of(table.key), relations_of(form, table, "row"))
        if table.layout == "bands":
            return read_tracks(tokens, segment.next_key, ground)
        return read_rows(tokens, segment.next_key, ground)

    def _cells(self, tokens: Sequence[Token]) -> Iterator[int]:
        """The blocks of a table among whose tokens are words: all but those whose words are the section's prose."""
        known = [at for at, token in enumerate(tokens) if token.kind != "words"]
        inside = range(known[0], known[-1]) if known else range(0)
        for at, token in enumerate(tokens):
            if token.kind != "words":
                yield token.at
                continue
            # Words that a figure follows name a row, if one that the form does not have.
            names = at in inside and tokens[at + 1].kind == "figure"
            if not _is_prose(self._page[token.at], _SENTENCE if at in inside else _REMARK, names):
                yield token.at


def _each_on_its_line(tokens: list[Token]) -> list[Token]:
    """The tokens of a table that stands on the last line alone, where that they share it says nothing of its rows."""
    line = tokens[-1].line
    if sum(token.kind == "row" and token.line == line for token in tokens) < _FEWEST_ROWS:
        return tokens
    return [token._replace(line=(-2, at)) if token.line == line else token for at, token in enumerate(tokens)]


def _is_prose(block: Block, longest_cell: int, names: bool) -> bool:
    """Whether words in a table's place are a sentence of the section rather than a cell of the table, which has fewer
    characters than ``longest_cell`` or, where it ``names`` a row or stands in a row of cells, no sign of a sentence."""
    if block.text.endswith(_ENDS) or block.text.startswith(_NOTES):
        return True
    return not names and not block.table and len(block.text) >= longest_cell


def _of_copies(readings: Sequence[Reading]) -> Reading:
    """One reading of a table that stands in several places of the page: parts of it are put together; of copies the
    first counts that is read as far as any, for the others may be another year's."""
    copies: list[Reading] = []
    for reading in readings:
        if copies and copies[-1].rows.isdisjoint(reading.rows):
            copies[-1].extend(reading)
        elif reading.rows:
            copies.append(reading)
    most = max((len(copy.rows) for copy in copies), default=0)
    return next((copy for copy in copies if 2 * len(copy.rows) >= most), Reading())
