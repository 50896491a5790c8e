"""Renderers of a page into other formats than text, by format and layout."""

from collections.abc import Callable
from random import Random
from typing import Literal

from tests.corpus.formats import doc, docx, html, odt, ofd, pdf, rtf, xlsx
from tests.corpus.page import Page
from tests.corpus.unseen import UNSEEN_KINDS, Unseen

HTML_LAYOUTS: dict[str, Callable[[Page, Random], str]] = {
    "merged": html.merged,
    "blanks": html.blanks,
    "nested": html.nested,
    "word": html.saved_by_word,
    "headed": html.headed,
    "split": html.split,
    "divisions": html.divisions,
    "preformatted": html.preformatted,
    "unclosed": html.unclosed,
    "definitions": html.definitions,
    "decoy": html.decoy,
    "styled_decoy": html.styled_decoy,
    "curtained": html.curtained,
    "corrected": html.corrected,
    "misspanned": html.misspanned,
    "tagged": html.tagged,
}
"""Each gives the body of an HTML document."""

BinaryFormat = Literal["docx", "doc", "rtf", "odt", "xlsx", "pdf", "ofd"]

BINARY_LAYOUTS: dict[BinaryFormat, dict[str, Callable[[Page, Random], bytes]]] = {
    "docx": {
        "merged": docx.merged,
        "blanks": docx.blanks,
        "nested": docx.nested,
        "runs": docx.runs,
        "corrected": docx.corrected,
        "tabbed": docx.tabbed,
    },
    "doc": {"merged": doc.merged, "runs": doc.runs} if doc.OFFICE else {},
    "rtf": {"merged": rtf.merged, "unicode": rtf.unicode, "nested": rtf.nested, "tabbed": rtf.tabbed},
    "odt": {"merged": odt.merged, "spans": odt.spans, "blanks": odt.blanks, "tabbed": odt.tabbed},
    "xlsx": {"one_sheet": xlsx.one_sheet, "sheets": xlsx.sheets, "strings": xlsx.strings},
    "pdf": {
        "ruled": pdf.ruled,
        "unruled": pdf.unruled,
        "lined": pdf.lined,
        "characters": pdf.characters,
        "small_pages": pdf.small_pages,
        "repeated_headers": pdf.repeated_headers,
        "stamped": pdf.stamped,
        "torn_rows": pdf.torn_rows,
        "narrow": pdf.narrow,
    },
    "ofd": {
        "ruled": ofd.ruled,
        "unruled": ofd.unruled,
        "characters": ofd.characters,
        "small_pages": ofd.small_pages,
        "stamped": ofd.stamped,
    },
}
"""Each gives the bytes of a file."""

BLANKLESS = frozenset({"definitions", "divisions", "preformatted", "tabbed", "unruled", "lined", "narrow"})
"""Layouts in which an empty cell leaves no trace, or none that its place could be told from."""

DECLINABLE = frozenset({"definitions", "lined", "narrow", "torn_rows", "misspanned"})
"""Layouts that nobody has seen yet, or that leave a doubt: a reader may give null, but never a wrong figure."""

UNSEEN: dict[str, dict[Unseen, bool]] = {
    "html": {"hidden": False, "struck": False, "raised": False, "shown_otherwise": False},
    "docx": {"hidden": False, "struck": False, "raised": False, "shown_otherwise": True},
    "doc": {"hidden": False, "struck": False, "raised": False, "shown_otherwise": True},
    "rtf": {"hidden": False, "struck": False, "raised": False, "shown_otherwise": True},
    "odt": {"hidden": False, "struck": False, "raised": False, "shown_otherwise": True},
    "xlsx": {"hidden": False, "struck": False, "raised": False, "shown_otherwise": False},
    "pdf": {"hidden": False, "struck": True, "raised": False, "covered": False},
    "ofd": {"hidden": False, "struck": True, "raised": False, "covered": False},
}
"""How each format conceals what nobody is to read, and whether a reader may then decline to read the cell at all."""

_UNRULED: tuple[Unseen, ...] = ("struck", "raised")  # beside a figure: without rules nobody can tell whose they are

_UNSTYLED = ("blanks", "word", "divisions", "preformatted", "unclosed", "definitions", "curtained", "corrected")

PLAIN: dict[tuple[str, str], tuple[Unseen, ...]] = {
    **{("html", layout): UNSEEN_KINDS for layout in (*_UNSTYLED, "decoy", "styled_decoy")},
    ("docx", "tabbed"): UNSEEN_KINDS,
    ("docx", "corrected"): UNSEEN_KINDS,
    ("odt", "tabbed"): UNSEEN_KINDS,
    ("rtf", "tabbed"): UNSEEN_KINDS,
    ("pdf", "torn_rows"): UNSEEN_KINDS,
    ("pdf", "narrow"): UNSEEN_KINDS,
    ("pdf", "unruled"): _UNRULED,
    ("pdf", "lined"): _UNRULED,
    ("ofd", "unruled"): _UNRULED,
}
"""What the cells of a layout cannot conceal."""


def can_conceal(form: str, layout: str, unseen: Unseen) -> bool:
    """Whether the cells of a layout can hold what is ``unseen`` in that manner."""
    return unseen in UNSEEN.get(form, ()) and unseen not in PLAIN.get((form, layout), ())
