"""Whether a claim is plainly of this year and of this authority."""

import re
from typing import Literal

from services.validate.narrative.sentences import Sentence

Plainness = Literal["plain", "doubtful", "foreign"]
"""``doubtful`` claims may still be seen to agree, but contradict nothing; ``foreign`` ones are of another year or of
somebody else."""

_YEAR = re.compile(r"(20\d\d)(?:年|[—-])")
_OTHER_YEAR = re.compile(
    r"上年(?!度?结转)|上一年(?!度?结转)|去年|前年|往年|近[一二两三四五六七八九十\d]+年|同期|明年|下一步"
)
_CUMULATIVE = re.compile(r"(?:累计|历年|以来|截至|截止|至今|年均|平均|月均)")
# 全镇 and 全局 may be the authority itself; a county's 全县 may or may not be what its table counts.
_WIDER = re.compile(
    r"全(?:省|市|县|区|州|盟|旗|国|系统)|各(?:级|部门|乡|镇|街|单位|县|区|市|科|股|处|村|地)|下属|所属|辖区|基层|[市县区]直"
)
_OTHERS = re.compile(r"12345|热线|留言|信访件|提案|议案|建议案|咨询|投诉|举报件|答记者|会议|培训|督查|网民")
_SOMEBODY = re.compile(r"[一-鿿]{1,12}(?:局|委员会|厅|中心|公司|学校|医院|村委会|社区|派出所|法院)$")
_OWN = re.compile(r"我|本|向|对|在|通过|从|由|受")
_CLAUSE = re.compile(r"[，,。；;：:]")


def plainness(
    sentence: Sentence, start: int, end: int, year: int | None, authority: str | None, *, dependent: bool = False
) -> Plainness:
    """How plain a claim is that stands at ``start`` to ``end`` of its sentence, in a report of ``authority`` for
    ``year``. A ``dependent`` one (其中予以公开3件) is only as plain as what it depends on, earlier in the paragraph."""
    before, words = sentence.text[:start], sentence.text[start:end]
    clause = _clause(before)
    if not _of_this_year(sentence.before + before, before, year) or _OTHERS.search(clause + words):
        return "foreign"
    if _is_somebody_else(clause, authority):
        return "foreign"
    whole = (sentence.before if dependent else "") + before + words
    return "doubtful" if _CUMULATIVE.search(whole) or _WIDER.search(whole) else "plain"


def _of_this_year(paragraph: str, before: str, year: int | None) -> bool:
    """Whether the last year that the paragraph named, if any, is the report's, and no other is meant since."""
    named = list(_YEAR.finditer(paragraph))
    if named and year is not None and int(named[-1][1]) != year:
        return False
    since = before[before.rfind(named[-1][0]) :] if named and named[-1][0] in before else before
    return not _OTHER_YEAR.search(_clause(since))


def _clause(before: str) -> str:
    """What stands before a claim in its own clause."""
    return _CLAUSE.split(before)[-1]


def _is_somebody_else(clause: str, authority: str | None) -> bool:
    """Whether the clause opens with another body's name: 其中教育局（收到申请3件）."""
    found = _SOMEBODY.search(re.sub(r"(?:共|累计|全年|合计|总共|已|均)+$", "", clause))
    if not found or _OWN.search(clause):
        return False
    return not (authority and (found[0] in authority or authority in found[0]))
