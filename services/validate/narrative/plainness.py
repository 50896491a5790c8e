"""Whether a claim is plainly of this year and of this authority."""

import re
from typing import Literal

from services.validate.narrative.sentences import Sentence
from shared.authority import Authority

Plainness = Literal["plain", "doubtful", "foreign"]
"""``doubtful`` claims may still be seen to agree, but contradict nothing; ``foreign`` ones are of another time or of
somebody else."""

_YEAR = re.compile(r"(20\d\d)(?:年|[—-])")
_OTHER_YEAR = re.compile(
    r"上年(?!度?结转)|上一年(?!度?结转)|去年|前年|往年|近[一二两三四五六七八九十\d]+年|同期|明年|下一步"
)
_WHOLE_YEAR = re.compile(r"1月1日.{0,8}12月31日")
_PART_OF_A_YEAR = re.compile(r"[\d一二三四五六七八九十]月|季度|半年|分别")
_CUMULATIVE = re.compile(r"累计|历年|以来|截至|截止|至今|年均|平均|月均")
# 全镇 and 全局 may be the authority itself; a county's 全县 may or may not be what its table counts.
_WIDER = re.compile(
    r"全(?:省|市|县|区|州|盟|旗|国|系统)|各(?:级|部门|乡|镇|街|单位|县|区|市|科|股|处|村|地)|下属|所属|辖区|基层|[市县区]直|(?<!他)组织"
)
_OTHERS = re.compile(
    r"12345|热线|留言|信访件|来信|来访|提案|(?<!复)议案|咨询|投诉|举报件|答记者|会议|培训|督查|督办|网民|协助|配合|转办|转来|指导"
)
# What is planned, or was only taken part in, is not what was done; of what was sorted through, a part is no total.
_NOT_DONE = re.compile(r"参与|起草|代拟|拟|计划|预计")
_SORTED = re.compile(r"清理|梳理|审查|审核")
# Who handles reconsiderations is the body that decides on them, unless it says that they are about disclosure.
_DECIDES = re.compile(r"(?<![未有])(?:办理|审理|受理|收到|审结|办结|化解)(?!.*公开).*行政(?:复议|诉讼)")
_BODY = r"(?:局|委员会|厅|中心|公司|学校|医院|村委会|社区|派出所|法院)"
_SOMEBODY = re.compile(rf"[一-鿿]{{1,12}}{_BODY}$")
_GOVERNMENT = re.compile(r"(?<![我本])(?:各)?([省市县区州旗镇乡])(?:人民)?政府(办公室)?")
_OWN = re.compile(r"我|本|向|对|在|通过|从|由|受")
_CLAUSE = re.compile(r"[，,。；;：:]")


def plainness(
    sentence: Sentence, start: int, end: int, year: int | None, authority: str | None, *, dependent: bool = False
) -> Plainness:
    """How plain a claim is that stands at ``start`` to ``end`` of its sentence, in a report of ``authority`` for
    ``year``. A ``dependent`` one (其中予以公开3件) is only as plain as what it depends on, earlier in the paragraph."""
    before, words = sentence.text[:start], sentence.text[start:end]
    clause = _clause(before)
    if not _of_this_year(sentence.before + before, before, year) or _is_somebody_else(clause, authority):
        return "foreign"
    if _OTHERS.search(clause + words) or _NOT_DONE.search(before + words) or _DECIDES.search(clause + words):
        return "foreign"
    whole = (sentence.before if dependent else "") + before + words
    return "doubtful" if any(doubt.search(whole) for doubt in (_CUMULATIVE, _WIDER, _SORTED)) else "plain"


def is_about_others(text: str) -> bool:
    """Whether ``text`` speaks of other things that are counted and concluded: letters, proposals, calls."""
    return bool(_OTHERS.search(text))


def _of_this_year(paragraph: str, before: str, year: int | None) -> bool:
    """Whether the last year that the paragraph named, if any, is the report's, and neither another time nor a part of
    the year is meant since."""
    named = list(_YEAR.finditer(paragraph))
    if named and year is not None and int(named[-1][1]) != year:
        return False
    since = before[before.rfind(named[-1][0]) :] if named and named[-1][0] in before else before
    return not (_OTHER_YEAR.search(_clause(since)) or _PART_OF_A_YEAR.search(_WHOLE_YEAR.sub("", since)))


def _clause(before: str) -> str:
    """What stands before a claim in its own clause."""
    return _CLAUSE.split(before)[-1]


def _is_somebody_else(clause: str, authority: str | None) -> bool:
    """Whether the clause speaks of another body: 其中教育局（收到申请3件）, or 区政府 in a township's report."""
    if government := _GOVERNMENT.search(clause):
        own = Authority.parse(authority or "")
        return not (own.places and own.places[-1].endswith(government[1]) and own.organ == (government[2] or ""))
    found = _SOMEBODY.search(re.sub(r"(?:共|累计|全年|合计|总共|已|均)+$", "", clause))
    if not found or _OWN.search(clause):
        return False
    return not (authority and (found[0] in authority or authority in found[0]))
