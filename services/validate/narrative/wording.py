"""Claims in words: what the prose says, what the table or its own parts say, and where."""

from itertools import takewhile
from typing import Literal

from services.validate.narrative.sentences import Sentence
from shared.form import Cell, Form
from shared.form.wording import number
from shared.report import Claim, Number

Status = Literal["agrees", "contradicts", "unknown"]

# How many rows or columns are named before the rest is only counted.
MAX_NAMED = 3


def claim(
    rule: str,
    sentence: Sentence,
    *,
    stated: Number,
    expected: Number | None,
    status: Status,
    against: str,
    cells: tuple[Cell, ...] = (),
    unit: str = "",
    words: str = "",
) -> Claim:
    """A checked claim; ``against`` names what it was held against, ``unit`` follows both figures. ``words`` are what
    the sentence says in the place of a figure (未收到…, 均为自然人)."""
    quoted = f"{sentence.place}“{sentence.text.rstrip('。！；，')}”"
    here = f"{quoted}称“{words.rstrip('。！；，')}”，" if words else f"{quoted}中的{number(stated)}{unit}"
    told = {
        "agrees": f"与{against}一致",
        "unknown": f"无从核对，{against}未见填报",
        "contradicts": f"{against}为{number(expected or 0)}，不一致"
        if words
        else f"与{against}{number(expected or 0)}{unit}不一致",
    }[status]
    return Claim(
        rule=rule,
        at=_subject(cells) or sentence.place,
        cells=tuple(cell.id for cell in cells),
        stated=stated,
        expected=expected,
        status=status,
        quote=sentence.text,
        place=sentence.place,
        message=f"{here}{told}。",
    )


def _subject(cells: tuple[Cell, ...]) -> str:
    """What several cells have in common, as an id: ``applications.refused.total``, ``disputes.litigation.total``."""
    if not cells:
        return ""
    rows, columns = ({cell[part] for cell in cells} for part in (1, 2))
    same = takewhile(lambda pair: pair[0] == pair[1], zip(min(rows), max(rows), strict=False))
    row = "".join(letter for letter, _ in same).rstrip("._")
    return ".".join(filter(None, (cells[0].table, row, *(columns if len(columns) == 1 else ()))))


def sum_of(form: Form, cells: tuple[Cell, ...]) -> str:
    """The sum of ``cells`` in the form's words: 表四“未经复议直接起诉”“复议后起诉”2行“总计”一列之和."""
    if len(cells) == 1:
        return form.label(cells[0])
    table = form.table(cells[0].table)
    rows = list(dict.fromkeys(table.row(cell.row).title for cell in cells))
    columns = list(dict.fromkeys(table.column(cell.column).label for cell in cells))
    return f"{table.name}{_named(rows, '行')}{_named(columns, '列')}之和"


def _named(labels: list[str], line: str) -> str:
    quoted = "".join(f"“{label}”" for label in labels[:MAX_NAMED])
    more = "等" if len(labels) > MAX_NAMED else ""
    return f"{quoted}{more}{'一' if len(labels) == 1 else len(labels)}{line}"
