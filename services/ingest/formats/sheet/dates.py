"""Dates and times: a number of days as the parts of a format show it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

_EPOCH = datetime(1899, 12, 30)
_EPOCH_1904 = datetime(1904, 1, 1)
_FIRST, _LAST = 61, 2_958_465  # 1 March 1900, before which programs differ; 31 December 9999


def date_shown(tokens: Sequence[tuple[str, str]], days: Decimal, from_1904: bool) -> str | None:
    """A day as ``tokens`` (of a kind and a text) show it; None where they or the day are not for us."""
    if not _FIRST <= days <= _LAST or any(
        kind not in ("literal", "date", "comma", "point", "slash") for kind, _ in tokens
    ):
        return None
    moment = (_EPOCH_1904 if from_1904 else _EPOCH) + timedelta(seconds=round(float(days) * 86_400))
    parts = [text.lower() if kind == "date" else "" for kind, text in tokens]
    halves = any("/" in part for part in parts)
    shown = ""
    for at, (kind, text) in enumerate(tokens):
        piece = _part(parts, at, moment, halves) if kind == "date" else text
        if piece is None:
            return None
        shown += piece
    return shown


def _part(parts: Sequence[str], at: int, moment: datetime, halves: bool) -> str | None:
    part = parts[at]
    if part[0] == "m" and _is_minute(parts, at):
        return _padded(moment.minute, part)
    if "/" in part:
        return (("上午", "下午") if part.startswith("上") else ("AM", "PM"))[moment.hour >= 12]
    if part[0] == "y":
        return f"{moment.year % 100:02}" if len(part) <= 2 else str(moment.year)
    hour = (moment.hour % 12 or 12) if halves else moment.hour
    numbers = {"m": moment.month, "d": moment.day, "h": hour, "s": moment.second}
    return _padded(numbers[part[0]], part)


def _is_minute(parts: Sequence[str], at: int) -> bool:
    """Whether an ``m`` behind hours or before seconds is for minutes."""
    before = next((part for part in reversed(parts[:at]) if part), "")
    after = next((part for part in parts[at + 1 :] if part), "")
    return before.startswith("h") or after.startswith("s")


def _padded(number: int, part: str) -> str | None:
    """``number`` with one digit or two; None for names of months and days."""
    return None if len(part) > 2 else f"{number:0{len(part)}}"
