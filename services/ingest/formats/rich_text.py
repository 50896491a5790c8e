"""What the formatting of single characters says in a workbook (.xlsx): struck out, raised. The library that reads the
cells tells their text alone."""

import re
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from lxml import etree

from services.ingest.formats.raised import set_raised

Element = etree._Element

_PART = re.compile(r"xl/(?:sharedStrings|worksheets/[^/]+)\.xml")
_TELLING = re.compile(rb"<(?:\w+:)?(?:strike|vertAlign)\b")


def corrected_texts(data: bytes) -> dict[str, str]:
    """Texts of cells as the library gives them, and what they say to a person: where one says two things, both."""
    said: dict[str, set[str]] = {}
    for xml in _telling_parts(data):
        for item in _items(xml):
            plain = "".join(text.text or "" for run in _runs(item) for text in run.iterfind("{*}t"))
            said.setdefault(plain, set()).add(_seen(item))
    return {plain: " ".join(sorted(seen)) for plain, seen in said.items() if seen != {plain}}


def _telling_parts(data: bytes) -> list[bytes]:
    """The parts of a workbook in which texts stand, as far as any is struck out or raised; none of another file."""
    try:
        with ZipFile(BytesIO(data)) as package:
            parts = [package.read(name) for name in package.namelist() if _PART.fullmatch(name)]
    except (BadZipFile, KeyError, ValueError, NotImplementedError, RuntimeError, EOFError, OSError):
        return []  # the library says what is wrong with it
    return parts if any(map(_TELLING.search, parts)) else []


def _items(xml: bytes) -> list[Element]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        return list(etree.fromstring(xml, parser).iter("{*}si", "{*}is"))
    except etree.XMLSyntaxError:
        return []


def _runs(item: Element) -> list[Element]:
    """The stretches of one format in a text; the text itself where it has but one."""
    return item.findall("{*}r") or [item]


def _seen(item: Element) -> str:
    text = ""
    for run in _runs(item):
        strike, raised = run.find("{*}rPr/{*}strike"), run.find("{*}rPr/{*}vertAlign")
        if strike is not None and strike.get("val", "1") not in ("0", "false"):
            continue
        own = "".join(part.text or "" for part in run.iterfind("{*}t"))
        text += own if raised is None or raised.get("val") == "baseline" else set_raised(text, own)
    return text
