"""What somebody means who names a report or a document: the one it is, or an error that lists what it could be."""

import re

from sqlalchemy import Connection

from cli.errors import UserError
from cli.terminal import visible
from cli.wording import counted
from shared.database import queries

_SHORTEST_ID = 4
"""Fewer digits than this are rather a year or part of a name than the start of a document id."""
_LISTED = 20  # chosen: what fits a screen


def is_start_of_id(text: str) -> bool:
    """Whether ``text`` may be the start of a document id."""
    return re.fullmatch(rf"[0-9a-f]{{{_SHORTEST_ID},64}}", text) is not None


def find_report(connection: Connection, reference: list[str], part: int | None = None) -> queries.Summary:
    """The one report that ``reference`` means: the start of a document id, an object's key, or a (part of a) name and
    a year; ``part`` is which one of a file that holds several. Raises :class:`UserError` where it means none, or more.
    """
    said = " ".join(reference)
    found = _by_id_or_key(connection, said) or _by_name(connection, reference)
    found = [each for each in found if part in (None, each.part)]
    if not found:
        raise UserError(f"no report is stored under {said!r}; `gouji findings` and `gouji status` tell what is")
    if len(found) > 1:
        listed = [f"{_id(each)}  {each.authority} {each.year}" for each in found]
        raise UserError(ambiguous(said, counted(len(found), "report"), listed))
    return found[0]


def _id(summary: queries.Summary) -> str:
    """How the report is named on the command line."""
    return summary.document_id[:12] + (f" --part {summary.part}" if summary.parts > 1 else "")


def ambiguous(said: str, several: str, listed: list[str]) -> str:
    """The sentence that asks which of the ``several`` things that ``said`` means is meant."""
    lines = [f"  {visible(each)}" for each in listed[:_LISTED]]
    lines += [f"  … and {len(listed) - _LISTED} more"] if len(listed) > _LISTED else []
    return "\n".join([f"{said!r} means {several}; name one of them by its id:", *lines])


def _by_id_or_key(connection: Connection, said: str) -> list[queries.Summary]:
    found = queries.reports_starting_with(connection, said) if is_start_of_id(said) else []
    return found or queries.reports_of_object(connection, said)


def _by_name(connection: Connection, reference: list[str]) -> list[queries.Summary]:
    *names, last = reference
    year = int(last) if names and last.isdigit() else None
    authority = "".join(names if year else reference)
    found = queries.reports(connection, authority=authority, year=year)
    return [each for each in found if each.authority == authority] or found
