"""What a page carries for the reader's hand, not for the report: page numbers."""

import re

_PAGE_NUMBER = re.compile(
    r"[-—–－·•~] ?\d{1,4} ?[-—–－·•~]|第 ?\d{1,4} ?页(?: ?[,，/|]? ?共 ?\d{1,4} ?页)?|共 ?\d{1,4} ?页 ?第 ?\d{1,4} ?页"
    r"|Page \d{1,4}(?: of \d{1,4})?",
    re.IGNORECASE,
)


def is_page_number(line: str) -> bool:
    """Whether ``line`` is a page number and nothing else: ``— 4 —``, ``第 4 页 共 12 页``; a bare ``4`` is not."""
    return line[:1] in "-—–－·•~第共Pp" and _PAGE_NUMBER.fullmatch(line.strip()) is not None
