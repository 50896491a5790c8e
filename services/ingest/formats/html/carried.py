"""Articles that a page carries for its scripts to show: in a text area, a template, the data of a script, a frame."""

import json
import re
from collections.abc import Iterator
from html import escape

from selectolax.lexbor import LexborHTMLParser

from services.ingest.crawled import articles_in

_SCRIPT = re.compile(r"(?:(?:text|application)/(?:x-)?(?:java|ecma)script|module)?", re.IGNORECASE)
_TAG = re.compile(r"<[/!]?[a-z][^<>]*>", re.IGNORECASE)
_OUTER = re.compile(r"^<[^<>]*>|<[^<>]*>$")
_HAN = re.compile("[\u4e00-\u9fff]")
_MOST_OBJECTS = 50  # places in a script at which data may begin


def carried(page: LexborHTMLParser, least: float) -> str | None:
    """The longest article that ``page`` carries, as HTML; None where none has more than ``least`` characters."""
    found = [(len(_HAN.findall(_TAG.sub("", text))), text) for text in _candidates(page)]
    length, text = max(found, default=(0, ""))
    if not length or length <= least:
        return None
    return text if _TAG.search(text) else f"<pre>{escape(text)}</pre>"


def _candidates(page: LexborHTMLParser) -> Iterator[str]:
    for area in page.css("textarea"):
        yield area.text() or ""
    for frame in page.css("iframe[srcdoc]"):
        yield frame.attributes.get("srcdoc") or ""
    for template in page.css("template, noscript"):
        yield _OUTER.sub("", template.html or "")
    for script in page.css("script"):
        text = script.text() or ""
        if _SCRIPT.fullmatch((script.attributes.get("type") or "").strip()):
            yield from _data_in(text)
        else:
            yield articles_in(text) or text


def _data_in(script: str) -> Iterator[str]:
    """The articles in the data that a script has written out: ``var page = {"content": "<p>…"}``."""
    if not _HAN.search(script) and "\\u" not in script:
        return
    decoder = json.JSONDecoder(strict=False)
    at = 0
    for _ in range(_MOST_OBJECTS):
        at = min((place for mark in "{[" if (place := script.find(mark, at)) >= 0), default=-1)
        if at < 0:
            return
        try:
            _, end = decoder.raw_decode(script, at)
        except (ValueError, RecursionError):
            at += 1
            continue
        if article := articles_in(script[at:end]):
            yield article
        at = end
