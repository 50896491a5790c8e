"""Records of a workbook of Excel 97 that xlrd passes over: conditional formats ([MS-XLS] 2.4.42 and 2.4.43)."""

import struct
from collections.abc import Iterator
from io import StringIO

from xlrd.compdoc import CompDoc

from services.ingest.formats.sheet.references import Area

_SHEET, _BEGINNING, _AREAS, _RULE = 0x0085, 0x0809, 0x01B0, 0x01B1
_RULE_HEADER = 6  # bytes before what a rule changes
_CHANGES = 1 << 25 | 1 << 26 | 1 << 29  # of number format, font or fill


def areas_of_rules(data: bytes) -> dict[int, list[Area]]:
    """By the number of the sheet, from 0: where conditional formats may change what is seen."""
    stream, start, size = CompDoc(data, logfile=StringIO()).locate_named_stream("Workbook")
    if stream is None:
        return {}
    content = bytes(stream[start : start + size])
    sheets: dict[int, int] = {}  # beginning of a sheet's records -> its number
    areas: dict[int, list[Area]] = {}
    sheet, area = -1, None
    for at, kind, body in _records(content):
        if kind == _SHEET and len(body) >= 4:
            sheets[struct.unpack_from("<I", body)[0]] = len(sheets)
        elif kind == _BEGINNING:
            sheet = sheets.get(at, sheet)
        elif kind == _AREAS and len(body) >= 12:
            top, bottom, left, right = struct.unpack_from("<4H", body, 4)
            area = Area((top, left), (bottom, right))
        elif kind == _RULE and area and _changes(body):
            areas.setdefault(sheet, []).append(area)
    return areas


def _changes(rule: bytes) -> bool:
    """Whether a rule changes how text is shown, not only what is round it."""
    return len(rule) >= _RULE_HEADER + 4 and bool(struct.unpack_from("<I", rule, _RULE_HEADER)[0] & _CHANGES)


def _records(content: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Where each record begins, its kind and its body."""
    at = 0
    while at + 4 <= len(content):
        kind, length = struct.unpack_from("<HH", content, at)
        yield at, kind, content[at + 4 : at + 4 + length]
        at += 4 + length
