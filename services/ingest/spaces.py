"""Rows whose cells only spaces divide, as PDF viewers copy them: ``规章 0 0 0``, ``信息内容    本年制发件数``."""

import re
from itertools import pairwise

_FIGURE = re.compile(
    r"(?:(?:[+＋－−-]|[增减](?:加|少)?)?\d[\d,.，．]*(?:[个件项人次元]|万元)?(?:[(（][^()（）]*[)）])?|[/／∕\\—－–-]+|无)"
)
_ENUMERATOR = re.compile(r"\d{1,2}[.、．]")
_SENTENCE = re.compile("[。；;！？，,：:]")
_WIDE_GAP = re.compile(" {2,}")
_LABEL_LENGTH = 45  # characters; the longest label of the form has 40
_ROW_LENGTH = 1_000  # characters; a longer line is prose, whatever it looks like
_HEADING_LENGTH = 15  # characters of a column heading
_TABLE_WORDS = 12  # on a line, of which it takes at least so many to be more than a row
_TABLE_ROWS = 4  # chosen: fewer may be chance


def is_figure(text: str) -> bool:
    """Whether ``text`` is what a figure's cell holds: ``12``, ``1,331``, ``380元``, ``22（修订16件）``, ``/``."""
    return _FIGURE.fullmatch(text) is not None


def divide(line: str) -> list[str]:
    """The cells of ``line`` (stripped), or the line alone where its spaces are only those of prose.

    Two figures at the end of a line are cells, with what stands before them; one is where a short label without digits
    or commas stands before it (a longer line is prose, wrapped after a number). Without figures it takes three short
    headings, wide gaps between them. A line that holds a whole table is divided everywhere.
    """
    words = line.split(" ")
    if len(words) >= _TABLE_WORDS and _is_table(line, words):
        return [word for word in words if word]
    if len(line) > _ROW_LENGTH:
        return [line]
    first = len(words)
    while first and (not words[first - 1] or is_figure(words[first - 1])):
        first -= 1
    figures = [word for word in words[first:] if word]
    label = " ".join(words[:first]).rstrip()
    if len(figures) > 1 or (figures and _is_label(label) and figures[0] != "无"):
        return [*_headings(label), *figures]
    headings = _headings(line)
    if (
        len(headings) > 2
        and all(len(heading) <= _HEADING_LENGTH for heading in headings)
        and not _SENTENCE.search(line)
    ):
        return headings
    return [line]


def _is_table(line: str, words: list[str]) -> bool:
    """Whether a whole table stands on one line, as pages copied without their line breaks have it: no sentences, and
    labels and figures in turn. Its words are pieces of labels then, which recognition puts together."""
    if "。" in line:
        return False
    runs = sum(is_figure(word) and not is_figure(before) for before, word in pairwise(words) if word and before)
    return runs >= _TABLE_ROWS and 3 * sum(map(is_figure, words)) >= len(words)


def _is_label(text: str) -> bool:
    name = _ENUMERATOR.sub("", text, count=1)
    return 0 < len(name) <= _LABEL_LENGTH and not _SENTENCE.search(name) and not any(map(str.isdigit, name))


def _headings(text: str) -> list[str]:
    """``text`` cut at its wide gaps, but for those that only space out the characters of a word: ``规    章``."""
    pieces: list[str] = []
    for piece in _WIDE_GAP.split(text) if text else ():
        if pieces and len(piece) == 1 and (len(pieces[-1]) == 1 or pieces[-1][-2] == " "):
            pieces[-1] = f"{pieces[-1]} {piece}"
        else:
            pieces.append(piece)
    return pieces
