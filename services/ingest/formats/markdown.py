"""Markdown: lines as in plain text, once its marks are taken off.

Converters drop merged cells, or cut a table into one small table a row, so the columns of Markdown are no more certain
than those of any other text with bars; see :mod:`services.ingest.lines`.
"""

import html
import re

_DELIMITERS = re.compile(r"[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|)+(?:[ \t]*:?-+:?)?[ \t]*")
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+", re.MULTILINE)
_EMPHASIS = re.compile(r"(\*\*\*|\*\*|\*|___|__|~~|`)(?=\S)([^\n|]{1,200}?)(?<=\S)\1")
_LOOSE = re.compile(r"\*\*([^*\n|]{1,200})\*\*")  # with spaces inside, which only careless writers have
_LINK = re.compile(r"(!?)\[([^\[\]\n]{0,300})\]\([^()\n]{0,1000}\)")
_PREFIX = re.compile(r"^[ \t]*(?:(?:>[ \t]?)+|[-*+][ \t]+(?=[^\s|+*-]))", re.MULTILINE)
_BREAK = re.compile(r"<br ?/?>|&nbsp;", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:span|font|b|strong|i|em|u|s|sub|sup|p|div|center|a|small|big|mark)\b[^<>\n]{0,300}>", re.IGNORECASE
)
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!>~-])")
# What converters name columns that had no heading.
_INVENTED = re.compile(r"|(?i:unnamed: ?|column[ _]?|col[ _]?|header[ _]?)\d*|(?:列|表头|标题) ?\d*|\d+")


def is_markdown(text: str) -> bool:
    """Whether ``text`` has the delimiter row of a table, or two headings, as only Markdown writes them."""
    if "#" in text and len(_HEADING.findall(text)) > 1:
        return True
    return ("---" in text or ":-" in text) and any(map(_delimits, text.split("\n")))


def plain(text: str) -> str:
    """``text`` without Markdown's marks; no line is added or lost, so line numbers stay true."""
    text = _PREFIX.sub("", _HEADING.sub("", _without_delimiters(text)))
    text = _LINK.sub(lambda link: "" if link[1] else link[2], text)
    text = _ESCAPED.sub(r"\1", _EMPHASIS.sub(r"\2", _LOOSE.sub(r"\1", text.replace("\\|", "/"))))
    if "<" in text:
        text = _TAG.sub("", text)
    return html.unescape(_BREAK.sub(" ", text))


def _delimits(line: str) -> bool:
    return "-" in line and "|" in line and _DELIMITERS.fullmatch(line) is not None


def _without_delimiters(text: str) -> str:
    """``text`` without delimiter rows, nor the heading rows above them that a converter invented."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if _delimits(line):
            lines[number] = ""
            if number and _is_invented(lines[number - 1]):
                lines[number - 1] = ""
    return "\n".join(lines)


def _is_invented(heading: str) -> bool:
    """Whether a heading row names no column: blank, ``Unnamed: 0``, ``列1``, or the columns counted 0, 1, 2…"""
    names = [name.strip() for name in heading.strip().strip("|").split("|")]
    numbers = [int(name) for name in names if name.isdecimal()]
    counted = len(numbers) > 2 and numbers in ([*range(len(names))], [*range(1, len(names) + 1)])
    return all(map(_INVENTED.fullmatch, names)) and (counted or not numbers)
