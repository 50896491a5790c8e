"""What only the head of a page says: the title of a document whose text does not repeat it."""

import re
from collections.abc import Sequence

from selectolax.lexbor import LexborHTMLParser

from shared.blocks import Block

# The meta element is the one that Chinese government sites are told to have, with the article's title and nothing else.
_PLACES = ('meta[name="ArticleTitle" i]', "title")
_SITE = re.compile(r"(?:政府|网|网站|门户|平台|公司|首页)$")
_SHORTEST = 12  # characters; a shorter title names a site or a column


def title_only_in_head(page: LexborHTMLParser, found: Sequence[Block]) -> Block | None:
    """The title of the page where its text has it nowhere; None where it has, or where the title is a site's."""
    text = "".join("".join(block.text for block in found).split())
    for place in _PLACES:
        if (element := page.css_first(place)) is None:
            continue
        stated = element.attributes.get("content") if place.startswith("meta") else element.text()
        title = " ".join(re.split(r"_|\||\s[-–—]\s|--", (stated or "").strip())[0].split())
        if len(title) >= _SHORTEST and not _SITE.search(title):
            return None if "".join(title.split()) in text else Block(title, "title")
    return None
