"""Spoils the labels of a table as typists and converters do, never so far that a person would mistake one."""

import re
from collections.abc import Callable
from random import Random
from typing import Literal, get_args

LabelStyle = Literal["clean", "spaced", "halfwidth", "typos", "short", "unbroken", "unnumbered", "hidden"]
LABEL_STYLES: tuple[LabelStyle, ...] = get_args(LabelStyle)
"""``clean``: as the decree prints them; ``spaced``: spaces inside words; ``halfwidth``: brackets and stops of ASCII;
``typos``: a character lost, doubled or mistyped in a few labels; ``short``: long labels cut as offices do;
``unbroken``: narrow headers on one line; ``unnumbered``: without ordinals, which Word keeps apart from the text;
``hidden``: characters of no width inside words."""

_TYPOS = {
    "本年制发件数": "本年制发件",
    "本年废止件数": "本年度止件数",
    "现行有效件数": "现行有效数",
    "本年处理决定数量": "本年处理决定数",
    "行政规范性文件": "行政规范性文伴",
    "行政事业性收费": "行政事业收费",
    "5.属于三类内部事务信息": "5.属于三类内部事物信息",
    "7.属于行政执法案卷": "7.属于行政执法案件",
    "2.没有现成信息需要另行制作": "2.没有现成信息需要另外制作",
    "3.补正后申请内容仍不明确": "3.补正后申请内容不明确",
    "4.无正当理由大量反复申请": "4.无正当理由大量反复重申请",
    "四、结转下年度继续办理": "四、结转下年继续办理",
    "二、上年结转政府信息公开申请数量": "二、上年度结转政府信息公开申请数量",
    "未经复议直接起诉": "未经复议直接诉讼",
    "社会公益组织": "社会公益组积",
    "法律服务机构": "法律服务机关",
}
_SHORT = {
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）": "（二）部分公开",
    "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请": "1.申请人无正当理由逾期不补正",
    "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请": "2.申请人逾期未按收费通知要求缴纳费用",
    "第二十条第（一）项": "第二十条第（一）项",
    "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）": "",
    "本年收费金额（单位：万元）": "本年收费金额",
}
_ORDINAL = re.compile(r"^(?:[一二三四]、|（[一二三四五六七]）|\d\.)")
_HALFWIDTH = str.maketrans("（），：．", "(),:.")


def label_change(style: LabelStyle, rng: Random) -> Callable[[str], str]:
    """What ``style`` does to the text of a label."""
    match style:
        case "clean":
            return lambda label: label
        case "spaced":
            return lambda label: _spaced(label, rng)
        case "halfwidth":
            return lambda label: label.translate(_HALFWIDTH).replace(".", ". ")
        case "typos":
            return lambda label: _TYPOS.get(label, label) if rng.random() < 0.6 else label
        case "short":
            return lambda label: _SHORT.get(label, label)
        case "unbroken":
            return lambda label: label.replace("\n", "")
        case "unnumbered":
            return lambda label: _ORDINAL.sub("", label)
        case "hidden":
            return lambda label: rng.choice("\u200b\ufeff\u00ad\u2060").join(label)


def _spaced(label: str, rng: Random) -> str:
    """Spaces between the characters of a short label, or one somewhere in a long one."""
    if len(label) == 2:
        return rng.choice(["{} {}", "{}　{}", "{}   {}"]).format(*label)
    if rng.random() < 0.5 and len(label) > 2:
        at = rng.randint(1, len(label) - 1)
        return f"{label[:at]} {label[at:]}"
    return label
