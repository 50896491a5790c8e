"""Whether the report is, all through, of one authority and one year: the traces that copied text leaves."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from shared.authority import Authority
from shared.report import Finding, Report

_YEAR = re.compile(r"(20\d\d)年")
# Where a year says when what follows happened: 2023年，我局收到…
_TOLD = re.compile(r"(?:^|[。；;])\s*(?P<year>20\d\d)年度?(?:[，,]|我|本|全|共|收到)", re.MULTILINE)
_KINDS = "街道|镇|乡|县|区|市|局|委员会|厅"
# Only what stands where a report speaks of itself: 2024年，某镇始终坚持…
_SELF = re.compile(
    rf"(?:^|[，,。；;\n])\s*(?:20\d\d年度?(?:以来)?[，,]?)?(?P<name>[一-鿿]{{2,10}}?(?P<kind>{_KINDS}))(?:人民政府|政府|办事处|党委)?"
    r"(?:[、，]?(?:党委|镇政府|乡政府|政府))?"
    r"(?:始终|坚持|坚决|认真|严格|高度重视|全面贯彻|深入贯彻|以习近平|积极|紧紧围绕|深入学习)"
)
_TITLED = re.compile(
    rf"20\d\d年度?(?P<name>[一-鿿]{{2,20}}?(?P<kind>{_KINDS}))(?:人民政府)?政府信息公开(?:工作)?(?:年度)?报告"
)
_NOT_A_NAME = re.compile(
    r"^(?:我|本|全|各|该|两|区|县|市|镇|乡|省|及|和|与|由|在|对|所|下)|我(?:镇|乡|县|区|市|局)|全(?:镇|乡|县|区|市|局)|各"
    r"|乡镇|镇街|村镇|城镇|试点|重点|有关|相关|其他|部分|多数"
)


def identity(report: Report) -> Iterator[Finding]:
    """The findings on the period, the year and the authority. Says nothing where the page does not state them."""
    prose = "\n".join(section.text for section in report.sections if section.number == 1)
    yield from _period(report)
    yield from _year(report, prose)
    yield from _authority(report, prose)


def _period(report: Report) -> Iterator[Finding]:
    if report.period is None or report.year is None:
        return
    stated = (report.period.start, report.period.end)
    if stated != (date(report.year, 1, 1), date(report.year, 12, 31)):
        start, end = (f"{day.year}年{day.month}月{day.day}日" for day in stated)
        message = f"统计期限写为{start}至{end}，没有正好覆盖{report.year}年全年。"
        yield Finding(rule="completeness.period", at="period", severity="warning", message=message)


def _year(report: Report, prose: str) -> Iterator[Finding]:
    """Silent unless the first section never names the report's year, but begins what it tells with another, or names it
    again and again."""
    years = Counter(int(year) for year in _YEAR.findall(prose))
    if report.year is None or report.year in years or not years:
        return
    other, times = years.most_common(1)[0]
    stated = {int(found["year"]) for found in _TOLD.finditer(prose)}
    if stated == {report.year - 1} or (times > 1 and not (report.period and report.period.end.year == report.year)):
        message = f"报告年度为{report.year}年，总体情况中未提及{report.year}年，却写为{other}年{_times(times)}。"
        yield Finding(
            rule="completeness.year", at="year", severity="warning", expected=report.year, actual=other, message=message
        )


def _times(times: int) -> str:
    return f"（{times}次）" if times > 1 else ""


def _authority(report: Report, prose: str) -> Iterator[Finding]:
    if report.authority is None:
        return
    own = Authority.parse(report.authority)
    kind = own.organ or (own.places[-1] if own.places else "")
    for pattern in (_TITLED, _SELF):
        for found in pattern.finditer(prose):
            name = found["name"]
            if kind.endswith(found["kind"]) and _is_a_name(name, own) and not _is_own(name, report.authority):
                message = f"报告机关为{report.authority}，正文却以“{name}”自称，疑似照搬其他机关的报告。"
                yield Finding(rule="completeness.authority", at="authority", severity="warning", message=message)
                return


def _is_a_name(name: str, own: Authority) -> bool:
    """Whether ``name`` is that of a body, and not a description of some (试点乡镇, 下属分局). Of a department it is one
    only together with its place."""
    return not _NOT_A_NAME.search(name) and (not own.organ or bool(Authority.parse(name).places))


def _is_own(name: str, authority: str) -> bool:
    """Whether ``name`` is the authority's or a short form of it: 静海区独流镇, 独流镇, 县发改局 for 发展和改革局."""
    if name in authority or authority in name:
        return True
    letters = iter(authority)
    return all(letter in letters for letter in name)
