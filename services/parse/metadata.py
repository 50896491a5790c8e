"""What a report is about, beside its figures: authority, level of government, year and statistical period."""

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from services.parse.title import Title
from shared.authority import Authority
from shared.blocks import Block
from shared.report import Period

_UNIT = r"人民政府(?:办公室|办公厅)?|街道办事处|管理委员会|管委会|委员会|[镇乡局厅]|街道|办公室|中心|[省市县区旗]"
_NAME = rf"[\u4e00-\u9fff]{{2,16}}?(?:{_UNIT})"
_SUBJECT = re.compile(
    rf"(?:^|[，。；,;“”]|年(?:度|以来|来)?[，,]?|[，,]?在|由)(?P<name>{_NAME})"
    r"(?=(?:党委|党工委|党组|领导|编制|始终|坚持|认真|未收|未|严格|深入|积极|高度|全面|共|按照|根据|以|把|将|政府信息|政务公开|[，,、]))"
)
_NOT_A_NAME = re.compile(
    r"国务院|省政府|上级|全[省市县区镇乡局]|各|我|本|年|根据|按照|严格|认真|中华|以来|贯彻|月|日|决策|部署|进一步|对|和|是|了"
)
_MOST_PROSE = 40  # blocks

_YEAR = re.compile(r"(20[0-9]{2})年")
_SENTENCE = re.compile(r"(?:统计期限|统计时间|数据统计|时间段|期限)[^。；\n]{0,80}")
_DATE = r"(20[0-9]{2})\s*[年.\-/]\s*([0-9]{1,2})\s*[月.\-/]\s*([0-9]{1,2})\s*日?"
_WHOLE = re.compile(
    rf"{_DATE}\s*(?:起)?\s*(?:至|到|[-—~～])+\s*(?:{_DATE}|(?:同年)?\s*([0-9]{{1,2}})\s*月\s*([0-9]{{1,2}})\s*日)"
)
_DAMAGED = re.compile(r"(20[0-9]{2})年?([0-9]{1,2}月?[0-9]{0,2})日")


def level_of(authority: str | None) -> str | None:
    """The level of the government named; None for a department, or where the name does not show it."""
    return Authority.parse(authority).level if authority else None


def find_authority(title: Title | None, blocks: Sequence[Block], tabular: frozenset[int] | set[int]) -> str | None:
    """As the title names it, else the subject that the prose names most often."""
    if title and title.authority:
        return title.authority
    names: Counter[str] = Counter()
    for at, block in enumerate(blocks[: _MOST_PROSE * 2]):
        if at not in tabular and len(block.text) > 10:
            names.update(_names(block.text))
    if not names:
        return None
    most = max(names.values())
    return max((name for name, times in names.items() if times == most), key=len)


def _names(text: str) -> Iterator[str]:
    for match in _SUBJECT.finditer(text):
        if not _NOT_A_NAME.search(match["name"]):
            yield match["name"]


def find_period(blocks: Sequence[Block], year: int | None) -> Period | None:
    """The statistical period, where the page states it; damaged dates (``202111日``) if only one day fits."""
    for block in blocks:
        for sentence in _SENTENCE.finditer(block.text) if "期限" in block.text or "统计" in block.text else ():
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
    """The year reported on: the title's, the period's, or the one the prose names most often."""
    if title and title.year:
        return title.year
    if period := find_period(blocks, None):
        return period.start.year
    years = Counter(year for block in blocks if len(block.text) > 3 for year in _YEAR.findall(block.text))
    if not years:
        return None
    most = max(years.values())
    return min(int(year) for year, times in years.items() if times == most)
