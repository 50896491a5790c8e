"""What a report is about, beside its figures and its authority: level of government, year and statistical period."""

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Sequence
from datetime import date

from services.parse.title import Title
from shared.authority import Authority
from shared.blocks import Block
from shared.report import Period

_MOST_PROSE = 40  # blocks
_SHORTEST_PERIOD = 12  # characters: a word for it and two days

_YEAR = re.compile(r"(20[0-9]{2})年")
_YEAR_IN_NAME = re.compile(r"(?<![0-9])20[0-9]{2}(?![0-9])")
_SENTENCE = re.compile(
    r"(?:统计(?:期|时|数据|周期|区间|口径)|数据统计|时间段|期限|时限|起止(?:时间|日期)|时间范围)[^。；\n]{0,80}"
)
_SPEAKS = re.compile("统计|期限|时限|起止|时间段|时间范围")
_DATE = r"(20[0-9]{2})\s*[年.\-/]\s*([0-9]{1,2})\s*[月.\-/]\s*([0-9]{1,2})\s*日?"
_WHOLE = re.compile(
    rf"{_DATE}\s*(?:起)?\s*(?:至|到|[-—~～])+\s*(?:{_DATE}|(?:同年)?\s*([0-9]{{1,2}})\s*月\s*([0-9]{{1,2}})\s*日)"
)
_DAMAGED = re.compile(r"(20[0-9]{2})年?([0-9]{1,2}月?[0-9]{0,2})日")


def level_of(authority: str | None) -> str | None:
    """The level of the government named; None for a department, or where the name does not show it."""
    return Authority.parse(authority).level if authority else None


def find_period(blocks: Sequence[Block], year: int | None) -> Period | None:
    """The statistical period, where the page states it; damaged dates (``202111日``) if only one day fits."""
    for block in blocks:
        if len(block.text) < _SHORTEST_PERIOD or not _SPEAKS.search(block.text):
            continue
        for sentence in _SENTENCE.finditer(block.text):
            if period := _period(sentence[0], year):
                return period
    for block in blocks[:_MOST_PROSE]:
        if (match := _WHOLE.search(block.text)) and "期" in block.text:
            return _period(match[0], year)
    return None


def _period(sentence: str, year: int | None) -> Period | None:
    if match := _WHOLE.search(sentence):
        start = _day(*match.group(1, 2, 3))
        end = _day(*match.group(4, 5, 6)) if match[4] else _day(match[1], *match.group(7, 8))
        return Period(start=start, end=end) if start and end and start <= end else None
    damaged = [_damaged_day(match[1], match[2], year) for match in _DAMAGED.finditer(sentence)]
    if len(damaged) == 2 and damaged[0] and damaged[1] and damaged[0] < damaged[1]:
        return Period(start=damaged[0], end=damaged[1])
    return None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _damaged_day(year: str, rest: str, expected: int | None) -> date | None:
    """The day whose month and day run together, the first or last of a year where several fit."""
    digits = rest.replace("月", "")
    days = [day for cut in range(1, len(digits)) if (day := _day(year, digits[:cut], digits[cut:]))]
    ends = [day for day in days if (day.month, day.day) in ((1, 1), (12, monthrange(day.year, 12)[1]))]
    chosen = ends or days
    return chosen[0] if len(chosen) == 1 and (expected is None or abs(chosen[0].year - expected) <= 1) else None


def find_year(title: Title | None, blocks: Sequence[Block]) -> int | None:
    """The year reported on: the title's, the period's, the sheet's, or the one the prose names most often."""
    if title and title.year:
        return title.year
    if period := find_period(blocks, None):
        return period.start.year
    if (sheet := _year_of_sheet(blocks)) is not None:
        return sheet
    years = Counter(year for block in blocks if len(block.text) > 3 for year in _YEAR.findall(block.text))
    if not years:
        return None
    most = max(years.values())
    return min(int(year) for year, times in years.items() if times == most)


def _year_of_sheet(blocks: Sequence[Block]) -> int | None:
    """The year in the name of the one sheet on which all of a report stands, where it names one."""
    sheets = {block.source.rpartition("!")[0] for block in blocks} if blocks and "!" in blocks[0].source else set()
    years = _YEAR_IN_NAME.findall(sheets.pop()) if len(sheets) == 1 else []
    return int(years[0]) if len(years) == 1 else None
