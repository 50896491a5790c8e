"""HTML tables inside a text, as Markdown holds tables with merged cells: the rest is lines, and stays lines."""

import html
import re
from collections.abc import Callable, Iterator

_EDGE = re.compile(r"<(/?)table\b[^<>]{0,2000}>", re.IGNORECASE)
_WRAPPER = re.compile(r"</?(?:html|body|div|center)\b[^<>]{0,300}>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>\n]{0,300}>", re.IGNORECASE)
_FEWEST_LINES = 3  # chosen: what stands around the tables of a page taken from a site is a line or two


def outside(text: str) -> str:
    """``text`` without its HTML tables, and what is wrapped round them."""
    kept, at = [], 0
    for start, end in _islands(text):
        kept.append(text[at:start])
        at = end
    return _WRAPPER.sub("", "".join([*kept, text[at:]])) if at else text


def is_plain(rest: str) -> bool:
    """Whether ``rest``, what stands outside the tables, is lines of text without any markup."""
    lines = sum(1 for line in rest.split("\n") if line.strip())
    return lines >= _FEWEST_LINES and _TAG.search(rest) is None


def holds_tables(text: str) -> bool:
    """Whether there are HTML tables in ``text``."""
    return "<" in text and _EDGE.search(text) is not None


def page(text: str, plain: Callable[[str], str]) -> str:
    """``text`` as a page of HTML: its tables, and between them its lines, of which ``plain`` takes the marks."""

    def lines(piece: str) -> str:
        return f"<pre>\n{html.escape(_TAG.sub(_in_text, plain(piece)))}</pre>"

    pieces, at = [], 0
    for start, end in _islands(text):
        pieces += [lines(text[at:start]), text[start:end]]
        at = end
    return "".join([*pieces, lines(text[at:])])


def _in_text(tag: re.Match[str]) -> str:
    """What a tag is between tables: the edge of a cell whose table was lost, or nothing."""
    return " | " if tag[0][1:3].lower() in ("td", "th") else ""


def _islands(text: str) -> Iterator[tuple[int, int]]:
    """Where tables begin and end; one that is not closed ends with its last row before the next."""
    start = -1
    for edge in _EDGE.finditer(text):
        if start >= 0:
            yield start, edge.end() if edge[1] else _last_row(text, start, edge.start())
        start = -1 if edge[1] else edge.start()
    if start >= 0:
        yield start, _last_row(text, start, len(text))


def _last_row(text: str, start: int, end: int) -> int:
    row = max(text.rfind("</tr>", start, end), text.rfind("</TR>", start, end))
    return row + len("</tr>") if row >= 0 else end
