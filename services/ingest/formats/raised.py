"""Digits set above or below the line: behind a figure they are the mark of a note."""

_MARK = frozenset("0123456789,，.．、 ")


def set_raised(before: str, mark: str) -> str:
    """``mark``, set above or below the line behind ``before``, as plain text: in brackets where it would make another
    figure of it (780 and a raised 1 are ``780[1]``)."""
    if before[-1:].isdigit() and mark.strip() and _MARK.issuperset(mark):
        return f"[{mark.strip()}]"
    return mark
