"""Rows that a page prints though the form has none of them (属于工作秘密): read like the form's, then told apart."""

from functools import lru_cache

from services.parse.table.tokens import Token
from services.parse.table.vocabulary import Vocabulary
from shared.form import Row
from shared.form.wording import number
from shared.report import Figures


def with_additions(tokens: list[Token], vocabulary: Vocabulary) -> tuple[list[Token], Vocabulary]:
    """``tokens`` with additions as rows, and the vocabulary of the table that has them where the page prints them."""
    labels = [token for token in tokens if token.kind in ("row", "addition")]
    for at, label in enumerate(labels):
        if label.kind == "addition" and label.key not in vocabulary.rank:
            above = labels[at - 1].key if at else ""
            below = labels[at + 1].key if at + 1 < len(labels) else ""
            vocabulary = _extended(vocabulary, label.key, _place(label.key, above, below, vocabulary))
    return [token._replace(kind="row") if token.kind == "addition" else token for token in tokens], vocabulary


def added_rows(vocabulary: Vocabulary, form: Vocabulary) -> list[Row]:
    """The rows of ``vocabulary`` that the ``form`` has not."""
    return [row for row in vocabulary.table.rows if row.key not in form.rank] if vocabulary is not form else []


def remark_on(row: Row, figures: Figures, vocabulary: Vocabulary) -> str:
    """A sentence that says what the added ``row`` states."""
    stated = [
        f"{vocabulary.table.column(column).label}{number(figure) if figure is not None else '未能读取'}"
        for column, figure in figures.items()
    ]
    return f"{vocabulary.table.name}另有格式未列的一行“{row.label}”：{'，'.join(stated)}。"


def _place(key: str, above: str, below: str, vocabulary: Vocabulary) -> str:
    """The row below which the addition stands: the one printed above it, if the form's next is printed below it, so
    that no label was lost there; else the last of its group."""
    rank = vocabulary.rank
    if above in rank and rank[above] + 1 == rank.get(below):
        return above
    (addition,) = (row for row in vocabulary.table.additions if row.key == key)
    return [row.key for row in vocabulary.table.rows if row.groups == addition.groups][-1]


@lru_cache(maxsize=128)
def _extended(vocabulary: Vocabulary, key: str, above: str) -> Vocabulary:
    return Vocabulary(vocabulary.table.with_addition(key, above))
