"""JSON as crawlers keep pages, ``{"title": "…", "content": "<p>…</p>"}``: the articles in it, as text or HTML."""

import json
import re
from collections.abc import Iterator
from typing import Any

_TITLES = re.compile(r"(?:\w*_?title|标题|headline|subject)", re.IGNORECASE)
_SHORTEST = 60  # characters of an article; what is shorter says where it is from
_MARKUP = re.compile(r"<[a-z][^<>]*>", re.IGNORECASE)


def articles_in(text: str) -> str | None:
    """The articles in ``text``, one after another, each with its title before it where it does not say it itself; None
    where ``text`` is no JSON, or holds none."""
    text = text.strip().removeprefix("\ufeff")
    if text[:1] not in ("{", "["):
        return None
    try:
        articles = list(_articles(json.loads(text, strict=False)))
    except (ValueError, RecursionError):
        return None
    return "\n".join(articles) or None


def _articles(value: Any) -> Iterator[str]:
    """The articles in a JSON value, in order."""
    if isinstance(value, list):
        for item in value:
            yield from _articles(item)
    elif isinstance(value, dict):
        body = max(map(_text, value.values()), key=len, default="")
        if len(body) >= _SHORTEST:
            yield _titled(value, body)
        for item in value.values():
            if isinstance(item, dict) or (isinstance(item, list) and not _text(item)):
                yield from _articles(item)


def _text(value: Any) -> str:
    """A text, or a list of its lines; empty for anything else."""
    if isinstance(value, list) and all(isinstance(line, str) for line in value):
        return "\n".join(value)
    return value if isinstance(value, str) else ""


def _titled(article: dict[str, Any], body: str) -> str:
    title = next((text for key, text in article.items() if _TITLES.fullmatch(key) and isinstance(text, str)), "")
    if not title or "".join(title.split()) in "".join(_MARKUP.sub("", body).split()):
        return body
    return f"<h1>{title}</h1>\n{body}" if _MARKUP.search(body) else f"{title}\n{body}"
