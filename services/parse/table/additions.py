"""Rows that a page prints though the form has none of them (属于工作秘密): read like the form's, then told apart."""

from functools import lru_cache

from services.parse.table.lexicon import Lexicon
from services.parse.table.tokens import Token
from shared.form import Row
from shared.form.wording import number
from shared.report import Figures


def with_additions(tokens: list[Token], lexicon: Lexicon) -> tuple[list[Token], Lexicon]:
    """``tokens`` with additions as rows, and the lexicon of the table that has them where the page prints them."""
    labels = [token for token in tokens if token.kind in ("row", "addition")]
    for at, label in enumerate(labels):
        if label.kind == "addition" and label.key not in lexicon.rank:
            above = labels[at - 1].key if at else ""
            below = labels[at + 1].key if at + 1 < len(labels) else ""
            lexicon = _extended(lexicon, label.key, _place(label.key, above, below, lexicon))
    return [token._replace(kind="row") if token.kind == "addition" else token for token in tokens], lexicon


def added_rows(lexicon: Lexicon, form: Lexicon) -> list[Row]:
    """The rows of ``lexicon`` that the ``form`` has not."""
    return [row for row in lexicon.table.rows if row.key not in form.rank] if lexicon is not form else []


def remark_on(row: Row, figures: Figures, lexicon: Lexicon) -> str:
    """A sentence that says what the added ``row`` states."""
    stated = [
        f"{lexicon.table.column(column).label}{number(figure) if figure is not None else '未能读取'}"
        for column, figure in figures.items()
    ]
    return f"{lexicon.table.name}另有格式未列的一行“{row.label}”：{'，'.join(stated)}。"


def _place(key: str, above: str, below: str, lexicon: Lexicon) -> str:
    """The row below which the addition stands: the one printed above it, if the form's next is printed below it, so
    that no label was lost there; else the last of its group."""
    rank = lexicon.rank
    if above in rank and rank[above] + 1 == rank.get(below):
        return above
    (addition,) = (row for row in lexicon.table.additions if row.key == key)
    return [row.key for row in lexicon.table.rows if row.groups == addition.groups][-1]


@lru_cache(maxsize=128)
def _extended(lexicon: Lexicon, key: str, above: str) -> Lexicon:
    return Lexicon(lexicon.table.with_addition(key, above))
