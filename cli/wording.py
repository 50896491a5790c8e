"""Numbers of things in English."""


def counted(number: int, one: str, several: str = "") -> str:
    """``1 report``, ``2 reports``; ``several`` where the plural is not made with an s."""
    return f"{number:,} {one if number == 1 else several or f'{one}s'}"
