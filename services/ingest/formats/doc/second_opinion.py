"""What another reader finds in the rows of a Word 97 document's tables."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from office_oxide import Document, OfficeOxideError

from shared.blocks import Block

Place = tuple[int, int]  # table and row

_NOTE = re.compile(r"\[[\d,，、]*\]")  # a raised mark, as extraction writes it
_PART = "|"  # between cells that are not blank


def rows_of(blocks: Iterable[Block]) -> dict[Place, str]:
    """The rows of the tables among ``blocks``, their cells in one line."""
    cells: dict[Place, list[str]] = {}
    for block in blocks:
        if block.table:
            cells.setdefault((block.table, block.row), []).append(block.text)
    return {place: _line(texts) for place, texts in cells.items()}


def rows_agreed(seen: Mapping[Place, str], whole: Mapping[Place, str], data: bytes) -> set[Place]:
    """The rows that the other reader confirms: it may find more than is ``seen``, but no more than the ``whole`` text
    with what is hidden. Where it divides the tables otherwise, it must confirm the text of all of them."""
    try:
        read = list(_rows(Document.from_bytes(data, "doc").to_ir()))
    except OfficeOxideError:
        return set()
    if len(read) == len(seen):
        rows = zip(seen, seen.values(), read, whole.values(), strict=True)
        return {place for place, least, other, most in rows if _is_within(least, other) and _is_within(other, most)}
    least, other, most = ("".join(rows).replace(_PART, "") for rows in (seen.values(), read, whole.values()))
    return set(seen) if _is_within(least, other) and _is_within(other, most) else set()


def _line(texts: Iterable[str]) -> str:
    bare = ("".join(_NOTE.sub("", text).split()) for text in texts)
    return _PART.join(text for text in bare if text)


def _is_within(part: str, whole: str) -> bool:
    """Whether ``part`` is left of ``whole`` when some of its characters are taken out."""
    characters = iter(whole)
    return all(character in characters for character in part)


def _rows(element: Any) -> Iterator[str]:
    """The rows within ``element``, whole where a table stands in a cell."""
    if isinstance(element, list):
        for each in element:
            yield from _rows(each)
    elif isinstance(element, dict):
        if "cells" in element:
            yield _line("".join(_texts(cell)) for cell in element["cells"])
        else:
            yield from _rows([each for each in element.values() if isinstance(each, list)])


def _texts(element: Any) -> Iterator[str]:
    if isinstance(element, list):
        for each in element:
            yield from _texts(each)
    elif isinstance(element, dict):
        yield str(element.get("text", ""))
        yield from _texts([each for each in element.values() if isinstance(each, list)])
