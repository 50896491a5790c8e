"""What a text should have lost before it was published: placeholders, personal data, citations and plans that are out
of date, and what the sixth section should say and does not."""

import re
from collections.abc import Iterator
from datetime import date

from shared.finding import finding_of
from shared.report import Finding, Report, Section

_NUMERALS = "一二三四五六"
_PROSE = (1, 5, 6)  # sections: 二 to 四 are tables
_PERSONAL = "completeness.personal_data"
# Letters of an address (xxgk) are no placeholder.
_PLACEHOLDER = re.compile(
    r"(?<![A-Za-z./])[XxＸ×✕]{2,}(?![A-Za-z./])|[（(【\[]?待(?:补充|填写|填报|完善|核实|确认)[）)】\]]?|_{3,}|＿{2,}|□{2,}"
)
_IDENTITY = re.compile(
    r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])"
)
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_LONG_NUMBER = re.compile(r"\d{11}")
_CONTACT = re.compile(r"电话|联系|咨询|传真|手机|热线|地址|邮编")
# Of the check character of an identity number, GB 11643-1999.
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_LAW = re.compile(
    r"(?P<misnamed>《(?:中华人民共和国)?(?:信息公开|政务公开|政府公开|政府信息公开工作|政务信息公开|政府信息公开管理)条例》)"
    r"|(?P<old>国务院令第?492号|(?:2007|2008)年(?:颁布|公布|施行|实施)的?《(?:中华人民共和国)?政府信息公开条例》)"
)
_PLAN = re.compile(
    r"(?P<year>20\d\d)年(?:度)?[，,]?(?:我[局镇乡县区市办委]|本[局镇乡县区市机单][关位]?)?(?:将|计划|拟|打算|要)"
)
_SIGNED = re.compile(r"(20\d\d)年(\d{1,2})月(\d{1,2})日$")


def remnants(report: Report) -> Iterator[Finding]:
    """The findings on the prose of ``report``: one a rule and section, of the first place where it is broken."""
    for section in report.sections:
        if section.number in _PROSE:
            yield from _in_section(section, report.year)
    yield from _sixth(report)
    yield from _published(report)


def _in_section(section: Section, year: int | None) -> Iterator[Finding]:
    at, place = f"section.{section.number}", f"第{_NUMERALS[section.number - 1]}部分"
    if found := _PLACEHOLDER.search(section.text):
        yield finding_of("completeness.placeholder", at, place=place, quote=found[0])
    yield from _personal(section.text, at, place)
    if found := _LAW.search(section.text):
        fault = "名称有误" if found["misnamed"] else "已被修订"
        yield finding_of("completeness.law", at, place=place, quote=found[0], fault=fault)
    if section.number == 5 and year:
        stale = (plan for plan in _PLAN.finditer(section.text) if int(plan["year"]) <= year)
        if plan := next(stale, None):
            yield finding_of("completeness.plans", at, place=place, quote=plan[0], year=year)


def _personal(text: str, at: str, place: str) -> Iterator[Finding]:
    if not _LONG_NUMBER.search(text):
        return
    for line in text.splitlines():
        if identity := next((found[0] for found in _IDENTITY.finditer(line) if _is_valid(found[0])), None):
            masked = f"{identity[:6]}********{identity[-2:]}"
            yield finding_of(
                "completeness.personal_data",
                at,
                place=place,
                kind="身份证号码",
                kind_en="an identity number",
                quote=masked,
            )
            return
        if (mobile := _MOBILE.search(line)) and not _CONTACT.search(line):
            masked = f"{mobile[0][:3]}****{mobile[0][-4:]}"
            yield finding_of(
                "completeness.personal_data", at, place=place, kind="手机号码", kind_en="a mobile number", quote=masked
            )
            return


def _is_valid(identity: str) -> bool:
    """Whether the check character fits (GB 11643-1999)."""
    weighted = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, identity, strict=False))
    return _CHECKS[weighted % 11] == identity[-1].upper()


def _sixth(report: Report) -> Iterator[Finding]:
    """The decree of 2021 asks for the fees in the last section; that of 2019 does not."""
    text = next((section.text for section in report.sections if section.number == 6), None)
    if (
        text
        and text.strip()
        and report.edition not in ("2019", "unknown")
        and not re.search(r"信息处理费|处理费", text)
    ):
        yield finding_of("completeness.processing_fee", "section.6")


def _published(report: Report) -> Iterator[Finding]:
    """Departments publish by 31 January, the departments in charge of a government's disclosure by 31 March (article
    49); whether an authority is one of these its name does not say, so only the later day is held against it."""
    last = report.sections[-1].text.strip().splitlines()[-1:] if report.sections else []
    signed = _SIGNED.search("".join(last[0].split())) if last else None
    if signed is None or report.year is None:
        return
    try:
        day = date(*map(int, signed.groups()))
    except ValueError:
        return
    limit = date(report.year + 1, 3, 31)
    if limit < day <= date(report.year + 1, 12, 31):
        yield finding_of("completeness.publication", "section.6", date=f"{day:%Y-%m-%d}", limit=f"{limit:%Y-%m-%d}")
