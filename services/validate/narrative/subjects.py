"""Which cells of the form a subject of the prose means."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from services.validate.narrative.statements import Statement, Subject
from shared.form import Cell, Form

Cells = tuple[Cell, ...]
"""Cells whose sum is stated."""

_LITIGATION = ("litigation_direct", "litigation_after_reconsideration")


_RULES = {
    **dict.fromkeys(("disputes", "outcome"), "narrative.disputes"),
    **dict.fromkeys(("documents", "decisions", "fees"), "narrative.disclosure"),
}


class Meaning(NamedTuple):
    """The rule that a statement comes under, and the sums it can mean, the plainest first: it is contradicted only if
    it fits none of them."""

    rule: str
    readings: tuple[Cells, ...]


def meaning(statement: Statement, form: Form) -> Meaning | None:
    """What ``statement`` means in ``form``; None where the form does not count that. Where all were so, the readings
    are the cells that must then be zero."""
    subject = statement.subject
    known = set(form.cells())
    readings = tuple(cells for cells in _readings(form, statement) if cells and known.issuperset(cells))
    return Meaning(_RULES.get(subject.kind, "narrative.applications"), readings) if readings else None


def _readings(form: Form, statement: Statement) -> Iterator[Cells]:
    subject = statement.subject
    match subject.kind:
        case "disputes" | "outcome":
            yield _disputes(form, subject, statement.amount == "all")
        case "documents" | "decisions" | "fees":
            yield _disclosure(subject)
        case _:
            yield from _applications(form, statement)


def came_in(form: Form) -> Cells:
    """What there was to conclude: what came in this year and what was carried in."""
    return _totals("received", "carried_in")


def _totals(*rows: str) -> Cells:
    return tuple(Cell("applications", row, "total") for row in rows)


_EITHER = (("received",), ("received", "carried_in"))


def _applications(form: Form, statement: Statement) -> Iterator[Cells]:
    subject, everything = statement.subject, statement.amount == "all"
    match subject.kind:
        case "received" if statement.amount != "figure" or statement.includes is False or subject.keys:
            yield _totals("received")
        case "received" if statement.includes:
            yield _totals("received", "carried_in")
        case "received":
            yield from (_totals(*rows) for rows in _EITHER)
        case "concluded" if everything:
            yield _totals("carried_out")
        case "concluded" if subject.keys:
            yield _totals("concluded")
        case "concluded":
            yield from (_totals("concluded"), *(_totals(*rows) for rows in _EITHER))
        case "carried_in" | "carried_out":
            yield _totals(subject.kind)
        case "result":
            named = set(_rows(form, subject.keys))
            yield _totals(*(row for row in _dispositions(form) if (row in named) != everything))
        case "applicant":
            each = (tuple(_rows(form, subject.of)),) if subject.of else _EITHER[: 1 if everything else 2]
            yield from (_by_applicants(form, subject.keys, rows, everything) for rows in each)


def _by_applicants(form: Form, keys: Sequence[str], rows: Sequence[str], everything: bool) -> Cells:
    named = _columns(form, keys)
    columns = [key for key in _columns(form, ("natural_person", "organisations")) if (key in named) != everything]
    return tuple(Cell("applications", row, column) for row in rows for column in columns)


def _dispositions(form: Form) -> tuple[str, ...]:
    return next(relation for relation in form.relations if relation.id == "applications.concluded").computed


def _rows(form: Form, keys: Iterable[str]) -> Iterator[str]:
    for key in keys:
        if key.endswith(".*"):
            yield from (row for row in _dispositions(form) if row.startswith(key[:-1]))
        else:
            yield key


def _columns(form: Form, keys: Iterable[str]) -> tuple[str, ...]:
    organisations = tuple(column.key for column in form.table("applications").columns if column.group)
    return tuple(dict.fromkeys(c for key in keys for c in (organisations if key == "organisations" else (key,))))


def _disputes(form: Form, subject: Subject, everything: bool) -> Cells:
    named = subject.of if subject.kind == "outcome" else subject.keys
    tracks = tuple(dict.fromkeys(t for key in named for t in (_LITIGATION if key == "litigation" else (key,))))
    columns: tuple[str, ...] = ("total",)
    if subject.kind == "outcome":
        outcomes = tuple(column.key for column in form.table("disputes").columns if column.key != "total")
        columns = tuple(key for key in outcomes if (key in subject.keys) != everything)
    return tuple(Cell("disputes", track, column) for track in tracks for column in columns)


def _disclosure(subject: Subject) -> Cells:
    if subject.kind == "fees":
        return (Cell("disclosure", "fees", "amount"),)
    column = subject.of[0] if subject.of else "decisions"
    return tuple(Cell("disclosure", key, column) for key in subject.keys)
